#pragma once

#include <cstddef>
#include <string>

#include "pipeline/stage.h"

namespace sluice::stages {

struct ParseOptions {
  std::string source_name;  ///< for messages
  /// A hit without `_source` is Elasticsearch's error and ends the run; in a file it is one document's failure.
  bool source_required = true;
  bool keep_structurals = false;                      ///< for a stage that walks the documents of lines again
  std::size_t max_document = std::size_t{100} << 20;  ///< bytes of a line
};

/// Finds the documents in a page and the facts around them. Bytes are delimited, not converted: documents are views
/// into the page. Takes at most Batch::max_documents, and says in PageFacts::next where the rest begins.
/// Records of the embedded store say themselves where they end.
///
/// Search responses: shard failures and `timed_out` become search failures, and then no hit of the page is taken.
/// NDJSON: a line that is malformed becomes a failed document with a Failure (its place is filled in by the graph); the
/// lines around it are taken. Strings, UTF-8 and the grammar are checked; but inside `_source` an array may
/// have a key or an object a bare value, brackets of the two kinds may be swapped, and numbers and words are looked at
/// by their first byte only.
class Parse final : public pipeline::Stage {
 public:
  explicit Parse(ParseOptions options) : options_(std::move(options)) {}
  [[nodiscard]] std::string_view name() const override { return "parse"; }
  Status apply(pipeline::Batch& batch) const override;

 private:
  ParseOptions options_;
};

}  // namespace sluice::stages
