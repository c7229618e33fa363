#include "pipeline/base/units.h"

#include <array>
#include <charconv>
#include <cstdlib>
#include <limits>
#include <optional>
#include <utility>

#include "pipeline/base/ascii_case.h"
#include "pipeline/base/java_trim.h"
#include "pipeline/base/parse_number.h"

namespace sluice {
namespace {

constexpr std::int64_t kMicrosecond = 1'000;
constexpr std::int64_t kMillisecond = 1'000 * kMicrosecond;
constexpr std::int64_t kSecond = 1'000 * kMillisecond;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;

struct Unit {
  std::string_view suffix;
  std::int64_t nanoseconds;
};
/// In the order in which suffixes have to be tried.
constexpr std::array<Unit, 7> kTimeUnits{{{"nanos", 1},
                                          {"micros", kMicrosecond},
                                          {"ms", kMillisecond},
                                          {"s", kSecond},
                                          {"m", kMinute},
                                          {"h", kHour},
                                          {"d", kDay}}};

bool is_decimal(std::string_view text) {
  const std::string copy(text);
  char* end = nullptr;
  std::strtod(copy.c_str(), &end);
  return !copy.empty() && end == copy.c_str() + copy.size();
}

Error bad_time(std::string_view text, std::string_view setting, std::string_view why) {
  return illegal_argument("failed to parse setting [" + std::string(setting) + "] with value [" + std::string(text) +
                          "] as a time value: " + std::string(why));
}

Nanoseconds saturated(std::int64_t count, std::int64_t unit) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(count, unit, &product)) product = std::numeric_limits<std::int64_t>::max();
  return Nanoseconds(product);
}

/// `0+` or `-0*1`, the values that need no unit.
std::optional<Nanoseconds> unitless(std::string_view text) {
  if (!text.empty() && text.find_first_not_of('0') == std::string_view::npos) return Nanoseconds(0);
  if (text.size() >= 2 && text.front() == '-' && text.back() == '1' &&
      text.substr(1, text.size() - 2).find_first_not_of('0') == std::string_view::npos) {
    return Nanoseconds(-kMillisecond);
  }
  return std::nullopt;
}

/// `value` tenths of a unit as Elasticsearch prints it: the fraction only where it is not zero.
std::string with_tenths(std::uint64_t tenths, std::string_view suffix) {
  std::string text = std::to_string(tenths / 10);
  if (tenths % 10 != 0) text.append(1, '.').append(std::to_string(tenths % 10));
  return text += suffix;
}

}  // namespace

Result<TimeValue> parse_time_value(std::string_view text, std::string_view setting) {
  const std::string normal = ascii_lower_case(java_trimmed(text));
  for (const Unit& unit : kTimeUnits) {
    // `M` is months elsewhere, so minutes are the one unit whose case matters, and whose text is not trimmed.
    const std::string_view tested = unit.suffix == "m" ? text : std::string_view(normal);
    if (!tested.ends_with(unit.suffix)) continue;
    const std::string_view digits =
        java_trimmed(std::string_view(normal).substr(0, normal.size() - unit.suffix.size()));
    const auto count = parse_java_number<std::int64_t>(digits);
    if (!count) {
      std::string reason = "failed to parse [" + std::string(text) + "]";
      if (is_decimal(digits)) reason += ", fractional time values are not supported";
      return std::unexpected(illegal_argument(std::move(reason)).wrapping(number_format_error(digits)));
    }
    if (*count < -1) return std::unexpected(bad_time(text, setting, "negative durations are not supported"));
    return TimeValue{saturated(*count, unit.nanoseconds), std::to_string(*count) + std::string(unit.suffix)};
  }
  if (const auto duration = unitless(normal)) {
    return TimeValue{*duration, duration->count() == 0 ? std::string("0s") : std::string("-1")};
  }
  return std::unexpected(bad_time(text, setting, "unit is missing or unrecognized"));
}

std::string time_value_text(Nanoseconds duration) {
  if (duration.count() == 0) return "0s";
  if (duration == Nanoseconds(-kMillisecond)) return "-1";
  const Unit* best = kTimeUnits.data();
  for (const Unit& unit : kTimeUnits) {
    if (duration.count() % unit.nanoseconds == 0) best = &unit;
  }
  return std::to_string(duration.count() / best->nanoseconds) + std::string(best->suffix);
}

std::string human_duration(Nanoseconds duration) {
  if (duration.count() == 0) return "0s";
  if (duration.count() < 0) return std::to_string(duration.count() / kMillisecond);
  const Unit* best = kTimeUnits.data();
  for (const Unit& unit : kTimeUnits) {
    if (duration.count() >= unit.nanoseconds) best = &unit;
  }
  const auto count = static_cast<std::uint64_t>(duration.count());
  const auto unit = static_cast<std::uint64_t>(best->nanoseconds);
  return with_tenths(count / unit * 10 + count % unit * 10 / unit, best->suffix);
}

Result<std::uint64_t> parse_byte_size(std::string_view text, std::string_view setting) {
  struct Size {
    std::string_view suffix;
    int shift;
  };
  static constexpr std::array<Size, 13> kSizes{{{"kib", 10},
                                                {"mib", 20},
                                                {"gib", 30},
                                                {"tib", 40},
                                                {"kb", 10},
                                                {"mb", 20},
                                                {"gb", 30},
                                                {"tb", 40},
                                                {"k", 10},
                                                {"m", 20},
                                                {"g", 30},
                                                {"b", 0},
                                                {"", 0}}};
  const std::string normal = ascii_lower_case(java_trimmed(text));
  const auto refuse = [&](std::string_view why) {
    return std::unexpected(illegal_argument("failed to parse setting [" + std::string(setting) + "] with value [" +
                                            std::string(text) + "] as a size in bytes: " + std::string(why)));
  };
  for (const Size& size : kSizes) {
    if (!normal.ends_with(size.suffix)) continue;
    const std::string_view digits =
        java_trimmed(std::string_view(normal).substr(0, normal.size() - size.suffix.size()));
    std::uint64_t count = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    if (problem == std::errc::result_out_of_range) return refuse("it is too large");
    if (problem != std::errc() || end != digits.data() + digits.size()) break;
    if (count > (std::numeric_limits<std::uint64_t>::max() >> 1) >> size.shift) return refuse("it is too large");
    return count << size.shift;
  }
  return refuse("use a whole number with one of b, kb, mb, gb, tb, for example 256mb");
}

std::string human_bytes(std::uint64_t bytes) {
  static constexpr std::array<std::string_view, 6> kSuffixes{"b", "kb", "mb", "gb", "tb", "pb"};
  std::size_t step = 0;
  std::uint64_t unit = 1;
  while (step + 1 < kSuffixes.size() && bytes / unit >= 1024) {
    unit <<= 10;
    ++step;
  }
  // bytes % unit is below 2^50, so ten times it fits.
  return with_tenths(bytes / unit * 10 + bytes % unit * 10 / unit, kSuffixes[step]);
}

}  // namespace sluice
