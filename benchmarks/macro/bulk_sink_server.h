#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "pipeline/base/error.h"
#include "pipeline/base/timers.h"

namespace sluice::benchmarks {

/// The answer to a bulk of `documents` documents, all of them created: Elasticsearch's keys, one item a document.
std::string bulk_reply(std::uint64_t documents);

/// An HTTP server on loopback that answers `_bulk` at once, so that what is measured is the client alone. It counts
/// lines instead of storing anything. To everything else it answers what an empty Elasticsearch 8 would. One thread,
/// one epoll.
class BulkSinkServer {
 public:
  struct Options {
    std::uint16_t port = 0;         ///< 0: any that is free
    std::uint64_t stall_after = 0;  ///< documents after which it stops answering once
    std::chrono::seconds stall{};   ///< for so long; meanwhile it reads nothing
  };
  /// Errors: kNetwork, when the port can't be listened on.
  static Result<std::unique_ptr<BulkSinkServer>> listen(const Options& options);
  ~BulkSinkServer();
  BulkSinkServer(const BulkSinkServer&) = delete;
  BulkSinkServer& operator=(const BulkSinkServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// Serves until `stop`. `stop` is what a signal handler sets.
  Status serve(const std::atomic<bool>& stop);
  [[nodiscard]] std::uint64_t documents() const { return documents_; }

 private:
  struct Connection {
    std::string head;             ///< of the request that is being read
    std::uint64_t body_left = 0;  ///< bytes of its body still to come
    std::uint64_t lines = 0;
    std::string method, path;
    std::string out;  ///< replies that the socket did not take yet
  };
  BulkSinkServer(const Options& options, int listener, int epoll, std::uint16_t port)
      : options_(options), listener_(listener), epoll_(epoll), port_(port) {}
  void accept_all();
  /// False: the connection is over.
  bool read_some(int socket, Connection& connection);
  bool take(Connection& connection, std::string_view bytes);
  bool begin_request(Connection& connection);
  void answer(Connection& connection);
  static bool flush(int socket, Connection& connection);
  void stall_once();

  Options options_;
  int listener_;
  int epoll_;
  std::uint16_t port_;
  std::atomic<std::uint64_t> documents_ = 0;
  bool stalled_ = false;
  std::uint64_t reply_documents_ = 0;  ///< what `reply_` is for: bulks are mostly of one size
  std::string reply_;
  std::unordered_map<int, Connection> connections_;
  std::string input_ = std::string(std::size_t{1} << 20, '\0');
};

}  // namespace sluice::benchmarks
