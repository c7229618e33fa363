#include "stages/query/bool.h"
#include "stages/query/compile.h"

namespace sluice::stages {

Result<QueryPtr> compile_dis_max(std::string_view body, const ClauseContext& context) {
  auto members = json_members(body, "[dis_max]");
  if (!members) return std::unexpected(members.error());
  std::vector<QueryPtr> queries;
  bool given = false;
  float tie_breaker = 0;
  float boost = 1;
  for (const JsonMember& member : *members) {
    const bool container = member.value.starts_with('[') || member.value.starts_with('{');
    if (member.key == "\"queries\"" && container) {
      given = true;
      std::vector<std::string_view> clauses = {member.value};
      if (member.value.starts_with('[')) {
        auto elements = json_elements(member.value, "[dis_max]");
        if (!elements) return std::unexpected(elements.error());
        clauses = std::move(*elements);
        if (clauses.empty()) {
          return std::unexpected(query_parsing_error(context, end_of(member.value),
                                                     "[_na] query malformed, must start with start_object"));
        }
      }
      for (const std::string_view clause : clauses) {
        auto query = compile_clause(clause, context);
        if (!query) return query;
        queries.push_back(std::move(*query));
      }
      continue;
    }
    if (container) return std::unexpected(query_does_not_support(context, "dis_max", member));
    const JsonMember as_boost{"\"boost\"", member.value};
    const bool tie = member.key == "\"tie_breaker\"";
    auto known = read_boost_or_name(tie ? as_boost : member, "dis_max", tie ? tie_breaker : boost);
    if (!known) return std::unexpected(known.error());
    if (!*known) return std::unexpected(query_does_not_support(context, "dis_max", member));
  }
  if (!given) {
    return std::unexpected(
        query_parsing_error(context, end_of(body), "[dis_max] requires 'queries' field with at least one clause"));
  }
  return with_boost(best_of(std::move(queries), tie_breaker), boost);
}

}  // namespace sluice::stages
