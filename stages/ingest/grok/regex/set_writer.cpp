#include <algorithm>
#include <array>
#include <charconv>

#include "stages/ingest/grok/regex/writer.h"

namespace sluice::ingest::regex {

namespace {

constexpr std::string_view kNothing = "(?!)";
constexpr std::string_view kAnything = "(?s:.)";

char32_t greatest(Alphabet alphabet) { return alphabet == Alphabet::kAscii ? 0x7f : 0x10ffff; }

void write_code(std::string& out, char32_t code) {
  if ((code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z')) {
    out += static_cast<char>(code);
    return;
  }
  std::array<char, 8> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), static_cast<std::uint32_t>(code), 16);
  out.append("\\x{").append(digits.data(), end.ptr).append("}");
}

/// What stands between the brackets, and what can only stand beside them.
struct Content {
  std::string inside;
  std::vector<std::string> beside;
};

class SetWriter {
 public:
  explicit SetWriter(Alphabet alphabet) : alphabet_(alphabet) {}

  std::string atom(const CharacterSet& set) const {
    Content content;
    collect(set, content);
    if (content.beside.empty() && set.factors.empty()) return simple(content.inside, set.negated);
    std::string text = content.beside.empty() ? simple(content.inside, false) : "(?:";
    for (std::size_t i = 0; i < content.beside.size(); ++i) text += (i == 0 ? "" : "|") + content.beside[i];
    if (!content.beside.empty()) {
      if (!content.inside.empty()) text += "|[" + content.inside + "]";
      text += ")";
    }
    std::string all;
    for (const CharacterSet& factor : set.factors) all.append("(?=").append(atom(factor)).append(")");
    all += text;
    if (set.negated) return "(?:(?!" + all + ")" + std::string(kAnything) + ")";
    return set.factors.empty() ? all : "(?:" + all + ")";
  }

 private:
  static std::string simple(const std::string& inside, bool negated) {
    if (inside.empty()) return std::string(negated ? kAnything : kNothing);
    return (negated ? "[^" : "[") + inside + "]";
  }

  /// Adds what is in the set before it is negated, without its factors.
  void collect(const CharacterSet& set, Content& content) const {
    for (const auto& [low, high] : set.ranges) add_range(low, high, content.inside);
    for (const CharacterSet::Property& property : set.properties) content.inside += text_of(property);
    for (const CharacterSet& part : set.parts) add_part(part, content);
  }

  void add_part(const CharacterSet& part, Content& content) const {
    if (part.factors.empty() && !part.negated) {
      collect(part, content);
      return;
    }
    if (part.factors.empty() && add_negated(part, content.inside)) return;
    content.beside.push_back(atom(part));
  }

  /// What a negated set has, where that can stand between brackets too.
  bool add_negated(const CharacterSet& part, std::string& inside) const {
    if (part.ranges.empty() && part.properties.empty() && part.parts.size() == 1 && part.parts[0].factors.empty()) {
      const CharacterSet& only = part.parts[0];
      if (only.negated) {
        Content content;
        collect(only, content);
        if (!content.beside.empty()) return false;
        inside += content.inside;
        return true;
      }
      return add_negated(only, inside);
    }
    if (!part.parts.empty()) return false;
    if (part.properties.size() == 1 && part.ranges.empty()) {
      const std::string_view text = text_of(part.properties[0]);
      if (!text.starts_with("\\p{") || text.find('}') != text.size() - 1) return false;
      inside.append("\\P").append(text.substr(2));
      return true;
    }
    if (!part.properties.empty()) return false;
    auto ranges = part.ranges;
    std::ranges::sort(ranges);
    char32_t from = 0;
    for (const auto& [low, high] : ranges) {
      if (low > from) add_range(from, low - 1, inside);
      from = std::max<char32_t>(from, high + 1);
    }
    if (from <= greatest(alphabet_)) add_range(from, greatest(alphabet_), inside);
    return true;
  }

  void add_range(char32_t low, char32_t high, std::string& inside) const {
    high = std::min(high, greatest(alphabet_));
    if (low > high) return;
    write_code(inside, low);
    if (low == high) return;
    inside += '-';
    write_code(inside, high);
  }

  [[nodiscard]] std::string_view text_of(const CharacterSet::Property& property) const {
    return alphabet_ == Alphabet::kAscii ? property.ascii : property.unicode;
  }

  Alphabet alphabet_;
};

}  // namespace

std::string write_set(const CharacterSet& set, Alphabet alphabet) { return SetWriter(alphabet).atom(set); }

}  // namespace sluice::ingest::regex
