// add(), roll() and the ranges of Calendar.
#include <algorithm>

#include "stages/painless/time/calendar.h"
#include "stages/painless/time/calendar_bounds.h"

namespace sluice::painless::time {

Long Calendar::signed_year() { return get(kEra) == 1 ? values_[kYear] : 1 - values_[kYear]; }

void Calendar::put_signed_year(Long year) {
  set(kEra, year > 0 ? 1 : 0);
  set(kYear, static_cast<Int>(year > 0 ? year : 1 - year));
}

/// To `month` (from 0) of `year`, on the same day or the month's last one.
void Calendar::pin_day_of_month(Long year, Int month) {
  const Int day = std::min(get(kDayOfMonth), HybridDay::length_of_month(year, month + 1));
  put_signed_year(year);
  set(kMonth, month);
  set(kDayOfMonth, day);
}

/// Days keep the time on the clock.
void Calendar::add_days(Long days, Long millis) {
  const Long before = time_in_millis();
  const Int offset = zone_.offset_at(before);
  const Long local = wrapping_add(wrapping_add(before, offset), wrapping_add(days * 86'400'000, millis));
  set_time_in_millis(wrapping_subtract(local, offset));
  const Int now = zone_.offset_at(millis_);
  if (now == offset) return;
  const Long adjusted = wrapping_subtract(local, now);
  // The other offset must not lead to another day.
  if (floor_div(wrapping_add(adjusted, zone_.offset_at(adjusted)), 86'400'000) == floor_div(local, 86'400'000)) {
    set_time_in_millis(adjusted);
  }
}

void Calendar::add(Int field, Int amount) {
  if (amount == 0) return;
  if (field < 0 || field >= kZoneOffset) fail(DateTimeError::kIllegalArgument, "");
  complete();
  switch (field) {
    case kYear:
      return pin_day_of_month(signed_year() + (values_[kEra] == 1 ? Long{amount} : -Long{amount}), values_[kMonth]);
    case kMonth: {
      const Long month = Long{values_[kMonth]} + amount;
      return pin_day_of_month(signed_year() + floor_div(month, 12), static_cast<Int>(floor_mod(month, 12)));
    }
    case kEra:
      return set(kEra, std::clamp(values_[kEra] + amount, 0, 1));
    case kWeekOfYear:
    case kWeekOfMonth:
    case kDayOfWeekInMonth:
      return add_days(7L * amount, 0);
    case kDayOfMonth:
    case kDayOfYear:
    case kDayOfWeek:
      return add_days(amount, 0);
    case kAmPm:
      return add_days(amount / 2, amount % 2 * 43'200'000L);
    case kHour:
    case kHourOfDay:
      return set_time_in_millis(wrapping_add(millis_, amount * 3'600'000L));
    case kMinute:
      return set_time_in_millis(wrapping_add(millis_, amount * 60'000L));
    case kSecond:
      return set_time_in_millis(wrapping_add(millis_, amount * 1'000L));
    case kMillisecond:
      return set_time_in_millis(wrapping_add(millis_, amount));
    default:
      fail(DateTimeError::kIllegalArgument, "");
  }
}

void Calendar::roll_within(Int field, Int amount, Int least, Int most) {
  const Long size = Long{most} - least + 1;
  set(field,
      static_cast<Int>(floor_mod(Long{values_[static_cast<std::size_t>(field)]} - least + amount, size) + least));
}

void Calendar::roll_week_of_year(Int amount) {
  const Int week = values_[kWeekOfYear];
  Int least = 1;
  Int most = actual_maximum(kWeekOfYear);
  const Long wanted = Long{week} + amount;
  if (wanted > least && wanted < most) return set(kWeekOfYear, static_cast<Int>(wanted));
  // Weeks that would lead into another year don't count.
  const Long year = signed_year();
  const Long today = HybridDay::to_epoch_day(year, values_[kMonth] + 1, values_[kDayOfMonth]);
  if (HybridDay::of_epoch_day(today - 7L * (week - least)).year != year) ++least;
  if (HybridDay::of_epoch_day(today + 7L * (most - week)).year != year) --most;
  roll_within(kWeekOfYear, amount, least, most);
}

void Calendar::roll_week_of_month(Int amount) {
  const Int weekday = static_cast<Int>(floor_mod(values_[kDayOfWeek] - first_day_, 7));
  const Int length = HybridDay::length_of_month(signed_year(), values_[kMonth] + 1);
  const Int first_weekday = static_cast<Int>(floor_mod(weekday - (values_[kDayOfMonth] - 1), 7));
  // The day that the first week begins on, counted from the first of the month.
  const Int first_week = 7 - first_weekday >= min_days_ ? -first_weekday : 7 - first_weekday;
  const Int weeks = actual_maximum(kWeekOfMonth);
  const auto week = static_cast<Int>(floor_mod(Long{values_[kWeekOfMonth]} - 1 + amount, weeks));
  set(kDayOfMonth, std::clamp(first_week + week * 7 + weekday, 0, length - 1) + 1);
}

/// The last year there is: its milliseconds end in August, and the first one's begin in December.
Int Calendar::last_year() {
  const Int day = values_[kMonth] * 100 + values_[kDayOfMonth];
  if (values_[kEra] == 0) return day < 1'102 ? 292'269'054 : 292'269'055;
  return day > 717 ? 292'278'993 : 292'278'994;
}

void Calendar::roll(Int field, Int amount) {
  if (amount == 0) return;
  if (field < 0 || field >= kZoneOffset) fail(DateTimeError::kIllegalArgument, "");
  complete();
  switch (field) {
    case kYear:
      return pin_day_of_month(signed_year() + amount, values_[kMonth]);
    case kMonth:
      return pin_day_of_month(signed_year(), static_cast<Int>(floor_mod(Long{values_[kMonth]} + amount, 12)));
    case kDayOfWeek: {
      const auto from_first = static_cast<Int>(floor_mod(values_[kDayOfWeek] - first_day_, 7));
      return add_days(floor_mod(Long{from_first} + amount, 7) - from_first, 0);
    }
    case kHour:
    case kHourOfDay: {
      const Int size = field == kHour ? 12 : 24;
      const Int now = values_[static_cast<std::size_t>(field)];
      return set_time_in_millis(wrapping_add(millis_, (floor_mod(Long{now} + amount, size) - now) * 3'600'000L));
    }
    case kWeekOfYear:
      return roll_week_of_year(amount);
    case kWeekOfMonth:
      return roll_week_of_month(amount);
    case kZoneOffset:
    case kDstOffset:
      fail(DateTimeError::kIllegalArgument, "");
    default: {
      const Int least = actual_minimum(field);
      return roll_within(field, amount, least, actual_maximum(field));
    }
  }
}

Int Calendar::actual_minimum(Int field) { return calendar_minimum(field); }

Int Calendar::actual_maximum(Int field) {
  check_field(field);
  if (!has_fields_ && !lenient_) {
    Calendar lenient = *this;
    lenient.lenient_ = true;
    return lenient.actual_maximum(field);
  }
  complete();
  const Long year = signed_year();
  const Int month = values_[kMonth] + 1;
  const Int last = HybridDay::length_of_month(year, month);
  const auto weekday_of_day = [&](Int day) {
    return static_cast<Int>(floor_mod(HybridDay::to_epoch_day(year, month, day) + 4, 7)) + 1;
  };
  switch (field) {
    case kEra:
    case kAmPm:
      return 1;
    case kYear:
      return last_year();
    case kMonth:
    case kHour:
      return 11;
    case kWeekOfYear: {
      Calendar end = *this;
      for (Int day = 31; day > 24; --day) {
        end.set_date(static_cast<Int>(year), 11, day);
        if (const Int week = end.get(kWeekOfYear); week > 1) return week;
      }
      return 52;
    }
    case kWeekOfMonth:
      return week_number(last, weekday_of_day(last));
    case kDayOfMonth:
      return last;
    case kDayOfYear:
      return static_cast<Int>(HybridDay::to_epoch_day(year + 1, 1, 1) - HybridDay::to_epoch_day(year, 1, 1));
    case kDayOfWeek:
      return 7;
    case kDayOfWeekInMonth: {
      const auto first = static_cast<Int>(floor_mod(values_[kDayOfWeek] - weekday_of_day(1), 7)) + 1;
      return (last - first) / 7 + 1;
    }
    case kHourOfDay:
      return 23;
    case kMillisecond:
      return 999;
    case kZoneOffset:
      return 50'400'000;
    case kDstOffset:
      return 7'200'000;
    default:
      return 59;
  }
}

Int Calendar::week_year() {
  complete();
  const auto year = static_cast<Int>(signed_year());
  if (values_[kMonth] == 0 && values_[kWeekOfYear] >= 52) return year - 1;
  return values_[kMonth] == 11 && values_[kWeekOfYear] == 1 ? year + 1 : year;
}

}  // namespace sluice::painless::time
