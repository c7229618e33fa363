#include "stages/query/regex_parser.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <functional>
#include <string>
#include <vector>

#include <unicode/uchar.h>

#include "pipeline/base/ascii_case.h"
#include "pipeline/base/parse_number.h"
#include "stages/painless/run/unicode.h"

namespace sluice::stages {

namespace {

using Id = RegexTerms::Id;
using Range = RegexTerms::Range;

/// Strings of digits of one length from `low` to `high`.
Id digits_between(RegexTerms& terms, std::string_view low, std::string_view high) {
  if (low.empty()) return terms.empty();
  const auto digit = [](char c) { return static_cast<char32_t>(c); };
  const auto one = [&](char from, char to) { return terms.characters({{digit(from), digit(to)}}); };
  if (low[0] == high[0]) {
    return terms.concatenation(one(low[0], low[0]), digits_between(terms, low.substr(1), high.substr(1)));
  }
  const std::string nines(low.size() - 1, '9');
  const std::string zeros(low.size() - 1, '0');
  Id all = terms.concatenation(one(low[0], low[0]), digits_between(terms, low.substr(1), nines));
  all = terms.either(all, terms.concatenation(one(high[0], high[0]), digits_between(terms, zeros, high.substr(1))));
  if (high[0] - low[0] < 2) return all;
  const auto more = static_cast<std::uint32_t>(low.size() - 1);
  const Id between = one(static_cast<char>(low[0] + 1), static_cast<char>(high[0] - 1));
  return terms.either(all, terms.concatenation(between, terms.repeated(one('0', '9'), more, more)));
}

/// Numbers from `low` to `high`, with any zeros in front.
Id numbers_between(RegexTerms& terms, std::string low, const std::string& high) {
  Id all = terms.nothing();
  while (low.size() <= high.size()) {
    const std::string last = low.size() == high.size() ? high : std::string(low.size(), '9');
    all = terms.either(all, digits_between(terms, low, last));
    low = "1" + std::string(low.size(), '0');
  }
  const Id zero = terms.characters({{U'0', U'0'}});
  return terms.concatenation(terms.repeated(zero, 0, RegexTerms::kUnlimited), all);
}

class RegexParser {
 public:
  RegexParser(std::string_view text, const RegexFlags& flags, bool fold, RegexTerms& terms)
      : flags_(flags), fold_(fold), terms_(terms) {
    for (std::size_t at = 0; at < text.size();) {
      begins_.push_back(at);
      text_.push_back(painless::next_code_point(text, at));
    }
    begins_.push_back(text.size());
    original_ = text;
  }

  Result<Id> parse() {
    if (text_.empty()) return terms_.empty();
    const Id all = either();
    if (at_ < text_.size()) fail("end-of-string expected at position " + position());
    if (!error_.empty() && !no_number_.empty()) {
      return std::unexpected(illegal_argument(error_).wrapping(number_format_error(no_number_)));
    }
    if (!error_.empty()) return std::unexpected(illegal_argument(error_));
    return all;
  }

 private:
  static constexpr std::size_t kMaxDepth = 2'000;

  [[nodiscard]] bool more() const { return error_.empty() && at_ < text_.size(); }
  [[nodiscard]] bool peek(std::u32string_view any) const {
    return more() && any.find(text_[at_]) != std::u32string_view::npos;
  }
  bool match(char32_t character) {
    if (!more() || text_[at_] != character) return false;
    ++at_;
    return true;
  }
  char32_t next() {
    if (more()) return text_[at_++];
    fail("unexpected end-of-string");
    return 0;
  }
  Id fail(const std::string& reason) {
    if (error_.empty()) error_ = reason;
    return terms_.nothing();
  }
  /// Counted in UTF-16 units, as Java does.
  [[nodiscard]] std::string position(std::size_t less = 0) const {
    std::size_t units = 0;
    for (std::size_t i = 0; i + less < at_; ++i) units += text_[i] > 0xFFFF ? 2 : 1;
    return std::to_string(units);
  }

  Id either() {
    if (++depth_ > kMaxDepth) return fail("the expression is nested too deeply");
    Id all = intersection();
    while (match(U'|')) all = terms_.either(all, intersection());
    --depth_;
    return all;
  }

  Id intersection() {
    Id all = concatenation();
    while (flags_.intersection && match(U'&')) all = terms_.both(all, concatenation());
    return all;
  }

  Id concatenation() {
    std::vector<Id> parts = {repetition()};
    while (more() && !peek(U")|") && !(flags_.intersection && peek(U"&"))) parts.push_back(repetition());
    Id all = parts.back();
    for (std::size_t i = parts.size() - 1; i-- > 0;) all = terms_.concatenation(parts[i], all);
    return all;
  }

  Id repetition() {
    Id term = complement();
    while (peek(U"?*+{")) {
      if (match(U'?')) {
        term = terms_.repeated(term, 0, 1);
      } else if (match(U'*')) {
        term = terms_.repeated(term, 0, RegexTerms::kUnlimited);
      } else if (match(U'+')) {
        term = terms_.repeated(term, 1, RegexTerms::kUnlimited);
      } else {
        ++at_;
        term = counted(term);
      }
    }
    return term;
  }

  std::string digits() {
    std::string text;
    while (peek(U"0123456789")) text += static_cast<char>(next());
    return text;
  }

  std::uint32_t number(const std::string& text) {
    std::int32_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc()) fail("For input string: \"" + text + "\"");
    return static_cast<std::uint32_t>(value);
  }

  Id counted(Id term) {
    const std::string low = digits();
    if (low.empty()) return fail("integer expected at position " + position());
    const std::uint32_t least = number(low);
    std::uint32_t most = least;
    if (match(U',')) {
      const std::string high = digits();
      most = high.empty() ? RegexTerms::kUnlimited : number(high);
    }
    if (!match(U'}')) return fail("expected '}' at position " + position());
    if (least > most) {
      return fail("invalid repetition range(out of order): " + std::to_string(least) + ".." + std::to_string(most));
    }
    return terms_.repeated(term, least, most);
  }

  Id complement() {
    std::size_t times = 0;
    while (flags_.complement && match(U'~')) ++times;
    Id term = character_class();
    for (; times != 0; --times) term = terms_.complement(term);
    return term;
  }

  Id character_class() {
    if (!match(U'[')) return simple();
    const bool negated = match(U'^');
    std::vector<Range> ranges;
    do {
      one_of_class(ranges);
    } while (more() && !peek(U"]"));
    if (!match(U']')) return fail("expected ']' at position " + position());
    const Id set = terms_.characters(std::move(ranges));
    return negated ? terms_.both(any(), terms_.complement(set)) : set;
  }

  void one_of_class(std::vector<Range>& ranges) {
    if (predefined(ranges)) return;
    const char32_t from = character();
    if (!match(U'-')) return add_character(from, ranges);
    const char32_t to = character();
    if (from > to) {
      fail("invalid range: from (" + std::to_string(static_cast<std::uint32_t>(from)) + ") cannot be > to (" +
           std::to_string(static_cast<std::uint32_t>(to)) + ")");
    }
    ranges.emplace_back(from, to);
  }

  void add_character(char32_t character, std::vector<Range>& ranges) const {
    ranges.emplace_back(character, character);
    if (!fold_) return;
    const auto code = static_cast<UChar32>(character);
    for (const UChar32 other : {u_tolower(code), u_toupper(code), u_foldCase(code, U_FOLD_CASE_DEFAULT)}) {
      if (other != code) ranges.emplace_back(static_cast<char32_t>(other), static_cast<char32_t>(other));
    }
  }

  /// `\d`, `\w`, `\s` and their opposites.
  bool predefined(std::vector<Range>& ranges) {
    if (!more() || text_[at_] != U'\\' || at_ + 1 == text_.size()) return false;
    std::vector<Range> set;
    switch (text_[at_ + 1]) {
      case U'd':
      case U'D':
        set = {{U'0', U'9'}};
        break;
      case U'w':
      case U'W':
        set = {{U'0', U'9'}, {U'A', U'Z'}, {U'_', U'_'}, {U'a', U'z'}};
        break;
      case U's':
      case U'S':
        set = {{U'\t', U'\n'}, {U'\r', U'\r'}, {U' ', U' '}};
        break;
      default:
        return false;
    }
    const bool negated = text_[at_ + 1] < U'a';
    at_ += 2;
    if (!negated) {
      ranges.insert(ranges.end(), set.begin(), set.end());
      return true;
    }
    char32_t from = 0;
    for (const Range& range : set) {
      if (range.first > from) ranges.emplace_back(from, range.first - 1);
      from = range.second + 1;
    }
    ranges.emplace_back(from, RegexTerms::kLast);
    return true;
  }

  char32_t character() {
    match(U'\\');
    return next();
  }

  Id any() { return terms_.characters({{0, RegexTerms::kLast}}); }

  Id simple() {
    if (match(U'.')) return any();
    if (flags_.empty && match(U'#')) return terms_.nothing();
    if (flags_.any_string && match(U'@')) return terms_.everything();
    if (match(U'"')) return quoted();
    if (match(U'(')) {
      if (match(U')')) return terms_.empty();
      const Id all = either();
      return match(U')') ? all : fail("expected ')' at position " + position());
    }
    if ((flags_.interval || flags_.named_automata) && match(U'<')) return interval();
    std::vector<Range> ranges;
    if (!predefined(ranges)) add_character(character(), ranges);
    return terms_.characters(std::move(ranges));
  }

  Id quoted() {
    const std::size_t start = at_;
    while (more() && !peek(U"\"")) ++at_;
    const std::size_t end = at_;
    if (!match(U'"')) return fail("expected '\"' at position " + position());
    Id all = terms_.empty();
    for (std::size_t i = end; i-- > start;) {
      std::vector<Range> ranges;
      add_character(text_[i], ranges);
      all = terms_.concatenation(terms_.characters(std::move(ranges)), all);
    }
    return all;
  }

  Id interval() {
    const std::size_t start = at_;
    while (more() && !peek(U">")) ++at_;
    const std::string text(original_.substr(begins_[start], begins_[at_] - begins_[start]));
    if (!match(U'>')) return fail("expected '>' at position " + position());
    const std::size_t dash = text.find('-');
    if (dash == std::string::npos) {
      return fail(flags_.named_automata ? "'" + text + "' not found"
                                        : "interval syntax error at position " + position(1));
    }
    if (!flags_.interval) return fail("illegal identifier at position " + position(1));
    std::string low = text.substr(0, dash);
    std::string high = text.substr(dash + 1);
    const auto is_number = [](const std::string& digits) {
      return !digits.empty() && digits.size() <= 10 &&
             std::ranges::all_of(digits, [](unsigned char c) { return std::isdigit(c) != 0; }) &&
             std::stoll(digits) <= 2'147'483'647;
    };
    if (dash == 0 || dash + 1 == text.size() || text.rfind('-') != dash) {
      return fail("interval syntax error at position " + position(1));
    }
    if (!is_number(low) || !is_number(high)) {
      no_number_ = is_number(low) ? high : low;
      return fail("interval syntax error at position " + position(1));
    }
    const bool fixed = low.size() == high.size();
    if (std::stoll(low) > std::stoll(high)) std::swap(low, high);
    if (fixed) return digits_between(terms_, low, high);
    return numbers_between(terms_, std::to_string(std::stoll(low)), std::to_string(std::stoll(high)));
  }

  std::string_view original_;
  std::u32string text_;
  std::vector<std::size_t> begins_;  ///< of each character in the original
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::string error_;
  std::string no_number_;  ///< the text in an interval that brought the error about
  RegexFlags flags_;
  bool fold_;
  RegexTerms& terms_;
};

}  // namespace

Result<RegexFlags> parse_regex_flags(std::string_view text) {
  if (text.empty()) return RegexFlags{};
  RegexFlags flags{false, false, false, false, false, false};
  while (!text.empty()) {
    const std::size_t bar = std::min(text.find('|'), text.size());
    const std::string_view given = text.substr(0, bar);
    text.remove_prefix(std::min(bar + 1, text.size()));
    const std::string name = ascii_upper_case(given);
    if (name == "ALL") return RegexFlags{};
    if (name == "NONE") return RegexFlags{false, false, false, false, false, false};
    bool* const flag = name == "INTERSECTION" ? &flags.intersection
                       : name == "COMPLEMENT" ? &flags.complement
                       : name == "EMPTY"      ? &flags.empty
                       : name == "ANYSTRING"  ? &flags.any_string
                       : name == "INTERVAL"   ? &flags.interval
                                              : nullptr;
    if (name.empty()) continue;
    if (flag == nullptr) return std::unexpected(illegal_argument("Unknown regexp flag [" + std::string(given) + "]"));
    *flag = true;
  }
  return flags;
}

Result<RegexTerms::Id> parse_regex(std::string_view text, const RegexFlags& flags, bool fold, RegexTerms& terms) {
  return RegexParser(text, flags, fold, terms).parse();
}

}  // namespace sluice::stages
