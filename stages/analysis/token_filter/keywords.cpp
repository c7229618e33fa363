#include <unordered_map>

#include "stages/analysis/java_character.h"
#include "stages/analysis/pattern.h"
#include "stages/analysis/token_filter/make.h"
#include "stages/analysis/word_set.h"

namespace sluice::stages {

namespace {

class MarkWords final : public TokenFilter {
 public:
  explicit MarkWords(WordSet words) : words_(std::move(words)) {}
  Status apply(TokenStream& stream) const override {
    for (Term& term : stream.terms) term.keyword = term.keyword || words_.contains(term.text);
    return {};
  }

 private:
  WordSet words_;
};

class MarkPattern final : public TokenFilter {
 public:
  explicit MarkPattern(Pattern pattern) : pattern_(std::move(pattern)) {}
  Status apply(TokenStream& stream) const override {
    for (Term& term : stream.terms) {
      auto matched = pattern_.matches(term.text);
      if (!matched) return std::unexpected(matched.error());
      term.keyword = term.keyword || *matched;
    }
    return {};
  }

 private:
  Pattern pattern_;
};

/// Each word twice: as a keyword, and as one that stemmers may change.
class Repeat final : public TokenFilter {
 public:
  Status apply(TokenStream& stream) const override {
    std::vector<Term> terms;
    terms.reserve(stream.terms.size() * 2);
    for (Term& term : stream.terms) {
      if (auto taken = take_from_budget(stream, term.text.size()); !taken) return taken;
      Term again = term;
      again.increment = 0;
      again.keyword = false;
      term.keyword = true;
      terms.push_back(std::move(term));
      terms.push_back(std::move(again));
    }
    stream.terms = std::move(terms);
    return {};
  }
};

/// Words that have a stem of their own. Source: Lucene's StemmerOverrideFilter.
class Override final : public TokenFilter {
 public:
  using Stems = std::unordered_map<std::u16string, std::u16string>;
  explicit Override(Stems stems) : stems_(std::move(stems)) {}
  Status apply(TokenStream& stream) const override {
    for (Term& term : stream.terms) {
      if (term.keyword) continue;
      const auto found = stems_.find(term.text);
      if (found == stems_.end()) continue;
      term.text = found->second;
      term.keyword = true;
    }
    return {};
  }

 private:
  Stems stems_;
};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t from = text.find_first_not_of(kBlank);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kBlank) - from + 1);
}

/// `running, runs => run`.
Status add_rule(Override::Stems& stems, const std::string& rule) {
  const Error wrong = illegal_argument("Invalid Keyword override Rule:" + rule);
  const std::size_t arrow = rule.find("=>");
  if (arrow == std::string::npos || rule.find("=>", arrow + 2) != std::string::npos) return std::unexpected(wrong);
  const std::string_view stem = trimmed(std::string_view(rule).substr(arrow + 2));
  if (stem.empty()) return std::unexpected(wrong);
  std::string_view words = std::string_view(rule).substr(0, arrow);
  while (true) {
    const std::size_t comma = words.find(',');
    const std::string_view word = trimmed(words.substr(0, comma));
    if (word.empty()) return std::unexpected(wrong);
    stems.emplace(utf16(word), utf16(stem));
    if (comma == std::string_view::npos) return {};
    words = words.substr(comma + 1);
  }
}

}  // namespace

Result<TokenFilterPtr> make_keyword_marker(const ComponentContext& context) {
  const ComponentSettings& settings = context.settings;
  auto ignore_case = settings.flag("ignore_case", false);
  if (!ignore_case) return std::unexpected(ignore_case.error());
  auto given = read_words(settings, "keywords");
  if (!given) return std::unexpected(given.error());
  if (const auto pattern = settings.text("keywords_pattern")) {
    if (*given) {
      return std::unexpected(
          illegal_argument("cannot specify both `keywords_pattern` and `keywords` or "
                           "`keywords_path`"));
    }
    auto compiled = Pattern::compile(*pattern);
    if (!compiled) return std::unexpected(compiled.error());
    return std::make_shared<const MarkPattern>(std::move(*compiled));
  }
  if (!*given) {
    return std::unexpected(illegal_argument(
        "keyword filter requires either `keywords`, `keywords_path`, or `keywords_pattern` to be configured"));
  }
  WordSet words(*ignore_case);
  for (const std::string& word : **given) words.add(utf16(word));
  return std::make_shared<const MarkWords>(std::move(words));
}

Result<TokenFilterPtr> make_keyword_repeat(const ComponentContext& /*context*/) {
  return std::make_shared<const Repeat>();
}

Result<TokenFilterPtr> make_stemmer_override(const ComponentContext& context) {
  auto rules = read_words(context.settings, "rules");
  if (!rules) return std::unexpected(rules.error());
  if (!*rules) {
    return std::unexpected(
        illegal_argument("stemmer override filter requires either `rules` or `rules_path` to be configured"));
  }
  Override::Stems stems;
  for (const std::string& rule : context.settings.list("rules", false).value_or(**rules)) {
    if (auto added = add_rule(stems, rule); !added) return std::unexpected(added.error());
  }
  return std::make_shared<const Override>(std::move(stems));
}

}  // namespace sluice::stages
