#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "stages/source_filter/source_filter.h"
#include "tools/sluiced/search/targets.h"

namespace sluice::rest {

/// Writes the hits of one page as a JSON array. One thread.
class HitWriter {
 public:
  explicit HitWriter(const SearchRequest& request);

  struct Hit {
    const store::IndexMeta& index;
    const store::StoredDocument& document;
    const std::vector<SortValue>& sort;
    const std::vector<Sorter>& sorters;
    bool scored = false;
    std::optional<std::int64_t> shard_doc;  ///< behind the sort values
  };
  void write(const Hit& hit);
  void finish() { out_.end_array(); }
  [[nodiscard]] std::size_t size() const { return out_.text().size(); }
  [[nodiscard]] std::string take() { return out_.take(); }

 private:
  void write_source(const Hit& hit);
  void write_fields(const Hit& hit);

  const SearchRequest& request_;
  std::unique_ptr<const stages::SourceFilter> filter_;
  bool with_source_ = true;
  JsonWriter out_;
};

}  // namespace sluice::rest
