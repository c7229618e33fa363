#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "io/store/documents/shard_choice.h"
#include "io/store/reindexing/slice_parts.h"
#include "io/store/reindexing/worker_pool.h"
#include "io/store/store.h"
#include "pipeline/ports.h"

namespace sluice::store {

/// Whether a document is one of those that are read. Called by several threads at once. None: all are.
using DocumentTest = std::function<Result<bool>(const StoredDocument&)>;
/// What documents are sorted by, as bytes: less comes first; what is the same, in the order of writing. Called by
/// several threads at once.
using DocumentOrder = std::function<Result<std::string>(const StoredDocument&)>;
/// What is asked of an index.
struct IndexTest {
  DocumentTest test;
  std::optional<pipeline::LookupPlan> plan;  ///< which documents can pass the test; nothing: that can't be told
  DocumentOrder order;                       ///< none: that of writing; of all indices of a source, or of none
  /// How often all documents of the shards that are read have to be shown with `look`, before the test is asked: joins
  /// find there what belongs together. By one thread.
  std::size_t passes = 0;
  std::function<Status(std::size_t pass, const StoredDocument&)> look;
};
/// Makes the test of one index: the request's query, and the filters of the aliases by which the index was found (raw
/// JSON; a document has to match one of them; empty: all documents). The fields of a query mean something else in every
/// index. Any thread.
using MakeTest = std::function<Result<IndexTest>(const IndexPtr& index, const std::vector<std::string>& alias_filters)>;

struct StoreSourceOptions {
  std::string name;                  ///< for messages: `store:DIR [index]`
  std::vector<std::string> indices;  ///< names, aliases, patterns, data streams
  IndexOptions expansion;            ///< what patterns stand for, and what may be missing
  ShardChoice shards;                ///< that are read
  MakeTest make_test;
  /// Parts that are read at the same time; 0: as many as the index with the fewest shards has, 20 at most.
  std::uint32_t slices = 1;
  std::optional<SlicePart> part;                    ///< one part only, of so many
  std::string plan;                                 ///< SourceFacts::plan of an earlier run: cut in the same way
  std::size_t sort_memory = std::size_t{64} << 20;  ///< bytes for the order of documents, in all slices
  /// Documents that a slice reads of one shard at most: those that come first in the order of writing, whatever they
  /// are sorted by. Source: Elasticsearch's `terminate_after`.
  std::uint64_t most_of_part = std::numeric_limits<std::uint64_t>::max();
  bool names_only = false;  ///< nobody wants the documents themselves, which an index may not have kept
  bool bounded = false;     ///< a resumed run leaves out what was written since it began: by itself, that is
};

/// Reads indices of the store as a search would see them at open(): what was written since their last refresh is not
/// there, and what is written afterwards neither. Pages are PageFormat::kStored.
///
/// Without a test a page takes less time than handing it to another thread, so fetch() answers in place. With one, or
/// with a part of a shard that is cut by ids, many documents may have to be looked at for a page: that is done on
/// threads of the source's own, and pages are as full as without a test, as those of a search are. How many documents
/// match is known at the end only.
///
/// With an order each slice is read in that order: it keeps the places of the next documents, as many as sort_memory
/// takes, and passes over the slice again for those behind them.
///
/// Thread-safe for different slices. The store must outlive it.
class StoreSource final : public pipeline::Source {
 public:
  StoreSource(const Store& store, StoreSourceOptions options);
  ~StoreSource() override;

  [[nodiscard]] std::string name() const override { return options_.name; }
  /// Errors: those of resolve_indices(), of the tests, and of the store.
  void open(pipeline::Callback<pipeline::SourceFacts> done) override;
  [[nodiscard]] std::size_t page_estimate(std::uint32_t slice, std::uint32_t max_documents) const override;
  void fetch(pipeline::PageRequest request, pipeline::Page recycled, pipeline::Callback<pipeline::Page> done) override;
  void parsed(pipeline::Batch& batch) override;
  void abort() override { aborted_ = true; }
  void close(pipeline::Done done) override;

 private:
  struct Slice;
  Result<pipeline::SourceFacts> open_indices();
  Status add_index(const ResolvedIndex& found);
  /// Makes one of the passes of a test.
  Status pass_over(const ReadIndex& read, const IndexTest& test, std::size_t pass) const;
  Result<pipeline::SourceFacts> cut();
  Result<std::vector<std::vector<ShardPart>>> parts();
  Result<pipeline::SourceFacts> facts();
  Result<std::uint64_t> count(const std::vector<ShardPart>& parts) const;
  Status read_page(const pipeline::PageRequest& request, pipeline::Page& page);
  /// Where the slice begins: at the cursor.
  Status begin(Slice& slice, const pipeline::Cursor& cursor);
  /// Moves `ahead` to the next document that is to be read; null at the end of the slice.
  Status advance(Slice& slice);
  /// The same in the order of writing.
  Status advance_unsorted(Slice& slice);
  Result<const StoredDocument*> next_of_part(Slice& slice, const ReadIndex& read) const;
  /// Appends the document ahead.
  Status append(Slice& slice, Buffer& page);

  const Store store_;
  const StoreSourceOptions options_;
  std::vector<ReadIndex> indices_;
  std::vector<std::unique_ptr<Slice>> slices_;
  bool in_place_ = true;
  bool sorted_ = false;
  std::size_t document_bytes_ = 0;  ///< on average
  std::atomic<bool> aborted_ = false;
  std::string plan_;
  std::unique_ptr<WorkerPool> own_workers_;  ///< last: its threads use the rest
  WorkerPool* workers_ = nullptr;
};

}  // namespace sluice::store
