#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/http/endpoint.h"
#include "io/http/event_loop.h"
#include "pipeline/base/buffer.h"
#include "pipeline/base/error.h"
#include "pipeline/base/units.h"

namespace sluice::io {

enum class TlsVerification : std::uint8_t {
  kFull,         ///< a trusted certificate that names the host
  kCertificate,  ///< a trusted certificate, whatever its name
  kNone,
};

struct TlsOptions {
  std::string authority_file;  ///< PEM; empty: the system's
  std::string certificate_file;
  std::string key_file;
  std::string key_passphrase;
  TlsVerification verification = TlsVerification::kFull;
};

/// How to talk to one endpoint. At most one of user (in the endpoint, or here), api_key and bearer is used.
struct HttpOptions {
  std::string user;  ///< wins over the endpoint's
  std::string password;
  std::string api_key;  ///< sent as `Authorization: ApiKey ..`
  std::string bearer;
  std::vector<std::pair<std::string, std::string>> headers;  ///< sent with every request
  TlsOptions tls;
  Nanoseconds connect_timeout = std::chrono::seconds(30);
  Nanoseconds socket_timeout = std::chrono::seconds(30);  ///< longest time without a byte in either direction
  std::uint32_t max_connections = 64;                     ///< requests beyond it wait for their turn
  bool compressed = false;                                ///< accept compressed responses
};

/// Whether the headers and credentials can be sent: none has a line break in it, which would smuggle in another header.
/// Errors: illegal_argument_exception, 400.
Status check_headers(const HttpOptions& options);

struct HttpRequest {
  std::string method = "GET";
  std::string target = "/";                       ///< path and query, encoded; the endpoint's prefix comes before it
  std::string content_type = "application/json";  ///< sent when there is a body
  std::string_view body;
  std::shared_ptr<const void> keep;  ///< owns what `body` points at
  std::size_t max_response_bytes = std::size_t{100} << 20;
  Buffer response;  ///< recycled memory for the body of the response
};

struct HttpResponse {
  int status = 0;
  std::string content_type;
  std::string location;
  std::string warning;  ///< the last `Warning` header
  Buffer body;          ///< padded for simdjson
};

/// Requests to one endpoint over kept-alive HTTP/1.1 connections. Redirects are not followed. A proxy named in the
/// environment is used, except for this machine itself and for what `no_proxy` lists.
///
/// Every function may be called from any thread. Callbacks run on the loop thread, exactly once, and must not block or
/// parse pages. An HTTP status of any kind is a response, not an error. Errors are about the transport:
///  - `connect_exception`, `unknown_host_exception`, `ssl_exception`: kNetwork; nothing has been sent;
///  - `connect_timeout_exception`: kTimeout; nothing has been sent;
///  - `socket_timeout_exception`: kTimeout; `connection_closed_exception`: kNetwork; the request may have been served;
///  - `content_too_long_exception`: kTooLarge; `task_cancelled_exception`: kCancelled.
/// The destructor aborts what is pending and returns when all callbacks have run (unless it runs in one of them).
class HttpClient {
 public:
  using Callback = std::move_only_function<void(Result<HttpResponse>)>;
  using Id = std::uint64_t;

  HttpClient(EventLoop& loop, HttpEndpoint endpoint, HttpOptions options);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  Id start(HttpRequest request, Callback done);
  /// The request's callback comes soon, with kCancelled if it had not been answered.
  void abort(Id id);
  void abort_all();

  [[nodiscard]] const HttpEndpoint& endpoint() const;
  [[nodiscard]] EventLoop& loop() const { return loop_; }

 private:
  class Core;
  EventLoop& loop_;
  std::shared_ptr<Core> core_;
};

/// Whether the error says that the request can't have reached the server.
bool never_sent(const Error& error);

}  // namespace sluice::io
