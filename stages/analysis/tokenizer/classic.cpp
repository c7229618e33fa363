#include <array>

#include "stages/analysis/java_character.h"
#include "stages/analysis/pattern.h"
#include "stages/analysis/tokenizer/make.h"

namespace sluice::stages {

namespace {

struct Rule {
  std::string_view type;
  std::u16string_view pattern;
};

/// Source: the rules that Lucene's ClassicTokenizer documents; L is a letter, A a word, D a word with a digit, P what
/// may stand in a number.
constexpr auto kRules = std::to_array<Rule>({
    {"<ALPHANUM>", u"A"},
    {"<APOSTROPHE>", u"L+('L+)+"},
    {"<ACRONYM>", u"L\\.(L\\.)+"},
    {"<COMPANY>", u"L+[&@]L+"},
    {"<EMAIL>", u"A([._-]A)*@A([.-]A)+"},
    {"<HOST>", u"A(\\.A)+"},
    {"<NUM>", u"(APD|DPA|A(PDPA)+|D(PAPD)+|APD(PAPD)+|DPA(PDPA)+)"},
    {"<CJ>", u"C"},
    {"<ACRONYM_DEP>", u"A\\.(A\\.)+"},
});

constexpr std::u16string_view kChinese =
    u"[\\x{3100}-\\x{312f}\\x{3040}-\\x{30ff}\\x{31f0}-\\x{31ff}\\x{3300}-\\x{337f}\\x{3400}-\\x{4dbf}\\x{4e00}-\\x{"
    u"9fff}"
    u"\\x{f900}-\\x{faff}\\x{ff65}-\\x{ff9f}]";

/// The letters of a rule replaced by what they stand for.
std::u16string spelled_out(std::u16string_view rule) {
  const std::u16string before = u"(?:(?!" + std::u16string(kChinese) + u")(?![\\x{10000}-\\x{10ffff}])";
  const std::u16string letter = before + u"\\p{L})";
  const std::u16string either = before + u"[\\p{L}\\p{Nd}])";
  std::u16string out;
  for (const char16_t unit : rule) {
    switch (unit) {
      case u'L':
        out += letter;
        break;
      case u'A':
        out += u"(?:(?:" + either + u"|[\\x{0e00}-\\x{0e59}])+)";
        break;
      case u'D':
        out += u"(?:" + either + u"*\\p{Nd}" + either + u"*)";
        break;
      case u'P':
        out += u"[_/.,-]";
        break;
      case u'C':
        out += kChinese;
        break;
      default:
        out += unit;
    }
  }
  return out;
}

class ClassicTokenizer final : public Tokenizer {
 public:
  ClassicTokenizer(std::vector<LongestPattern> rules, std::size_t longest)
      : rules_(std::move(rules)), longest_(longest) {}

  Status tokenize(std::u16string_view text, TokenStream& stream) const override {
    LongestPattern::Subject subject(text);
    std::size_t at = 0;
    std::uint32_t skipped = 0;
    while (at < text.size()) {
      const char32_t first = point_at(text, at);
      if (!is_java_letter(first) && !is_java_digit(first) && (first < 0x0E00 || first > 0xFF9F)) {
        at += point_size(first);
        continue;
      }
      std::size_t best = 0;
      std::string_view type;
      for (std::size_t i = 0; i < rules_.size(); ++i) {
        auto length = rules_[i].match_at(subject, at);
        if (!length) return std::unexpected(length.error());
        if (length->value_or(0) <= best) continue;
        best = **length;
        type = kRules.at(i).type;
      }
      if (best > longest_) {
        ++skipped;
      } else if (best > 0) {
        add(text, at, best, type, stream);
        stream.terms.back().increment += std::exchange(skipped, 0);
      }
      at += best > 0 ? best : point_size(first);
    }
    stream.end_increment = skipped;
    return {};
  }

 private:
  /// A word of parts with dots that ends in one is a host, and loses it; the offsets keep it.
  static void add(std::u16string_view text, std::size_t at, std::size_t size, std::string_view type,
                  TokenStream& stream) {
    Term term{.text = std::u16string(text.substr(at, size)),
              .start = static_cast<std::uint32_t>(at),
              .end = static_cast<std::uint32_t>(at + size),
              .type = type};
    if (type == "<ACRONYM_DEP>") {
      term.text.pop_back();
      term.type = "<HOST>";
    }
    stream.terms.push_back(std::move(term));
  }

  std::vector<LongestPattern> rules_;
  std::size_t longest_;
};

}  // namespace

Result<TokenizerPtr> make_classic_tokenizer(const ComponentContext& context) {
  auto longest = context.settings.integer("max_token_length", 255);
  if (!longest) return std::unexpected(longest.error());
  if (*longest < 1) return std::unexpected(illegal_argument("maxTokenLength must be greater than zero"));
  std::vector<LongestPattern> rules;
  for (const Rule& rule : kRules) {
    auto compiled = LongestPattern::compile(spelled_out(rule.pattern));
    if (!compiled) return std::unexpected(internal_error("a rule of the classic tokenizer is none"));
    rules.push_back(std::move(*compiled));
  }
  return std::make_shared<const ClassicTokenizer>(std::move(rules), static_cast<std::size_t>(*longest));
}

}  // namespace sluice::stages
