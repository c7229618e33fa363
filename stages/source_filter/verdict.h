#pragma once

#include <cstdint>
#include <string_view>

namespace sluice::stages {

/// What becomes of a field: it goes, it stays as it is, or its content decides.
enum class Verdict : std::uint8_t { kDrop, kKeep, kDescend };

/// Whether `text` matches `pattern`, in which `*` stands for any run of characters.
bool matches_glob(std::string_view pattern, std::string_view text);

}  // namespace sluice::stages
