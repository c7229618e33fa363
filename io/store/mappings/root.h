#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/store/mappings/dynamic_template.h"
#include "io/store/mappings/field.h"

namespace sluice::store {

/// What stands at the top of a mapping besides its fields. Every JSON text is normalised; empty: it was not given.
struct Root {
  FieldPtr object;  ///< name and path are empty
  std::vector<DynamicTemplate> templates;
  bool templates_given = false;
  std::optional<bool> date_detection;
  std::optional<bool> numeric_detection;
  std::optional<std::vector<std::string>> dynamic_date_formats;
  std::vector<std::shared_ptr<const pipeline::DateFormat>> date_formats;  ///< of dynamic_date_formats or the defaults
  std::optional<bool> routing_required;
  /// Metadata sections as they are shown: `_source`, `_meta`, `runtime`, `_data_stream_timestamp`, ... In order.
  std::vector<std::pair<std::string, std::string>> sections;
  bool source_enabled = true;
};

}  // namespace sluice::store
