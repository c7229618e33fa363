#include <array>
#include <string>

#include "stages/painless/time/day_of_week.h"
#include "stages/painless/time/month.h"

namespace sluice::painless::time {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"MONDAY", "TUESDAY",  "WEDNESDAY", "THURSDAY",
                                                   "FRIDAY", "SATURDAY", "SUNDAY"};
constexpr std::array<std::string_view, 12> kMonths = {"JANUARY",   "FEBRUARY", "MARCH",    "APRIL",
                                                      "MAY",       "JUNE",     "JULY",     "AUGUST",
                                                      "SEPTEMBER", "OCTOBER",  "NOVEMBER", "DECEMBER"};

template <typename Constant, std::size_t kSize>
Constant by_name(const std::array<std::string_view, kSize>& names, std::string_view name, std::string_view type) {
  for (std::size_t each = 0; each < kSize; ++each) {
    if (names[each] == name) return static_cast<Constant>(each + 1);
  }
  std::string message = "No enum constant ";
  message.append(type).append(".").append(name);
  fail(DateTimeError::kIllegalArgument, message);
}

}  // namespace

DayOfWeek day_of_week_of(Int value) {
  if (value < 1 || value > 7) fail("Invalid value for DayOfWeek: " + std::to_string(value));
  return static_cast<DayOfWeek>(value);
}

DayOfWeek day_of_week_value_of(std::string_view name) { return by_name<DayOfWeek>(kDays, name, "java.time.DayOfWeek"); }

std::string_view name_of(DayOfWeek day) { return kDays[static_cast<std::size_t>(day) - 1]; }

Month month_of(Int value) {
  if (value < 1 || value > 12) fail("Invalid value for MonthOfYear: " + std::to_string(value));
  return static_cast<Month>(value);
}

Month month_value_of(std::string_view name) { return by_name<Month>(kMonths, name, "java.time.Month"); }

std::string_view name_of(Month month) { return kMonths[static_cast<std::size_t>(month) - 1]; }

}  // namespace sluice::painless::time
