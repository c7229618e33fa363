#include "reindex/index_analysis.h"

#include <string_view>

namespace sluice {

Result<stages::AnalysisPtr> index_analysis(const store::IndexMeta& index) {
  constexpr std::string_view kAnalysis = "index.analysis.";
  const auto first = index.settings.lower_bound(kAnalysis);
  if (first == index.settings.end() || !first->first.starts_with(kAnalysis)) return stages::AnalysisPtr();
  return stages::Analysis::make(index.settings);
}

}  // namespace sluice
