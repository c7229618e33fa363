#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "io/store/catalog/catalog.h"

namespace sluice::store {

/// What templates give an index: settings and aliases with later ones laid over earlier ones, mappings still apart.
struct TemplateLayers {
  Settings settings;
  std::vector<std::string> mappings;  ///< raw JSON, the weakest first
  std::map<std::string, AliasMeta, std::less<>> aliases;
  bool data_stream = false;   ///< the composable template makes data streams
  std::string template_name;  ///< of the composable template; empty: none, or legacy ones
};

/// The composable template with the highest priority and its components, or else all legacy templates that fit.
Result<TemplateLayers> template_layers(const ClusterState& state, std::string_view index);

}  // namespace sluice::store
