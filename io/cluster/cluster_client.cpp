#include "io/cluster/cluster_client.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <random>
#include <unordered_set>
#include <utility>
#include <vector>

#include "io/cluster/backoff.h"
#include "io/cluster/server_error.h"

namespace sluice::io {
namespace {

/// A call that may take several exchanges. Loop thread only.
struct PendingCall {
  ClusterCall call;
  ClusterClient::Callback done;
  TimePoint give_up{};
  std::uint32_t retries = 0;
  std::optional<HttpClient::Id> transfer;
  std::optional<Timers::Id> wait;
};

using PendingPtr = std::shared_ptr<PendingCall>;

bool worth_another_try(const Error& error, Retry retry) {
  if (error.status == 429 || error.type == "connect_exception") return true;
  if (error.kind == ErrorKind::kThrottled) return retry != Retry::kRefused;
  return error.type == "connection_closed_exception" && retry == Retry::kIdempotent;
}

}  // namespace

class ClusterClient::Core : public std::enable_shared_from_this<Core> {
 public:
  Core(EventLoop& loop, ClusterOptions options)
      : loop_(loop), options_(std::move(options)), http_(loop, options_.endpoint, options_.http) {}

  /// A call is pending from here on, so that nobody waits past one that is still to be posted.
  void announce() {
    const std::lock_guard lock(mutex_);
    ++unanswered_;
  }
  void begin(const PendingPtr& call);
  /// `all`: also the calls that give resources back.
  void abort(bool all);
  void wait_until_idle() {
    std::unique_lock lock(mutex_);
    idle_.wait(lock, [this] { return unanswered_ == 0; });
  }

  EventLoop& loop() const { return loop_; }
  const ClusterOptions& options() const { return options_; }
  HttpClient& http() { return http_; }

 private:
  void send(const PendingPtr& call);
  void answered(const PendingPtr& call, Result<HttpResponse> result);
  void finish(const PendingPtr& call, Result<ClusterReply> result);
  bool ask_again(const PendingPtr& call, const Error& error);
  [[nodiscard]] std::string described(const ClusterCall& call) const {
    return call.method + " " + options_.endpoint.origin() + call.target;
  }

  EventLoop& loop_;
  const ClusterOptions options_;
  std::unordered_set<PendingPtr> pending_;
  bool aborted_ = false;
  std::mutex mutex_;
  std::condition_variable idle_;
  std::size_t unanswered_ = 0;
  std::minstd_rand random_{std::random_device{}()};
  HttpClient http_;  // last: its destructor waits for callbacks, which use the rest
};

void ClusterClient::Core::begin(const PendingPtr& call) {
  pending_.insert(call);
  if (aborted_ && !call->call.even_after_abort) return finish(call, std::unexpected(cancelled()));
  call->give_up = loop_.now() + call->call.retry_for;
  send(call);
}

void ClusterClient::Core::send(const PendingPtr& call) {
  HttpRequest request;
  request.method = call->call.method;
  request.target = call->call.target;
  request.content_type = call->call.content_type;
  request.body = call->call.body;
  request.keep = call;
  request.max_response_bytes = call->call.max_response_bytes;
  request.response = std::move(call->call.response);
  call->transfer = http_.start(std::move(request), [self = shared_from_this(), call](Result<HttpResponse> result) {
    call->transfer.reset();
    self->answered(call, std::move(result));
  });
}

void ClusterClient::Core::answered(const PendingPtr& call, Result<HttpResponse> result) {
  if (!result) {
    if (aborted_ && !call->call.even_after_abort) return finish(call, std::unexpected(cancelled()));
    if (ask_again(call, result.error())) return;
    return finish(call, std::unexpected(std::move(result.error())));
  }
  const bool success = result->status >= 200 && result->status < 300;
  // A refusal that came while the abort was on its way: it would have been asked again.
  if (!success && aborted_ && !call->call.even_after_abort) return finish(call, std::unexpected(cancelled()));
  if (success && looks_like_json(result->body.view())) {
    return finish(call, ClusterReply{std::move(*result), call->retries});
  }
  Error error = success ? not_json_error(*result, described(call->call)) : server_error(*result, described(call->call));
  call->call.response = std::move(result->body);
  if (!success && ask_again(call, error)) return;
  finish(call, std::unexpected(std::move(error)));
}

/// True: the call waits for its next try.
bool ClusterClient::Core::ask_again(const PendingPtr& call, const Error& error) {
  const bool aborted = aborted_ && !call->call.even_after_abort;
  if (aborted || !worth_another_try(error, call->call.retry)) return false;
  const Nanoseconds wait = backoff_delay(options_.first_backoff, call->retries, static_cast<std::uint32_t>(random_()));
  const TimePoint next = loop_.now() + wait;
  if (next > call->give_up) return false;
  ++call->retries;
  call->wait = loop_.at(next, [self = shared_from_this(), call] {
    call->wait.reset();
    self->send(call);
  });
  return true;
}

void ClusterClient::Core::finish(const PendingPtr& call, Result<ClusterReply> result) {
  pending_.erase(call);
  Callback done = std::move(call->done);
  done(std::move(result));
  done = nullptr;
  const std::lock_guard lock(mutex_);
  if (--unanswered_ == 0) idle_.notify_all();
}

void ClusterClient::Core::abort(bool all) {
  aborted_ = true;
  const std::vector<PendingPtr> calls(pending_.begin(), pending_.end());
  for (const PendingPtr& call : calls) {
    if (call->call.even_after_abort && !all) continue;
    if (call->transfer) http_.abort(*call->transfer);
    if (!call->wait || !loop_.cancel(*call->wait)) continue;
    call->wait.reset();
    finish(call, std::unexpected(cancelled()));
  }
}

ClusterClient::ClusterClient(EventLoop& loop, ClusterOptions options)
    : core_(std::make_shared<Core>(loop, std::move(options))) {}

ClusterClient::~ClusterClient() {
  EventLoop& loop = core_->loop();
  loop.run_and_wait([core = core_] { core->abort(true); });
  if (!loop.on_loop()) core_->wait_until_idle();
}

void ClusterClient::call(ClusterCall call, Callback done) {
  auto pending = std::make_shared<PendingCall>();
  pending->call = std::move(call);
  pending->done = std::move(done);
  core_->announce();
  core_->loop().post([core = core_, pending = std::move(pending)] { core->begin(pending); });
}

void ClusterClient::introduce(std::move_only_function<void(Result<Dialect>)> done) {
  call({}, [done = std::move(done), origin = origin()](Result<ClusterReply> reply) mutable {
    if (!reply) return done(std::unexpected(std::move(reply.error())));
    done(read_dialect(reply->response.body.view(), origin));
  });
}

void ClusterClient::abort() {
  core_->loop().post([core = core_] { core->abort(false); });
}

std::string ClusterClient::origin() const { return core_->options().endpoint.origin(); }
const ClusterOptions& ClusterClient::options() const { return core_->options(); }
HttpClient& ClusterClient::http() { return core_->http(); }
EventLoop& ClusterClient::loop() const { return core_->loop(); }

std::string index_list(const std::vector<std::string>& indices) {
  std::string list;
  for (const std::string& name : indices) {
    if (!list.empty()) list += ',';
    list += percent_encoded(name);
  }
  return list;
}

}  // namespace sluice::io
