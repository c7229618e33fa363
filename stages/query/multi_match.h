#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stages/query/field_names.h"
#include "stages/query/text_search.h"

namespace sluice::stages {

/// How a text is looked for in several fields.
enum class MultiMatchType : std::uint8_t {
  kBestFields,
  kMostFields,
  kCrossFields,
  kPhrase,
  kPhrasePrefix,
  kBoolPrefix,
};

struct MultiMatch {
  MultiMatchType type = MultiMatchType::kBestFields;
  std::optional<float> tie_breaker = std::nullopt;  ///< nothing: the type's
  TextSearch search = {};
};

/// Errors: parse_exception `failed to parse [multi_match] query type [x]. unknown type.`
Result<MultiMatchType> parse_multi_match_type(std::string_view text);
std::string_view name_of(MultiMatchType type);
/// What the text's words are looked for as in each field.
MatchKind kind_of(MultiMatchType type);

/// Looks for a text in some fields; the best one scores, and the others as much as the tie breaker says. Null: there
/// are no words, and these are ignored. Errors: of search_text(). Source: Elasticsearch's MultiMatchQueryParser.
Result<QueryPtr> search_fields(const std::vector<BoostedField>& fields, std::string_view text, const MultiMatch& match,
                               const ClauseContext& context);
/// The same as if they were one field: each word has to be in some field. Queries of groups of fields with one
/// analyzer.
Result<std::vector<QueryPtr>> cross_fields(const std::vector<BoostedField>& fields, std::string_view text,
                                           const MultiMatch& match, const ClauseContext& context);

}  // namespace sluice::stages
