#include "io/cluster/cluster_sink.h"

#include <algorithm>
#include <utility>

#include "io/cluster/bulk_reply.h"
#include "io/cluster/server_error.h"
#include "pipeline/base/json_text.h"
#include "pipeline/model/document_failure.h"

namespace sluice::io {
namespace {

using pipeline::Batch;
using pipeline::Outcome;
using pipeline::Settlement;

constexpr std::size_t kLargestReply = std::size_t{256} << 20;
constexpr std::size_t kSmallBulk = std::size_t{1} << 20;
constexpr std::size_t kLongestPath = 3000;  // servers refuse request lines over 4096 bytes

Settlement rest_of(const Batch& batch) {
  const bool pending =
      std::ranges::any_of(batch.documents, [](const auto& d) { return d.outcome == Outcome::kPending; });
  return {pending ? Settlement::Next::kWrite : Settlement::Next::kDone, {}, false};
}

/// What was refused for a moment has been settled.
void forget_refusal(pipeline::Bulk& bulk) {
  bulk.attempts = 0;
  bulk.refused_end = 0;
  bulk.first_refused = {};
}

void halve(pipeline::Bulk& bulk) { bulk.byte_limit = std::max<std::size_t>(bulk.body.size() / 2, 1); }

}  // namespace

ClusterSink::ClusterSink(EventLoop& loop, ClusterSinkOptions options)
    : options_(std::move(options)),
      backoff_(options_.cluster.first_backoff),
      bulk_limit_(options_.bulk_bytes),
      client_(loop, options_.cluster) {}

ClusterSink::~ClusterSink() = default;

std::string ClusterSink::name() const { return client_.origin() + " [" + options_.index + "]"; }

void ClusterSink::open(pipeline::Done done) {
  if (Status status = check_headers(options_.cluster.http); !status)
    return done(std::unexpected(std::move(status.error())));
  client_.introduce([this, done = std::move(done)](Result<Dialect> dialect) mutable {
    if (!dialect) return done(std::unexpected(std::move(dialect.error())));
    dialect_ = std::move(*dialect);
    format_.index = options_.index;
    format_.create = options_.create;
    format_.version_type = options_.version_type;
    format_.byte_limit = options_.bulk_bytes;
    format_.default_type = dialect_.default_type();
    format_.conditions = dialect_.has(Feature::kWriteConditions);
    format_.underscore_type = dialect_.has(Feature::kUnderscoreType);
    format_.keep_types = dialect_.version < ServerVersion{6, 0, 0};  // 6 has one type an index
    target_ = bulk_target();
    done({});
  });
}

std::string ClusterSink::bulk_target() const {
  std::string target = (options_.index.empty() ? "" : "/" + percent_encoded(options_.index)) + "/_bulk";
  char separator = '?';
  const auto add = [&](std::string_view name, const std::string& value) {
    if (value.empty()) return;
    target += separator + std::string(name) + "=" + percent_encoded(value);
    separator = '&';
  };
  // A reply of 2000 items shrinks from 330 KB to 50; the server's time stays the same. `error` and `status` are those
  // of a bulk that is refused as a whole.
  if (dialect_.has(Feature::kFilterPath)) {
    target += "?filter_path=errors,error,status,items.*.status,items.*.error";
    separator = '&';
  }
  add("pipeline", options_.pipeline);
  add("require_alias", options_.require_alias ? "true" : "");
  add("timeout", options_.timeout);
  add("wait_for_active_shards", options_.wait_for_active_shards);
  return target;
}

Status ClusterSink::encode(Batch& batch) {
  std::size_t& limit = batch.bulk.byte_limit;
  const std::size_t learned = bulk_limit_.load(std::memory_order_relaxed);
  limit = limit == 0 ? learned : std::min(limit, learned);
  encode_bulk(batch, format_);
  return {};
}

void ClusterSink::learn_limit(std::size_t bytes) {
  std::size_t limit = bulk_limit_.load(std::memory_order_relaxed);
  while (bytes < limit && !bulk_limit_.compare_exchange_weak(limit, bytes, std::memory_order_relaxed)) {
  }
}

/// A bulk that nearly reached the limit was accepted: the next ones may be a little larger. Slowly: a refusal costs a
/// whole bulk, and limits seldom change.
void ClusterSink::raise_limit(std::size_t accepted) {
  std::size_t limit = bulk_limit_.load(std::memory_order_relaxed);
  if (limit >= options_.bulk_bytes || accepted < limit / 2) return;
  const std::size_t raised = std::min(limit + limit / 64 + 1, options_.bulk_bytes);
  bulk_limit_.compare_exchange_strong(limit, raised, std::memory_order_relaxed);
}

void ClusterSink::send(const pipeline::BatchPtr& batch, Task done) {
  pipeline::Bulk& bulk = batch->bulk;
  if (bulk.items.empty()) return done();
  if (aborted_) {
    bulk.error = cancelled();
    return done();
  }
  HttpRequest request;
  request.method = "POST";
  request.target = target_;
  request.content_type = "application/x-ndjson";
  request.body = bulk.body.view();
  request.keep = batch;
  request.max_response_bytes = kLargestReply;
  request.response = std::move(bulk.reply);
  ++bulk.attempts;
  const HttpClient::Id id =
      client_.http().start(std::move(request), [batch, done = std::move(done)](Result<HttpResponse> result) mutable {
        if (result) {
          batch->bulk.reply_status = result->status;
          batch->bulk.reply = std::move(result->body);
          if (result->status >= 300 && result->status < 400) batch->bulk.error = server_error(*result, "the bulk");
        } else {
          batch->bulk.error = std::move(result.error());
        }
        done();
      });
  if (aborted_) client_.http().abort(id);  // abort() may have come between the look at it and the start
}

Result<Settlement> ClusterSink::settle(Batch& batch) {
  pipeline::Bulk& bulk = batch.bulk;
  if (bulk.items.empty()) return rest_of(batch);
  if (bulk.error) return settle_broken(batch);
  HttpResponse response;
  response.status = bulk.reply_status;
  const bool success = bulk.reply_status >= 200 && bulk.reply_status < 300;
  if (success && looks_like_json(bulk.reply.view())) return settle_items(batch);
  response.body = std::move(bulk.reply);
  const std::string request = "POST " + client_.origin() + target_;
  Error error = success ? not_json_error(response, request) : server_error(response, request);
  bulk.reply = std::move(response.body);
  if (bulk.reply_status == 413 || has_cause(error, "content_too_long_exception")) return settle_too_large(batch, error);
  if (!success && error_kind(bulk.reply_status) == ErrorKind::kThrottled) return settle_refusal(batch, error);
  return std::unexpected(std::move(error));
}

Result<Settlement> ClusterSink::settle_items(Batch& batch) {
  const bool last = last_try(batch);
  Result<BulkReplyFacts> facts = read_bulk_reply(batch, options_.index, last);
  if (!facts) return std::unexpected(std::move(facts.error()));
  batch.bytes_written += batch.bulk.body.size();
  remember_indices(batch);
  if (facts->breaker) halve(batch.bulk);
  if (facts->refused != 0) return wait_and_retry(batch);
  backoff_.accepted();
  raise_limit(batch.bulk.body.size());
  forget_refusal(batch.bulk);
  return rest_of(batch);
}

/// A whole bulk that was refused for a moment.
Result<Settlement> ClusterSink::settle_refusal(Batch& batch, const Error& error) {
  if (has_cause(error, "circuit_breaking_exception") && batch.bulk.items.size() > 1) halve(batch.bulk);
  if (!last_try(batch)) return wait_and_retry(batch);
  fail_items(batch, error);
  forget_refusal(batch.bulk);
  return rest_of(batch);
}

Result<Settlement> ClusterSink::settle_too_large(Batch& batch, const Error& error) {
  if (batch.bulk.items.size() > 1) {
    halve(batch.bulk);
    learn_limit(batch.bulk.byte_limit);
    return Settlement{Settlement::Next::kWrite, {}, false};
  }
  const std::string size = std::to_string(batch.bulk.body.size());
  fail_items(batch, Error(ErrorKind::kTooLarge, 413, "content_too_long_exception",
                          "the document is too large for " + name() + ": its bulk of " + size +
                              " bytes was refused though it is alone in it; raise http.max_content_length there")
                        .wrapping(error));
  return rest_of(batch);
}

/// The transport failed: no reply. Source of the policy: the class comment.
Result<Settlement> ClusterSink::settle_broken(Batch& batch) {
  const Error& error = *batch.bulk.error;
  if (error.kind != ErrorKind::kNetwork && error.kind != ErrorKind::kTimeout) return std::unexpected(error);
  const bool sent = !never_sent(error);
  const bool without_id =
      std::ranges::any_of(batch.bulk.items, [&](std::uint32_t i) { return batch.documents[i].id.empty(); });
  if (sent && without_id) {
    return std::unexpected(Error(error.kind, error.status, error.type,
                                 "a bulk to " + name() +
                                     " may have been written, but its reply was lost; it has documents "
                                     "without an _id, which would be there twice if they were sent again")
                               .wrapping(error));
  }
  if (last_try(batch)) return std::unexpected(error);
  // A server or a proxy may cut the connection because of the size alone, or be too slow for so much at once.
  if (sent && batch.bulk.items.size() > 1 && batch.bulk.body.size() > kSmallBulk) halve(batch.bulk);
  return wait_and_retry(batch);
}

Result<Settlement> ClusterSink::wait_and_retry(Batch& batch) {
  const TimePoint now = client_.loop().now();
  pipeline::Bulk& bulk = batch.bulk;
  bulk.refused_end = bulk.items.back() + 1;
  if (bulk.first_refused == TimePoint{}) bulk.first_refused = now;
  // The last try comes when the time is over, not after it.
  const Nanoseconds left = std::max(bulk.first_refused + options_.cluster.retry_for - now, Nanoseconds{});
  return Settlement{Settlement::Next::kWrite, std::min(backoff_.refused(now), left), true};
}

bool ClusterSink::last_try(Batch& batch) const {
  if (options_.cluster.retry_for <= Nanoseconds::zero()) return true;
  const TimePoint first = batch.bulk.first_refused;
  return first != TimePoint{} && client_.loop().now() - first >= options_.cluster.retry_for;
}

void ClusterSink::fail_items(Batch& batch, const Error& error) {
  for (const std::uint32_t i : batch.bulk.items) {
    batch.documents[i].outcome = Outcome::kFailed;
    batch.failures.push_back(pipeline::document_failure(batch, i, error, options_.index));
  }
}

void ClusterSink::remember_indices(const Batch& batch) {
  if (!options_.refresh) return;
  const std::lock_guard lock(mutex_);
  std::string_view last;
  for (const std::uint32_t i : batch.bulk.items) {
    const std::string_view token = batch.documents[i].index;
    if (!last.empty() && token == last) continue;
    last = token;
    if (!written_.contains(token)) written_.emplace(token);
  }
}

void ClusterSink::abort() {
  aborted_ = true;
  client_.http().abort_all();
  client_.abort();
}

void ClusterSink::close(bool complete, pipeline::Done done) {
  if (!complete || !options_.refresh) return done({});
  std::vector<std::string> paths;
  for (const std::string& token : written_) {
    const std::string index = percent_encoded(token.empty() ? options_.index : json_unquoted(token));
    if (paths.empty() || paths.back().size() + index.size() > kLongestPath) {
      paths.push_back("/" + index);
    } else {
      paths.back() += "," + index;
    }
  }
  refresh(std::move(paths), std::move(done));
}

/// One request after the other: a refresh is work, and one of a few thousand indices is much of it.
void ClusterSink::refresh(std::vector<std::string> paths, pipeline::Done done) {
  if (paths.empty()) return done({});
  ClusterCall call;
  call.method = "POST";
  call.target = paths.back() + "/_refresh";
  call.retry_for = options_.cluster.retry_for;
  paths.pop_back();
  client_.call(std::move(call),
               [this, paths = std::move(paths), done = std::move(done)](Result<ClusterReply> reply) mutable {
                 if (!reply) return done(std::unexpected(std::move(reply.error())));
                 refresh(std::move(paths), std::move(done));
               });
}

}  // namespace sluice::io
