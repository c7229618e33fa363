#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stages/query/edit_distance.h"
#include "stages/query/multi_term.h"

namespace sluice::stages {

/// What the words of a text are looked for as.
enum class MatchKind : std::uint8_t { kWords, kWordsAndPrefix, kPhrase, kPhraseAndPrefix };

/// What becomes of a text without words.
enum class ZeroTerms : std::uint8_t { kNone, kAll, kIgnored };

/// How a text is looked for in fields: the parameters that the match family shares.
struct TextSearch {
  MatchKind kind = MatchKind::kWords;
  std::string query = "match";  ///< its name, for errors
  bool all = false;             ///< operator `and`
  std::string analyzer = {};    ///< empty: the field's
  std::optional<Fuzziness> fuzziness = std::nullopt;
  FuzzyOptions fuzzy = {};
  std::uint32_t slop = 0;
  std::uint32_t max_expansions = 50;  ///< of a phrase's prefix
  bool lenient = false;               ///< what does not fit the field finds nothing
  ZeroTerms zero_terms = ZeroTerms::kNone;
  bool synonym_phrases = true;  ///< auto_generate_synonyms_phrase_query
  std::string minimum = {};     ///< minimum_should_match
  bool number = false;          ///< the text was a JSON number
};

/// The words of a text that stand at one place.
struct WordsAtPlace {
  std::uint32_t position = 0;
  std::vector<std::string> words = {};
};

/// Looks for a text in a field. Null: it has no words, and these are ignored. Errors: analyzers that are not there;
/// fields that it can't be looked for in, unless lenient. Source: Elasticsearch's MatchQueryParser.
Result<QueryPtr> search_text(const pipeline::FieldSchema& field, std::string_view text, const TextSearch& search,
                             const ClauseContext& context);

/// What analyzes the text of a query for a field; null: it is one word as it stands. Errors: `[match] analyzer [x] not
/// found`.
Result<AnalyzerPtr> text_analyzer(const pipeline::FieldSchema& field, const TextSearch& search,
                                  const ClauseContext& context);
/// The words of a text, by their places.
Result<std::vector<Token>> tokens_of(const pipeline::FieldSchema& field, std::string_view text,
                                     const TextSearch& search, const ClauseContext& context);
std::vector<WordsAtPlace> by_place(std::vector<Token> tokens);
/// Queries that are all, or at least one, to match; one by itself.
QueryPtr combined(std::vector<QueryPtr> queries, bool all);
QueryPtr zero_terms_query(ZeroTerms zero_terms);

/// `zero_terms_query`'s value; nothing: it is none.
std::optional<ZeroTerms> parse_zero_terms(std::string_view text);
/// `operator`'s: true for `and`. Errors: `No enum constant org.elasticsearch.index.query.Operator.X`.
Result<bool> parse_operator(std::string_view text);

}  // namespace sluice::stages
