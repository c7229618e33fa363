#pragma once

#include <cstdint>

namespace sluice::stages {

/// What becomes of a field: it goes, it stays as it is, or its content decides.
enum class Verdict : std::uint8_t { kDrop, kKeep, kDescend };

}  // namespace sluice::stages
