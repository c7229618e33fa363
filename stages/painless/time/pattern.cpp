// The letters of DateTimeFormatter.ofPattern.

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "stages/painless/time/formatter_builder.h"

namespace sluice::painless::time {
namespace {

[[noreturn]] void refuse(std::string message) { fail(DateTimeError::kIllegalArgument, std::move(message)); }

[[noreturn]] void too_many(char letter) { refuse(std::string("Too many pattern letters: ") + letter); }

bool is_letter(char each) { return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z'); }

const Field* field_of(char letter) {
  struct Row {
    char letter;
    Field field;
  };
  static constexpr Row kRows[] = {
      {'G', FieldId::kEra},
      {'y', FieldId::kYearOfEra},
      {'u', FieldId::kYear},
      {'Q', FieldId::kQuarterOfYear},
      {'q', FieldId::kQuarterOfYear},
      {'M', FieldId::kMonthOfYear},
      {'L', FieldId::kMonthOfYear},
      {'D', FieldId::kDayOfYear},
      {'d', FieldId::kDayOfMonth},
      {'F', FieldId::kAlignedWeekOfMonth},
      {'E', FieldId::kDayOfWeek},
      {'c', FieldId::kDayOfWeek},
      {'e', FieldId::kDayOfWeek},
      {'a', FieldId::kAmPmOfDay},
      {'H', FieldId::kHourOfDay},
      {'k', FieldId::kClockHourOfDay},
      {'K', FieldId::kHourOfAmPm},
      {'h', FieldId::kClockHourOfAmPm},
      {'m', FieldId::kMinuteOfHour},
      {'s', FieldId::kSecondOfMinute},
      {'S', FieldId::kNanoOfSecond},
      {'A', FieldId::kMilliOfDay},
      {'n', FieldId::kNanoOfSecond},
      {'N', FieldId::kNanoOfDay},
      {'g', FieldId::kModifiedJulianDay},
  };
  for (const Row& row : kRows) {
    if (row.letter == letter) return &row.field;
  }
  return nullptr;
}

class PatternReader {
 public:
  PatternReader(DateTimeFormatterBuilder& builder, std::string_view pattern) : builder_(builder), pattern_(pattern) {}

  void read() {
    while (at_ < pattern_.size()) {
      const char next = pattern_[at_];
      if (is_letter(next)) {
        letters();
      } else if (next == '\'') {
        quoted();
      } else {
        other(next);
        ++at_;
      }
    }
  }

 private:
  int run() {
    const std::size_t begin = at_;
    const char letter = pattern_[at_];
    while (at_ < pattern_.size() && pattern_[at_] == letter) ++at_;
    return static_cast<int>(at_ - begin);
  }

  void letters() {
    char letter = pattern_[at_];
    int count = run();
    if (letter == 'p') {
      const int pad = count;
      if (at_ >= pattern_.size() || !is_letter(pattern_[at_])) {
        refuse("Pad letter 'p' must be followed by valid pad pattern: " + std::string(pattern_));
      }
      letter = pattern_[at_];
      count = run();
      builder_.pad_next(pad);
    }
    if (const Field* field = field_of(letter)) {
      field_letter(letter, count, *field);
    } else {
      zone_letter(letter, count);
    }
  }

  void field_letter(char letter, int count, Field field) {
    switch (letter) {
      case 'u':
      case 'y':
        return year(count, field);
      case 'c':
        if (count == 1) {
          builder_.append_week_based('e', 1);
          return;
        }
        if (count == 2) refuse("Invalid pattern \"cc\"");
        return named(letter, count, field, true);
      case 'L':
      case 'q':
        return named(letter, count, field, true);
      case 'M':
      case 'Q':
      case 'E':
      case 'e':
        return named(letter, count, field, false);
      case 'a':
        if (count > 1) too_many(letter);
        builder_.append_text(field, TextStyle::kShort);
        return;
      case 'G':
        if (count > 5) too_many(letter);
        builder_.append_text(field,
                             count < 4 ? TextStyle::kShort : (count == 4 ? TextStyle::kFull : TextStyle::kNarrow));
        return;
      default:
        number(letter, count, field);
    }
  }

  void year(int count, Field field) {
    if (count == 2) {
      builder_.append_value_reduced(field, 2, 2, 2'000, true);
    } else {
      builder_.append_value(field, count, 19, count < 4 ? SignStyle::kNormal : SignStyle::kExceedsPad);
    }
  }

  void named(char letter, int count, Field field, bool standalone) {
    if (count > 5) too_many(letter);
    if (count <= 2 && letter == 'e') {
      builder_.append_week_based('e', count);
    } else if (count <= 2 && letter == 'E') {
      builder_.append_text(field, TextStyle::kShort);
    } else if (count == 1) {
      builder_.append_value(field);
    } else if (count == 2) {
      builder_.append_value(field, 2);
    } else {
      const TextStyle style = count == 3 ? TextStyle::kShort : (count == 4 ? TextStyle::kFull : TextStyle::kNarrow);
      builder_.append_text(field, standalone ? as_standalone(style) : style);
    }
  }

  void number(char letter, int count, Field field) {
    switch (letter) {
      case 'S':
        builder_.append_fraction(field, count, count, false);
        return;
      case 'F':
        if (count > 1) too_many(letter);
        builder_.append_value(field);
        return;
      case 'D':
        if (count > 3) too_many(letter);
        if (count == 1) {
          builder_.append_value(field);
        } else {
          builder_.append_value(field, count, 3, SignStyle::kNotNegative);
        }
        return;
      case 'g':
        builder_.append_value(field, count, 19, SignStyle::kNormal);
        return;
      case 'A':
      case 'n':
      case 'N':
        builder_.append_value(field, count, 19, SignStyle::kNotNegative);
        return;
      default:
        if (count > 2) too_many(letter);
        if (count == 1) {
          builder_.append_value(field);
        } else {
          builder_.append_value(field, count);
        }
    }
  }

  void zone_letter(char letter, int count) {
    switch (letter) {
      case 'z':
        if (count > 4) too_many(letter);
        builder_.append_zone_text(count == 4 ? TextStyle::kFull : TextStyle::kShort);
        return;
      case 'V':
        if (count != 2) refuse("Pattern letter count must be 2: V");
        builder_.append_zone_id();
        return;
      case 'v':
        if (count != 1 && count != 4) refuse("Wrong number of pattern letters: v");
        builder_.append_zone_text(count == 4 ? TextStyle::kFull : TextStyle::kShort, true);
        return;
      case 'B':
        if (count != 1 && count != 4 && count != 5) refuse("Wrong number of pattern letters: B");
        builder_.append_day_period_text(count == 1 ? TextStyle::kShort
                                                   : (count == 4 ? TextStyle::kFull : TextStyle::kNarrow));
        return;
      case 'W':
      case 'w':
        if (count > (letter == 'W' ? 1 : 2)) too_many(letter);
        builder_.append_week_based(letter, count);
        return;
      case 'Y':
        builder_.append_week_based(letter, count);
        return;
      default:
        offset_letter(letter, count);
    }
  }

  void offset_letter(char letter, int count) {
    switch (letter) {
      case 'Z':
        if (count > 5) too_many(letter);
        if (count < 4) {
          builder_.append_offset("+HHMM", "+0000");
        } else if (count == 4) {
          builder_.append_localized_offset(TextStyle::kFull);
        } else {
          builder_.append_offset("+HH:MM:ss", "Z");
        }
        return;
      case 'O':
        if (count != 1 && count != 4) refuse("Pattern letter count must be 1 or 4: O");
        builder_.append_localized_offset(count == 1 ? TextStyle::kShort : TextStyle::kFull);
        return;
      case 'X':
      case 'x': {
        if (count > 5) too_many(letter);
        const char* zero = count == 1 ? "+00" : (count % 2 == 0 ? "+0000" : "+00:00");
        builder_.append_offset(kOffsetPatterns[static_cast<std::size_t>(count) + (count == 1 ? 0U : 1U)],
                               letter == 'X' ? "Z" : zero);
        return;
      }
      default:
        refuse(std::string("Unknown pattern letter: ") + letter);
    }
  }

  void quoted() {
    std::string literal;
    std::size_t end = at_ + 1;
    for (; end < pattern_.size(); ++end) {
      if (pattern_[end] == '\'') {
        if (end + 1 >= pattern_.size() || pattern_[end + 1] != '\'') break;
        ++end;
      }
      literal.push_back(pattern_[end]);
    }
    if (end >= pattern_.size()) {
      refuse("Pattern ends with an incomplete string literal: " + std::string(pattern_));
    }
    builder_.append_literal(end == at_ + 1 ? "'" : literal);
    at_ = end + 1;
  }

  void other(char next) {
    switch (next) {
      case '[':
        builder_.optional_start();
        return;
      case ']':
        if (!builder_.in_optional()) refuse("Pattern invalid as it contains ] without previous [");
        builder_.optional_end();
        return;
      case '{':
      case '}':
      case '#':
        refuse(std::string("Pattern includes reserved character: '") + next + "'");
      default:
        builder_.append_literal(std::string_view(&next, 1));
    }
  }

  DateTimeFormatterBuilder& builder_;
  std::string_view pattern_;
  std::size_t at_ = 0;
};

}  // namespace

DateTimeFormatterBuilder& DateTimeFormatterBuilder::append_pattern(std::string_view pattern) {
  PatternReader(*this, pattern).read();
  return *this;
}

DateTimeFormatter DateTimeFormatter::of_pattern(std::string_view pattern, const Locale& locale) {
  // A script makes the same formatter for each document.
  struct Made {
    std::string pattern;
    std::optional<DateTimeFormatter> formatter;
  };
  thread_local std::array<Made, 16> made;
  Made& slot = made[std::hash<std::string_view>()(pattern) % made.size()];
  if (!slot.formatter || slot.pattern != pattern || !(slot.formatter->locale() == locale)) {
    slot.formatter = DateTimeFormatterBuilder().append_pattern(pattern).to_formatter(locale);
    slot.pattern = pattern;
  }
  return *slot.formatter;
}

}  // namespace sluice::painless::time
