#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/control/checkpoint.h"
#include "pipeline/control/failure_budget.h"
#include "pipeline/control/status.h"
#include "pipeline/model/page.h"
#include "reindex/request.h"

/// The front door of the library:
///
///     auto request = sluice::parse_request(R"({"source":{"index":"a"},"dest":{"index":"b"}})", {});
///     sluice::RunOptions options{.source = "http://old:9200", .dest = "http://new:9200"};
///     auto run = sluice::reindex(*request, options);
///     sluice::pipeline::RunStatus status = run->wait();
///
/// Everything here may be called from any thread. Signals are left to the program: a reader of the destination that has
/// gone is the run's error (EPIPE), whatever the program does with SIGPIPE.
namespace sluice {

namespace store {
struct Store;
}
namespace painless {
struct Script;
struct ScriptContext;
}  // namespace painless
namespace stages {
struct ScriptText;
}
namespace ingest {
class PipelineSet;
}
namespace io {
class EventLoop;
}

enum class Verification : std::uint8_t { kFull, kCertificate, kNone };

/// How to be let in at a cluster, beyond what its URL says.
struct Access {
  std::string user;
  std::string password;
  std::string api_key;
  std::string bearer;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string authority_file;  ///< PEM; empty: the system's
  std::string certificate_file;
  std::string key_file;
  std::string key_passphrase;
  Verification verification = Verification::kFull;
  Nanoseconds connect_timeout = std::chrono::seconds(30);
  /// Longest silence; nothing: a minute for pages, and five for bulks, which are answered when they are indexed.
  std::optional<Nanoseconds> socket_timeout;
};

/// Where a run that was interrupted can go on: what RunOptions::on_open and on_checkpoint said last.
struct ResumePoint {
  bool opened = false;  ///< on_open was called; else nothing has been read or written
  std::string plan;
  std::vector<pipeline::SliceCheckpoint> slices;
};

/// A project that is linked to the one of the store: another cluster, or another sluiced, that `source.index` is looked
/// up in too.
struct LinkedProject {
  std::string alias;    ///< letters, digits, `-` and `_`
  RemoteSource remote;  ///< where it is and how to be let in, beyond RunOptions::source_access
};

/// What a run needs besides the request.
struct RunOptions {
  /// Endpoints: `http(s)://[user:password@]host:port[/prefix]`, a path, `file:PATH`, `-`, `null:` (a destination),
  /// `store:DIR` (an embedded store, which the run opens for itself), `store:` (the one in `store`).
  /// An empty source means the request's `source.remote`.
  std::string source;
  std::string dest;
  /// An embedded store that the program has opened (io/store/store.h). It outlives the run.
  const store::Store* store = nullptr;
  Access source_access;
  Access dest_access;
  /// Linked projects, for a source that is a store: names mean what all of them have (reindex/project_names.h).
  std::vector<LinkedProject> projects;
  std::optional<pipeline::PageFormat> source_format;  ///< of a file; nothing: recognised by its first lines
  std::optional<pipeline::PageFormat> dest_format;    ///< of a file; nothing: hits
  /// The mapping of a source that is a file, for `source.query`: what GET _mapping shows, or the body that an index is
  /// made with. Empty: what dynamic mapping would make of its documents.
  std::string source_mapping;
  /// Ingest pipelines of the program's own, compiled (stages/ingest/ingest_stage.h): one that is named by
  /// `dest.pipeline` runs here and not at the destination. A destination that is a file has no other ones.
  std::shared_ptr<const ingest::PipelineSet> pipelines;
  std::size_t memory = std::size_t{256} << 20;        ///< bytes of documents in memory at a time
  std::size_t sort_memory = std::size_t{64} << 20;    ///< bytes for the order that `source.sort` asks of a store
  std::size_t max_document = std::size_t{100} << 20;  ///< bytes of a line of a file
  std::size_t bulk_bytes = std::size_t{10} << 20;     ///< a bulk is cut at so many bytes
  Nanoseconds retry_for = std::chrono::minutes(10);   ///< how long what an endpoint refuses for the moment is tried
  pipeline::FailureBudget max_failures;
  std::size_t kept_failures = 10'000;  ///< entries of RunStatus::failures
  /// Called for every failure, one at a time, on a worker; with the document's place and its bytes, which are there
  /// until it returns.
  std::function<void(const pipeline::Failure&)> on_failure;
  /// The source of a stored script; empty: there are none, and a request that names one is refused.
  std::function<Result<std::string>(const std::string& id)> stored_script;
  /// Compiles the request's script instead of the run itself: who keeps compiled scripts and limits how many there are.
  /// Empty: the run does.
  std::function<Result<std::shared_ptr<const painless::Script>>(const RequestScript& script)> compile_script;
  /// Likewise for the scripts of `source.query`.
  std::function<Result<std::shared_ptr<const painless::Script>>(const stages::ScriptText& script,
                                                                const painless::ScriptContext& inputs)>
      compile_query_script;
  std::size_t max_clauses = 4'096;  ///< indices.query.bool.max_clause_count, of queries on the store
  /// What is answered where an index of the store refuses `source.query`, or one of its shards fails on a document. Any
  /// worker; empty: the cause.
  std::function<Error(const std::string& index, std::optional<std::uint32_t> shard, Error cause)> query_refused;
  /// A loop (io/http/event_loop.h) that runs share; it outlives the run. Null: the run has one of its own.
  io::EventLoop* loop = nullptr;
  /// Called when the source has been opened, in so many slices; `plan` is how it was cut, where it can be cut in the
  /// same way again.
  std::function<void(std::uint32_t slices, const std::string& plan)> on_open;
  /// Called whenever a slice is complete further than before, on a worker; must be quick.
  std::function<void(std::uint32_t slice, const pipeline::SliceCheckpoint&)> on_checkpoint;
  /// Goes on from here. A source that can't be opened at a position is read from its beginning; documents that a store
  /// has already are left alone.
  std::optional<ResumePoint> resume;
  /// Called on the run's own thread when everything has ended and been closed; wait() no longer waits then. It must not
  /// destroy the run.
  std::function<void()> on_end;
  /// Called once for each slice that ends, on any thread; must not block.
  std::function<void(std::uint32_t slice)> on_slice_end;
  /// With a rate limit: wait after the last batch too, as Elasticsearch does.
  bool wait_at_end = false;
  bool smooth = false;  ///< small batches at a steady pace, instead of whole batches and long waits
  bool types = false;   ///< `_type` of old versions becomes the first field of `_source`
  int threads = 0;      ///< workers; 0: one a core
  /// Batches of a slice in flight. 0: one where both ends answer in place, four between clusters, else two.
  std::uint32_t tokens_per_slice = 0;
  Nanoseconds cancel_grace = std::chrono::seconds(5);  ///< how long a cancelled run waits for bulks on their way
};

/// One executing request. Movable; destroying it cancels the run and waits for its end.
class Run {
 public:
  Run(Run&&) noexcept;
  Run& operator=(Run&&) noexcept;
  ~Run();

  /// A consistent picture, at any time.
  [[nodiscard]] pipeline::RunStatus status() const;
  /// Requests per second of all slices together, above 0; pipeline::kUnlimited ends throttling. A faster rate acts at
  /// once, a slower one from the next batch on.
  void rethrottle(float requests_per_second);
  /// The same for one slice: the others keep their rates. False: it has ended, or there is none.
  bool rethrottle_slice(std::uint32_t slice, float requests_per_second);
  /// Ends the run soon, with a true status: `canceled` is the reason. Returns at once.
  void cancel(std::string reason = "by user request");
  /// Ends one slice; the others go on. False: it has ended, or there is none.
  bool cancel_slice(std::uint32_t slice, std::string reason = "by user request");
  /// Waits for the end. The error of a run that could not go on is in RunStatus::error.
  pipeline::RunStatus wait();
  /// Most bytes of documents that were in memory at a time.
  [[nodiscard]] std::size_t peak_memory() const;

 private:
  friend Result<Run> reindex(Request request, RunOptions options);
  class Impl;
  explicit Run(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Starts a run. Errors that show before anything is opened are returned: a request that is wrong or not supported yet,
/// an endpoint that is no endpoint, a file that can't be opened. What shows later is the status's.
Result<Run> reindex(Request request, RunOptions options);

}  // namespace sluice
