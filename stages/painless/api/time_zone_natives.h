#pragma once

#include "stages/painless/api/natives.h"

/// Natives of java.util.TimeZone, whose rows legacy_date.cpp has.
namespace sluice::painless::api {

Value zone_ids(Machine& machine, const Value* a);
Value zone_ids_of_offset(Machine& machine, const Value* a);

}  // namespace sluice::painless::api
