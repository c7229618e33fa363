#pragma once

#include "io/store/catalog/catalog.h"
#include "stages/analysis/analysis.h"

namespace sluice {

/// The analyzers of an index for the queries on it; null where its settings have none of their own. Errors: of
/// stages::Analysis::make().
Result<stages::AnalysisPtr> index_analysis(const store::IndexMeta& index);

}  // namespace sluice
