#pragma once

#include <functional>
#include <string>
#include <vector>

#include "stages/query/multi_match.h"
#include "stages/query/query_string_parser.h"

namespace sluice::stages {

/// What a query string looks in, and how.
struct QueryStringOptions {
  std::vector<BoostedField> fields = {};  ///< for what names no field
  std::string default_field = {};         ///< their name where it is one; `*`: all
  std::string quote_field_suffix = {};
  std::string quote_analyzer = {};
  std::string time_zone = {};
  std::vector<FieldName> names = {};  ///< of `fields`
  MultiMatch match = {};
  Fuzziness fuzziness = {};  ///< of words with `~`
  bool allow_leading_wildcard = true;
  bool analyze_wildcard = false;
  std::uint32_t max_states = 10'000;
  Rewrite rewrite = {};
};

/// Makes the queries of a query string's pieces in the fields of an index. Source: Elasticsearch's
/// QueryStringQueryParser.
class QueryStringFields final : public QueryStringPieces {
 public:
  QueryStringFields(const QueryStringOptions& options, const ClauseContext& context)
      : options_(options), context_(context) {}

  Result<QueryPtr> words(const std::string* field, const std::string& text) override;
  Result<QueryPtr> phrase(const std::string* field, const std::string& text, std::optional<float> slop) override;
  Result<QueryPtr> prefix(const std::string* field, const std::string& text) override;
  Result<QueryPtr> wildcard(const std::string* field, const std::string& text) override;
  Result<QueryPtr> regexp(const std::string* field, const std::string& text) override;
  Result<QueryPtr> fuzzy(const std::string* field, const std::string& text, const std::string& fuzziness) override;
  Result<QueryPtr> range(const std::string* field, const End& low, const End& high) override;

 private:
  using OneField = std::function<Result<QueryPtr>(const pipeline::FieldSchema&)>;

  [[nodiscard]] std::vector<BoostedField> fields(const std::string* field, bool quoted) const;
  /// A query of each field, the best of which scores.
  Result<QueryPtr> best(const std::string* field, const OneField& one);
  Result<QueryPtr> exists(const std::string& field);
  Result<QueryPtr> analyzed_prefix(const pipeline::FieldSchema& field, const std::string& text);
  /// As the field's analyzer leaves single characters.
  Result<std::string> normal(const pipeline::FieldSchema& field, const std::string& text) const;

  const QueryStringOptions& options_;
  const ClauseContext& context_;
};

}  // namespace sluice::stages
