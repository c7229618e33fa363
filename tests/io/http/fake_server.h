#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace sluice::io::testing {

/// A request as the fake server read it.
struct FakeRequest {
  std::string method;
  std::string target;
  std::string headers;  ///< raw lines
  std::string body;
  int connection = 0;  ///< the how-manieth connection it came on, from 0

  /// The value of a header, or nothing.
  [[nodiscard]] std::string header(std::string_view name) const;
};

/// Raw bytes to send back, in pieces.
struct FakeReply {
  std::vector<std::string> pieces;  ///< each its own write, so that a client sees them one by one
  bool close = false;               ///< cuts the connection behind them; else it stays, silent until the next request
};

/// A whole JSON response.
FakeReply json_reply(int status, std::string_view body, std::string_view more_headers = {});

/// An HTTP server in this process: plain sockets, one thread, one callback that returns raw bytes. Connections are
/// kept alive. The callback runs on the server's thread.
class FakeServer {
 public:
  using Handler = std::function<FakeReply(const FakeRequest&)>;
  explicit FakeServer(Handler handler);
  ~FakeServer();
  FakeServer(const FakeServer&) = delete;
  FakeServer& operator=(const FakeServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// `http://127.0.0.1:PORT`.
  [[nodiscard]] std::string url() const;
  /// Every request so far.
  [[nodiscard]] std::vector<FakeRequest> requests() const;

 private:
  struct Connection {
    int socket;
    int number;
    std::string input;
  };
  void run();
  void accept_one();
  bool read_some(Connection& connection);
  bool answer_complete(Connection& connection);

  Handler handler_;
  int listener_ = -1;
  int wake_[2] = {-1, -1};
  std::uint16_t port_ = 0;
  std::vector<Connection> connections_;
  int accepted_ = 0;
  mutable std::mutex mutex_;
  std::vector<FakeRequest> requests_;
  std::thread thread_;
};

}  // namespace sluice::io::testing
