// The part of Parser that reads offsets and zones.
#include <algorithm>

#include "stages/painless/time/parser.h"
#include "stages/painless/time/zone_text.h"

namespace sluice::painless::time {
namespace {

constexpr int kHourMinuteOptionalSecond = 6;  // +HH:MM:ss

[[noreturn]] void refuse_offset() { fail("Value out of range: Hour[0-23], Minute[0-59], Second[0-59]"); }

}  // namespace

bool Parser::offset_number(int& position, int& number, bool colon) const {
  int next = position;
  if (colon) {
    if (next + 1 > size() || at(next) != ':') return false;
    ++next;
  }
  if (next + 2 > size() || digit(next) < 0 || digit(next + 1) < 0) return false;
  const int value = digit(next) * 10 + digit(next + 1);
  if (value > 59) return false;
  number = value;
  position = next + 2;
  return true;
}

/// Hours of one or two digits; then minutes and seconds are told apart by how many digits there are.
int Parser::hour_offset(int type, int position, int& offset) const {
  const int kind = type % 11;
  const bool colon = kind > 0 && kind % 2 == 0;
  const int least = kind == 0 || kind == 1 || kind == 2 || kind >= 9 ? 1 : (kind < 7 ? 3 : 5);
  const int most = kind == 0 ? 2 : (kind < 5 ? 4 : 6);
  int number = 0;
  int hours = 0;
  int minutes = 0;
  int seconds = 0;
  if (colon) {
    while (position < size() && number < 2 && digit(position) >= 0) {
      hours = hours * 10 + digit(position++);
      ++number;
    }
    if (number == 0) return -1;
    const bool has_minutes = offset_number(position, minutes, true);
    if (!has_minutes && least > 2) return -1;
    if (has_minutes && kind > 4 && !offset_number(position, seconds, true) && least > 4) return -1;
  } else {
    while (position + number < size() && number < most && digit(position + number) >= 0) ++number;
    if (number < least) return -1;
    const int hour_digits = number % 2 == 1 ? 1 : 2;
    for (int each = 0; each < hour_digits; ++each) hours = hours * 10 + digit(position++);
    if (number > 2) offset_number(position, minutes, false);
    if (number > 4) offset_number(position, seconds, false);
  }
  if (hours > 23 || minutes > 59 || seconds > 59) refuse_offset();
  offset = hours * 3'600 + minutes * 60 + seconds;
  return position;
}

/// Behind the sign: the end, and the seconds; negative: it doesn't fit.
int Parser::offset_of(int type, int position, int& offset) const {
  bool colon = type > 0 && type % 11 % 2 == 0 && type % 11 > 0;
  if (type >= 11 && strict_) return hour_offset(type, position, offset);
  int kind = type % 11;
  if (!strict_) {
    // Leniently minutes and seconds may be missing; a colon after the hours says how the rest is written.
    const int hour_digits = type < 11 || (position + 1 < size() && digit(position + 1) >= 0) ? 2 : 1;
    colon = colon || (kind == 0 && position + hour_digits < size() && at(position + hour_digits) == ':');
    if (type >= 11) return hour_offset(colon ? 21 : 20, position, offset);
    kind = colon ? 10 : 9;
  }
  int hours = 0;
  int minutes = 0;
  int seconds = 0;
  if (!offset_number(position, hours, false)) return -1;
  bool fits = true;
  if (kind >= 9) {
    if (offset_number(position, minutes, colon)) offset_number(position, seconds, colon);
  } else if (kind >= 1) {
    const bool has_minutes = offset_number(position, minutes, colon);
    fits = has_minutes || kind <= 2;
    if (fits && kind >= 5) fits = offset_number(position, seconds, colon) || kind <= 6;
  }
  if (!fits) return -1;
  if (hours > 23) refuse_offset();
  offset = hours * 3'600 + minutes * 60 + seconds;
  return position;
}

int Parser::parse_offset(int type, std::string_view for_zero, int position) {
  if (for_zero.empty()) {
    if (position == size()) return set(FieldId::kOffsetSeconds, 0, position, position);
  } else {
    if (position == size()) return ~position;
    if (has(position, for_zero)) {
      return set(FieldId::kOffsetSeconds, 0, position, position + static_cast<int>(for_zero.size()));
    }
  }
  const char sign = at(position);
  if (sign == '+' || sign == '-') {
    int offset = 0;
    const int end = offset_of(type, position + 1, offset);
    if (end > 0) return set(FieldId::kOffsetSeconds, sign == '-' ? -offset : offset, position, end);
  }
  return for_zero.empty() ? set(FieldId::kOffsetSeconds, 0, position, position) : ~position;
}

int Parser::parse_localized_offset(const FormatNode& node, int position) {
  if (!has(position, "GMT")) return ~position;
  const int begin = position;
  int next = position + 3;
  if (next == size() || (at(next) != '+' && at(next) != '-')) return set(FieldId::kOffsetSeconds, 0, begin, next);
  const bool negative = at(next++) == '-';
  const auto two = [&](int from, int& number) {
    if (from + 2 > size() || digit(from) < 0 || digit(from + 1) < 0) return false;
    number = digit(from) * 10 + digit(from + 1);
    return true;
  };
  int hours = 0;
  int minutes = 0;
  int seconds = 0;
  if (node.text_style == TextStyle::kFull) {
    if (!two(next, hours) || next + 2 >= size() || at(next + 2) != ':' || !two(next + 3, minutes)) return ~begin;
    next += 5;
    if (next + 2 < size() && at(next) == ':' && two(next + 1, seconds)) next += 3;
  } else {
    if (next == size() || digit(next) < 0) return ~begin;
    hours = digit(next++);
    if (next < size() && digit(next) >= 0) hours = hours * 10 + digit(next++);
    if (next + 2 < size() && at(next) == ':' && two(next + 1, minutes)) {
      next += 3;
      if (next + 2 < size() && at(next) == ':' && two(next + 1, seconds)) next += 3;
    }
  }
  const Long offset = hours * 3'600 + minutes * 60 + seconds;
  return set(FieldId::kOffsetSeconds, negative ? -offset : offset, begin, next);
}

int Parser::parse_zone_id(const FormatNode& /*node*/, int position) {
  if (position > size()) return ~position;
  if (position == size()) return ~position;
  const char first = at(position);
  if (first == '+' || first == '-') return parse_prefixed_zone(position, position, kHourMinuteOptionalSecond, "Z");
  if (size() >= position + 2) {
    if (has(position, "UTC")) return parse_prefixed_zone(position, position + 3, kHourMinuteOptionalSecond, "0");
    if (has(position, "UT")) return parse_prefixed_zone(position, position + 2, kHourMinuteOptionalSecond, "0");
    if (has(position, "GMT")) {
      if (has(position, "GMT0")) {
        fields_.zone = ZoneId::of("GMT0");
        return position + 4;
      }
      return parse_prefixed_zone(position, position + 3, kHourMinuteOptionalSecond, "0");
    }
  }
  std::string id;
  const std::size_t length = zone_id_prefix(text_.substr(static_cast<std::size_t>(position)), case_sensitive_, id);
  if (length == 0) {
    if (!same(first, 'Z')) return ~position;
    fields_.zone = ZoneId();
    return position + 1;
  }
  fields_.zone = ZoneId::of(id);
  return position + static_cast<int>(length);
}

int Parser::parse_prefixed_zone(int begin, int position, int type, std::string_view for_zero) {
  std::string prefix(text_.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(position - begin)));
  for (char& each : prefix) {
    if (each >= 'a' && each <= 'z') each = static_cast<char>(each - 'a' + 'A');
  }
  if (position >= size() || at(position) == '0' || same(at(position), 'Z')) {
    if (prefix.empty()) return ~begin;
    fields_.zone = ZoneId::of(prefix);
    return position;
  }
  const ParsedFields before = fields_;
  int end = -1;
  Long seconds = 0;
  try {
    end = parse_offset(type, for_zero, position);
    if (end >= 0) seconds = *fields_.find(FieldId::kOffsetSeconds);
    fields_ = before;
    if (end < 0 && for_zero == "Z") return ~begin;
    fields_.zone = end < 0 ? ZoneId::of(prefix)
                           : ZoneId::of_offset(prefix, ZoneOffset::of_total_seconds(static_cast<Int>(seconds)));
  } catch (const DateTimeError&) {
    fields_ = before;
    return ~begin;
  }
  return end < 0 ? position : end;
}

int Parser::parse_zone_text(const FormatNode& node, int position) {
  if (position < size()) {
    const std::string_view rest = text_.substr(static_cast<std::size_t>(position));
    const bool offset_like = rest[0] == '+' || rest[0] == '-' || has(position, "GMT") || has(position, "UT");
    const auto named =
        offset_like ? std::nullopt
                    : find_zone_name(rest, case_sensitive_, node.text_style == TextStyle::kFull, formatter_.locale());
    if (named) {
      fields_.zone = named->zone;
      fields_.zone_name = static_cast<std::int8_t>(named->kind);
      return position + static_cast<int>(named->size);
    }
  }
  return parse_zone_id(node, position);
}

}  // namespace sluice::painless::time
