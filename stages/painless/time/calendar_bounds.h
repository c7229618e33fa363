#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "stages/painless/time/calendar.h"

/// What java.util.Calendar says about its fields, and its week dates.
namespace sluice::painless::time {

/// Calendar.getMinimum() and its kin: bounds that hold for all dates, or for each of them. Errors:
/// IndexOutOfBoundsException for a field that isn't one.
Int calendar_minimum(Int field);
Int calendar_maximum(Int field);
Int calendar_least_maximum(Int field);

/// Calendar.getWeeksInWeekYear().
Int weeks_in_week_year(Calendar calendar);
/// Calendar.setWeekDate(). Errors: IllegalArgumentException `invalid dayOfWeek: 8`.
void set_week_date(Calendar& calendar, Int week_year, Int week, Int weekday);

/// Calendar.getDisplayName(): the name of a field's value, where it has one. Errors: IllegalArgumentException for a
/// style that isn't one.
std::optional<std::string> calendar_name(Calendar& calendar, Int field, Int style, const Locale& locale);
/// Calendar.getDisplayNames(): all names of a field and what they stand for; empty: it has none.
std::vector<std::pair<std::string, Int>> calendar_names(Int field, Int style, const Locale& locale);

}  // namespace sluice::painless::time
