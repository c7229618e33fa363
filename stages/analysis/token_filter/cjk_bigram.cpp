#include <algorithm>
#include <array>

#include "stages/analysis/java_character.h"
#include "stages/analysis/token_filter/make.h"

namespace sluice::stages {

namespace {

constexpr auto kScripts = std::to_array<std::pair<std::string_view, std::string_view>>(
    {{"han", "<IDEOGRAPHIC>"}, {"hiragana", "<HIRAGANA>"}, {"katakana", "<KATAKANA>"}, {"hangul", "<HANGUL>"}});

struct Character {
  std::u16string text;
  std::uint32_t start;
  std::uint32_t end;
};

/// Pairs of neighbouring characters of some scripts. Source: Lucene's CJKBigramFilter.
class CjkBigram final : public TokenFilter {
 public:
  CjkBigram(std::vector<std::string_view> types, bool unigrams) : types_(std::move(types)), unigrams_(unigrams) {}

  Status apply(TokenStream& stream) const override {
    std::vector<Term> made;
    std::vector<Character> run;
    Term first;
    for (Term& term : stream.terms) {
      const bool wanted = std::ranges::find(types_, term.type) != types_.end();
      if (!run.empty() && (!wanted || term.start != run.back().end || term.increment != 1)) {
        add_run(run, first, made);
        run.clear();
      }
      if (!wanted) {
        made.push_back(std::move(term));
        continue;
      }
      if (run.empty()) first = term;
      add_characters(term, run);
    }
    add_run(run, first, made);
    stream.terms = std::move(made);
    return {};
  }

 private:
  /// Where the text of a term isn't as long as its place, all characters stand at all of it.
  static void add_characters(const Term& term, std::vector<Character>& run) {
    const bool exact = term.end - term.start == term.text.size();
    for (std::size_t at = 0; at < term.text.size();) {
      const std::size_t size = point_size(point_at(term.text, at));
      const auto start = static_cast<std::uint32_t>(term.start + at);
      run.push_back({term.text.substr(at, size), exact ? start : term.start,
                     exact ? static_cast<std::uint32_t>(start + size) : term.end});
      at += size;
    }
  }

  void add_run(const std::vector<Character>& run, const Term& first, std::vector<Term>& made) const {
    if (run.empty()) return;
    const auto add = [&](std::u16string text, std::uint32_t start, std::uint32_t end, bool pair) {
      made.push_back(Term{.text = std::move(text), .start = start, .end = end});
      made.back().type = pair ? "<DOUBLE>" : "<SINGLE>";
      if (pair && unigrams_) {
        made.back().increment = 0;
        made.back().length = 2;
      }
    };
    const std::size_t from = made.size();
    for (std::size_t i = 0; i < run.size(); ++i) {
      if (unigrams_ || run.size() == 1) add(run[i].text, run[i].start, run[i].end, false);
      if (i + 1 < run.size()) add(run[i].text + run[i + 1].text, run[i].start, run[i + 1].end, true);
    }
    made[from].increment = first.increment;
  }

  std::vector<std::string_view> types_;
  bool unigrams_;
};

}  // namespace

Result<TokenFilterPtr> make_cjk_bigram(const ComponentContext& context) {
  auto unigrams = context.settings.flag("output_unigrams", false);
  if (!unigrams) return std::unexpected(unigrams.error());
  const auto ignored = context.settings.list("ignored_scripts").value_or(std::vector<std::string>());
  std::vector<std::string_view> types;
  for (const auto& [script, type] : kScripts) {
    if (std::ranges::find(ignored, script) == ignored.end()) types.push_back(type);
  }
  return std::make_shared<const CjkBigram>(std::move(types), *unigrams);
}

}  // namespace sluice::stages
