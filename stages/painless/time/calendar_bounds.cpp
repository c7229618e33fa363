#include "stages/painless/time/calendar_bounds.h"

#include <algorithm>
#include <array>

#include "stages/painless/time/format_text.h"

namespace sluice::painless::time {

namespace {

constexpr Int kHourMillis = 3'600'000;
/// When the Gregorian calendar began.
constexpr Long kCutover = -12'219'292'800'000;

constexpr std::array<Int, Calendar::kFields> kMinimums = {
    0, 1, 0, 1, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, -13 * kHourMillis, 0};
constexpr std::array<Int, Calendar::kFields> kLeastMaximums = {
    1, 292'269'054, 11, 52, 4, 28, 365, 7, 4, 1, 11, 23, 59, 59, 999, 14 * kHourMillis, 1'200'000};
constexpr std::array<Int, Calendar::kFields> kMaximums = {
    1, 292'278'994, 11, 53, 6, 31, 366, 7, 6, 1, 11, 23, 59, 59, 999, 14 * kHourMillis, 2 * kHourMillis};

bool is_field(Int field) { return field >= 0 && field < Calendar::kFields; }

Int bound(const std::array<Int, Calendar::kFields>& bounds, Int field) {
  if (is_field(field)) return bounds[static_cast<std::size_t>(field)];
  fail(DateTimeError::kIndexOutOfBounds,
       "Index " + std::to_string(field) + " out of bounds for length " + std::to_string(Calendar::kFields));
}

[[noreturn]] void refuse() { fail(DateTimeError::kIllegalArgument, ""); }

/// Calendar.SHORT, LONG, NARROW_FORMAT and theirs that stand alone.
std::optional<TextStyle> style_of(Int style) {
  constexpr Int kStandalone = 0x8000;
  const bool alone = (style & kStandalone) != 0;
  switch (style & ~kStandalone) {
    case 1:
      return alone ? TextStyle::kShortStandalone : TextStyle::kShort;
    case 2:
      return alone ? TextStyle::kFullStandalone : TextStyle::kFull;
    case 4:
      return alone ? TextStyle::kNarrowStandalone : TextStyle::kNarrow;
    default:
      return std::nullopt;
  }
}

/// The field of java.time with the same names, the number that a value has there, and all of the values.
struct Named {
  FieldId field = FieldId::kEra;
  Int first = 0;
  Int last = 1;
  [[nodiscard]] Long number(Int value) const {
    if (field == FieldId::kMonthOfYear) return value + 1;
    return field == FieldId::kDayOfWeek ? (value + 5) % 7 + 1 : value;  // 1 is Sunday
  }
};
std::optional<Named> named(Int field) {
  switch (field) {
    case Calendar::kEra:
      return Named{FieldId::kEra, 0, 1};
    case Calendar::kMonth:
      return Named{FieldId::kMonthOfYear, 0, 11};
    case Calendar::kDayOfWeek:
      return Named{FieldId::kDayOfWeek, 1, 7};
    case Calendar::kAmPm:
      return Named{FieldId::kAmPmOfDay, 0, 1};
    default:
      return std::nullopt;
  }
}

/// Long eras are short here unless they stand alone.
std::optional<std::string> text_of(const Named& named, Int value, TextStyle style, const Locale& locale) {
  const bool short_era = named.field == FieldId::kEra && style == TextStyle::kFull;
  const auto text = field_text(named.field, named.number(value), short_era ? TextStyle::kShort : style, locale);
  return text ? std::optional(std::string(*text)) : std::nullopt;
}

}  // namespace

Int calendar_minimum(Int field) { return bound(kMinimums, field); }

Int calendar_maximum(Int field) { return bound(kMaximums, field); }

Int calendar_least_maximum(Int field) {
  const Int least = bound(kLeastMaximums, field);
  const bool is_date = field >= Calendar::kYear && field <= Calendar::kDayOfWeekInMonth;
  if (!is_date || field == Calendar::kDayOfWeek) return least;
  Calendar after(kCutover, TimeZone());
  Calendar before(kCutover - 1, TimeZone());
  return std::min({least, after.actual_maximum(field), before.actual_maximum(field)});
}

void set_week_date(Calendar& calendar, Int week_year, Int week, Int weekday) {
  if (weekday < 1 || weekday > 7)
    fail(DateTimeError::kIllegalArgument, "invalid dayOfWeek: " + std::to_string(weekday));
  Calendar day = calendar;
  day.set_lenient(true);
  const Int era = day.get(Calendar::kEra);
  day.clear();
  day.set_time_zone(TimeZone());
  day.set(Calendar::kEra, era);
  day.set(Calendar::kYear, week_year);
  day.set(Calendar::kWeekOfYear, 1);
  day.set(Calendar::kDayOfWeek, calendar.first_day_of_week());
  const Int from_first = static_cast<Int>(floor_mod(weekday - calendar.first_day_of_week(), 7));
  (void)day.time_in_millis();
  day.add(Calendar::kDayOfYear, from_first + 7 * (week - 1));
  const bool same = day.week_year() == week_year && day.get(Calendar::kWeekOfYear) == week &&
                    day.get(Calendar::kDayOfWeek) == weekday;
  if (!calendar.is_lenient() && !same) refuse();
  calendar.set(Calendar::kEra, era);
  calendar.set(Calendar::kYear, day.get(Calendar::kYear));
  calendar.set(Calendar::kMonth, day.get(Calendar::kMonth));
  calendar.set(Calendar::kDayOfMonth, day.get(Calendar::kDayOfMonth));
  (void)calendar.get(Calendar::kYear);
}

Int weeks_in_week_year(Calendar calendar) {
  const Int week_year = calendar.week_year();
  if (week_year != calendar.get(Calendar::kYear)) {
    set_week_date(calendar, week_year, 2, calendar.get(Calendar::kDayOfWeek));
  }
  return calendar.actual_maximum(Calendar::kWeekOfYear);
}

std::optional<std::string> calendar_name(Calendar& calendar, Int field, Int style, const Locale& locale) {
  const auto wanted = style_of(style);
  if (!wanted || !is_field(field)) refuse();
  const auto names = named(field);
  return names ? text_of(*names, calendar.get(field), *wanted, locale) : std::nullopt;
}

std::vector<std::pair<std::string, Int>> calendar_names(Int field, Int style, const Locale& locale) {
  constexpr std::array kAll = {TextStyle::kShort, TextStyle::kFull};
  const auto wanted = style_of(style);
  if ((!wanted && style != 0) || !is_field(field)) refuse();
  std::vector<std::pair<std::string, Int>> result;
  const auto names = named(field);
  if (!names) return result;
  for (const TextStyle each : kAll) {
    if (wanted && each != kAll.front()) break;
    for (Int value = names->first; value <= names->last; ++value) {
      if (auto text = text_of(*names, value, wanted.value_or(each), locale)) result.emplace_back(*text, value);
    }
  }
  const auto same = [](const auto& left, const auto& right) { return left.first == right.first; };
  std::ranges::sort(result);
  // Names that stand for several values are none.
  if (wanted && std::ranges::adjacent_find(result, same) != result.end()) result.clear();
  return result;
}

}  // namespace sluice::painless::time
