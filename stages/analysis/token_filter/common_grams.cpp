#include "stages/analysis/java_character.h"
#include "stages/analysis/token_filter/make.h"
#include "stages/analysis/word_set.h"

namespace sluice::stages {

namespace {

/// Words that are common are joined to their neighbours. Source: Lucene's CommonGramsFilter and CommonGramsQueryFilter.
class CommonGrams final : public TokenFilter {
 public:
  CommonGrams(WordSet words, bool query) : words_(std::move(words)), query_(query) {}

  Status apply(TokenStream& stream) const override {
    std::vector<Term> made;
    const std::vector<Term>& terms = stream.terms;
    bool joined_before = false;
    for (std::size_t i = 0; i < terms.size(); ++i) {
      const bool joins = i + 1 < terms.size() && (words_.contains(terms[i].text) || words_.contains(terms[i + 1].text));
      // A query needs no word by itself that a gram covers: only the last one, where nothing was joined to it.
      const bool alone = !query_ || (!joins && !(i + 1 == terms.size() && joined_before));
      if (alone) made.push_back(terms[i]);
      if (joins) {
        made.push_back(gram(terms[i], terms[i + 1]));
        if (query_) {
          made.back().increment = 1;
          made.back().length = 1;
        }
        if (auto taken = take_from_budget(stream, made.back().text.size()); !taken) return taken;
      }
      joined_before = joins;
    }
    stream.terms = std::move(made);
    return {};
  }

 private:
  static Term gram(const Term& first, const Term& second) {
    Term made = first;
    made.text += u'_';
    made.text += second.text;
    made.end = second.end;
    made.increment = 0;
    made.length = 2;
    made.type = "gram";
    return made;
  }

  WordSet words_;
  bool query_;
};

}  // namespace

Result<TokenFilterPtr> make_common_grams(const ComponentContext& context) {
  auto ignore_case = context.settings.flag("ignore_case", false);
  auto query = context.settings.flag("query_mode", false);
  if (!ignore_case || !query) return std::unexpected(!ignore_case ? ignore_case.error() : query.error());
  auto given = read_words(context.settings, "common_words");
  if (!given) return std::unexpected(given.error());
  if (!*given || (*given)->empty()) {
    return std::unexpected(
        illegal_argument("missing or empty [common_words] or [common_words_path] configuration for common_grams token "
                         "filter"));
  }
  auto words = read_stop_words(context.settings, "_none_", *ignore_case, "common_words");
  if (!words) return std::unexpected(words.error());
  return std::make_shared<const CommonGrams>(std::move(*words), *query);
}

}  // namespace sluice::stages
