#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "io/cluster/dialect.h"
#include "io/http/http_client.h"
#include "pipeline/base/buffer.h"
#include "pipeline/base/error.h"
#include "pipeline/base/units.h"

namespace sluice::io {

/// Where a cluster is and how to talk to it.
struct ClusterOptions {
  HttpEndpoint endpoint{};
  HttpOptions http{};
  /// How long a request that is refused for the moment (429, 502-504, connection refused) is asked again.
  Nanoseconds retry_for = std::chrono::minutes(10);
  Nanoseconds first_backoff = std::chrono::milliseconds(500);  ///< the first wait; they double up to 60 times that
};

/// Which failures of a call are worth another try: those where a second request can do no harm.
enum class Retry : std::uint8_t {
  kRefused,     ///< 429, and connections that were refused: it was certainly not served
  kBusy,        ///< 502, 503 and 504 too: it may have been served
  kIdempotent,  ///< broken connections too
};

/// One REST call.
struct ClusterCall {
  std::string method = "GET";
  std::string target = "/";
  std::string body;
  std::string content_type = "application/json";
  std::size_t max_response_bytes = std::size_t{32} << 20;
  Buffer response;          ///< recycled memory
  Nanoseconds retry_for{};  ///< zero: asked once
  Retry retry = Retry::kIdempotent;
  bool even_after_abort = false;  ///< for what gives resources back
};

struct ClusterReply {
  HttpResponse response;
  std::uint32_t retries = 0;
};

/// Calls to one cluster, with retries and the cluster's errors. An answer other than 2xx is an Error in the cluster's
/// words; so is one that is not JSON. Any thread; callbacks run on the loop thread, exactly once. Error bodies are
/// parsed there: they are small and rare. Pages are not.
class ClusterClient {
 public:
  using Callback = std::move_only_function<void(Result<ClusterReply>)>;

  ClusterClient(EventLoop& loop, ClusterOptions options);
  /// Aborts what is pending and waits for its callbacks.
  ~ClusterClient();
  ClusterClient(const ClusterClient&) = delete;
  ClusterClient& operator=(const ClusterClient&) = delete;

  void call(ClusterCall call, Callback done);
  /// Asks the server what it is. Once, without a retry: a server that is not there is reported at once.
  void introduce(std::move_only_function<void(Result<Dialect>)> done);
  /// Ends calls, and waits between them, with kCancelled. Later calls fail too, unless they are `even_after_abort`.
  void abort();

  /// `http://host:9200`, without credentials.
  [[nodiscard]] std::string origin() const;
  [[nodiscard]] const ClusterOptions& options() const;
  [[nodiscard]] HttpClient& http();
  [[nodiscard]] EventLoop& loop() const;

 private:
  class Core;
  std::shared_ptr<Core> core_;
};

/// `a,b` as a path segment: each name percent-encoded, the commas between them not.
std::string index_list(const std::vector<std::string>& indices);

}  // namespace sluice::io
