#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/base/error.h"

namespace sluice {

using Nanoseconds = std::chrono::nanoseconds;

/// A time value with its own text, so that `5m` is sent on as `5m`.
struct TimeValue {
  Nanoseconds duration{};  ///< -1 ms for the sentinel `-1`
  std::string text;
};

/// Elasticsearch's time syntax: a whole number and one of nanos, micros, ms, s, m, h, d; `-1` and `0` without a unit.
/// `setting` names the parameter in the message. Errors: illegal_argument_exception, 400 (a number that does not fit:
/// caused by number_format_exception). Source: reference/reindex.md 1.3.
Result<TimeValue> parse_time_value(std::string_view text, std::string_view setting);

/// The shortest exact text of a duration in Elasticsearch's syntax: `5m`, `1500ms`, `17nanos`.
std::string time_value_text(Nanoseconds duration);

/// A duration as `?human` prints it: `0s`, `941.1ms`, `2.9s`, `1.5m`. Source: reference/reindex.md 2.1.
std::string human_duration(Nanoseconds duration);

/// Sizes: a whole number of bytes, or with b, kb, mb, gb (also kib, mib, gib, k, m, g), all powers of 1024.
/// Errors: illegal_argument_exception.
Result<std::uint64_t> parse_byte_size(std::string_view text, std::string_view setting);

/// `256mb`, `1.4gb`, for messages and progress.
std::string human_bytes(std::uint64_t bytes);

}  // namespace sluice
