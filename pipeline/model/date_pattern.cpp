#include "pipeline/model/date_pattern.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace sluice::pipeline {

namespace {

struct NamedFormat {
  std::string_view name;
  std::string_view pattern;
};
constexpr NamedFormat kFormats[] = {
#define SLUICE_DATE_FORMAT(name, pattern) {name, pattern},
#include "pipeline/model/date_formats.def"
#undef SLUICE_DATE_FORMAT
};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// A number of `count` letters: one letter reads as many digits as there are, more read exactly so many.
DatePart number(DatePartKind kind, std::size_t count, std::uint8_t most) {
  DatePart part{.kind = kind, .literal = {}, .inner = {}};
  part.least = static_cast<std::uint8_t>(count);
  part.most = count == 1 ? most : part.least;
  return part;
}

DatePart plain(DatePartKind kind) { return {.kind = kind, .literal = {}, .inner = {}}; }

DatePart text(DatePartKind kind, std::size_t count) {
  DatePart part = plain(kind);
  part.long_text = count == 4;
  return part;
}

/// What a run of one letter means; nothing: java.time has no such letter.
std::optional<DatePart> part_of(char letter, std::size_t count, bool built_in) {
  using enum DatePartKind;
  switch (letter) {
    case 'y':
    case 'u':
      return number(kYear, count, built_in ? 5 : 9);
    case 'Y':
      return number(kWeekYear, count, 9);
    case 'M':
    case 'L':
      return count > 2 ? text(kMonthText, count) : number(kMonth, count, 2);
    case 'd':
      return number(kDay, count, 2);
    case 'D':
      return number(kDayOfYear, count, 3);
    case 'w':
      return number(kWeek, count, 2);
    case 'e':
    case 'c':
      return count > 2 ? text(kWeekdayText, count) : number(kWeekday, count, 1);
    case 'E':
      return text(kWeekdayText, count);
    case 'H':
      return number(kHour, count, 2);
    case 'k':
      return number(kClockHour, count, 2);
    case 'K':
      return number(kHourHalf, count, 2);
    case 'h':
      return number(kClockHourHalf, count, 2);
    case 'a':
      return plain(kHalfDay);
    case 'm':
      return number(kMinute, count, 2);
    case 's':
      return number(kSecond, count, 2);
    case 'S': {
      DatePart part = number(kFraction, std::min<std::size_t>(count, 9), 1);
      return part;
    }
    case 'X':
    case 'x':
    case 'Z':
    case 'z':
    case 'V':
    case 'O':
      return plain(kOffset);
    case 'f':
      return built_in ? std::optional(plain(kMarkedFraction)) : std::nullopt;
    case 'q':
      return built_in ? std::optional(plain(kOffset)) : std::nullopt;
    default:
      return std::nullopt;
  }
}

class Compiler {
 public:
  Compiler(std::string_view pattern, bool built_in) : pattern_(pattern), built_in_(built_in) {}

  Result<std::vector<DatePart>> run() {
    auto parts = sequence(0);
    if (parts && at_ < pattern_.size()) {
      return std::unexpected(illegal_argument("Pattern invalid as it contains ] without previous ["));
    }
    return parts;
  }

 private:
  Result<std::vector<DatePart>> sequence(int depth) {
    std::vector<DatePart> parts;
    while (at_ < pattern_.size() && pattern_[at_] != ']') {
      const char c = pattern_[at_];
      if (c == '[') {
        ++at_;
        auto inner = depth < 32 ? sequence(depth + 1) : Result<std::vector<DatePart>>();
        if (!inner) return inner;
        if (at_ < pattern_.size()) ++at_;
        parts.push_back(plain(DatePartKind::kOptional));
        parts.back().inner = std::move(*inner);
      } else if (c == '\'') {
        if (Status quoted = quotation(parts); !quoted) return std::unexpected(std::move(quoted.error()));
      } else if (is_letter(c)) {
        if (Status run = letters(parts); !run) return std::unexpected(std::move(run.error()));
      } else if (c == '{' || c == '}' || c == '#') {
        return std::unexpected(illegal_argument("Pattern includes reserved character: '" + std::string(1, c) + "'"));
      } else {
        literal(parts, c);
        ++at_;
      }
    }
    reserve_digits(parts);
    return parts;
  }

  Status quotation(std::vector<DatePart>& parts) {
    const std::size_t begin = at_++;
    if (at_ < pattern_.size() && pattern_[at_] == '\'') {
      literal(parts, '\'');
      ++at_;
      return {};
    }
    for (; at_ < pattern_.size(); ++at_) {
      if (pattern_[at_] != '\'') {
        literal(parts, pattern_[at_]);
      } else if (at_ + 1 < pattern_.size() && pattern_[at_ + 1] == '\'') {
        literal(parts, '\'');
        ++at_;
      } else {
        ++at_;
        return {};
      }
    }
    return std::unexpected(
        illegal_argument("Pattern ends with an incomplete string literal: " + std::string(pattern_.substr(begin))));
  }

  Status letters(std::vector<DatePart>& parts) {
    const char letter = pattern_[at_];
    const std::size_t begin = at_;
    while (at_ < pattern_.size() && pattern_[at_] == letter) ++at_;
    auto part = part_of(letter, at_ - begin, built_in_);
    if (!part) return std::unexpected(illegal_argument("Unknown pattern letter: " + std::string(1, letter)));
    parts.push_back(std::move(*part));
    return {};
  }

  static void literal(std::vector<DatePart>& parts, char c) {
    if (parts.empty() || parts.back().kind != DatePartKind::kLiteral) parts.push_back(plain(DatePartKind::kLiteral));
    parts.back().literal += c;
  }

  static bool fixed(const DatePart& part) {
    using enum DatePartKind;
    return part.least == part.most && part.kind != kLiteral && part.kind != kOptional && part.kind != kOffset;
  }
  /// A number leaves to the fixed ones right behind it the digits that are theirs.
  static void reserve_digits(std::vector<DatePart>& parts) {
    std::uint8_t behind = 0;
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
      part->reserved = behind;
      behind = fixed(*part) ? static_cast<std::uint8_t>(behind + part->least) : std::uint8_t{0};
    }
  }

  std::string_view pattern_;
  bool built_in_;
  std::size_t at_ = 0;
};

}  // namespace

Result<std::vector<DatePart>> compile_date_pattern(std::string_view format) {
  if (format == "epoch_millis") return std::vector{plain(DatePartKind::kEpochMillis)};
  if (format == "epoch_second") return std::vector{plain(DatePartKind::kEpochSecond)};
  const auto* const named = std::ranges::find(kFormats, format, &NamedFormat::name);
  if (named != std::ranges::end(kFormats)) return Compiler(named->pattern, true).run();
  return Compiler(format, false).run();
}

}  // namespace sluice::pipeline
