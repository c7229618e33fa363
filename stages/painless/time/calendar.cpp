#include "stages/painless/time/calendar.h"

#include <algorithm>
#include <utility>

#include "stages/painless/time/calendar_bounds.h"

namespace sluice::painless::time {
namespace {

constexpr Long kDayMillis = 86'400'000;
constexpr std::array<const char*, Calendar::kFields> kNames = {"ERA",          "YEAR",          "MONTH",
                                                               "WEEK_OF_YEAR", "WEEK_OF_MONTH", "DAY_OF_MONTH",
                                                               "DAY_OF_YEAR",  "DAY_OF_WEEK",   "DAY_OF_WEEK_IN_MONTH",
                                                               "AM_PM",        "HOUR",          "HOUR_OF_DAY",
                                                               "MINUTE",       "SECOND",        "MILLISECOND",
                                                               "ZONE_OFFSET",  "DST_OFFSET"};

/// 1 is Sunday.
Int weekday_of(Long epoch_day) { return static_cast<Int>(floor_mod(epoch_day + 4, 7)) + 1; }

Long weekday_on_or_before(Long epoch_day, Int weekday) {
  return epoch_day - floor_mod(weekday_of(epoch_day) - weekday, 7);
}

constexpr unsigned bit(Int field) { return 1U << static_cast<unsigned>(field); }

}  // namespace

Calendar::Calendar(Long millis, TimeZone zone, const Locale& locale) : zone_(std::move(zone)), millis_(millis) {
  const Week week = locale.week();
  first_day_ = static_cast<Int>(week.first_day()) % 7 + 1;
  min_days_ = week.min_days();
  compute_fields();
}

Calendar Calendar::of(Int year, Int month, Int day, Int hour, Int minute, Int second) {
  Calendar result(0);
  result.clear();
  result.set_date(year, month, day);
  const bool afternoon = hour >= 12 && hour <= 23;
  result.values_[kAmPm] = afternoon ? 1 : 0;
  result.values_[kHour] = afternoon ? hour - 12 : hour;
  result.stamps_[kAmPm] = kComputed;
  result.stamps_[kHour] = kComputed;
  result.set(kHourOfDay, hour);
  result.set(kMinute, minute);
  result.set(kSecond, second);
  return result;
}

Calendar Calendar::from(const ZonedDateTime& moment) {
  Calendar result(Date::from(moment.to_instant()).time(), TimeZone(moment.zone()));
  result.first_day_ = 2;
  result.min_days_ = 4;
  result.compute_fields();
  return result;
}

void Calendar::check_field(Int field) {
  if (field >= 0 && field < kFields) return;
  fail(DateTimeError::kIndexOutOfBounds,
       "Index " + std::to_string(field) + " out of bounds for length " + std::to_string(kFields));
}

Int Calendar::get(Int field) {
  check_field(field);
  complete();
  return values_[static_cast<std::size_t>(field)];
}

void Calendar::set(Int field, Int value) {
  check_field(field);
  values_[static_cast<std::size_t>(field)] = value;
  stamps_[static_cast<std::size_t>(field)] = next_stamp_++;
  has_time_ = false;
  has_fields_ = false;
}

void Calendar::set_date(Int year, Int month, Int day) {
  set(kYear, year);
  set(kMonth, month);
  set(kDayOfMonth, day);
}

void Calendar::set_date_time(Int year, Int month, Int day, Int hour, Int minute) {
  set_date(year, month, day);
  set(kHourOfDay, hour);
  set(kMinute, minute);
}

void Calendar::set_date_time(Int year, Int month, Int day, Int hour, Int minute, Int second) {
  set_date_time(year, month, day, hour, minute);
  set(kSecond, second);
}

void Calendar::clear() {
  values_.fill(0);
  stamps_.fill(kUnset);
  has_time_ = false;
  has_fields_ = false;
}

void Calendar::clear(Int field) {
  check_field(field);
  values_[static_cast<std::size_t>(field)] = 0;
  stamps_[static_cast<std::size_t>(field)] = kUnset;
  has_time_ = false;
  has_fields_ = false;
}

bool Calendar::is_set(Int field) const {
  check_field(field);
  return stamps_[static_cast<std::size_t>(field)] != kUnset;
}

Long Calendar::time_in_millis() {
  if (!has_time_) compute_time();
  return millis_;
}

void Calendar::set_time_in_millis(Long millis) {
  millis_ = millis;
  has_time_ = true;
  compute_fields();
}

/// The fields stay what they were in the old zone until one is asked for: what is set before that stands beside them.
void Calendar::set_time_zone(const TimeZone& zone) {
  zone_ = zone;
  has_fields_ = false;
}

void Calendar::set_first_day_of_week(Int day) {
  if (first_day_ == day) return;
  first_day_ = day;
  renew_weeks();
}

void Calendar::set_minimal_days_in_first_week(Int days) {
  if (min_days_ == days) return;
  min_days_ = days;
  renew_weeks();
}

/// Weeks that nobody set are counted anew.
void Calendar::renew_weeks() {
  const std::array weeks = {kWeekOfMonth, kWeekOfYear};
  Calendar day = *this;
  day.lenient_ = true;
  for (const FieldNumber each : weeks) day.clear(each);
  for (const FieldNumber each : weeks) {
    if (stamps_[each] == kComputed) values_[each] = day.get(each);
  }
}

void Calendar::complete() {
  if (!has_time_) compute_time();
  if (!has_fields_) compute_fields();
}

Int Calendar::newest(Int left, Int right) const {
  const Int first = stamps_[static_cast<std::size_t>(left)];
  const Int second = stamps_[static_cast<std::size_t>(right)];
  return first == kUnset || second == kUnset ? kUnset : std::max(first, second);
}

/// The combination with the newest stamp, as Calendar.selectFields.
unsigned Calendar::chosen_day_fields() const {
  const Int weekday = stamps_[kDayOfWeek];
  const Int month = stamps_[kMonth];
  Int day = stamps_[kDayOfMonth];
  Int week_of_month = newest(kWeekOfMonth, kDayOfWeek);
  Int in_month = newest(kDayOfWeekInMonth, kDayOfWeek);
  const Int day_of_year = stamps_[kDayOfYear];
  Int week_of_year = newest(kWeekOfYear, kDayOfWeek);
  Int best = std::max({day, week_of_month, in_month, day_of_year, week_of_year});
  if (best == kUnset) {
    week_of_month = stamps_[kWeekOfMonth];
    in_month = std::max(stamps_[kDayOfWeekInMonth], weekday);
    week_of_year = stamps_[kWeekOfYear];
    best = std::max({week_of_month, in_month, week_of_year});
    if (best == kUnset) best = day = month;
  }
  const bool by_month = best == day || (best == week_of_month && stamps_[kWeekOfMonth] >= stamps_[kWeekOfYear]) ||
                        (best == in_month && stamps_[kDayOfWeekInMonth] >= stamps_[kWeekOfYear]);
  const unsigned with_weekday = weekday == kUnset ? 0 : bit(kDayOfWeek);
  if (!by_month) return best == day_of_year ? bit(kDayOfYear) : with_weekday | bit(kWeekOfYear);
  if (best == day) return bit(kMonth) | bit(kDayOfMonth);
  unsigned chosen = bit(kMonth) | with_weekday;
  if (week_of_month == in_month) {
    chosen |= stamps_[kWeekOfMonth] >= stamps_[kDayOfWeekInMonth] ? bit(kWeekOfMonth) : bit(kDayOfWeekInMonth);
  } else if (best == week_of_month) {
    chosen |= bit(kWeekOfMonth);
  } else if (stamps_[kDayOfWeekInMonth] != kUnset) {
    chosen |= bit(kDayOfWeekInMonth);
  }
  return chosen;
}

Long Calendar::epoch_day(Long year, unsigned chosen) const {
  Int month = 0;
  if ((chosen & bit(kMonth)) != 0) {
    year += floor_div(values_[kMonth], 12);
    month = static_cast<Int>(floor_mod(values_[kMonth], 12));
  }
  const Long first = HybridDay::to_epoch_day(year, month + 1, 1);
  if ((chosen & bit(kDayOfMonth)) != 0) {
    const Int day = stamps_[kDayOfMonth] == kUnset ? 1 : values_[kDayOfMonth];
    return day >= 1 && day <= 31 ? HybridDay::to_epoch_day(year, month + 1, day) : first + day - 1;
  }
  if ((chosen & bit(kDayOfYear)) != 0) return first + values_[kDayOfYear] - 1;
  const bool by_month = (chosen & bit(kMonth)) != 0;
  if (by_month && (chosen & bit(kWeekOfMonth)) == 0) return day_of_week_in_month_day(first, year, month, chosen);
  Long week = weekday_on_or_before(first + 6, first_day_);
  if (week - first >= min_days_) week -= 7;
  if ((chosen & bit(kDayOfWeek)) != 0) week = weekday_on_or_before(week + 6, values_[kDayOfWeek]);
  return week + 7L * (values_[by_month ? kWeekOfMonth : kWeekOfYear] - 1);
}

Long Calendar::day_of_week_in_month_day(Long first, Long year, Int month, unsigned chosen) const {
  const Int weekday = (chosen & bit(kDayOfWeek)) != 0 ? values_[kDayOfWeek] : first_day_;
  const Int number = (chosen & bit(kDayOfWeekInMonth)) != 0 ? values_[kDayOfWeekInMonth] : 1;
  if (number >= 0) return weekday_on_or_before(first + 7L * number - 1, weekday);
  return weekday_on_or_before(first + HybridDay::length_of_month(year, month + 1) + 7L * (number + 1) - 1, weekday);
}

Long Calendar::millis_of_day() const {
  Long hours = 0;
  const Int half_day_hour = newest(kHour, kAmPm);
  Int best = std::max(stamps_[kHourOfDay], half_day_hour);
  if (best == kUnset) best = std::max(stamps_[kHour], stamps_[kAmPm]);
  if (best != kUnset) {
    if (best == stamps_[kHourOfDay]) {
      hours = values_[kHourOfDay];
    } else {
      hours = values_[kHour];
      if (stamps_[kAmPm] != kUnset) hours += 12L * values_[kAmPm];
    }
  }
  return ((hours * 60 + values_[kMinute]) * 60 + values_[kSecond]) * 1'000 + values_[kMillisecond];
}

void Calendar::check_ranges() const {
  for (Int each = 0; each < kFields; ++each) {
    const auto at = static_cast<std::size_t>(each);
    const bool in_range = values_[at] >= calendar_minimum(each) && values_[at] <= calendar_maximum(each);
    if (stamps_[at] > kComputed && !in_range) fail(DateTimeError::kIllegalArgument, kNames[at]);
  }
}

void Calendar::compute_time() {
  if (!lenient_) check_ranges();
  const auto wanted = values_;
  const auto stamps = stamps_;
  Long year = stamps_[kYear] == kUnset ? 1970 : values_[kYear];
  if (stamps_[kEra] != kUnset && values_[kEra] == 0) year = 1 - year;
  if (stamps_[kEra] != kUnset && (values_[kEra] < 0 || values_[kEra] > 1)) {
    fail(DateTimeError::kIllegalArgument, "Invalid era");
  }
  const Long in_day = millis_of_day();
  const Long day = epoch_day(year, chosen_day_fields()) + floor_div(in_day, kDayMillis);
  const Long local = wrapping_add(wrapping_multiply(day, kDayMillis), floor_mod(in_day, kDayMillis));
  const bool own_offset = stamps_[kZoneOffset] > kComputed || stamps_[kDstOffset] > kComputed;
  const Int offset = own_offset ? values_[kZoneOffset] + values_[kDstOffset] : zone_.offset_of_wall(local);
  millis_ = wrapping_subtract(local, offset);
  has_time_ = true;
  compute_fields();
  if (!lenient_) check_strictly(wanted, stamps, own_offset, offset);
}

/// The fields that were set have to be what they become: of the offset, where that was set with them.
void Calendar::check_strictly(const std::array<Int, kFields>& wanted, const std::array<Int, kFields>& stamps,
                              bool own_offset, Int offset) {
  Calendar there(millis_, own_offset ? TimeZone(ZoneOffset::unchecked(offset / 1'000)) : zone_);
  there.first_day_ = first_day_;
  there.min_days_ = min_days_;
  there.compute_fields();
  for (std::size_t each = 0; each < kZoneOffset; ++each) {
    if (stamps[each] <= kComputed || wanted[each] == there.values_[each]) continue;
    values_ = wanted;
    stamps_ = stamps;
    has_time_ = false;
    has_fields_ = false;
    fail(DateTimeError::kIllegalArgument, std::string(kNames[each]) + ": " + std::to_string(wanted[each]) + " -> " +
                                              std::to_string(there.values_[each]));
  }
}

Int Calendar::week_number(Int day, Int weekday) const {
  // The local weekday of day 1, from 0.
  const auto first = static_cast<Int>(floor_mod(weekday - first_day_ - (day - 1), 7));
  const Int week = (day - 1 + first) / 7;
  return 7 - first >= min_days_ ? week + 1 : week;
}

void Calendar::compute_fields() {
  const Int offset = zone_.offset_at(millis_);
  const Long local = wrapping_add(millis_, offset);
  const Long day = floor_div(local, kDayMillis);
  const auto in_day = static_cast<Int>(floor_mod(local, kDayMillis));
  const HybridDay date = HybridDay::of_epoch_day(day);
  const Long january = HybridDay::to_epoch_day(date.year, 1, 1);
  const auto day_of_year = static_cast<Int>(day - january) + 1;
  const Int weekday = weekday_of(day);
  Int week = week_number(day_of_year, weekday);
  if (week == 0) {
    const Long before = HybridDay::to_epoch_day(date.year - 1, 1, 1);
    week = week_number(static_cast<Int>(january - before), weekday_of(january - 1));
  } else if (week >= 52) {
    const Long next = HybridDay::to_epoch_day(date.year + 1, 1, 1);
    if (week_number(1, weekday_of(next)) == 1 && day >= weekday_on_or_before(next, first_day_)) week = 1;
  }
  values_ = {date.year > 0 ? 1 : 0,
             static_cast<Int>(date.year > 0 ? date.year : 1 - date.year),
             date.month - 1,
             week,
             week_number(date.day, weekday),
             date.day,
             day_of_year,
             weekday,
             (date.day - 1) / 7 + 1,
             in_day / 43'200'000,
             in_day / 3'600'000 % 12,
             in_day / 3'600'000,
             in_day / 60'000 % 60,
             in_day / 1'000 % 60,
             in_day % 1'000,
             offset,
             0};
  if (zone_.in_daylight_time(Date(millis_))) {
    const Int savings = zone_.uses_daylight_time() ? zone_.dst_savings() : 3'600'000;
    values_[kZoneOffset] = offset - savings;
    values_[kDstOffset] = savings;
  }
  stamps_.fill(kComputed);
  next_stamp_ = 2;
  has_fields_ = true;
}

}  // namespace sluice::painless::time
