#pragma once

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include <boost/asio/steady_timer.hpp>

#include "io/serve/connection.h"

namespace sluice::serve {

/// The listening socket and the connections it took. The loop's thread, once listen() has returned.
class Listener final : public Shared {
 public:
  using Shared::Shared;

  /// Errors: an address that can't be had, a certificate that can't be read.
  Status listen();
  /// Begins to accept, and to look for slow clients.
  void begin();
  /// Takes no new connection, lets the others end; breaks off in `grace` what is left. Calls `done` once, when none is.
  void end(Nanoseconds grace, Task done);
  void closed(AnyConnection& connection) override;

  [[nodiscard]] const std::string& address() const { return address_; }
  std::atomic<std::uint64_t> open = 0;    ///< any thread may read
  std::atomic<std::uint64_t> opened = 0;  ///< any thread may read

 private:
  Status load_certificate();
  void accept();
  void take(Tcp::socket socket);
  void watch();
  [[nodiscard]] std::vector<std::shared_ptr<AnyConnection>> all() const;
  void close_all();
  void maybe_done();

  Tcp::acceptor acceptor_{loop};
  std::optional<asio::ssl::context> tls_;
  asio::steady_timer watch_timer_{loop};
  asio::steady_timer accept_timer_{loop};
  asio::steady_timer grace_timer_{loop};
  std::unordered_map<AnyConnection*, std::shared_ptr<AnyConnection>> connections_;
  std::string address_;
  Task done_;
  bool ending_ = false;
};

}  // namespace sluice::serve
