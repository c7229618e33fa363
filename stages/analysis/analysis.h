#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "stages/analysis/analyzer.h"

namespace sluice::stages {

/// Settings of an index by their full names (`index.analysis.analyzer.a.type`), values as raw JSON: a string, or an
/// array of strings. What the store keeps.
using IndexSettings = std::map<std::string, std::string, std::less<>>;

/// The analyzers and normalizers of one index: those of its settings, and Elasticsearch's own. Immutable; any thread.
class Analysis {
 public:
  virtual ~Analysis() = default;

  /// Everything below `index.analysis` is made; other settings are looked at for their limits (index.max_ngram_diff,
  /// index.max_shingle_diff). Errors: Elasticsearch's, for components that are unknown or malformed (mostly
  /// illegal_argument_exception, 400); kUnsupported for those that sluice has not, by name.
  static Result<std::shared_ptr<const Analysis>> make(const IndexSettings& settings);
  /// Of no index: what `_analyze` without one knows.
  static const Analysis& global();

  /// Errors: `failed to find analyzer [x]`, illegal_argument_exception, 400.
  [[nodiscard]] virtual Result<AnalyzerPtr> analyzer(std::string_view name) const = 0;
  /// Errors: `failed to find normalizer under [x]`.
  [[nodiscard]] virtual Result<AnalyzerPtr> normalizer(std::string_view name) const = 0;
  /// `default`, or else `standard`.
  [[nodiscard]] virtual AnalyzerPtr default_analyzer() const = 0;
  /// `default_search`, or else the default one.
  [[nodiscard]] virtual AnalyzerPtr default_search_analyzer() const = 0;
  /// `default_search_quoted`, or else the one for search.
  [[nodiscard]] virtual AnalyzerPtr default_search_quoted_analyzer() const = 0;

  /// The settings that it was made of, as text: equal texts, equal analyzers.
  [[nodiscard]] virtual const std::string& definition() const = 0;

  /// Components of an `_analyze` body, as raw JSON: each a string (a name) or an object with `type`; the filters arrays
  /// of those. Empty text: not given. Without a tokenizer it is a normalizer. Errors: of make(), and `failed to find
  /// global tokenizer under [x]`.
  struct Parts {
    std::string_view tokenizer;
    std::string_view filters;
    std::string_view char_filters;
  };
  [[nodiscard]] virtual Result<AnalyzerPtr> assemble(const Parts& parts) const = 0;
};
using AnalysisPtr = std::shared_ptr<const Analysis>;

}  // namespace sluice::stages
