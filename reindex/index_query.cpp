#include "reindex/index_query.h"

#include "pipeline/base/parse_number.h"

namespace sluice {

std::size_t index_limit(const store::IndexMeta& index, std::string_view setting, std::size_t fallback) {
  return parse_number<std::size_t>(index.setting(setting, "")).value_or(fallback);
}

stages::QueryContext index_query(const store::IndexMeta& index, const pipeline::Schema& schema,
                                 const stages::Analysis* analysis, std::size_t max_clauses) {
  return {.schema = schema,
          .index = index.name,
          .index_uuid = index.uuid,
          .max_terms = index_limit(index, "index.max_terms_count", 65'536),
          .max_clauses = max_clauses,
          .max_regex = index_limit(index, "index.max_regex_length", 1'000),
          .ignores_malformed = index.limits().ignore_malformed,
          .analysis = analysis};
}

}  // namespace sluice
