#pragma once

#include <string>
#include <string_view>

#include "stages/analysis/analyzer.h"
#include "stages/analysis/component_settings.h"

namespace sluice::stages {

#define ANALYZER(type, make) Result<AnalyzerPtr> make(const std::string& name, const ComponentSettings& settings);
#include "stages/analysis/analyzers.def"
#undef ANALYZER

/// An analyzer of Elasticsearch's own, of a type of analyzers.def or languages.def. Errors: of its settings;
/// kUnsupported for languages that sluice has not; kNotFound, there is no such type.
Result<AnalyzerPtr> make_built_in_analyzer(std::string_view type, const std::string& name,
                                           const ComponentSettings& settings);
/// Whether Elasticsearch has such a type, sluice or not.
bool is_built_in_analyzer(std::string_view type);

/// An analyzer of languages.def; null: there is none.
Result<AnalyzerPtr> make_language_analyzer(std::string_view language, const std::string& name,
                                           const ComponentSettings& settings);
bool is_language_analyzer(std::string_view language);

/// `standard` without stop words: words in lower case, with a short way for ASCII text.
AnalyzerPtr make_plain_standard_analyzer(std::string name, std::size_t max_token_length);

}  // namespace sluice::stages
