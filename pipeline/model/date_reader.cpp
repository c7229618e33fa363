#include "pipeline/model/date_reader.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "pipeline/base/ascii_case.h"

namespace sluice::pipeline {

namespace {

constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
constexpr int kUnset = -1;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr std::array<std::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                      "may",       "june",     "july",     "august",
                                                      "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> kWeekdays = {"monday", "tuesday",  "wednesday", "thursday",
                                                       "friday", "saturday", "sunday"};

/// What a text said, part by part.
struct Parts {
  std::optional<int> year;
  std::optional<int> week_year;
  int month = kUnset;
  int day = kUnset;
  int day_of_year = kUnset;
  int week = kUnset;
  int weekday = kUnset;
  int hour = kUnset;
  int hour_half = kUnset;
  int half_day = kUnset;
  int minute = kUnset;
  int second = kUnset;
  std::int64_t nanos = kUnset;
  std::optional<std::int32_t> offset;
  std::optional<DateNanos::Wide> epoch;  ///< nanoseconds
};

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool all(const std::vector<DatePart>& parts) { return sequence(parts) && at_ == text_.size(); }
  [[nodiscard]] const Parts& found() const { return found_; }

 private:
  bool sequence(const std::vector<DatePart>& parts) {
    return std::ranges::all_of(parts, [this](const DatePart& part) { return one(part); });
  }

  bool one(const DatePart& part) {
    using enum DatePartKind;
    switch (part.kind) {
      case kLiteral:
        return literal(part.literal);
      case kOptional:
        return optional(part);
      case kYear:
        return year(part, found_.year);
      case kWeekYear:
        return year(part, found_.week_year);
      case kMonthText:
        return name(kMonths, part.long_text, found_.month);
      case kWeekdayText:
        return name(kWeekdays, part.long_text, found_.weekday);
      case kHalfDay:
        return half_day();
      case kFraction:
        return fraction(part.least, part.least);
      case kMarkedFraction:
        if (at_ == text_.size() || (text_[at_] != '.' && text_[at_] != ',')) return false;
        ++at_;
        return fraction(1, 9);
      case kOffset:
        return offset();
      case kEpochMillis:
        return epoch(1'000'000, 6);
      case kEpochSecond:
        return epoch(kNanosPerSecond, 9);
      default:
        return small_number(part);
    }
  }

  bool literal(std::string_view wanted) {
    if (!text_.substr(at_).starts_with(wanted)) return false;
    at_ += wanted.size();
    return true;
  }

  bool optional(const DatePart& part) {
    const std::size_t at = at_;
    const Parts found = found_;
    if (!sequence(part.inner)) {
      at_ = at;
      found_ = found;
    }
    return true;
  }

  /// Digits here, at most `most` of them, leaving `reserved` to what follows.
  [[nodiscard]] std::size_t digits(std::size_t most, std::size_t reserved) const {
    std::size_t run = 0;
    while (at_ + run < text_.size() && run < most + reserved && is_digit(text_[at_ + run])) ++run;
    return std::min(most, run > reserved ? run - reserved : 0);
  }

  int take(std::size_t count) {
    int value = 0;
    for (; count != 0; --count) value = value * 10 + (text_[at_++] - '0');
    return value;
  }

  bool year(const DatePart& part, std::optional<int>& into) {
    const bool minus = at_ < text_.size() && text_[at_] == '-';
    const bool plus = at_ < text_.size() && text_[at_] == '+';
    if (minus || plus) ++at_;
    const std::size_t count = digits(minus || plus ? 9 : part.most, part.reserved);
    if (count < part.least || (plus && count <= part.least)) return false;
    const int value = take(count);
    if (part.least == 2 && part.most == 2) {
      into = 2000 + value;
    } else {
      into = minus ? -value : value;
    }
    return true;
  }

  bool small_number(const DatePart& part) {
    const std::size_t count = digits(part.most, part.reserved);
    if (count < part.least) return false;
    const int value = take(count);
    using enum DatePartKind;
    switch (part.kind) {
      case kMonth:
        return keep(found_.month, value, 1, 12);
      case kDay:
        return keep(found_.day, value, 1, 31);
      case kDayOfYear:
        return keep(found_.day_of_year, value, 1, 366);
      case kWeek:
        return keep(found_.week, value, 1, 53);
      case kWeekday:
        return keep(found_.weekday, value, 1, 7);
      case kHour:
        return keep(found_.hour, value, 0, 23);
      case kClockHour:
        return keep(found_.hour, value % 24, 0, 23) && value >= 1 && value <= 24;
      case kHourHalf:
        return keep(found_.hour_half, value, 0, 11);
      case kClockHourHalf:
        return keep(found_.hour_half, value % 12, 0, 11) && value >= 1 && value <= 12;
      case kMinute:
        return keep(found_.minute, value, 0, 59);
      default:
        return keep(found_.second, value, 0, 59);
    }
  }

  static bool keep(int& into, int value, int least, int most) {
    into = value;
    return value >= least && value <= most;
  }

  template <std::size_t kCount>
  bool name(const std::array<std::string_view, kCount>& names, bool long_text, int& into) {
    for (std::size_t i = 0; i < kCount; ++i) {
      const std::string_view wanted = long_text ? names[i] : names[i].substr(0, 3);
      const std::string_view here = text_.substr(at_, wanted.size());
      if (std::ranges::equal(here, wanted, {}, ascii_lower, {})) {
        at_ += wanted.size();
        into = static_cast<int>(i) + 1;
        return true;
      }
    }
    return false;
  }

  bool half_day() {
    const std::string_view here = text_.substr(at_, 2);
    if (here.size() != 2 || ascii_lower(here[1]) != 'm') return false;
    found_.half_day = ascii_lower(here[0]) == 'p' ? 1 : 0;
    at_ += 2;
    return ascii_lower(here[0]) == 'a' || ascii_lower(here[0]) == 'p';
  }

  bool fraction(std::size_t least, std::size_t most) {
    const std::size_t count = digits(most, 0);
    if (count < least) return false;
    std::int64_t nanos = take(count);
    for (std::size_t i = count; i < 9; ++i) nanos *= 10;
    found_.nanos = nanos;
    return true;
  }

  /// `Z`, `UTC`, `GMT`, and `+01`, `+0100`, `+01:00`, with seconds too.
  bool offset() {
    for (const std::string_view utc : {"UTC", "GMT", "Z"}) {
      if (!text_.substr(at_).starts_with(utc)) continue;
      at_ += utc.size();
      found_.offset = 0;
      const bool more = utc != "Z" && at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-');
      if (!more) return true;
      break;
    }
    if (at_ == text_.size() || (text_[at_] != '+' && text_[at_] != '-')) return false;
    const int sign = text_[at_++] == '-' ? -1 : 1;
    if (digits(2, 0) != 2) return false;
    int seconds = take(2) * 3600;
    for (const int unit : {60, 1}) {
      const std::size_t before = at_;
      if (at_ < text_.size() && text_[at_] == ':') ++at_;
      if (digits(2, 0) != 2) {
        at_ = before;
        break;
      }
      const int value = take(2);
      if (value > 59) return false;
      seconds += value * unit;
    }
    found_.offset = sign * seconds;
    return seconds <= 18 * 3600;
  }

  bool epoch(std::int64_t unit, std::size_t fraction_digits) {
    const bool minus = at_ < text_.size() && text_[at_] == '-';
    if (minus) ++at_;
    const std::size_t count = digits(19, 0);
    if (count == 0) return false;
    DateNanos::Wide value = 0;
    for (std::size_t i = 0; i < count; ++i) value = value * 10 + (text_[at_++] - '0');
    value *= unit;
    if (at_ < text_.size() && text_[at_] == '.') {
      ++at_;
      const std::size_t more = digits(fraction_digits, 0);
      if (more == 0) return false;
      std::int64_t part = take(more);
      for (std::size_t i = more; i < fraction_digits; ++i) part *= 10;
      value += part;
    }
    found_.epoch = minus ? -value : value;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Parts found_;
};

bool leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && leap(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

/// Days since 1970 in the proleptic Gregorian calendar. Source: Howard Hinnant, days_from_civil.
std::int64_t days_from(std::int64_t year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146'097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719'468;
}

/// Day one of an ISO week year: the Monday of the week with January 4.
std::int64_t first_monday(std::int64_t year) {
  const std::int64_t fourth = days_from(year, 1, 4);
  const std::int64_t weekday = ((fourth + 3) % 7 + 7) % 7;  // 1970-01-01 was a Thursday
  return fourth - weekday;
}

/// Months and days that are left out are the first, also at the end of a range: only the time of day is filled up.
/// Tried out on Elasticsearch 9.4.3, whose documentation says the same.
std::optional<std::int64_t> days_of(const Parts& parts) {
  if (parts.week_year) {
    const int week = parts.week == kUnset ? 1 : parts.week;
    const int weekday = parts.weekday == kUnset ? 1 : parts.weekday;
    return first_monday(*parts.week_year) + std::int64_t{week - 1} * 7 + weekday - 1;
  }
  const int year = parts.year.value_or(1970);
  if (parts.day_of_year != kUnset) {
    if (parts.day_of_year == 366 && !leap(year)) return std::nullopt;
    return days_from(year, 1, 1) + parts.day_of_year - 1;
  }
  const int month = parts.month != kUnset ? parts.month : 1;
  const int day = parts.day != kUnset ? parts.day : 1;
  if (day > days_in(year, month)) return std::nullopt;
  return days_from(year, month, day);
}

std::optional<DateNanos> resolve(const Parts& parts, DateFill fill, std::int32_t offset_seconds) {
  if (parts.epoch) return DateNanos{*parts.epoch, true};
  const auto days = days_of(parts);
  if (!days) return std::nullopt;
  const bool end = fill == DateFill::kEnd;
  int hour = parts.hour;
  if (hour == kUnset && parts.hour_half != kUnset) {
    hour = parts.hour_half + (parts.half_day == 1 ? 12 : 0);
  }
  if (hour == kUnset) hour = end ? 23 : 0;
  const int minute = parts.minute == kUnset ? (end ? 59 : 0) : parts.minute;
  const int second = parts.second == kUnset ? (end ? 59 : 0) : parts.second;
  const std::int64_t nanos = parts.nanos == kUnset ? (end ? kNanosPerSecond - 1 : 0) : parts.nanos;
  const std::int64_t seconds = *days * 86'400 + std::int64_t{hour} * 3600 + std::int64_t{minute} * 60 + second -
                               parts.offset.value_or(offset_seconds);
  return DateNanos{DateNanos::Wide{seconds} * kNanosPerSecond + nanos, parts.offset.has_value()};
}

}  // namespace

std::optional<DateNanos> read_date(const std::vector<DatePart>& parts, std::string_view text, DateFill fill,
                                   std::int32_t offset_seconds) {
  Reader reader(text);
  if (!reader.all(parts)) return std::nullopt;
  return resolve(reader.found(), fill, offset_seconds);
}

}  // namespace sluice::pipeline
