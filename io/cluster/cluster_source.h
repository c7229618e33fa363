#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "io/cluster/cluster_client.h"
#include "io/cluster/dialect.h"
#include "io/cluster/search_request.h"
#include "pipeline/ports.h"

namespace sluice::io {

struct ClusterSourceOptions {
  ClusterOptions cluster{};
  SearchQuery search{};
  std::uint32_t slices = 1;
  /// One slice a shard, of the source index with the fewest shards, 20 at most; `slices` is ignored then.
  bool auto_slices = false;
};

/// Reads a cluster's indices: over a point in time with search_after where the server has `_shard_doc`, else with
/// scrolls, sliced or not. Pages are handed on as they came, as PageFormat::kSearchResponse; parse finds their end.
///
/// A page that was refused for a moment is asked for again within `retry_for`; Page::retries counts. A page over
/// max_bytes is asked for again with a quarter of the size, down to one document; a scroll can't step back and fails.
/// A point in time that was lost is opened anew where the search's order is total whatever the view (total_order()) and
/// there is one slice; documents written since the start may then be among those that follow. Else the run fails.
///
/// Thread-safe for different slices. The loop must outlive it.
class ClusterSource final : public pipeline::Source {
 public:
  ClusterSource(EventLoop& loop, ClusterSourceOptions options);
  ~ClusterSource() override;

  [[nodiscard]] std::string name() const override;
  void open(pipeline::Callback<pipeline::SourceFacts> done) override;
  [[nodiscard]] std::size_t page_estimate(std::uint32_t slice, std::uint32_t max_documents) const override;
  /// A scroll keeps the size it was opened with.
  [[nodiscard]] bool fixed_pages() const override { return !uses_point_in_time(); }
  void fetch(pipeline::PageRequest request, pipeline::Page recycled, pipeline::Callback<pipeline::Page> done) override;
  void parsed(pipeline::Batch& batch) override;
  void abort() override;
  void close(pipeline::Done done) override;

  /// What the server said it is. Valid once open() has succeeded.
  [[nodiscard]] const Dialect& dialect() const { return dialect_; }
  /// Whether pages come from a point in time, not from scrolls. Valid once open() has succeeded.
  [[nodiscard]] bool uses_point_in_time() const;

 private:
  using Opened = pipeline::Callback<pipeline::SourceFacts>;
  struct SliceState {
    std::string scroll_id;
    std::uint32_t size_limit = UINT32_MAX;  ///< documents a page, where larger pages were too large
    double bytes_per_document = 0;          ///< mean of the last pages; 0: not known yet
    std::size_t max_bytes = 0;              ///< of a page, as it was last asked for; 0: no limit
    bool started = false;
  };
  struct Fetch;
  using FetchPtr = std::shared_ptr<Fetch>;

  // opening: cluster_source_open.cpp
  void count_shards(Opened done);
  void decide_slices(const std::string& shards_json, Opened done);
  void open_context(Opened done);
  void open_pit(std::move_only_function<void(Status)> done);
  void opened(Opened done);

  // pages: cluster_source.cpp
  void fetch_pit_page(const FetchPtr& fetch);
  void fetch_scroll_page(const FetchPtr& fetch);
  void send(const FetchPtr& fetch, ClusterCall call);
  void answered(const FetchPtr& fetch, Result<ClusterReply> reply);
  bool ask_for_less(const FetchPtr& fetch, const Error& error);
  bool reopen(const FetchPtr& fetch, const Error& error);
  void succeed(const FetchPtr& fetch, ClusterReply reply);
  [[nodiscard]] Error explained(const FetchPtr& fetch, Error error) const;
  [[nodiscard]] double bytes_per_document(const SliceState& state) const;
  [[nodiscard]] std::uint32_t page_size(const SliceState& state, std::uint32_t max_documents) const;
  [[nodiscard]] bool can_reopen() const;
  [[nodiscard]] std::optional<ManualSlice> slice_of(std::uint32_t slice) const;

  ClusterSourceOptions options_;
  Dialect dialect_;
  mutable std::mutex mutex_;  ///< pit_id_, slices_
  std::string pit_id_;        ///< the newest; empty: scrolls
  std::vector<SliceState> slices_;
  ClusterClient client_;  ///< last: its destructor waits for callbacks, which use the rest
};

}  // namespace sluice::io
