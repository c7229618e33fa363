#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace sluice::pipeline {

using DateMillis = std::chrono::sys_time<std::chrono::milliseconds>;

/// Applies date math, what stands behind `now` or `||`: `+1d`, `-2M`, `/d`, any number of times, in UTC. `round_up`:
/// `/d` means the last millisecond of the day. Nothing: it is not date math. Source: Elasticsearch's
/// JavaDateMathParser.
std::optional<DateMillis> apply_date_math(std::string_view operations, DateMillis from, bool round_up);

}  // namespace sluice::pipeline
