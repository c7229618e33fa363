#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "stages/painless/time/exact_math.h"

namespace sluice::painless::time {

/// Reads the parts of an ISO 8601 duration or period, letters in either case. Errors: DateTimeParseException
/// `Text cannot be parsed to a Duration`, with `: days` where a number is too big.
class AmountReader {
 public:
  /// Numbers go up to `most`.
  AmountReader(std::string_view text, std::string_view type, Long most)
      : text_(text), rest_(text), type_(type), most_(most) {}

  /// The sign and the `P`; whether all of it is negative.
  bool begin_amount();
  bool skip(char letter);
  /// A number with `letter` behind it, times `factor`. Nothing: the next part is another one.
  std::optional<Wide> part(char letter, Long factor, std::string_view name);
  /// The part of seconds, which may have a fraction.
  std::optional<Wide> seconds();
  [[nodiscard]] Long nanos() const { return nanos_; }
  [[nodiscard]] int parts() const { return parts_; }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[noreturn]] void refuse(std::string_view why, std::shared_ptr<const DateTimeError> cause = nullptr) const;
  /// `Text cannot be parsed to a Duration: overflow`.
  [[noreturn]] void refuse_overflow() const;

 private:
  struct Number {
    bool negative = false;
    std::string_view text;  ///< with its sign
    std::size_t size = 0;
  };
  [[nodiscard]] std::optional<Number> number() const;
  [[nodiscard]] Wide value(const Number& number, std::string_view name) const;

  std::string_view text_;
  std::string_view rest_;
  std::string_view type_;
  Long most_;
  Long nanos_ = 0;
  int parts_ = 0;
};

}  // namespace sluice::painless::time
