#include "stages/painless/run/regex_syntax.h"

#include <utility>

#include "stages/painless/run/unicode.h"

namespace sluice::painless {

namespace {

bool is_digit(char16_t c) { return c >= u'0' && c <= u'9'; }
bool is_letter(char16_t c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z'); }

/// Reads a pattern as java.util.regex.Pattern does, as far as its errors go.
class Scan {
 public:
  explicit Scan(std::string_view pattern) : text_(to_utf16(pattern)) {}

  std::optional<RegexSyntaxError> run() {
    groups();
    if (comments_) return std::nullopt;  // brackets in comments are none
    return std::move(error_);
  }

 private:
  /// The unit at a place; 0 behind the end, as in Java's array.
  [[nodiscard]] char16_t at(std::size_t place) const { return place < text_.size() ? text_[place] : u'\0'; }
  [[nodiscard]] char16_t here() const { return at(at_); }
  [[nodiscard]] bool ended() const { return at_ >= text_.size(); }
  void fail(std::string description, std::size_t place) {
    if (!error_) error_ = RegexSyntaxError{std::move(description), static_cast<std::ptrdiff_t>(place)};
  }

  /// All of it. Groups are counted, as a pattern may have more of them within each other than a thread has stack.
  void groups() {
    std::size_t depth = 0;
    bool quantified = true;  // what came last takes no quantifier
    while (!ended() && !error_) {
      switch (here()) {
        case u')':
          if (depth == 0) return fail("Unmatched closing ')'", at_ - 1);
          --depth;
          ++at_;
          quantified = false;
          break;
        case u'(':
          ++at_;
          if (here() != u'?' || group_kind()) ++depth;
          quantified = true;
          break;
        case u'[':
          ++at_;
          set();
          quantified = false;
          break;
        case u'\\':
          escape();
          quantified = false;
          break;
        case u'*':
        case u'+':
        case u'?':
          if (quantified) return fail(std::string("Dangling meta character '") + static_cast<char>(here()) + "'", at_);
          ++at_;
          if (here() == u'+' || here() == u'?') ++at_;
          quantified = true;
          break;
        case u'{':
          counted();
          quantified = true;
          break;
        case u'|':
          ++at_;
          quantified = true;
          break;
        default:
          ++at_;
          quantified = false;
      }
    }
    if (depth != 0) fail("Unclosed group", text_.size());
  }

  /// Behind `(`. False: it is flags only, and over.
  bool group_kind() {
    ++at_;
    const char16_t kind = here();
    if (kind == u':' || kind == u'=' || kind == u'!' || kind == u'>') {
      ++at_;
      return true;
    }
    if (kind == u'<') {
      ++at_;
      if (here() == u'=' || here() == u'!') {
        ++at_;
      } else {
        name();
      }
      return true;
    }
    return flags();
  }

  void name() {
    const std::size_t begin = at_;
    if (!is_letter(here())) return fail("capturing group name does not start with a Latin letter", begin);
    while (is_letter(here()) || is_digit(here())) ++at_;
    if (here() != u'>') return fail("named capturing group is missing trailing '>'", at_);
    const std::string known = from_utf16(text_.substr(begin, at_ - begin));
    if (names_.find("<" + known + ">") != std::string::npos)
      return fail("Named capturing group <" + known + "> is already defined", at_);
    names_ += "<" + known + ">";
    ++at_;
  }

  bool flags() {
    constexpr std::u16string_view kFlags = u"imsxudcU-";
    for (; !ended() && kFlags.find(here()) != std::u16string_view::npos; ++at_) comments_ = comments_ || here() == u'x';
    if (here() == u')') {
      ++at_;
      return false;
    }
    if (here() == u':') {
      ++at_;
      return true;
    }
    fail("Unknown inline modifier", at_);
    return false;
  }

  /// Behind `[`, to the end of the class; the classes within it are counted.
  void set() {
    std::size_t depth = 1;
    bool first = true;
    if (here() == u'^') ++at_;
    while (!error_) {
      if (ended()) return fail("Unclosed character class", text_.size() - 1);
      const bool begins = std::exchange(first, false);
      if (here() == u']' && !begins) {
        ++at_;
        if (--depth == 0) return;
      } else if (here() == u'[') {
        ++at_;
        ++depth;
        first = true;
        if (here() == u'^') ++at_;
      } else if (here() == u'\\') {
        if (at_ + 1 == text_.size()) return fail("Unclosed character class", text_.size());
        escape();
      } else {
        ++at_;
      }
    }
  }

  void escape() {
    ++at_;
    if (ended()) return fail("Unescaped trailing backslash", at_);
    const char16_t c = here();
    ++at_;
    if (c == u'c' && !ended()) {
      ++at_;
    } else if (c == u'Q') {
      const std::size_t end = text_.find(u"\\E", at_);
      at_ = end == std::u16string::npos ? text_.size() : end + 2;
    } else if (c == u'p' || c == u'P' || c == u'x' || c == u'N' || (c == u'b' && here() == u'{')) {
      if (here() != u'{') return;
      const std::size_t end = text_.find(u'}', at_);
      if (end == std::u16string::npos) {
        if (c == u'p' || c == u'P') fail("Unclosed character family", text_.size() - 1);
        at_ = text_.size();
        return;
      }
      at_ = end + 1;
    }
  }

  void counted() {
    ++at_;
    if (!is_digit(here())) return fail("Illegal repetition", at_);
    while (is_digit(here())) ++at_;
    if (here() == u',') {
      ++at_;
      while (is_digit(here())) ++at_;
    }
    if (here() != u'}') return fail("Unclosed counted closure", at_);
    ++at_;
    if (here() == u'+' || here() == u'?') ++at_;
  }

  std::u16string text_;
  std::size_t at_ = 0;
  std::string names_;  ///< `<a><b>`
  bool comments_ = false;
  std::optional<RegexSyntaxError> error_;
};

}  // namespace

std::optional<RegexSyntaxError> regex_syntax_error(std::string_view pattern) { return Scan(pattern).run(); }

}  // namespace sluice::painless
