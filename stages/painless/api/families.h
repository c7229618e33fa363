#pragma once

#include <span>

#include "stages/painless/api/rows.h"

namespace sluice::painless::api {

#define FAMILY(name) std::span<const ClassRow> name##_family();
#include "stages/painless/api/families.def"
#undef FAMILY

}  // namespace sluice::painless::api
