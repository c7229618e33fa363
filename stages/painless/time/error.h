#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace sluice::painless::time {

/// What goes wrong in the dates and times of a script. The only exception that leaves this folder: the rows of the
/// script's API turn it into the Java exception that `kind` names, with the JDK's own message. A value type.
struct DateTimeError {
  enum Kind : std::uint8_t {
    kDateTime,                 ///< java.time.DateTimeException
    kParse,                    ///< java.time.format.DateTimeParseException
    kUnsupportedTemporalType,  ///< java.time.temporal.UnsupportedTemporalTypeException
    kZoneRules,                ///< java.time.zone.ZoneRulesException
    kArithmetic,               ///< java.lang.ArithmeticException
    kNullPointer,              ///< java.lang.NullPointerException
    kIllegalArgument,          ///< java.lang.IllegalArgumentException
    kIllegalState,             ///< java.lang.IllegalStateException
    kIndexOutOfBounds,         ///< java.lang.ArrayIndexOutOfBoundsException
    kTextParse,                ///< java.text.ParseException
    kNumberFormat,             ///< java.lang.NumberFormatException
    kClassCast,                ///< java.lang.ClassCastException
    kTooLarge,                 ///< org.elasticsearch.common.breaker.CircuitBreakingException
  };

  Kind kind = kDateTime;
  std::string message;
  int error_index = -1;                                  ///< of kParse and kTextParse, in UTF-16 units
  std::string text;                                      ///< of kParse: what was being parsed
  std::shared_ptr<const DateTimeError> cause = nullptr;  ///< Java's getCause()

  /// It is a DateTimeException or a kind of one.
  [[nodiscard]] bool is_date_time() const { return kind <= kZoneRules; }
};

/// The full name of the Java class that `kind` stands for.
std::string_view java_class(DateTimeError::Kind kind);

[[noreturn]] void fail(DateTimeError::Kind kind, std::string message);
/// A DateTimeException.
[[noreturn]] void fail(std::string message);
/// `Unsupported field: NAME`.
[[noreturn]] void unsupported_field(std::string_view name);
/// `Unsupported unit: NAME`.
[[noreturn]] void unsupported_unit(std::string_view name);
/// `Unable to obtain TARGET from TemporalAccessor: TEXT of type CLASS`.
[[noreturn]] void unobtainable(std::string_view target, std::string_view text, std::string_view type,
                               std::shared_ptr<const DateTimeError> cause = nullptr);
/// What `obtain` gives; a DateTimeException of it becomes the cause of unobtainable(). `from` is an Accessor.
template <typename From, typename Obtain>
auto obtained(std::string_view target, const From& from, Obtain obtain) {
  try {
    return obtain();
  } catch (const DateTimeError& error) {
    if (!error.is_date_time()) throw;
    unobtainable(target, from.to_string(), from.type_name(), std::make_shared<const DateTimeError>(error));
  }
}

}  // namespace sluice::painless::time
