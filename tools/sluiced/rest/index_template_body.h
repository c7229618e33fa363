#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/sluiced/rest/template_dates.h"
#include "tools/sluiced/rest/template_parts.h"

namespace sluice::rest {

/// The body of `PUT _index_template/name`.
struct IndexTemplateBody {
  std::vector<std::string> patterns;
  std::optional<TemplateParts> parts;
  std::vector<std::string> composed_of;
  std::vector<std::string> may_be_missing;  ///< ignore_missing_component_templates
  std::optional<std::int64_t> priority;
  std::string version;     ///< raw JSON; empty: none
  std::string meta;        ///< raw JSON; empty: none
  std::string deprecated;  ///< raw JSON; empty: none
  bool data_stream = false;
  bool hidden = false;
  std::optional<bool> allow_auto_create;
};

/// Errors: x_content_parse_exception for unknown fields; illegal_argument_exception for missing patterns; kUnsupported
/// for data streams with a custom routing.
Result<IndexTemplateBody> parse_index_template(std::string_view body);

/// As GET shows it.
std::string index_template_json(const IndexTemplateBody& body, const TemplateDates& dates);

/// Checks the template against the others and puts it into `state`. Only inside Catalog::update(), or on a copy of the
/// state. Errors: invalid_index_template_exception, illegal_argument_exception (a conflict of priorities, mappings that
/// don't go together), 400.
Status add_index_template(store::ClusterState& state, const std::string& name, const IndexTemplateBody& body);

}  // namespace sluice::rest
