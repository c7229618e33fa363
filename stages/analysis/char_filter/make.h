#pragma once

#include "stages/analysis/component.h"

namespace sluice::stages {

#define CHAR_FILTER(name, make, by_name) Result<CharFilterPtr> make(const ComponentContext& context);
#include "stages/analysis/char_filters.def"
#undef CHAR_FILTER

}  // namespace sluice::stages
