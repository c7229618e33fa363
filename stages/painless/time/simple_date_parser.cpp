// The part of SimpleDateFormat that reads.
#include <algorithm>

#include "stages/painless/time/format_text.h"
#include "stages/painless/time/simple_date_format.h"
#include "stages/painless/time/zone_text.h"

namespace sluice::painless::time {
namespace {

bool is_digit(char each) { return each >= '0' && each <= '9'; }

bool begins_with(std::string_view text, std::string_view wanted) {
  if (text.size() < wanted.size()) return false;
  const auto lower = [](char each) { return each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each; };
  return std::equal(wanted.begin(), wanted.end(), text.begin(),
                    [&](char left, char right) { return lower(left) == lower(right); });
}

}  // namespace

/// Reads one text; position -1 stands for what doesn't fit.
class SimpleDateParser {
 public:
  SimpleDateParser(const SimpleDateFormat& format, std::string_view text)
      : format_(format), text_(text), calendar_(0, format.zone_, format.locale_) {
    calendar_.clear();
    calendar_.set_lenient(format.lenient_);
  }

  std::optional<Date> parse(std::size_t& position, std::size_t& error) {
    auto at = static_cast<int>(position);
    for (std::size_t each = 0; each < format_.parts_.size(); ++each) {
      const auto& part = format_.parts_[each];
      const int next = part.letter == 0 ? literal(part.text, at, error) : field(each, at, error);
      if (next < 0) return std::nullopt;
      at = next;
    }
    try {
      Date date(calendar_.time_in_millis());
      if (ambiguous_year_ && date.time() < format_.century_start_) {
        calendar_.add(Calendar::kYear, 100);
        date = Date(calendar_.time_in_millis());
      }
      position = static_cast<std::size_t>(at);
      return date;
    } catch (const DateTimeError& wrong) {
      if (wrong.kind != DateTimeError::kIllegalArgument) throw;
      error = static_cast<std::size_t>(at);
      return std::nullopt;
    }
  }

 private:
  [[nodiscard]] int size() const { return static_cast<int>(text_.size()); }
  [[nodiscard]] char at(int position) const { return text_[static_cast<std::size_t>(position)]; }
  [[nodiscard]] std::string_view rest(int position) const { return text_.substr(static_cast<std::size_t>(position)); }

  int literal(const std::string& wanted, int position, std::size_t& error) const {
    for (const char each : wanted) {
      if (position >= size() || at(position) != each) {
        error = static_cast<std::size_t>(position);
        return -1;
      }
      ++position;
    }
    return position;
  }

  int field(std::size_t index, int position, std::size_t& error) {
    const auto& part = format_.parts_[index];
    int begin = position;
    while (begin < size() && (at(begin) == ' ' || at(begin) == '\t')) ++begin;
    error = static_cast<std::size_t>(begin);
    if (begin >= size()) return -1;
    switch (part.letter) {
      case 'G':
        return name(FieldId::kEra, Calendar::kEra, begin, 0);
      case 'a':
        return name(FieldId::kAmPmOfDay, Calendar::kAmPm, begin, 0);
      case 'E':
        return name(FieldId::kDayOfWeek, Calendar::kDayOfWeek, begin, 0);
      case 'M':
      case 'L':
        if (part.count >= 3) return name(FieldId::kMonthOfYear, Calendar::kMonth, begin, -1);
        return number(index, begin);
      case 'z':
      case 'Z':
        return zone(begin);
      case 'X':
        return iso_zone(part.count, begin);
      default:
        return number(index, begin);
    }
  }

  int name(FieldId field, Int calendar_field, int begin, Int shift) {
    std::size_t best = 0;
    Long value = 0;
    for (const TextStyle style : {TextStyle::kFull, TextStyle::kShort}) {
      for (const FieldName& each : field_names(field, &style, format_.locale_)) {
        if (each.name.size() > best && begins_with(rest(begin), each.name)) {
          best = each.name.size();
          value = each.value;
        }
      }
    }
    if (best == 0) return -1;
    if (field == FieldId::kDayOfWeek) value = value % 7 + 1;
    calendar_.set(calendar_field, static_cast<Int>(value) + shift);
    return begin + static_cast<int>(best);
  }

  /// Only as many digits as the letters, where another number follows at once.
  [[nodiscard]] bool obeys_count(std::size_t index) const {
    if (index + 1 >= format_.parts_.size()) return false;
    const auto& next = format_.parts_[index + 1];
    constexpr std::string_view kNumeric = "yYdkHmsSDFwWhKu";
    return kNumeric.find(next.letter) != std::string_view::npos
               ? next.letter != 0
               : (next.letter == 'M' || next.letter == 'L') && next.count <= 2;
  }

  int number(std::size_t index, int begin) {
    const auto& part = format_.parts_[index];
    int end = size();
    if (obeys_count(index)) {
      end = begin + part.count;
      if (end > size()) return -1;
    }
    int next = begin;
    const bool negative = at(begin) == '-';
    if (negative) ++next;
    const int digits = next;
    Wide value = 0;
    while (next < end && is_digit(at(next))) {
      if (value <= kMaxLong) value = value * 10 + (at(next) - '0');
      ++next;
    }
    if (next == digits) return -1;
    // Java's intValue() of a long cuts bits off; what is too big for one is a double, which stops at the limits.
    Int number = static_cast<Int>(static_cast<Long>(negative ? -value : value));
    if (value > kMaxLong) number = negative ? std::numeric_limits<Int>::min() : std::numeric_limits<Int>::max();
    set(part, number, next - begin, negative);
    return next;
  }

  void set(const SimpleDateFormat::Part& part, Int value, int length, bool negative) {
    switch (part.letter) {
      case 'y':
      case 'Y':
        calendar_.set(Calendar::kYear, part.count <= 2 && length == 2 && !negative ? in_century(value) : value);
        return;
      case 'M':
      case 'L':
        calendar_.set(Calendar::kMonth, value - 1);
        return;
      case 'k':
        calendar_.set(Calendar::kHourOfDay, value == 24 ? 0 : value);
        return;
      case 'h':
        calendar_.set(Calendar::kHour, value == 12 ? 0 : value);
        return;
      case 'u':
        calendar_.set(Calendar::kDayOfWeek, value % 7 + 1);
        return;
      default: {
        constexpr std::string_view kOf = "dHmsSDFwWK";
        constexpr Int kFieldOf[] = {
            Calendar::kDayOfMonth,  Calendar::kHourOfDay, Calendar::kMinute,           Calendar::kSecond,
            Calendar::kMillisecond, Calendar::kDayOfYear, Calendar::kDayOfWeekInMonth, Calendar::kWeekOfYear,
            Calendar::kWeekOfMonth, Calendar::kHour};
        calendar_.set(kFieldOf[kOf.find(part.letter)], value);
      }
    }
  }

  Int in_century(Int value) {
    Calendar start(format_.century_start_, format_.zone_, format_.locale_);
    const Int first = start.get(Calendar::kYear);
    ambiguous_year_ = value == first % 100;
    return value + first / 100 * 100 + (value < first % 100 ? 100 : 0);
  }

  void set_offset(Int minutes) {
    calendar_.set(Calendar::kZoneOffset, minutes * 60'000);
    calendar_.set(Calendar::kDstOffset, 0);
  }

  /// Behind the sign: `hh`, `hhmm`, `h:mm`. As JDK's subParseNumericZone: `count` is of the letters X, 0 of z and Z.
  int numeric_zone(int position, Int sign, int count, bool colon) {
    const auto digit = [&](int where) { return where < size() && is_digit(at(where)) ? at(where) - '0' : -1; };
    if (digit(position) < 0) return -1;
    Int hours = digit(position++);
    if (digit(position) >= 0) {
      hours = hours * 10 + digit(position++);
    } else if (count > 0 || !colon) {
      return -1;
    }
    if (hours > 23) return -1;
    Int minutes = 0;
    if (count != 1) {
      if (colon) {
        if (position >= size() || at(position) != ':') return -1;
        ++position;
      }
      if (digit(position) < 0 || digit(position + 1) < 0) return -1;
      minutes = digit(position) * 10 + digit(position + 1);
      if (minutes > 59) return -1;
      position += 2;
    }
    set_offset(sign * (hours * 60 + minutes));
    return position;
  }

  int zone(int begin) {
    if (at(begin) == '+' || at(begin) == '-') return numeric_zone(begin + 1, at(begin) == '-' ? -1 : 1, 0, false);
    if (begins_with(rest(begin), "GMT")) {
      const int after = begin + 3;
      if (after >= size() || (at(after) != '+' && at(after) != '-')) {
        set_offset(0);
        return after;
      }
      const Int sign = at(after) == '-' ? -1 : 1;
      const int end = numeric_zone(after + 1, sign, 0, true);
      if (end > 0) return end;
      set_offset(0);
      return after;
    }
    for (const bool full : {true, false}) {
      const auto named = find_zone_name(rest(begin), false, full, format_.locale_);
      if (!named) continue;
      const TimeZone found(named->zone);
      calendar_.set(Calendar::kZoneOffset, found.raw_offset());
      calendar_.set(Calendar::kDstOffset,
                    named->kind == ZoneNameKind::kDaylight ? std::max(found.dst_savings(), 3'600'000) : 0);
      return begin + static_cast<int>(named->size);
    }
    std::string id;
    const std::size_t length = zone_id_prefix(rest(begin), false, id);
    if (length == 0) return -1;
    calendar_.set_time_zone(TimeZone(ZoneId::of(id)));
    return begin + static_cast<int>(length);
  }

  int iso_zone(int count, int begin) {
    if (at(begin) == 'Z') {
      set_offset(0);
      return begin + 1;
    }
    if (at(begin) != '+' && at(begin) != '-') return -1;
    return numeric_zone(begin + 1, at(begin) == '-' ? -1 : 1, count, count == 3);
  }

  const SimpleDateFormat& format_;
  std::string_view text_;
  Calendar calendar_;
  bool ambiguous_year_ = false;
};

std::optional<Date> SimpleDateFormat::parse(std::string_view text, std::size_t& position, std::size_t& error) const {
  return SimpleDateParser(*this, text).parse(position, error);
}

Date SimpleDateFormat::parse(std::string_view text) const {
  std::size_t position = 0;
  std::size_t error = 0;
  const auto date = parse(text, position, error);
  if (date && position > 0) return *date;
  throw DateTimeError{.kind = DateTimeError::kTextParse,
                      .message = "Unparseable date: \"" + std::string(text) + "\"",
                      .error_index = static_cast<int>(error),
                      .text = std::string(text),
                      .cause = nullptr};
}

}  // namespace sluice::painless::time
