#include "stages/painless/time/duration.h"

#include <algorithm>
#include <array>

#include "stages/painless/time/amount_reader.h"
#include "stages/painless/time/digits.h"
#include "stages/painless/time/temporal.h"

namespace sluice::painless::time {
namespace {

/// `|total| * factor` in decimal digits; it may need more than 128 bits.
std::string product_text(Wide total, Long factor) {
  __extension__ using Unsigned = unsigned __int128;
  const bool negative = (total < 0) != (factor < 0);
  Unsigned left = static_cast<Unsigned>(total < 0 ? -total : total);
  std::array<std::uint32_t, 7> limbs{};  // below a billion each, the lowest first
  for (std::size_t each = 0; each < limbs.size() && left != 0; ++each, left /= 1'000'000'000) {
    limbs[each] = static_cast<std::uint32_t>(left % 1'000'000'000);
  }
  const auto magnitude = factor < 0 ? ~static_cast<std::uint64_t>(factor) + 1 : static_cast<std::uint64_t>(factor);
  Unsigned carry = 0;
  for (std::uint32_t& limb : limbs) {
    carry += Unsigned{limb} * magnitude;
    limb = static_cast<std::uint32_t>(carry % 1'000'000'000);
    carry /= 1'000'000'000;
  }
  std::string text;
  for (std::size_t each = limbs.size(); each-- > 0;) append_padded(text, limbs[each], 9);
  text.erase(0, std::min(text.find_first_not_of('0'), text.size() - 1));
  return (negative ? "-" : "") + text;
}

/// The reader of Duration.parse.
class DurationText {
 public:
  explicit DurationText(std::string_view text) : in_(text, "Duration", kMaxLong) {}

  Duration read() {
    const bool negate = in_.begin_amount();
    Wide seconds = in_.part('D', kSecondsPerDay, "days").value_or(0);
    bool any = in_.parts() > 0;
    if (in_.skip('T')) {
      const int before = in_.parts();
      seconds += in_.part('H', 3'600, "hours").value_or(0);
      seconds += in_.part('M', 60, "minutes").value_or(0);
      seconds += in_.seconds().value_or(0);
      if (in_.parts() == before) in_.refuse("");
      any = true;
    }
    if (!any || !in_.at_end()) in_.refuse("");
    Wide total = seconds * kNanosPerSecond + in_.nanos();
    if (negate) total = -total;
    const Wide whole = total >= 0 ? total / kNanosPerSecond : -((-total + kNanosPerSecond - 1) / kNanosPerSecond);
    if (whole > kMaxLong || whole < kMinLong) in_.refuse_overflow();
    return Duration::of_seconds(static_cast<Long>(whole), static_cast<Long>(total - whole * kNanosPerSecond));
  }

 private:
  AmountReader in_;
};

}  // namespace

Duration Duration::of_seconds(Long seconds, Long nanos) {
  return {add_exact(seconds, floor_div(nanos, kNanosPerSecond)), static_cast<Int>(floor_mod(nanos, kNanosPerSecond))};
}

Duration Duration::of_millis(Long millis) {
  return {floor_div(millis, 1'000), static_cast<Int>(floor_mod(millis, 1'000) * 1'000'000)};
}

Duration Duration::of_nanos(Long nanos) {
  return {floor_div(nanos, kNanosPerSecond), static_cast<Int>(floor_mod(nanos, kNanosPerSecond))};
}

Duration Duration::between(const Temporal& start, const Temporal& end) {
  Long seconds = start.until(end, Unit::kSeconds);
  if (seconds == 0) return of_nanos(start.until(end, Unit::kNanos));
  Long nanos = 0;
  if (end.is_supported(FieldId::kNanoOfSecond) && start.is_supported(FieldId::kNanoOfSecond)) {
    nanos = end.get_long(FieldId::kNanoOfSecond) - start.get_long(FieldId::kNanoOfSecond);
  }
  if (seconds > 0 && nanos < 0) ++seconds;
  if (seconds < 0 && nanos > 0) --seconds;
  return of_seconds(seconds, nanos);
}

Duration Duration::parse(std::string_view text) { return DurationText(text).read(); }

Long Duration::get(Unit unit) const {
  if (unit == Unit::kSeconds) return seconds_;
  if (unit == Unit::kNanos) return nanos_;
  unsupported_unit(time::to_string(unit));
}

Duration Duration::with_nanos(Int nanos) const {
  Field(FieldId::kNanoOfSecond).check(nanos);
  return {seconds_, nanos};
}

Duration Duration::plus(Long amount, Unit unit) const {
  if (unit == Unit::kDays) return plus_days(amount);
  if (is_duration_estimated(unit)) {
    fail(DateTimeError::kUnsupportedTemporalType, "Unit must not have an estimated duration");
  }
  if (amount == 0) return *this;
  switch (unit) {
    case Unit::kNanos:
      return plus_nanos(amount);
    case Unit::kMicros:
      return plus_parts(amount / 1'000'000, amount % 1'000'000 * 1'000);
    case Unit::kMillis:
      return plus_millis(amount);
    default:
      return plus_parts(multiply_exact(nanos_of(unit) / kNanosPerSecond, amount), 0);
  }
}

Duration Duration::plus_parts(Long seconds, Long nanos) const {
  if ((seconds | nanos) == 0) return *this;
  const Long total = add_exact(add_exact(seconds_, seconds), nanos / kNanosPerSecond);
  return of_seconds(total, nanos % kNanosPerSecond + nanos_);
}

Duration Duration::minus(const Duration& other) const {
  if (other.seconds_ == kMinLong) return plus_parts(kMaxLong, -Long{other.nanos_}).plus_parts(1, 0);
  return plus_parts(-other.seconds_, -Long{other.nanos_});
}

Duration Duration::minus(Long amount, Unit unit) const {
  return amount == kMinLong ? plus(kMaxLong, unit).plus(1, unit) : plus(-amount, unit);
}

Duration Duration::multiplied_by(Long factor) const {
  const Wide total = Wide{seconds_} * kNanosPerSecond + nanos_;
  Wide product = 0;
  const bool overflows = __builtin_mul_overflow(total, Wide{factor}, &product);
  const Wide limit = Wide{kNanosPerSecond} << 63;
  if (overflows || product >= limit || product < -limit) {
    fail(DateTimeError::kArithmetic, "Exceeds capacity of Duration: " + product_text(total, factor));
  }
  const Wide seconds = product >= 0 ? product / kNanosPerSecond : -((kNanosPerSecond - 1 - product) / kNanosPerSecond);
  return {static_cast<Long>(seconds), static_cast<Int>(product - seconds * kNanosPerSecond)};
}

Duration Duration::divided_by(Long divisor) const {
  if (divisor == 0) fail(DateTimeError::kArithmetic, "Cannot divide by zero");
  const Wide total = (Wide{seconds_} * kNanosPerSecond + nanos_) / divisor;
  if (total >= Wide{kNanosPerSecond} << 63) {
    fail(DateTimeError::kArithmetic, "Exceeds capacity of Duration: " + product_text(total, 1));
  }
  const Wide seconds = total >= 0 ? total / kNanosPerSecond : -((kNanosPerSecond - 1 - total) / kNanosPerSecond);
  return {static_cast<Long>(seconds), static_cast<Int>(total - seconds * kNanosPerSecond)};
}

Long Duration::to_millis() const {
  Long seconds = seconds_;
  Long nanos = nanos_;
  if (seconds < 0) {
    ++seconds;
    nanos -= kNanosPerSecond;
  }
  return add_exact(multiply_exact(seconds, 1'000), nanos / 1'000'000);
}

Long Duration::to_nanos() const {
  Long seconds = seconds_;
  Long nanos = nanos_;
  if (seconds < 0) {
    ++seconds;
    nanos -= kNanosPerSecond;
  }
  return add_exact(multiply_exact(seconds, kNanosPerSecond), nanos);
}

Int Duration::compare_to(const Duration& other) const {
  const Int seconds = three_way(seconds_, other.seconds_);
  return seconds != 0 ? seconds : nanos_ - other.nanos_;
}

Int Duration::hash() const {
  const auto nanos = 51U * static_cast<std::uint32_t>(nanos_);
  return static_cast<Int>(static_cast<std::uint32_t>(hash_of_long(seconds_)) + nanos);
}

std::string Duration::to_string() const {
  if (is_zero()) return "PT0S";
  Long effective = seconds_;
  if (seconds_ < 0 && nanos_ > 0) ++effective;
  const Long hours = effective / 3'600;
  const Long minutes = effective % 3'600 / 60;
  const Long seconds = effective % 60;
  std::string text = "PT";
  if (hours != 0) text.append(std::to_string(hours)).append("H");
  if (minutes != 0) text.append(std::to_string(minutes)).append("M");
  if (seconds == 0 && nanos_ == 0 && text.size() > 2) return text;
  text.append(seconds_ < 0 && nanos_ > 0 && seconds == 0 ? "-0" : std::to_string(seconds));
  if (nanos_ > 0) {
    text.push_back('.');
    append_padded(text, seconds_ < 0 ? kNanosPerSecond - nanos_ : Long{nanos_}, 9);
    text.erase(text.find_last_not_of('0') + 1);
  }
  text.push_back('S');
  return text;
}

}  // namespace sluice::painless::time
