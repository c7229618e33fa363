#include <algorithm>

#include "stages/analysis/token_filter/make.h"
#include "stages/analysis/token_filter/synonym_map.h"

namespace sluice::stages {

namespace {

/// A word of a synonym at its position.
struct Word {
  const std::u16string* text;
  std::optional<std::uint32_t> end;
  std::uint16_t length;
};

/// Synonyms laid over the text, word by word: those of several words run into what follows. Source: Lucene's
/// SynonymFilter.
class Synonyms final : public TokenFilter {
 public:
  explicit Synonyms(SynonymMap map) : map_(std::move(map)) {}
  [[nodiscard]] bool reads_synonyms() const override { return false; }

  Status apply(TokenStream& stream) const override {
    const std::vector<Term>& terms = stream.terms;
    std::vector<bool> replaced(terms.size());
    std::vector<std::vector<Word>> words(terms.size());
    for (std::size_t i = 0; i < terms.size();) {
      const SynonymMap::Match match = map_.match(terms, i);
      if (match.entry == nullptr) {
        ++i;
        continue;
      }
      if (auto added = add_words(match, i, stream, words); !added) return added;
      for (std::size_t k = i; k < i + match.length; ++k) replaced[k] = !match.entry->keep_original;
      i += match.length;
    }
    stream.terms = laid_over(terms, replaced, words);
    return {};
  }

 private:
  static Status add_words(const SynonymMap::Match& match, std::size_t at, TokenStream& stream,
                          std::vector<std::vector<Word>>& words) {
    const std::uint32_t end = stream.terms[at + match.length - 1].end;
    for (const Phrase& phrase : match.entry->outputs) {
      if (words.size() < at + phrase.size()) words.resize(at + phrase.size());
      for (std::size_t k = 0; k < phrase.size(); ++k) {
        if (auto taken = take_from_budget(stream, phrase[k].size()); !taken) return taken;
        const bool alone = phrase.size() == 1 && match.entry->keep_original;
        // One word spans the match; of several each ends where the term ends that it stands beside.
        words[at + k].push_back({&phrase[k], phrase.size() == 1 ? std::optional(end) : std::nullopt,
                                 static_cast<std::uint16_t>(alone ? match.length : 1)});
      }
    }
    return {};
  }

  static std::vector<Term> laid_over(const std::vector<Term>& terms, const std::vector<bool>& replaced,
                                     const std::vector<std::vector<Word>>& words) {
    std::vector<Term> made;
    std::uint32_t last_start = 0;
    std::uint32_t last_end = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      std::uint32_t increment = 1;
      const bool there = i < terms.size();
      if (there) {
        last_start = terms[i].start;
        last_end = terms[i].end;
      }
      if (there && !replaced[i]) {
        made.push_back(terms[i]);
        increment = 0;
      }
      for (const Word& word : words[i]) {
        Term term;
        term.text = *word.text;
        term.start = last_start;
        term.end = there ? word.end.value_or(last_end) : last_end;
        term.increment = std::exchange(increment, 0);
        term.length = there ? word.length : std::uint16_t{1};
        term.type = "SYNONYM";
        made.push_back(std::move(term));
      }
    }
    return made;
  }

  SynonymMap map_;
};

}  // namespace

Result<TokenFilterPtr> make_synonym(const ComponentContext& context) {
  auto map = read_synonyms(context, "synonym");
  if (!map) return std::unexpected(map.error());
  return std::make_shared<const Synonyms>(std::move(*map));
}

}  // namespace sluice::stages
