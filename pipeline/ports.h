#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "pipeline/base/error.h"
#include "pipeline/base/timers.h"
#include "pipeline/base/units.h"
#include "pipeline/model/batch.h"

/// The contracts between the graph and what lies outside. Everything asynchronous has one callback, which is called
/// exactly once, on any thread, possibly before the call returns, and also after abort(). Callbacks don't block.
namespace sluice::pipeline {

template <typename T>
using Callback = std::move_only_function<void(Result<T>)>;
using Done = std::move_only_function<void(Status)>;

struct SourceFacts {
  std::uint32_t slices = 1;                ///< how many slices it will be read in
  std::optional<std::uint64_t> documents;  ///< in all slices, where known before reading
  std::optional<std::uint64_t> bytes;      ///< in all slices, where known; of a packed file as it is, packed
  bool in_place = false;                   ///< fetch() answers before it returns: reading ahead would gain nothing
  /// How it has been cut into slices, for a source that can be opened again in the same way: then cursors mean the
  /// same.
  std::string plan;
  bool resumed = false;  ///< it was opened by such a plan: cursors of earlier runs count
};

struct PageRequest {
  std::uint32_t slice = 0;
  std::uint32_t max_documents = 1000;  ///< the batch size; a page may hold more (files): parse takes this many
  Cursor cursor;                       ///< PageFacts::next of the batch before; default at the start of a slice
  std::size_t max_bytes = 0;           ///< largest page to accept; a larger one is kTooLarge or asked for in parts
  Nanoseconds extra_keep_alive{};      ///< a throttle's wait that the search context has to survive
};

/// The reading side of an endpoint. Thread-safe for different slices; calls for one slice never overlap.
class Source {
 public:
  virtual ~Source() = default;
  /// For messages: `http://host:9200 [index]`, `file.ndjson`.
  [[nodiscard]] virtual std::string name() const = 0;
  /// Connects, finds the version, opens points in time, decides the slices. Called once, before anything else.
  virtual void open(Callback<SourceFacts> done) = 0;
  /// Bytes the next page of the slice will probably have: what the credit account is asked for. Before the slice's
  /// first page, what its other slices have shown.
  [[nodiscard]] virtual std::size_t page_estimate(std::uint32_t slice, std::uint32_t max_documents) const = 0;
  /// Whether a slice's pages are all as large as the first was asked to be: what a shorter request leaves of such a
  /// page is lost. Valid once open() has succeeded.
  [[nodiscard]] virtual bool fixed_pages() const { return false; }
  /// Reads one page. `recycled` is an earlier page whose memory may be used again.
  /// A source that blocks or waits does so on a thread of its own or on the loop, never in this call.
  virtual void fetch(PageRequest request, Page recycled, Callback<Page> done) = 0;
  /// Tells the source what parse found, before the next fetch of that slice: estimates, newest context ids. It may
  /// correct PageFacts: its own part of `next`, a total that it knows better, whether another page follows.
  virtual void parsed(Batch& batch) { static_cast<void>(batch); }
  /// The number of the line that starts at or before `offset` of the slice's stream, from 1; 0: unknown. May read.
  virtual std::uint64_t line_at(std::uint64_t offset) { return static_cast<void>(offset), 0; }
  /// How many lines lie before the slice's stream, in which Page::line counts; nothing: unknown. May read.
  virtual std::optional<std::uint64_t> lines_before(std::uint32_t slice) { return static_cast<void>(slice), 0; }
  /// How many of SourceFacts::bytes have been read, where these are not bytes of documents: a packed file. Any thread,
  /// once open() has succeeded.
  [[nodiscard]] virtual std::optional<std::uint64_t> packed_bytes() const { return std::nullopt; }
  /// Ends transfers and waits: their callbacks come soon, with kCancelled. Idempotent.
  virtual void abort() = 0;
  /// Gives back scrolls and points in time, also after failure and abort. An error is for the log only.
  virtual void close(Done done) = 0;
};

/// What settle() found.
struct Settlement {
  enum class Next : std::uint8_t {
    kDone,   ///< every document of the batch has an outcome
    kWrite,  ///< encode and send again: the rest of the batch, or what was refused for a moment
  };
  Next next = Next::kDone;
  Nanoseconds wait{};  ///< before the next encode
  bool retry = false;  ///< counts as a round of `retries.bulk`
};

/// The writing side of an endpoint. The writer drives one batch as
///   do { encode(batch); send(batch); settlement = settle(batch); wait(settlement.wait); } while (kWrite)
/// Thread-safe for different batches.
class Sink {
 public:
  virtual ~Sink() = default;
  [[nodiscard]] virtual std::string name() const = 0;
  virtual void open(Done done) = 0;
  /// Whether send() has answered when it returns, so that a second batch in flight would only crowd the caches.
  [[nodiscard]] virtual bool in_place() const { return false; }
  /// Batches may be written in any order, and many of them together. How many documents should be on their way for
  /// that; 0: each batch is written by itself all the same. Called once at most, behind open().
  virtual std::uint32_t write_together() { return 0; }
  /// Worker thread. Makes `batch.bulk` out of pending documents, up to the byte limit. An empty body is allowed and
  /// means that nothing has to be sent: send() is called all the same, so that ordered sinks see every batch.
  virtual Status encode(Batch& batch) = 0;
  /// Starts the write of `batch.bulk`. The outcome of the transport is in `batch.bulk` when `done` is called.
  virtual void send(const BatchPtr& batch, Task done) = 0;
  /// Worker thread. Reads the reply: sets outcomes, adds failures. An error ends the run.
  virtual Result<Settlement> settle(Batch& batch) = 0;
  /// Ends transfers and waits, as Source::abort.
  virtual void abort() = 0;
  /// Flushes; refreshes where the request asks for it and `complete` says that the run ended by itself.
  virtual void close(bool complete, Done done) = 0;
};

}  // namespace sluice::pipeline
