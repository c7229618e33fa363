#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice::stages {

/// The words of a text as the standard analyzer makes them: runs of letters, digits and `_`, in lower case, with a dot
/// or an apostrophe between two letters, and a dot or comma between two digits, inside a word. Letters beyond Latin-1
/// keep their case: Unicode's rules come with the analyzers.
std::vector<std::string> standard_words(std::string_view text);

}  // namespace sluice::stages
