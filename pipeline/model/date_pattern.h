#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"

namespace sluice::pipeline {

/// What one element of a pattern reads.
enum class DatePartKind : std::uint8_t {
  kLiteral,
  kOptional,
  kYear,
  kWeekYear,
  kMonth,
  kMonthText,
  kDay,
  kDayOfYear,
  kWeek,
  kWeekday,      ///< a number, Monday is 1
  kWeekdayText,  ///< read and left unused
  kHour,
  kClockHour,  ///< 1 to 24
  kHourHalf,   ///< 0 to 11
  kClockHourHalf,
  kHalfDay,  ///< AM or PM
  kMinute,
  kSecond,
  kFraction,        ///< digits
  kMarkedFraction,  ///< `.` or `,` and digits
  kOffset,          ///< any spelling
  kEpochMillis,
  kEpochSecond,
};

struct DatePart {
  DatePartKind kind;
  std::uint8_t least = 1;     ///< digits
  std::uint8_t most = 19;     ///< digits
  std::uint8_t reserved = 0;  ///< digits behind it that belong to the parts that follow at once
  bool long_text = false;
  std::string literal;
  std::vector<DatePart> inner;  ///< of kOptional
};

/// Parts for one alternative of a format: a built-in name or a Java pattern.
/// Errors: illegal_argument_exception with the words of java.time.
Result<std::vector<DatePart>> compile_date_pattern(std::string_view format);

}  // namespace sluice::pipeline
