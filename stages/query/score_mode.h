#pragma once

#include <cstdint>
#include <string_view>

#include "pipeline/base/error.h"

namespace sluice::stages {

/// What the scores of nested objects, or of children, are to the document around them, or to their parent.
enum class ScoreMode : std::uint8_t { kAverage, kMax, kMin, kSum, kNone };

/// Reads `score_mode`, raw JSON. Errors: `No score mode for child query [x] found`, illegal_argument_exception.
Status read_score_mode(std::string_view value, ScoreMode& mode);

}  // namespace sluice::stages
