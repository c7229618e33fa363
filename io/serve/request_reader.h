#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "io/serve/body_budget.h"
#include "io/serve/http_server.h"

namespace sluice::serve {

/// A request as it came from the wire.
struct Received {
  HttpRequest request;
  BodyCharge charge;       ///< of its body
  bool keep_alive = true;  ///< the client wants to send more on this connection
  bool http_1_0 = false;   ///< it can't take a chunked answer
};

/// Turns the bytes of one connection into its requests, one after the other. Knows no socket. One thread at a time.
class RequestReader {
 public:
  enum class Step : std::uint8_t {
    kMore,      ///< what was committed is used up; more is needed
    kContinue,  ///< the client waits for `100 Continue` before it sends the body; said once for a request
    kComplete,  ///< take() has a request
    kRefused,   ///< refusal() says why; the connection is of no more use
  };

  RequestReader(const ServerOptions& options, std::shared_ptr<BodyBudget> budget);
  ~RequestReader();
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;

  /// Room for the next bytes: a little while nothing is going on, more within a body. Valid until commit().
  [[nodiscard]] std::span<char> prepare();
  void commit(std::size_t bytes);
  /// Reads on in what was committed. Bytes of the next request wait in the buffer.
  Step step();
  Received take();
  [[nodiscard]] const Error& refusal() const { return refusal_; }

  /// Whether a request has begun and is not complete.
  [[nodiscard]] bool inside() const;
  /// Whether its header is complete, so that the body is what is missing.
  [[nodiscard]] bool inside_body() const;

 private:
  struct Parser;
  Step refuse(Error error);
  Step header_done();
  [[nodiscard]] bool line_fits();
  Step parse();

  const ServerOptions& options_;
  std::shared_ptr<BodyBudget> budget_;
  std::unique_ptr<Parser> parser_;
  BodyCharge charge_;
  Error refusal_;
  bool line_seen_ = false;
  bool header_seen_ = false;
  bool refused_ = false;
};

/// The answer to what is refused before a handler sees it: Elasticsearch's JSON.
HttpResponse refusal_response(const Error& error);

}  // namespace sluice::serve
