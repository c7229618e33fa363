#include "stages/painless/time/period.h"

#include "stages/painless/time/amount_reader.h"
#include "stages/painless/time/local_date.h"

namespace sluice::painless::time {

Period Period::between(const LocalDate& start, const LocalDate& end) { return start.until(end); }

Period Period::parse(std::string_view text) {
  AmountReader in(text, "Period", std::numeric_limits<Int>::max());
  const bool negate = in.begin_amount();
  const auto part = [&](char letter) { return static_cast<Int>(in.part(letter, 1, "").value_or(0)); };
  const Int sign = negate ? -1 : 1;
  const Int years = multiply_exact_int(part('Y'), sign);
  const Int months = multiply_exact_int(part('M'), sign);
  const Int weeks = multiply_exact_int(part('W'), sign);
  const Int days = multiply_exact_int(part('D'), sign);
  if (in.parts() == 0 || !in.at_end()) in.refuse("");
  return {years, months, add_exact_int(days, multiply_exact_int(weeks, 7))};
}

Long Period::get(Unit unit) const {
  if (unit == Unit::kYears) return years_;
  if (unit == Unit::kMonths) return months_;
  if (unit == Unit::kDays) return days_;
  unsupported_unit(time::to_string(unit));
}

Period Period::plus(const Period& other) const {
  return {add_exact_int(years_, other.years_), add_exact_int(months_, other.months_),
          add_exact_int(days_, other.days_)};
}

Period Period::minus(const Period& other) const {
  const auto difference = [](Int left, Int right) { return to_int_exact(Long{left} - right); };
  return {difference(years_, other.years_), difference(months_, other.months_), difference(days_, other.days_)};
}

Period Period::multiplied_by(Int factor) const {
  return {multiply_exact_int(years_, factor), multiply_exact_int(months_, factor), multiply_exact_int(days_, factor)};
}

Period Period::normalized() const {
  const Long months = to_total_months();
  return {to_int_exact(months / 12), static_cast<Int>(months % 12), days_};
}

Int Period::hash() const {
  const auto sum = static_cast<std::uint32_t>(years_) + static_cast<std::uint32_t>(rotate_left(months_, 8)) +
                   static_cast<std::uint32_t>(rotate_left(days_, 16));
  return static_cast<Int>(sum);
}

std::string Period::to_string() const {
  if (is_zero()) return "P0D";
  std::string text = "P";
  if (years_ != 0) text.append(std::to_string(years_)).append("Y");
  if (months_ != 0) text.append(std::to_string(months_)).append("M");
  if (days_ != 0) text.append(std::to_string(days_)).append("D");
  return text;
}

}  // namespace sluice::painless::time
