#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/base/wildcard.h"

namespace sluice::store {

/// One entry of `dynamic_templates`: which new fields it is for, and what they become. Immutable; any thread.
struct DynamicTemplate {
  std::string name;
  std::string json;  ///< the definition as GET _mapping shows it
  std::vector<std::string> match;
  std::vector<std::string> unmatch;
  std::vector<std::string> path_match;
  std::vector<std::string> path_unmatch;
  std::vector<std::string> match_types;    ///< match_mapping_type; empty or `*`: any
  std::vector<std::string> unmatch_types;  ///< unmatch_mapping_type
  bool regex = false;                      ///< match_pattern
  bool runtime = false;
  std::string mapping;  ///< raw JSON object with `{name}` and `{dynamic_type}` in it

  /// Whether it is for a new field. `json_type`: `string`, `long`, `double`, `boolean`, `date`, `object`, `binary`.
  [[nodiscard]] bool fits(std::string_view field, std::string_view path, std::string_view json_type) const;
  /// The definition for a field: placeholders filled, `type` set to `dynamic_type` where none is given.
  [[nodiscard]] std::string mapping_for(std::string_view field, std::string_view dynamic_type) const;
};

/// The template of one `{"name":{..}}`. Errors: mapper_parsing_exception, as Elasticsearch words them.
Result<DynamicTemplate> parse_dynamic_template(std::string_view name, std::string_view json);

}  // namespace sluice::store
