#pragma once

#include <cstdint>

#include "stages/painless/run/value.h"

namespace sluice::painless {
class Machine;
}

namespace sluice::painless::api {

/// A java.time.ZonedDateTime in UTC, `Z`. Nanoseconds since 1970.
Value moment_value(Machine& machine, std::int64_t nanoseconds);

}  // namespace sluice::painless::api
