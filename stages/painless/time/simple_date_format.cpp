#include "stages/painless/time/simple_date_format.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <utility>

#include "stages/painless/time/digits.h"
#include "stages/painless/time/format_text.h"
#include "stages/painless/time/formatter_builder.h"
#include "stages/painless/time/zone_text.h"

namespace sluice::painless::time {
namespace {

constexpr std::string_view kLetters = "GyMdkHmsSEDFwWahKzZYuXL";

bool is_letter(char each) { return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z'); }

void check_part(char letter, int count) {
  if (kLetters.find(letter) == std::string_view::npos) {
    fail(DateTimeError::kIllegalArgument, std::string("Illegal pattern character '") + letter + "'");
  }
  if (letter == 'X' && count > 3) {
    fail(DateTimeError::kIllegalArgument, "invalid ISO 8601 format: length=" + std::to_string(count));
  }
}

/// 1 is Monday.
Int iso_weekday(Int weekday) { return weekday == 1 ? 7 : weekday - 1; }

}  // namespace

Long SimpleDateFormat::current_millis() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

SimpleDateFormat::SimpleDateFormat(std::string_view pattern, const Locale& locale, Long now_millis) : locale_(locale) {
  apply_pattern(pattern);
  Calendar start(now_millis, zone_, locale_);
  start.add(Calendar::kYear, -80);
  century_start_ = start.time_in_millis();
}

SimpleDateFormat SimpleDateFormat::with_styles(const FormatStyle* date, const FormatStyle* time, const Locale& locale) {
  return SimpleDateFormat(DateTimeFormatterBuilder::localized_pattern(date, time, locale), locale);
}

void SimpleDateFormat::apply_pattern(std::string_view pattern) {
  std::vector<Part> parts;
  const auto add_text = [&](std::string_view text) {
    if (parts.empty() || parts.back().letter != 0) parts.emplace_back();
    parts.back().text.append(text);
  };
  for (std::size_t at = 0; at < pattern.size();) {
    const char next = pattern[at];
    if (next == '\'') {
      if (at + 1 < pattern.size() && pattern[at + 1] == '\'') {
        add_text("'");
        at += 2;
        continue;
      }
      for (++at;; ++at) {
        if (at >= pattern.size()) fail(DateTimeError::kIllegalArgument, "Unterminated quote");
        if (pattern[at] == '\'') {
          if (at + 1 >= pattern.size() || pattern[at + 1] != '\'') break;
          ++at;
        }
        add_text(pattern.substr(at, 1));
      }
      ++at;
    } else if (is_letter(next)) {
      const std::size_t end = std::min(pattern.find_first_not_of(next, at), pattern.size());
      const int count = static_cast<int>(end - at);
      check_part(next, count);
      parts.push_back({next, count, {}});
      at = end;
    } else {
      add_text(pattern.substr(at, 1));
      ++at;
    }
  }
  pattern_ = pattern;
  parts_ = std::move(parts);
}

std::string SimpleDateFormat::format(const Date& date) const {
  Calendar calendar(date.time(), zone_, locale_);
  std::string out;
  for (const Part& part : parts_) append(out, part, calendar);
  return out;
}

void SimpleDateFormat::append(std::string& out, const Part& part, Calendar& calendar) const {
  if (part.letter == 0) {
    out.append(part.text);
    return;
  }
  switch (part.letter) {
    case 'z':
    case 'Z':
    case 'X':
      out.append(offset_of(part, calendar));
      return;
    case 'G':
    case 'E':
    case 'a':
      out.append(name_of_part(part, calendar));
      return;
    case 'M':
    case 'L':
      out.append(part.count >= 3 ? name_of_part(part, calendar) : number_of(part, calendar));
      return;
    default:
      out.append(number_of(part, calendar));
  }
}

std::string SimpleDateFormat::name_of_part(const Part& part, Calendar& calendar) const {
  const TextStyle style = part.count >= 4 ? TextStyle::kFull : TextStyle::kShort;
  const auto text = [&](FieldId field, Int value, TextStyle wanted) {
    return std::string(field_text(field, value, wanted, locale_).value_or(""));
  };
  switch (part.letter) {
    case 'G':
      return text(FieldId::kEra, calendar.get(Calendar::kEra), TextStyle::kShort);
    case 'E':
      return text(FieldId::kDayOfWeek, iso_weekday(calendar.get(Calendar::kDayOfWeek)), style);
    case 'a':
      return text(FieldId::kAmPmOfDay, calendar.get(Calendar::kAmPm), TextStyle::kShort);
    case 'L':
      return text(FieldId::kMonthOfYear, calendar.get(Calendar::kMonth) + 1, as_standalone(style));
    default:
      return text(FieldId::kMonthOfYear, calendar.get(Calendar::kMonth) + 1, style);
  }
}

std::string SimpleDateFormat::number_of(const Part& part, Calendar& calendar) {
  Long value = 0;
  int width = part.count;
  switch (part.letter) {
    case 'y':
    case 'Y':
      value = part.letter == 'y' ? calendar.get(Calendar::kYear) : calendar.week_year();
      if (part.count == 2) value %= 100;
      break;
    case 'M':
    case 'L':
      value = calendar.get(Calendar::kMonth) + 1;
      break;
    case 'k':
      value = calendar.get(Calendar::kHourOfDay);
      if (value == 0) value = 24;
      break;
    case 'h':
      value = calendar.get(Calendar::kHour);
      if (value == 0) value = 12;
      break;
    case 'u':
      value = iso_weekday(calendar.get(Calendar::kDayOfWeek));
      break;
    default: {
      constexpr std::string_view kOf = "dHmsSDFwWK";
      constexpr Int kFieldOf[] = {
          Calendar::kDayOfMonth,  Calendar::kHourOfDay, Calendar::kMinute,           Calendar::kSecond,
          Calendar::kMillisecond, Calendar::kDayOfYear, Calendar::kDayOfWeekInMonth, Calendar::kWeekOfYear,
          Calendar::kWeekOfMonth, Calendar::kHour};
      value = calendar.get(kFieldOf[kOf.find(part.letter)]);
    }
  }
  std::string text = value < 0 ? "-" : "";
  append_padded(text, std::abs(value), width);
  return text;
}

std::string SimpleDateFormat::offset_of(const Part& part, Calendar& calendar) const {
  const Int minutes = (calendar.get(Calendar::kZoneOffset) + calendar.get(Calendar::kDstOffset)) / 60'000;
  if (part.letter == 'z') {
    const bool daylight = calendar.get(Calendar::kDstOffset) != 0;
    return zone_name(zone_.to_zone_id(), daylight ? ZoneNameKind::kDaylight : ZoneNameKind::kStandard,
                     ZoneOffset::unchecked(minutes * 60), part.count >= 4, locale_);
  }
  if (part.letter == 'X' && minutes == 0) return "Z";
  std::string text = minutes < 0 ? "-" : "+";
  append_padded(text, std::abs(minutes) / 60, 2);
  if (part.letter == 'X' && part.count == 1) return text;
  if (part.letter == 'X' && part.count == 3) text.push_back(':');
  append_padded(text, std::abs(minutes) % 60, 2);
  return text;
}

}  // namespace sluice::painless::time
