#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "io/cluster/backoff.h"
#include "io/cluster/bulk_encoder.h"
#include "io/cluster/cluster_client.h"
#include "io/cluster/dialect.h"
#include "pipeline/ports.h"

namespace sluice::io {

/// How documents are written. Texts that become URL parameters are sent as they are, percent-encoded.
struct ClusterSinkOptions {
  ClusterOptions cluster{};
  std::string index{};  ///< `dest.index`: where documents without an index of their own go; part of the bulk's path
  bool create = false;  ///< `dest.op_type: create`
  VersionType version_type = VersionType::kInternal;
  std::string pipeline{};
  bool require_alias = false;
  std::string timeout{};                 ///< empty: the server's
  std::string wait_for_active_shards{};  ///< empty: the server's
  bool refresh = false;                  ///< refresh what was written once the run has ended by itself
  std::size_t bulk_bytes = std::size_t{10} << 20;
};

/// Writes batches to a cluster as `_bulk` requests.
///
/// What is refused for a moment is sent again, alone, with a back-off that all slices share, until `retry_for` has
/// passed since it was refused first: items with 429 or 503, whole bulks with 429, 502, 503 or 504, and bulks whose
/// connection could not be made or broke. A bulk that is too large (413, a circuit breaker) is cut in half; what a 413
/// has taught holds for later bulks too, which grow again slowly. One document that is too large alone fails alone.
/// 400, 401, 403, 404 and redirects of a whole bulk end the run.
///
/// A bulk whose connection broke may have been applied. Sending it again changes nothing for documents with an id, but
/// with op_type create or external versions those that were applied come back as version conflicts, and are counted so.
/// Documents without an id would be there twice: such a bulk is not sent again, the run ends and says so.
///
/// Thread-safe for different batches. The loop must outlive it.
class ClusterSink final : public pipeline::Sink {
 public:
  ClusterSink(EventLoop& loop, ClusterSinkOptions options);
  ~ClusterSink() override;

  [[nodiscard]] std::string name() const override;
  void open(pipeline::Done done) override;
  Status encode(pipeline::Batch& batch) override;
  void send(const pipeline::BatchPtr& batch, Task done) override;
  Result<pipeline::Settlement> settle(pipeline::Batch& batch) override;
  void abort() override;
  void close(bool complete, pipeline::Done done) override;

  /// What the server said it is. Valid once open() has succeeded.
  [[nodiscard]] const Dialect& dialect() const { return dialect_; }

 private:
  using Settled = Result<pipeline::Settlement>;
  Settled settle_items(pipeline::Batch& batch);
  Settled settle_refusal(pipeline::Batch& batch, const Error& error);
  Settled settle_too_large(pipeline::Batch& batch, const Error& error);
  Settled settle_broken(pipeline::Batch& batch);
  Settled wait_and_retry(pipeline::Batch& batch);
  [[nodiscard]] bool last_try(pipeline::Batch& batch) const;
  void fail_items(pipeline::Batch& batch, const Error& error);
  void remember_indices(const pipeline::Batch& batch);
  void refresh(std::vector<std::string> paths, pipeline::Done done);
  [[nodiscard]] std::string bulk_target() const;
  void learn_limit(std::size_t bytes);
  void raise_limit(std::size_t accepted);

  ClusterSinkOptions options_;
  Dialect dialect_;
  BulkFormat format_;
  std::string target_;
  SharedBackoff backoff_;
  std::atomic<std::size_t> bulk_limit_;  ///< bytes of a bulk: the option, or what 413s have left of it
  std::mutex mutex_;
  std::set<std::string, std::less<>> written_;  ///< index tokens, for the refresh
  std::atomic<bool> aborted_ = false;
  ClusterClient client_;  ///< last: its destructor waits for callbacks, which use the rest
};

}  // namespace sluice::io
