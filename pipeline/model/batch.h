#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "pipeline/base/arena.h"
#include "pipeline/base/buffer.h"
#include "pipeline/base/error.h"
#include "pipeline/base/timers.h"
#include "pipeline/model/document.h"
#include "pipeline/model/failure.h"
#include "pipeline/model/page.h"
#include "pipeline/model/structural_index.h"

namespace sluice::pipeline {

/// A write request while it is made, sent and answered. A batch is written as one bulk, or as several where the sink's
/// byte limit or a refusal says so. The sink owns the meaning of it.
struct Bulk {
  Buffer body;
  Buffer reply;
  int reply_status = 0;              ///< HTTP status; 0: no reply
  std::optional<Error> error;        ///< the transport failed: `reply` means nothing
  std::vector<std::uint32_t> items;  ///< indexes of the documents in `body`, in order
  std::size_t byte_limit = 0;        ///< halved when an endpoint finds a bulk too large; 0: the sink's own limit
  std::uint32_t attempts = 0;        ///< times these items were sent
  /// Documents that were refused for a moment lie before it, and are sent again without those behind it, which have a
  /// time of their own; 0: none.
  std::uint32_t refused_end = 0;
  TimePoint first_refused{};  ///< when those were refused first; the epoch: none
};

/// What a page said besides its documents.
struct PageFacts {
  std::optional<std::uint64_t> total;  ///< documents the whole search matches
  bool timed_out = false;
  bool end = false;    ///< there is no page behind this one
  Cursor next;         ///< where the next page starts
  std::string pit_id;  ///< the newest id of the point in time, if the page told one
};

/// What the document that is there has to have for a write to happen.
struct WriteCondition {
  std::uint32_t document = 0;  ///< in Batch::documents
  std::int64_t if_seq_no = 0;
  std::int64_t if_primary_term = 0;
};

/// Up to `size` documents of one slice, with the page they point into: what flows along the graph.
/// A batch is in one node at a time, so it needs no lock; nodes pass it on as a BatchPtr.
struct Batch {
  std::uint32_t slice = 0;
  std::uint64_t sequence = 0;  ///< 0, 1, 2, ... in its slice
  Page page;
  std::vector<Document> documents;
  std::vector<WriteCondition> conditions;  ///< of those that have one (Document::has_condition), in their order
  StructuralIndex structurals;
  Arena arena;
  PageFacts facts;
  std::vector<Failure> failures;
  /// Set: the batch failed as a whole. It skips the stages and the write, and still brings its token home.
  std::optional<Error> error;
  Bulk bulk;
  std::uint32_t max_documents = 1000;  ///< what parse may take out of the page
  bool sent = false;                   ///< a part of it was given to the sink: outcomes count, also if the batch fails
  std::uint32_t bulk_retries = 0;
  std::uint32_t search_retries = 0;
  std::uint64_t bytes_written = 0;
  std::size_t credit = 0;  ///< bytes held in the credit account
  TimePoint fetch_began{};
  TimePoint page_arrived{};
  TimePoint write_began{};

  /// Gives back the memory of each buffer that is larger than `bytes`.
  void trim(std::size_t bytes);
  /// Ready for another page; buffers keep their memory.
  void reset();
  /// The condition of a document; null: it has none.
  [[nodiscard]] const WriteCondition* condition_of(std::uint32_t document) const;
};

/// Bytes of its source that the batch has used up. What is left of a page of lines is read again by the next batch.
[[nodiscard]] std::uint64_t consumed_bytes(const Batch& batch);

using BatchPtr = std::shared_ptr<Batch>;

}  // namespace sluice::pipeline
