#include "stages/query/text_search.h"

#include <algorithm>
#include <cctype>

#include "pipeline/base/ascii_case.h"
#include "stages/analysis/analysis.h"
#include "stages/painless/run/unicode.h"
#include "stages/query/bool.h"
#include "stages/query/phrase.h"
#include "stages/query/token_graph.h"
#include "stages/query/value_test.h"

namespace sluice::stages {

namespace {

using pipeline::FieldKind;
using pipeline::FieldSchema;

/// Types whose values are looked for as a whole, and not by their text.
bool takes_no_text(const FieldSchema& field) {
  return field.kind == FieldKind::kGeoPoint || field.kind == FieldKind::kGeoShape || field.kind == FieldKind::kBinary ||
         field.kind == FieldKind::kVector || field.kind == FieldKind::kObject || field.kind == FieldKind::kNested;
}

/// Builds the query for one field.
class FieldSearch {
 public:
  FieldSearch(const FieldSchema& field, const TextSearch& search, const ClauseContext& context)
      : field_(field), search_(search), context_(context) {}

  /// `length`: of the text, in UTF-16 units: a last word with something behind it is no prefix.
  Result<QueryPtr> build(std::vector<Token> tokens, std::size_t length) {
    if (tokens.empty()) return QueryPtr();
    const bool finished =
        search_.kind == MatchKind::kWordsAndPrefix && tokens.back().end != 0 && tokens.back().end < length;
    const bool phrase = search_.kind == MatchKind::kPhrase || search_.kind == MatchKind::kPhraseAndPrefix;
    const bool prefix =
        (search_.kind == MatchKind::kWordsAndPrefix && !finished) || search_.kind == MatchKind::kPhraseAndPrefix;
    if (tokens.size() > 1 && is_graph(tokens)) return graph(tokens, phrase, prefix);
    return plain(by_place(std::move(tokens)), phrase, prefix);
  }

 private:
  Result<QueryPtr> plain(std::vector<WordsAtPlace> places, bool phrase, bool prefix) {
    if (phrase && prefix) return phrase_prefix(std::move(places));
    if (phrase && places.size() > 1) return as_phrase(places);
    std::vector<QueryPtr> queries;
    for (const WordsAtPlace& place : places) {
      auto query = at_place(place, prefix && &place == &places.back());
      if (!query) return query;
      queries.push_back(std::move(*query));
    }
    if (queries.size() == 1) return std::move(queries.front());
    return combined(std::move(queries), search_.all);
  }

  Result<QueryPtr> at_place(const WordsAtPlace& place, bool prefix) {
    if (place.words.size() == 1) return prefix ? prefix_term(place.words.front()) : term(place.words.front());
    if (!prefix) return synonym_query(field_, place.words, context_);
    std::vector<QueryPtr> queries;
    for (const std::string& word : place.words) {
      auto query = prefix_term(word);
      if (!query) return query;
      queries.push_back(std::move(*query));
    }
    return any_of(std::move(queries));
  }

  Result<QueryPtr> leniently(Result<QueryPtr> query, const std::string& text) {
    if (query || !search_.lenient || query.error().kind != ErrorKind::kBadRequest) return query;
    return nothing("[" + field_.path + "] can't be [" + text + "]");
  }

  Result<QueryPtr> term(const std::string& word) {
    if (search_.fuzziness) {
      return leniently(fuzzy_query(field_, word, *search_.fuzziness, search_.fuzzy, context_), word);
    }
    if (field_.kind == FieldKind::kText) return word_query(field_, word, context_);
    return leniently(term_query(field_.path, {.text = word, .number = search_.number}, context_), word);
  }

  Result<QueryPtr> prefix_term(const std::string& word) {
    // Elasticsearch looks for the beginnings of texts and keywords that are indexed alone.
    if (!has_texts(field_) || field_.runtime) return term(word);
    return leniently(prefix_query(field_.path, word, /*fold=*/false, Rewrite{}, context_), word);
  }

  Result<QueryPtr> as_phrase(const std::vector<WordsAtPlace>& places) {
    std::vector<PhrasePart> parts;
    parts.reserve(places.size());
    for (const WordsAtPlace& place : places) parts.push_back({place.position, place.words, nullptr});
    return leniently(phrase_query(field_, std::move(parts), search_.slop, 0, context_), "a phrase");
  }

  Result<QueryPtr> phrase_prefix(std::vector<WordsAtPlace> places) {
    if (field_.kind != FieldKind::kText) {
      return leniently(std::unexpected(illegal_argument("Can only use phrase prefix queries on text fields - not on " +
                                                        field_and_type(field_))),
                       "a phrase");
    }
    // Elasticsearch counts a term before it asks whether there are enough.
    const std::size_t most = std::max<std::size_t>(search_.max_expansions, 1);
    std::vector<TermPatternPtr> patterns;
    patterns.reserve(places.back().words.size());
    for (const std::string& word : places.back().words) patterns.push_back(prefix_pattern(word, false));
    TermPatternPtr last = patterns.size() == 1 ? patterns.front() : any_pattern(std::move(patterns));
    if (places.size() == 1) return multi_term_query(field_, std::move(last), {Rewrite::Kind::kOwn, most}, context_);
    std::vector<PhrasePart> parts;
    parts.reserve(places.size());
    for (WordsAtPlace& place : places) parts.push_back({place.position, std::move(place.words), nullptr});
    parts.back().words.clear();
    parts.back().pattern = std::move(last);
    return leniently(phrase_query(field_, std::move(parts), search_.slop, most, context_), "a phrase");
  }

  /// Every way through a part of the graph is a phrase, or words that all have to be there.
  Result<QueryPtr> side_paths(const std::vector<std::vector<Token>>& paths, bool phrase, bool prefix) {
    if (paths.size() > kMostPaths) {
      return std::unexpected(
          unsupported("the synonyms of [" + field_.path + "] make more than " + std::to_string(kMostPaths) +
                      " phrases of this text, which is not supported by this version of sluice: ask for fewer words"));
    }
    std::vector<QueryPtr> queries;
    for (const std::vector<Token>& path : paths) {
      TextSearch all = search_;
      all.all = true;
      auto query = FieldSearch(field_, all, context_).plain(by_place(path), phrase, prefix);
      if (!query) return query;
      queries.push_back(std::move(*query));
    }
    return any_of(std::move(queries));
  }

  Result<QueryPtr> graph(const std::vector<Token>& tokens, bool phrase, bool prefix) {
    if (phrase) return side_paths(paths_through(tokens), /*phrase=*/true, prefix);
    std::vector<QueryPtr> queries;
    const std::vector<std::vector<Token>> sections = sections_of(tokens);
    for (const std::vector<Token>& section : sections) {
      const bool last = prefix && &section == &sections.back();
      const auto places = by_place(section);
      auto query = is_graph(section) ? side_paths(paths_through(section), search_.synonym_phrases, last)
                                     : at_place(places.front(), last);
      if (!query) return query;
      queries.push_back(std::move(*query));
    }
    if (queries.size() == 1) return std::move(queries.front());
    return combined(std::move(queries), search_.all);
  }

  const FieldSchema& field_;
  const TextSearch& search_;
  const ClauseContext& context_;
};

Token whole(std::string text) {
  Token token;
  token.text = std::move(text);
  return token;
}

std::vector<Token> split_words(std::string_view text) {
  std::vector<Token> tokens;
  std::string word;
  const auto flush = [&] {
    if (word.empty()) return;
    tokens.push_back(whole(std::exchange(word, {})));
    tokens.back().position = static_cast<std::uint32_t>(tokens.size() - 1);
  };
  for (const char c : text) {
    if (std::isspace(static_cast<unsigned char>(c)) != 0) {
      flush();
    } else {
      word += c;
    }
  }
  flush();
  return tokens;
}

}  // namespace

Result<AnalyzerPtr> text_analyzer(const FieldSchema& field, const TextSearch& search, const ClauseContext& context) {
  if (!search.analyzer.empty()) {
    auto named = analysis_of(context).analyzer(search.analyzer);
    if (named) return named;
    return std::unexpected(
        query_shard_error(context, "[" + search.query + "] analyzer [" + search.analyzer + "] not found"));
  }
  if (field.kind != FieldKind::kText) return AnalyzerPtr();
  const bool quoted = search.kind == MatchKind::kPhrase || search.kind == MatchKind::kPhraseAndPrefix;
  return search_analyzer(field, quoted, context);
}

Result<std::vector<Token>> tokens_of(const FieldSchema& field, std::string_view text, const TextSearch& search,
                                     const ClauseContext& context) {
  auto analyzer = text_analyzer(field, search, context);
  if (!analyzer) return std::unexpected(analyzer.error());
  std::vector<Token> tokens;
  if (*analyzer != nullptr) {
    if (auto read = (*analyzer)->analyze(text, tokens); !read) return std::unexpected(read.error());
    return tokens;
  }
  if (field.kind != FieldKind::kKeyword || !field.split_on_whitespace) {
    tokens.push_back(whole(std::string(text)));
  } else {
    tokens = split_words(text);
  }
  for (Token& token : tokens) {
    auto normal = normalized(field, token.text, context);
    if (!normal) return std::unexpected(normal.error());
    token.text = std::move(*normal);
  }
  return tokens;
}

std::vector<WordsAtPlace> by_place(std::vector<Token> tokens) {
  std::vector<WordsAtPlace> places;
  for (Token& token : tokens) {
    if (places.empty() || places.back().position != token.position) places.push_back({token.position, {}});
    std::vector<std::string>& words = places.back().words;
    if (std::ranges::find(words, token.text) == words.end()) words.push_back(std::move(token.text));
  }
  return places;
}

QueryPtr combined(std::vector<QueryPtr> queries, bool all) {
  BoolClauses clauses;
  (all ? clauses.must : clauses.should) = std::move(queries);
  clauses.least = all ? 0 : 1;
  return bool_query(std::move(clauses));
}

QueryPtr zero_terms_query(ZeroTerms zero_terms) {
  if (zero_terms == ZeroTerms::kIgnored) return nullptr;
  return zero_terms == ZeroTerms::kAll ? everything() : nothing("no words to look for");
}

std::optional<ZeroTerms> parse_zero_terms(std::string_view text) {
  const std::string name = ascii_lower_case(text);
  if (name == "none") return ZeroTerms::kNone;
  return name == "all" ? std::optional(ZeroTerms::kAll) : std::nullopt;
}

Result<bool> parse_operator(std::string_view text) {
  const std::string upper = ascii_upper_case(text);
  if (upper == "AND" || upper == "OR") return upper == "AND";
  return std::unexpected(illegal_argument("No enum constant org.elasticsearch.index.query.Operator." + upper));
}

Result<QueryPtr> search_text(const FieldSchema& field, std::string_view text, const TextSearch& search,
                             const ClauseContext& context) {
  if (takes_no_text(field)) {
    if (search.lenient) return nothing("[" + field.path + "] has no texts");
    return std::unexpected(illegal_argument(
        search.kind == MatchKind::kPhraseAndPrefix
            ? "Can only use phrase prefix queries on text fields - not on " + field_and_type(field)
            : "Field [" + field.path + "] of type [" + field.type + "] does not support match queries"));
  }
  auto tokens = tokens_of(field, text, search, context);
  if (!tokens) return std::unexpected(tokens.error());
  auto query = FieldSearch(field, search, context).build(std::move(*tokens), painless::utf16_length(text));
  if (!query) return query;
  if (*query == nullptr) return zero_terms_query(search.zero_terms);
  return with_minimum_should_match(std::move(*query), search.minimum);
}

}  // namespace sluice::stages
