#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"
#include "stages/analysis/analysis.h"

namespace sluice::stages {

/// The body of `_analyze`. Views point into the body it was read of.
struct AnalyzeRequest {
  std::vector<std::string> texts;
  std::string analyzer;
  std::string normalizer;
  std::string field;
  Analysis::Parts parts;
  bool has_parts = false;  ///< filters or char filters that aren't empty
  bool explain = false;
};

/// Reads a body, with Buffer::kPadding readable bytes behind it. Errors: x_content_parse_exception, with line and
/// column, as Elasticsearch's parser says it.
Result<AnalyzeRequest> parse_analyze_request(std::string_view body);

/// What has to fit together. Errors: action_request_validation_exception, 400. Source: Elasticsearch's
/// AnalyzeAction.Request.validate.
Status check_analyze_request(const AnalyzeRequest& request, bool has_index);

/// The analyzer that a request means, but for one of a field. Errors: Analysis'.
Result<AnalyzerPtr> analyzer_of(const AnalyzeRequest& request, const Analysis& analysis);

/// All texts, one after the other, as `{"tokens":[..]}`. Errors: more than `most` tokens, the analyzer's.
Result<std::string> analyze_texts(const AnalyzeRequest& request, const Analyzer& analyzer, std::size_t most);

}  // namespace sluice::stages
