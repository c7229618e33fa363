#include "stages/analysis/pattern.h"

#include <algorithm>

#include "stages/analysis/java_character.h"
#include "stages/analysis/tokenizer/make.h"

namespace sluice::stages {

namespace {

void add_term(std::u16string_view text, std::size_t begin, std::size_t end, TokenStream& stream) {
  if (begin >= end) return;
  stream.terms.push_back(Term{.text = std::u16string(text.substr(begin, end - begin)),
                              .start = static_cast<std::uint32_t>(begin),
                              .end = static_cast<std::uint32_t>(end)});
}

/// What stands between matches, or a group of them. Source: Lucene's PatternTokenizer.
class PatternTokenizer final : public Tokenizer {
 public:
  PatternTokenizer(Pattern pattern, int group) : pattern_(std::move(pattern)), group_(group) {}
  Status tokenize(std::u16string_view text, TokenStream& stream) const override {
    std::size_t from = 0;
    std::size_t begin = 0;
    while (from <= text.size()) {
      auto found = pattern_.find(text, from);
      if (!found) return std::unexpected(found.error());
      if (!*found) break;
      const PatternMatch::Span span = (*found)->groups.front();
      if (group_ < 0) {
        add_term(text, begin, span.begin, stream);
        begin = span.end;
      } else if (const auto wanted = (*found)->groups[static_cast<std::size_t>(group_)];
                 wanted.begin != PatternMatch::kNone) {
        add_term(text, wanted.begin, wanted.end, stream);
      }
      from = span.end > span.begin ? span.end : span.end + 1;
    }
    if (group_ < 0) add_term(text, begin, text.size(), stream);
    return {};
  }

 private:
  Pattern pattern_;
  int group_;
};

/// The longest matches, or what stands between them. Source: Lucene's SimplePatternTokenizer and its sister.
class AutomatonTokenizer final : public Tokenizer {
 public:
  AutomatonTokenizer(LongestPattern pattern, bool splits) : pattern_(std::move(pattern)), splits_(splits) {}
  Status tokenize(std::u16string_view text, TokenStream& stream) const override {
    LongestPattern::Subject subject(text);
    std::size_t begin = 0;
    std::size_t at = 0;
    while (at < text.size()) {
      auto length = pattern_.match_at(subject, at);
      if (!length) return std::unexpected(length.error());
      if (length->value_or(0) == 0) {
        at += point_size(point_at(text, at));
        continue;
      }
      const std::size_t end = at + **length;
      if (splits_) {
        add_term(text, begin, at, stream);
      } else {
        add_term(text, at, end, stream);
      }
      begin = at = end;
    }
    if (splits_) add_term(text, begin, text.size(), stream);
    return {};
  }

 private:
  LongestPattern pattern_;
  bool splits_;
};

/// Lucene's regular expressions as PCRE2 has them. What only automata can do is refused.
Result<std::u16string> translate_automaton(const std::string& pattern) {
  const std::u16string wide = utf16(pattern);
  std::u16string out;
  bool in_class = false;
  for (std::size_t i = 0; i < wide.size(); ++i) {
    const char16_t unit = wide[i];
    if (unit == u'\\' && i + 1 < wide.size()) {
      out.append({unit, wide[++i]});
    } else if (in_class) {
      in_class = unit != u']';
      if (unit == u'[') out += u'\\';
      out += unit;
    } else if (unit == u'"') {
      const std::size_t end = wide.find(u'"', i + 1);
      if (end == std::u16string::npos)
        return std::unexpected(illegal_argument("expected '\"' at position " + std::to_string(wide.size())));
      out += u"\\Q" + wide.substr(i + 1, end - i - 1) + u"\\E";
      i = end;
    } else if (unit == u'~' || unit == u'&' || unit == u'#' || unit == u'@' || unit == u'<') {
      return std::unexpected(unsupported(std::string("[") + static_cast<char>(unit) +
                                         "] in the pattern of a simple_pattern tokenizer is not supported by this "
                                         "version of sluice"));
    } else {
      in_class = unit == u'[';
      if (unit == u'^' || unit == u'$') out += u'\\';
      out += unit;
    }
  }
  return out;
}

Result<TokenizerPtr> make_automaton(const ComponentContext& context, bool splits) {
  const std::string pattern = context.settings.text_or("pattern", "");
  auto translated = translate_automaton(pattern);
  if (!translated) return std::unexpected(translated.error());
  if (std::ranges::count(pattern, '(') > std::ranges::count(pattern, ')')) {
    return std::unexpected(illegal_argument("unexpected end-of-string"));
  }
  auto compiled = LongestPattern::compile(*translated);
  if (!compiled) return std::unexpected(compiled.error());
  return std::make_shared<const AutomatonTokenizer>(std::move(*compiled), splits);
}

}  // namespace

Result<TokenizerPtr> make_pattern_tokenizer(const ComponentContext& context) {
  const std::string text = context.settings.text_or("pattern", "\\W+");
  auto pattern = Pattern::compile(text, context.settings.text_or("flags", ""));
  auto group = context.settings.integer("group", -1);
  if (!pattern) return std::unexpected(pattern.error());
  if (!group) return std::unexpected(group.error());
  if (*group >= 0 && static_cast<std::uint32_t>(*group) > pattern->groups()) {
    return std::unexpected(illegal_argument(
        "invalid group specified: pattern only has: " + std::to_string(pattern->groups()) + " capturing groups"));
  }
  return std::make_shared<const PatternTokenizer>(std::move(*pattern), *group);
}

Result<TokenizerPtr> make_simple_pattern_tokenizer(const ComponentContext& context) {
  return make_automaton(context, false);
}

Result<TokenizerPtr> make_simple_pattern_split_tokenizer(const ComponentContext& context) {
  return make_automaton(context, true);
}

}  // namespace sluice::stages
