#include "stages/painless/time/error.h"

#include <utility>

namespace sluice::painless::time {

std::string_view java_class(DateTimeError::Kind kind) {
  switch (kind) {
    case DateTimeError::kDateTime:
      return "java.time.DateTimeException";
    case DateTimeError::kParse:
      return "java.time.format.DateTimeParseException";
    case DateTimeError::kUnsupportedTemporalType:
      return "java.time.temporal.UnsupportedTemporalTypeException";
    case DateTimeError::kZoneRules:
      return "java.time.zone.ZoneRulesException";
    case DateTimeError::kArithmetic:
      return "java.lang.ArithmeticException";
    case DateTimeError::kNullPointer:
      return "java.lang.NullPointerException";
    case DateTimeError::kIllegalArgument:
      return "java.lang.IllegalArgumentException";
    case DateTimeError::kIllegalState:
      return "java.lang.IllegalStateException";
    case DateTimeError::kIndexOutOfBounds:
      return "java.lang.ArrayIndexOutOfBoundsException";
    case DateTimeError::kNumberFormat:
      return "java.lang.NumberFormatException";
    case DateTimeError::kClassCast:
      return "java.lang.ClassCastException";
    case DateTimeError::kTooLarge:
      return "org.elasticsearch.common.breaker.CircuitBreakingException";
    case DateTimeError::kTextParse:
      return "java.text.ParseException";
  }
  return "java.time.DateTimeException";
}

void fail(DateTimeError::Kind kind, std::string message) {
  throw DateTimeError{.kind = kind, .message = std::move(message), .error_index = -1, .text = {}, .cause = nullptr};
}

void fail(std::string message) { fail(DateTimeError::kDateTime, std::move(message)); }

void unsupported_field(std::string_view name) {
  fail(DateTimeError::kUnsupportedTemporalType, "Unsupported field: " + std::string(name));
}

void unsupported_unit(std::string_view name) {
  fail(DateTimeError::kUnsupportedTemporalType, "Unsupported unit: " + std::string(name));
}

void unobtainable(std::string_view target, std::string_view text, std::string_view type,
                  std::shared_ptr<const DateTimeError> cause) {
  std::string message = "Unable to obtain ";
  message.append(target).append(" from TemporalAccessor: ").append(text).append(" of type ").append(type);
  throw DateTimeError{.kind = DateTimeError::kDateTime,
                      .message = std::move(message),
                      .error_index = -1,
                      .text = {},
                      .cause = std::move(cause)};
}

}  // namespace sluice::painless::time
