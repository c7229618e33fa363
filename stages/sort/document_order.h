#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "stages/query/query.h"
#include "stages/sort/sort_key.h"
#include "stages/sort/sort_values.h"

namespace sluice::stages {

/// The order that a search's `sort` asks for, of the documents of one index. Immutable; any number of threads.
class DocumentOrder {
 public:
  /// `sort` is raw JSON. The schema must outlive the order. Errors: those of read_sort() and Sorter::make(); scores,
  /// which nobody has here, by name.
  static Result<DocumentOrder> compile(std::string_view sort, const QueryContext& context);

  /// What the document is sorted by, as bytes: the one whose bytes are less comes first; the same bytes: as they were
  /// written. `document.source` is a JSON object with Buffer::kPadding readable bytes behind it. Errors: of scripts.
  [[nodiscard]] Result<std::string> key(QueryDocument document) const;

 private:
  std::vector<std::pair<SortKey, Sorter>> keys_;
};

}  // namespace sluice::stages
