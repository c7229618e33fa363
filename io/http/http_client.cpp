#include "io/http/http_client.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <unordered_map>

#include "io/http/transfer.h"

namespace sluice::io {
namespace {
constexpr std::size_t kPooledHandles = 64;
}

/// Everything behind the client; all but the counters is touched on the loop thread only.
class HttpClient::Core final : public TransferListener {
 public:
  Core(EventLoop& loop, HttpEndpoint endpoint, HttpOptions options)
      : loop_(loop), endpoint_(std::move(endpoint)), options_(std::move(options)) {}

  void enqueue(Id id, HttpRequest request, Callback done);
  void transfer_ended(Id id) override;
  void abort(Id id);
  void abort_all();
  void wait_until_idle();

  /// A request is pending from start() on, so that nobody waits past one that is still to be posted.
  Id announce() {
    const std::lock_guard lock(mutex_);
    ++pending_;
    return next_id_++;
  }
  [[nodiscard]] const HttpEndpoint& endpoint() const { return endpoint_; }

 private:
  void start_waiting();
  CurlEasy take_handle();
  void answer(std::unique_ptr<Transfer> transfer);

  EventLoop& loop_;
  const HttpEndpoint endpoint_;
  const HttpOptions options_;
  std::deque<std::pair<Id, std::unique_ptr<Transfer>>> waiting_;
  std::unordered_map<Id, std::unique_ptr<Transfer>> active_;
  std::vector<CurlEasy> handles_;
  std::mutex mutex_;
  std::condition_variable idle_;
  Id next_id_ = 1;
  std::size_t pending_ = 0;
};

void HttpClient::Core::enqueue(Id id, HttpRequest request, Callback done) {
  waiting_.emplace_back(id, std::make_unique<Transfer>(loop_, *this, id, std::move(request), std::move(done)));
  start_waiting();
}

void HttpClient::Core::start_waiting() {
  while (!waiting_.empty() && active_.size() < options_.max_connections) {
    auto [id, transfer] = std::move(waiting_.front());
    waiting_.pop_front();
    Transfer& started = *transfer;
    active_.emplace(id, std::move(transfer));
    started.start(take_handle(), endpoint_, options_);
  }
}

CurlEasy HttpClient::Core::take_handle() {
  if (handles_.empty()) return CurlEasy(curl_easy_init());
  CurlEasy easy = std::move(handles_.back());
  handles_.pop_back();
  curl_easy_reset(easy.get());
  return easy;
}

void HttpClient::Core::transfer_ended(Id id) {
  const auto found = active_.find(id);
  std::unique_ptr<Transfer> transfer = std::move(found->second);
  active_.erase(found);
  if (CurlEasy easy = transfer->take_easy(); easy && handles_.size() < kPooledHandles) {
    // A pooled handle must not remember a transfer that is gone.
    curl_easy_reset(easy.get());
    handles_.push_back(std::move(easy));
  }
  start_waiting();
  answer(std::move(transfer));
}

void HttpClient::Core::answer(std::unique_ptr<Transfer> transfer) {
  Callback done = transfer->take_callback();
  done(transfer->take_result());
  done = nullptr;
  transfer.reset();
  const std::lock_guard lock(mutex_);
  if (--pending_ == 0) idle_.notify_all();
}

void HttpClient::Core::abort(Id id) {
  if (const auto found = active_.find(id); found != active_.end()) return found->second->fail(cancelled());
  for (auto it = waiting_.begin(); it != waiting_.end(); ++it) {
    if (it->first != id) continue;
    active_.emplace(id, std::move(it->second));
    waiting_.erase(it);
    return active_.at(id)->fail(cancelled());
  }
}

void HttpClient::Core::abort_all() {
  std::vector<Id> ids;
  ids.reserve(waiting_.size() + active_.size());
  for (const auto& [id, transfer] : waiting_) ids.push_back(id);  // first, so that none of them is started
  for (const auto& [id, transfer] : active_) ids.push_back(id);
  for (const Id id : ids) abort(id);
}

void HttpClient::Core::wait_until_idle() {
  std::unique_lock lock(mutex_);
  idle_.wait(lock, [this] { return pending_ == 0; });
}

HttpClient::HttpClient(EventLoop& loop, HttpEndpoint endpoint, HttpOptions options)
    : loop_(loop), core_(std::make_shared<Core>(loop, std::move(endpoint), std::move(options))) {}

HttpClient::~HttpClient() {
  abort_all();
  if (loop_.on_loop()) return;  // in a callback: the core lives until the aborted ones have been answered
  core_->wait_until_idle();
  // Easy handles belong to the loop thread as long as the loop may touch their connections.
  loop_.run_and_wait([core = std::move(core_)]() mutable { core.reset(); });
}

HttpClient::Id HttpClient::start(HttpRequest request, Callback done) {
  const Id id = core_->announce();
  loop_.post([core = core_, id, request = std::move(request), done = std::move(done)]() mutable {
    core->enqueue(id, std::move(request), std::move(done));
  });
  return id;
}

void HttpClient::abort(Id id) {
  loop_.post([core = core_, id] { core->abort(id); });
}

void HttpClient::abort_all() {
  loop_.post([core = core_] { core->abort_all(); });
}

Status check_headers(const HttpOptions& options) {
  const auto bad = [](std::string_view text) { return text.find_first_of(std::string_view("\r\n\0", 3)) != text.npos; };
  for (const auto& [name, value] : options.headers) {
    if (name.empty() || bad(name) || bad(value) || name.find(':') != std::string::npos) {
      return std::unexpected(illegal_argument("the header [" + name +
                                              "] can't be sent: its name must not be empty or have a [:], and neither "
                                              "name nor value may have a line break"));
    }
  }
  if (bad(options.api_key) || bad(options.bearer)) {
    return std::unexpected(illegal_argument("the API key or token can't be sent: it has a line break in it"));
  }
  return {};
}

const HttpEndpoint& HttpClient::endpoint() const { return core_->endpoint(); }

}  // namespace sluice::io
