#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/stage.h"

namespace sluice::stages {

/// `_source` filtering: leaves out the fields that a request did not ask for, exactly those that Elasticsearch leaves
/// out when it filters while reading. Spans of raw bytes are dropped, nothing is written anew: what stays keeps its
/// bytes, its order and its duplicates. A document that loses nothing keeps its own view; others move to the batch's
/// arena.
///
/// A document that is not JSON where the filter has to look fails, the others go on. Any number of threads.
class SourceFilter final : public pipeline::Stage {
 public:
  /// Dotted paths with `*`. No includes: everything. Source: reference/reindex.md 1.5; see the two filters for details.
  SourceFilter(const std::vector<std::string>& includes, const std::vector<std::string>& excludes);
  ~SourceFilter() override;
  [[nodiscard]] std::string_view name() const override { return "source_filter"; }
  Status apply(pipeline::Batch& batch) const override;

  /// What the stage makes of one document, for programs that have no batch. Empty: it is not JSON.
  [[nodiscard]] std::string filtered(std::string_view source) const;

 private:
  class Compiled;
  std::unique_ptr<const Compiled> compiled_;
};

}  // namespace sluice::stages
