#pragma once

#include <string>
#include <string_view>

#include "io/store/mappings/mapping.h"
#include "stages/analysis/analysis.h"

namespace sluice {

/// What the fields of a source's documents are, for queries that sluice runs itself.
struct SourceMapping {
  store::MappingPtr mapping = store::Mapping::empty();
  stages::AnalysisPtr analysis;  ///< null: Elasticsearch's own analyzers only

  /// A mapping as GET _mapping shows it, with or without `{"index":{"mappings":..}}` around it, or the body that an
  /// index is made with, `{"settings":..,"mappings":..}`; empty text: no fields. Errors: of Mapping::parse() and
  /// Analysis::make().
  static Result<SourceMapping> parse(std::string_view json);
};

}  // namespace sluice
