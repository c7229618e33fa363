#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "pipeline/model/schema.h"
#include "pipeline/stage.h"
#include "stages/query/query.h"

namespace sluice::stages {

struct QueryStageOptions {
  CompiledQueryPtr query;
  std::shared_ptr<const void> keeps;  ///< what the query looks at: its schema, its analyzers
  std::string index;                  ///< of documents that don't say theirs; text
  /// What the stage does instead: it shows all documents to the query in one of its passes, and passes them on. One
  /// batch at a time.
  std::optional<std::size_t> pass = {};
};

/// The query-filter stage: a document that does not match gets the outcome kFiltered and goes no further. Reads the
/// fields of the query only, out of the page's bytes.
class QueryStage final : public pipeline::Stage {
 public:
  explicit QueryStage(QueryStageOptions options) : options_(std::move(options)) {}

  [[nodiscard]] std::string_view name() const override { return "query_filter"; }
  /// Errors: of CompiledQuery::matches(). A document that is no JSON inside fails alone.
  Status apply(pipeline::Batch& batch) const override;

 private:
  QueryStageOptions options_;
};

}  // namespace sluice::stages
