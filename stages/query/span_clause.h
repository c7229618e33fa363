#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stages/query/value_test.h"

namespace sluice::stages {

/// A span query as it was written.
struct SpanClause {
  enum class Kind : std::uint8_t { kTerm, kNear, kFirst, kOr, kNot, kMulti, kContaining, kWithin, kMasking, kGap };
  Kind kind = Kind::kTerm;
  std::string field = {};  ///< of kTerm, kMasking, kGap
  TermValue value = {};    ///< of kTerm
  std::int32_t slop = 0;
  bool in_order = true;
  std::int32_t end = 0;     ///< of kFirst
  std::int32_t before = 0;  ///< of kNot
  std::int32_t behind = 0;
  std::int32_t width = 0;                ///< of kGap
  std::vector<SpanClause> clauses = {};  ///< include and exclude, big and little
  QueryPtr multi = nullptr;              ///< of kMulti: what it is made of
  std::string multi_name = {};           ///< of that query
  std::string multi_field = {};
  float boost = 1;
};

/// Reads the body of the query `name`, one of the span queries. Errors: Elasticsearch's, with their places.
Result<SpanClause> read_span_clause(std::string_view name, std::string_view body, const ClauseContext& context);

}  // namespace sluice::stages
