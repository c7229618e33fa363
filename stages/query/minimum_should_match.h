#pragma once

#include <cstddef>
#include <string_view>

#include "pipeline/base/error.h"

namespace sluice::stages {

/// `2`, `-1`, `75%`, `-25%`, `3<90%`, `2<-25% 9<-3`: how many of `count` clauses. Source: reference/query-dsl.md 8.
/// Errors: illegal_argument_exception for what is no number.
Result<std::size_t> minimum_should_match(std::string_view text, std::size_t count);

}  // namespace sluice::stages
