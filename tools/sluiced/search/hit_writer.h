#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/base/buffer.h"
#include "stages/source_filter/source_filter.h"
#include "tools/sluiced/search/targets.h"

namespace sluice::rest {

/// Writes the hits of one page, with commas between them. One thread.
class HitWriter {
 public:
  /// The request must outlive the writer.
  explicit HitWriter(const SearchRequest& request);

  struct Hit {
    const store::IndexMeta& index;
    const store::StoredDocument& document;
    const CompiledSearch& search;                  ///< of the index
    std::optional<float> score{};                  ///< nothing: hits have none
    const std::vector<SortValue>* sort = nullptr;  ///< null: sorted by places alone
    const std::vector<Sorter>* sorters = nullptr;
    std::int64_t place = 0;  ///< written `places` times behind the sort values
    std::size_t places = 0;
  };
  /// Errors: of the scripts of runtime fields.
  Status write(std::string& out, const Hit& hit);
  /// The hits behind the first so many were taken back.
  void take_back_to(std::int64_t hits) { any_ = hits > 0; }
  /// Whether it looks into `_source`, and needs Buffer::kPadding readable bytes behind it.
  [[nodiscard]] bool reads_source() const { return filter_ != nullptr || shows_fields() || request_.stored_fields_set; }

 private:
  void write_head(std::string& out, const Hit& hit);
  void write_ignored_fields(std::string& out, const Hit& hit);
  void write_source(std::string& out, const Hit& hit);
  void write_sort(std::string& out, const Hit& hit);
  static Status write_names(std::string& out, const Hit& hit);
  Status write_extracted(std::string& out, const Hit& hit);
  [[nodiscard]] bool shows_fields() const { return !request_.fields.empty() || !request_.docvalue_fields.empty(); }

  const SearchRequest& request_;
  std::unique_ptr<const stages::SourceFilter> filter_;
  Buffer padded_;
  bool with_source_ = true;
  bool with_id_ = true;
  bool any_ = false;
  const store::IndexMeta* index_ = nullptr;  ///< that `head_` is for
  std::string head_;                         ///< what its hits begin with
  bool keeps_source_ = false;                ///< its hits show `_source`
};

}  // namespace sluice::rest
