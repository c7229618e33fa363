#include "stages/analysis/java_character.h"
#include "stages/analysis/token_filter/make.h"
#include "stages/analysis/word_set.h"

namespace sluice::stages {

/// `l'avion` is `avion`. Source: Lucene's ElisionFilter.
Result<TokenFilterPtr> make_elision(const ComponentContext& context) {
  auto given = read_words(context.settings, "articles");
  if (!given) return std::unexpected(given.error());
  if (!*given)
    return std::unexpected(illegal_argument("elision filter requires [articles] or [articles_path] setting"));
  auto ignore_case = context.settings.flag("articles_case", false);
  if (!ignore_case) return std::unexpected(ignore_case.error());
  WordSet articles(*ignore_case);
  for (const std::string& article : **given) articles.add(utf16(article));
  const auto change = [articles = std::move(articles)](std::u16string& text) {
    const std::size_t at = text.find_first_of(u"'’");
    if (at == std::u16string::npos || !articles.contains(std::u16string_view(text).substr(0, at))) return;
    text.erase(0, at + 1);
  };
  return make_term_filter({.change = change, .normalizes = true});
}

}  // namespace sluice::stages
