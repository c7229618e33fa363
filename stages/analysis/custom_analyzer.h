#pragma once

#include <string>

#include "stages/analysis/analyzer.h"
#include "stages/analysis/components.h"

namespace sluice::stages {

/// An analyzer of `tokenizer`, `filter` and `char_filter`. Errors: `Custom Analyzer [x] failed to find filter under
/// name [y]`, and those of the components.
Result<AnalyzerPtr> make_custom_analyzer(const std::string& name, const ComponentSettings& settings,
                                         const Components& components);

/// A normalizer of `filter` and `char_filter`. Errors: also `Custom normalizer [x] may not use filter [y]`.
Result<AnalyzerPtr> make_custom_normalizer(const std::string& name, const ComponentSettings& settings,
                                           const Components& components);

}  // namespace sluice::stages
