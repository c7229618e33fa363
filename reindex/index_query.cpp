#include "reindex/index_query.h"

#include <algorithm>
#include <string>
#include <vector>

#include "io/store/catalog/index_names.h"
#include "pipeline/base/parse_number.h"
#include "pipeline/base/wildcard.h"

namespace sluice {

namespace {

/// What an index is known by: its own name, and those of its aliases.
std::vector<std::string> names_of(const store::IndexMeta& index) {
  std::vector<std::string> names{index.name};
  for (const auto& [alias, meta] : index.aliases) names.push_back(alias);
  return names;
}

/// Source: Elasticsearch's SearchIndexNameMatcher.
Result<bool> stands_for(std::string_view pattern, const std::vector<std::string>& names, std::int64_t now_ms) {
  const bool of_other_cluster = pattern.contains(':') && !pattern.starts_with('<');
  if (of_other_cluster) return false;
  const auto resolved = store::resolve_date_math(pattern, now_ms);
  if (!resolved) return std::unexpected(resolved.error());
  return *resolved == "_all" ||
         std::ranges::any_of(names, [&](const std::string& name) { return wildcard_match(*resolved, name); });
}

}  // namespace

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
          .max_inner_hits = index_limit(index, "index.max_inner_result_window", 100),
          .ignores_malformed = index.limits().ignore_malformed,
          .analysis = analysis,
          .is_index = [names = names_of(index)](std::string_view pattern, std::int64_t now_ms) -> Result<bool> {
            return stands_for(pattern, names, now_ms);
          }};
}

}  // namespace sluice
