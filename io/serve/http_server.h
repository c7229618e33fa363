#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/base/buffer.h"
#include "pipeline/base/error.h"
#include "pipeline/base/units.h"

namespace sluice::serve {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// See HttpRequest::abandoned. Any thread.
using Abandoned = std::shared_ptr<const std::atomic<bool>>;

/// One request, its body whole, decoded of chunks and gzip.
struct HttpRequest {
  std::string method;  ///< `GET`, as sent
  std::string target;  ///< path and query, as sent
  Headers headers;
  Buffer body;
  std::string peer;  ///< `127.0.0.1:50812`
  /// True once nobody waits for the answer any more: the client has gone, or the server's grace is over. Null: nobody
  /// tells.
  Abandoned abandoned;

  /// The value of the first header of that name, whatever its case; empty: none.
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// A body that is made while it is sent.
class BodyStream {
 public:
  virtual ~BodyStream() = default;
  /// Appends the next part to `chunk`, 64 KiB or some more; false: that was the last. An error breaks the connection
  /// off, so that nobody takes half an answer for a whole one.
  virtual Result<bool> next(std::string& chunk) = 0;
};

struct HttpResponse;
/// Makes an answer. Called once, on a worker of the server; may block; never throws.
using MakeResponse = std::move_only_function<HttpResponse()>;
/// Takes what makes the answer. Once, on any thread, as long as there is the server; returns at once.
using Respond = std::move_only_function<void(MakeResponse)>;

struct HttpResponse {
  int status = 200;
  std::string content_type = "application/json";
  Headers headers;
  std::string body;
  std::unique_ptr<BodyStream> stream;  ///< set: sent chunked instead of `body`
  /// Set: the answer is not known yet, and nothing else here counts. Called once with where it is to be given to; no
  /// worker waits in between.
  std::move_only_function<void(Respond)> later;
};

/// The answer itself: of one that comes later too, for which it waits.
HttpResponse settled(HttpResponse response);

/// Answers one request. Called on a worker thread of the server, several at a time; may block. Never throws.
using Handler = std::function<HttpResponse(HttpRequest)>;
/// Refuses a request before its body is unpacked, so that strangers don't get memory; nothing: the handler may have it.
/// Called as a Handler.
using Admission = std::function<std::optional<HttpResponse>(const HttpRequest&)>;

struct ServerOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 9200;  ///< 0: a free one
  std::size_t max_content_length = std::size_t{100}
                                   << 20;                ///< http.max_content_length, bytes, also once decoded of gzip
  std::size_t max_header_size = 16 << 10;                ///< http.max_header_size
  std::size_t max_initial_line = 4 << 10;                ///< http.max_initial_line_length
  std::size_t max_in_flight = std::size_t{512} << 20;    ///< bytes of all bodies being read and answered; over it: 429
  std::size_t max_connections = 4096;                    ///< further ones are answered 503 and closed
  std::size_t max_workers = 256;                         ///< requests that run at a time; made as they are needed
  std::size_t pipelining = 64;                           ///< requests of a connection that may wait their turn
  Nanoseconds read_timeout = std::chrono::seconds(30);   ///< between two bytes of a request that has begun
  Nanoseconds write_timeout = std::chrono::seconds(30);  ///< a client that takes nothing for so long is cut off
  Nanoseconds idle_timeout = std::chrono::minutes(10);
  std::string certificate_file{};  ///< PEM; with it, and only with it, TLS
  std::string key_file{};
  std::string key_passphrase{};
  Admission admission{};  ///< asked of requests whose body is packed; empty: all are admitted
};

struct ServerStatistics {
  std::uint64_t current_open = 0;
  std::uint64_t total_opened = 0;
  std::uint64_t requests = 0;
};

/// An HTTP/1.1 server: keep-alive, pipelining, chunked bodies, gzip both ways, `Expect: 100-continue`, HEAD without
/// body, TLS. What is wrong before there is a request (a line too long, a body over the limit: 413) it answers itself,
/// with Elasticsearch's JSON. Any thread.
class HttpServer {
 public:
  /// Listens when it returns. Errors: the address is in use, the certificate can't be read.
  static Result<std::unique_ptr<HttpServer>> start(const ServerOptions& options, Handler handler);
  virtual ~HttpServer() = default;
  /// `127.0.0.1:9200`, the port that was bound.
  [[nodiscard]] virtual std::string address() const = 0;
  [[nodiscard]] virtual ServerStatistics statistics() const = 0;
  /// Takes no new connection and no new request, answers what has begun, at most for `grace`, then closes.
  virtual void stop(Nanoseconds grace) = 0;
};

}  // namespace sluice::serve
