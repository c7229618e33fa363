#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "stages/query/compile.h"

namespace sluice::stages {

/// A document that others are to be like: one that there is, or one that the query brings.
struct LikedDocument {
  std::string index = {};  ///< empty: the one that is searched
  std::string id = {};
  std::string routing = {};
  std::string_view document = {};                       ///< raw JSON; empty: there is none
  std::optional<std::vector<std::string>> fields = {};  ///< nothing: the query's
};

/// The parameters of `more_like_this`.
struct MoreLikeThisClause {
  std::optional<std::vector<std::string>> fields = {};
  std::vector<std::string> like = {};
  std::vector<LikedDocument> like_documents = {};
  std::vector<std::string> unlike = {};
  std::vector<LikedDocument> unlike_documents = {};
  std::int64_t max_query_terms = 25;
  std::int64_t min_term_freq = 2;
  std::int64_t min_doc_freq = 5;
  std::int64_t max_doc_freq = std::numeric_limits<std::int32_t>::max();
  std::int64_t min_word_length = 0;
  std::int64_t max_word_length = 0;
  std::set<std::string, std::less<>> stop_words = {};
  std::string analyzer = {};
  std::string minimum = "30%";
  float boost_terms = 0;
  bool include = false;
  bool fail_on_unsupported_field = true;
  float boost = 1;
};

/// Errors: Elasticsearch's, with their places.
Result<MoreLikeThisClause> read_more_like_this(std::string_view body, const ClauseContext& context);

/// The words that are chosen from, of one field.
struct LikedField {
  WordSource source;
  std::uint32_t field = 0;  ///< in the statistics
  struct Term {
    std::string text;
    std::uint32_t number;
    std::int64_t frequency;
  };
  std::vector<Term> terms;
};
/// Fields whose chosen words are one `bool` with one minimum.
using LikedFields = std::vector<LikedField>;

/// Documents with enough of the words that tell most about what is liked: those that are frequent there and rare in
/// the shard. The statistics must outlive it.
QueryPtr more_like_this_query(std::vector<LikedFields> parts, const MoreLikeThisClause& clause,
                              const ScoreStatistics& statistics);
/// All that a query finds but some documents, by their ids.
QueryPtr without_documents(QueryPtr query, std::vector<std::string> ids);

}  // namespace sluice::stages
