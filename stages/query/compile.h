#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "stages/parse/json_object.h"
#include "stages/query/query.h"

namespace sluice::stages {

#define QUERY(name, compile) Result<QueryPtr> compile(std::string_view body, const QueryContext& context);
#include "stages/query/queries.def"
#undef QUERY

/// parsing_exception, 400.
Error query_parsing_error(std::string reason);
/// query_shard_exception, 400, with its index.
Error query_shard_error(const QueryContext& context, std::string reason);
/// `[term] query does not support [foo]`
Error query_does_not_support(std::string_view query, std::string_view parameter);

/// The body of a query on one field: `{"field":value}` or `{"field":{parameters},"boost":..}`.
struct FieldClause {
  std::string field;
  std::string_view value;              ///< what stands behind the field's name
  std::vector<JsonMember> parameters;  ///< of an object; empty for the short form
  bool object = false;
};
/// Errors: `[term] query doesn't support multiple fields, found [a] and [b]` and the like.
Result<FieldClause> read_field_clause(std::string_view query, std::string_view body);

/// `boost`, which is checked, and `_name`, which is let be: scores come with the queries that need them.
/// False: it is neither.
Result<bool> read_boost_or_name(const JsonMember& member, std::string_view query);

}  // namespace sluice::stages
