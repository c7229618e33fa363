#include "io/serve/http_server.h"

#include <exception>
#include <mutex>
#include <thread>
#include <utility>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include "io/serve/accept.h"

namespace sluice::serve {
namespace {

class ListeningServer final : public HttpServer {
 public:
  explicit ListeningServer(std::unique_ptr<Listener> listener)
      : listener_(std::move(listener)), work_(asio::make_work_guard(listener_->loop)), thread_([this] { run(); }) {
    asio::post(listener_->loop, [this] { listener_->begin(); });
  }
  // NOLINTNEXTLINE(bugprone-exception-escape): only for want of memory, which nobody could go on without.
  ~ListeningServer() override { stop(Nanoseconds(0)); }

  [[nodiscard]] std::string address() const override { return listener_->address(); }

  [[nodiscard]] ServerStatistics statistics() const override {
    return {.current_open = listener_->open.load(std::memory_order_relaxed),
            .total_opened = listener_->opened.load(std::memory_order_relaxed),
            .requests = listener_->requests.load(std::memory_order_relaxed)};
  }

  void stop(Nanoseconds grace) override {
    const std::lock_guard lock(stopping_);
    if (!thread_.joinable()) return;
    asio::post(listener_->loop, [this, grace] { listener_->end(grace, [this] { work_.reset(); }); });
    // Handlers that still run post their answers to the loop, where connections that are closed drop them.
    thread_.join();
    listener_->workers.stop();
    listener_->loop.restart();
    listener_->loop.poll();
  }

 private:
  void run() {
    while (true) {
      try {
        listener_->loop.run();
        return;
      } catch (const std::exception&) {
        // No memory or no thread for one connection: its deadline ends it, and the others go on.
        continue;
      }
    }
  }

  std::unique_ptr<Listener> listener_;
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  std::mutex stopping_;
  std::thread thread_;
};

}  // namespace

Result<std::unique_ptr<HttpServer>> HttpServer::start(const ServerOptions& options, Handler handler) {
  try {
    auto listener = std::make_unique<Listener>(options, std::move(handler));
    if (auto listening = listener->listen(); !listening) return std::unexpected(std::move(listening.error()));
    return std::make_unique<ListeningServer>(std::move(listener));
  } catch (const std::exception& error) {
    return std::unexpected(Error(ErrorKind::kNetwork, 500, "bind_http_exception",
                                 std::string("the HTTP server cannot be started: ") + error.what()));
  }
}

}  // namespace sluice::serve
