#pragma once

#include "stages/analysis/component.h"

namespace sluice::stages {

#define TOKEN_FILTER(name, make, by_name) Result<TokenFilterPtr> make(const ComponentContext& context);
#include "stages/analysis/token_filters.def"
#undef TOKEN_FILTER

}  // namespace sluice::stages
