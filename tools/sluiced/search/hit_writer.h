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
    const IndexTarget* target = nullptr;           ///< what it was found in; null: it has no `inner_hits`
    std::optional<float> score{};                  ///< nothing: hits have none
    const std::vector<SortValue>* sort = nullptr;  ///< null: sorted by places alone
    const std::vector<Sorter>* sorters = nullptr;
    std::int64_t place = 0;  ///< written `places` times behind the sort values
    std::size_t places = 0;
  };
  /// Errors: of the scripts of runtime fields.
  Status write(std::string& out, const Hit& hit);
  /// Whether hits show their `_source`, where their index keeps it.
  [[nodiscard]] bool shows_source() const { return with_source_; }
  /// What they show of it. Buffer::kPadding readable bytes behind it.
  [[nodiscard]] std::string filtered(std::string_view source) const {
    return filter_ == nullptr ? std::string(source) : std::string(filter_->filtered(source));
  }
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
  [[nodiscard]] bool shows_fields() const {
    return !request_.fields.empty() || !request_.docvalue_fields.empty() || !request_.script_fields.empty();
  }

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
