#include "pipeline/model/date_math.h"

namespace sluice::pipeline {

namespace {

/// Rounds down to a unit of date math; false: there is no such unit.
bool round_down(DateMillis& time, char unit) {
  namespace c = std::chrono;
  const auto day = c::floor<c::days>(time);
  const c::year_month_day date(day);
  switch (unit) {
    case 'y':
      time = c::sys_days(c::year_month_day(date.year(), c::January, c::day(1)));
      return true;
    case 'M':
      time = c::sys_days(c::year_month_day(date.year(), date.month(), c::day(1)));
      return true;
    case 'w':
      time = day - (c::weekday(day) - c::Monday);
      return true;
    case 'd':
      time = day;
      return true;
    case 'h':
    case 'H':
      time = c::floor<c::hours>(time);
      return true;
    case 'm':
      time = c::floor<c::minutes>(time);
      return true;
    case 's':
      time = c::floor<c::seconds>(time);
      return true;
    default:
      return false;
  }
}

bool add_units(DateMillis& time, int count, char unit) {
  namespace c = std::chrono;
  const auto day = c::floor<c::days>(time);
  const auto rest = time - day;
  c::year_month_day date(day);
  switch (unit) {
    case 'y':
    case 'M':
      date = unit == 'y' ? date + c::years(count) : date + c::months(count);
      if (!date.ok()) date = date.year() / date.month() / c::last;
      time = c::sys_days(date) + rest;
      return true;
    case 'w':
      time += c::weeks(count);
      return true;
    case 'd':
      time += c::days(count);
      return true;
    case 'h':
    case 'H':
      time += c::hours(count);
      return true;
    case 'm':
      time += c::minutes(count);
      return true;
    case 's':
      time += c::seconds(count);
      return true;
    default:
      return false;
  }
}

}  // namespace

std::optional<DateMillis> apply_date_math(std::string_view operations, DateMillis from, bool round_up) {
  DateMillis time = from;
  while (!operations.empty()) {
    const char operation = operations.front();
    operations.remove_prefix(1);
    int count = 0;
    bool digits = false;
    while (!operations.empty() && operations.front() >= '0' && operations.front() <= '9' && count < 100'000) {
      count = count * 10 + (operations.front() - '0');
      digits = true;
      operations.remove_prefix(1);
    }
    if (operations.empty()) return std::nullopt;
    const char unit = operations.front();
    operations.remove_prefix(1);
    if (operation == '/') {
      if (digits || !round_down(time, unit)) return std::nullopt;
      if (!round_up) continue;
      if (!add_units(time, 1, unit)) return std::nullopt;
      time -= std::chrono::milliseconds(1);
    } else if (operation == '+' || operation == '-') {
      if (!digits) count = 1;
      if (!add_units(time, operation == '+' ? count : -count, unit)) return std::nullopt;
    } else {
      return std::nullopt;
    }
  }
  return time;
}

}  // namespace sluice::pipeline
