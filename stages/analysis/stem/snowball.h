#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace sluice::stages {

/// Snowball's stemmer of a language by its name in lower case, as Lucene 10 has it; null: there is none. Any thread:
/// each has a stemmer of its own. Source: https://snowballstem.org, libstemmer.
std::function<void(std::u16string&)> snowball_stemmer(std::string_view language);

}  // namespace sluice::stages
