#include "stages/painless/run/regex_translate.h"

#include <array>
#include <utility>

namespace sluice::painless {

namespace {

/// Java's names of properties that PCRE2 has not, as the inside of a character class.
constexpr std::array<std::pair<std::string_view, std::string_view>, 22> kProperties = {{
    {"Lower", "a-z"},
    {"Upper", "A-Z"},
    {"ASCII", "\\x00-\\x7F"},
    {"Alpha", "a-zA-Z"},
    {"Digit", "0-9"},
    {"Alnum", "a-zA-Z0-9"},
    {"Punct", "!-\\/:-@\\[-`{-~"},
    {"Graph", "!-~"},
    {"Print", " -~"},
    {"Blank", " \\t"},
    {"Cntrl", "\\x00-\\x1F\\x7F"},
    {"XDigit", "0-9a-fA-F"},
    {"Space", " \\t\\n\\x0B\\f\\r"},
    {"javaLowerCase", "\\p{Ll}"},
    {"javaUpperCase", "\\p{Lu}"},
    {"javaWhitespace", "\\s\\x1C-\\x1F"},
    {"javaMirrored", "()<>\\[\\]{}"},
    {"IsAlphabetic", "\\p{L}\\p{Nl}"},
    {"IsLetter", "\\p{L}"},
    {"IsDigit", "\\p{Nd}"},
    {"IsUppercase", "\\p{Lu}"},
    {"IsLowercase", "\\p{Ll}"},
}};

class Translation {
 public:
  explicit Translation(std::string_view pattern) : in_(pattern) {}

  std::string run() {
    while (at_ < in_.size()) {
      if (in_[at_] == '\\') {
        out_ += escape(false);
      } else if (in_[at_] == '[') {
        out_ += bracket();
      } else {
        out_ += in_[at_++];
      }
    }
    // PCRE2 says of that many groups within each other that they are too many: of classes it has no such message.
    if (too_deep_) return std::string(2 * kMostDepth, '(');
    return std::move(out_);
  }

 private:
  static constexpr std::size_t kMostDepth = 250;  ///< of classes within each other; PCRE2's own limit for groups

  static bool is_octal(char c) { return c >= '0' && c <= '7'; }
  [[nodiscard]] char peek(std::size_t ahead) const { return at_ + ahead < in_.size() ? in_[at_ + ahead] : '\0'; }

  /// An escape, for inside or outside of a class.
  std::string escape(bool in_class) {
    const char c = peek(1);
    if (c == 'Q') {
      const std::size_t end = std::min(in_.find("\\E", at_), in_.size());
      std::string quoted(in_.substr(at_, end - at_));
      at_ = std::min(end + 2, in_.size());
      return quoted + "\\E";
    }
    if (c == 'u' && at_ + 6 <= in_.size()) {
      std::string code = "\\x{" + std::string(in_.substr(at_ + 2, 4)) + "}";
      at_ += 6;
      return code;
    }
    if (c == '0' && is_octal(peek(2))) {
      std::size_t size = 1;
      while (size < 3 && is_octal(peek(2 + size)) && (size < 2 || peek(2) <= '3')) ++size;
      std::string code = "\\o{" + std::string(in_.substr(at_ + 2, size)) + "}";
      at_ += 2 + size;
      return code;
    }
    if (c == 'Z' && !in_class) {
      at_ += 2;
      return "\\Z";
    }
    if ((c == 'p' || c == 'P') && peek(2) == '{') return property(c == 'P', in_class);
    std::string same(in_.substr(at_, 2));
    at_ += same.size();
    return same;
  }

  std::string property(bool negated, bool in_class) {
    const std::size_t close = in_.find('}', at_);
    if (close == std::string_view::npos) {
      at_ += 2;
      return negated ? "\\P" : "\\p";
    }
    const std::string_view name = in_.substr(at_ + 3, close - at_ - 3);
    at_ = close + 1;
    for (const auto& [known, inside] : kProperties) {
      if (known != name) continue;
      if (in_class && !negated) return std::string(inside);
      return std::string(negated ? "[^" : "[") + std::string(inside) + "]";
    }
    std::string_view general = name;
    if (general.starts_with("Is")) general.remove_prefix(2);
    const std::size_t equals = general.find('=');
    if (equals != std::string_view::npos) general.remove_prefix(equals + 1);
    return std::string(negated ? "\\P{" : "\\p{") + std::string(general) + "}";
  }

  /// A character class. `[a[bc]]` becomes `[abc]`; `[a-z&&[^x]]` an assertion in front of a class.
  std::string bracket() {
    if (++depth_ > kMostDepth) {
      too_deep_ = true;
      at_ = in_.size();
    }
    std::string made = character_class();
    --depth_;
    return made;
  }

  std::string character_class() {
    ++at_;
    const bool negated = peek(0) == '^';
    if (negated) ++at_;
    std::string inside;
    std::string also;    // classes that have to match too
    std::string others;  // classes that may match instead
    bool first = true;
    while (at_ < in_.size() && (in_[at_] != ']' || first)) {
      first = false;
      if (in_[at_] == '&' && peek(1) == '&') {
        at_ += 2;
        also += "(?=" + intersected() + ")";
      } else if (in_[at_] == '\\') {
        inside += escape(true);
      } else if (in_[at_] == '[') {
        const std::string inner = bracket();
        if (inner.starts_with("[^") || !inner.starts_with('[')) {
          others += "|" + inner;  // a complement or an intersection can't be spelt out inside
        } else {
          inside += inner.substr(1, inner.size() - 2);
        }
      } else {
        inside += in_[at_++];
      }
    }
    if (at_ >= in_.size()) return (negated ? "[^" : "[") + inside;  // unclosed: PCRE2 says so
    ++at_;
    // Not the name of a class of POSIX's: Java has none.
    if (inside.size() > 1 && std::string_view(":.=").find(inside[0]) != std::string_view::npos) inside.insert(0, "\\");
    if (!others.empty()) {
      const std::string any = "(?:" + (inside.empty() ? others.substr(1) : "[" + inside + "]" + others) + ")";
      return "(?:" + also + (negated ? "(?!" + any + ")[\\s\\S]" : any) + ")";
    }
    std::string set = (negated ? "[^" : "[") + inside + "]";
    if (also.empty()) return set;
    return "(?:" + also + (inside.empty() ? "[\\s\\S]" : set) + ")";
  }

  /// What stands behind `&&`, up to the next one or the end of the class.
  std::string intersected() {
    if (peek(0) == '[') return bracket();
    std::string inside;
    while (at_ < in_.size() && in_[at_] != ']' && !(in_[at_] == '&' && peek(1) == '&')) {
      inside += in_[at_] == '\\' ? escape(true) : std::string(1, in_[at_++]);
    }
    return "[" + inside + "]";
  }

  std::string_view in_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  bool too_deep_ = false;
  std::string out_;
};

}  // namespace

std::string translate_regex(std::string_view pattern) { return Translation(pattern).run(); }

}  // namespace sluice::painless
