#pragma once

#include "io/store/catalog/catalog.h"
#include "stages/analysis/analysis.h"

namespace sluice::rest {

/// The analyzers of an index, made of its settings. Errors: of stages::Analysis::make().
Result<stages::AnalysisPtr> analysis_of(const store::IndexMeta& index);

/// Whether the scripts of the runtime fields of a mapping compile. Errors: mapper_parsing_exception `Failed to parse
/// mapping: compile error`, 400.
Status check_runtime_scripts(const store::Mapping& mapping);

/// What the catalog checks an index with: the components in its settings, that its mapping names analyzers and
/// normalizers that are there, and its runtime fields. Errors: of stages::Analysis::make(); mapper_parsing_exception
/// `analyzer [x] has not been configured in mappings`, 400.
Status check_index_analysis(const store::IndexMeta& index);

}  // namespace sluice::rest
