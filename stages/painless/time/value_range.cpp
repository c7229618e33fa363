#include "stages/painless/time/value_range.h"

#include <utility>

namespace sluice::painless::time {
namespace {

void require(bool condition, const char* message) {
  if (!condition) fail(DateTimeError::kIllegalArgument, message);
}

}  // namespace

ValueRange ValueRange::of(Long min, Long max) {
  require(min <= max, "Minimum value must be less than maximum value");
  return {min, max};
}

ValueRange ValueRange::of(Long min, Long max_smallest, Long max_largest) {
  require(min <= max_smallest, "Minimum value must be less than smallest maximum value");
  return of(min, min, max_smallest, max_largest);
}

ValueRange ValueRange::of(Long min_smallest, Long min_largest, Long max_smallest, Long max_largest) {
  require(min_smallest <= min_largest, "Smallest minimum value must be less than largest minimum value");
  require(max_smallest <= max_largest, "Smallest maximum value must be less than largest maximum value");
  require(min_largest <= max_largest, "Largest minimum value must be less than largest maximum value");
  require(min_smallest <= max_smallest, "Smallest minimum value must be less than smallest maximum value");
  return {min_smallest, min_largest, max_smallest, max_largest};
}

std::string ValueRange::to_string() const {
  std::string text = std::to_string(min_smallest_);
  if (min_smallest_ != min_largest_) text.append("/").append(std::to_string(min_largest_));
  text.append(" - ").append(std::to_string(max_smallest_));
  if (max_smallest_ != max_largest_) text.append("/").append(std::to_string(max_largest_));
  return text;
}

Int ValueRange::hash() const {
  const auto shifted = [](Long value, int by) { return static_cast<std::uint64_t>(value) << by; };
  const auto wide = static_cast<std::uint64_t>(min_smallest_) + shifted(min_largest_, 16) +
                    static_cast<std::uint64_t>(min_largest_ >> 48) + shifted(max_smallest_, 32) +
                    static_cast<std::uint64_t>(max_smallest_ >> 32) + shifted(max_largest_, 48) +
                    static_cast<std::uint64_t>(max_largest_ >> 16);
  return hash_of_long(static_cast<Long>(wide));
}

void ValueRange::refuse(Long value, std::string_view field) const {
  std::string message = "Invalid value";
  if (!field.empty()) message.append(" for ").append(field);
  message.append(" (valid values ").append(to_string()).append("): ").append(std::to_string(value));
  fail(std::move(message));
}

}  // namespace sluice::painless::time
