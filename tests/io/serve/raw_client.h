#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "io/serve/http_server.h"

namespace sluice::tests {

/// A client that writes bytes as they are told. Fails the test, and gives up, after ten seconds without news.
class RawClient {
 public:
  explicit RawClient(const std::string& address, int receive_buffer = 0);
  ~RawClient();
  RawClient(RawClient&& other) noexcept;
  RawClient& operator=(RawClient&&) = delete;

  /// False: the server has closed.
  bool send(std::string_view bytes);
  /// No more will be sent.
  void end();
  /// Reads until what came ends with, or has, `text`; all that came since the last call.
  std::string read_until(std::string_view text);
  /// Reads one answer with Content-Length or chunks: its head and body.
  std::string read_answer(bool has_body = true);
  /// Reads until the server closes.
  std::string read_all();
  [[nodiscard]] int descriptor() const { return socket_; }

 private:
  bool receive();
  int socket_ = -1;
  std::string input_;
};

/// The part behind the head of an answer.
std::string body_of(const std::string& answer);
/// `200` of an answer; 0: it is none.
int status_of(const std::string& answer);

/// A server on a free port of loopback.
std::unique_ptr<serve::HttpServer> start_server(serve::Handler handler, serve::ServerOptions options = {});

/// Answers with the method, the target and the body of the request.
serve::HttpResponse echo(const serve::HttpRequest& request);

std::string get(std::string_view target, std::string_view headers = "");
std::string post(std::string_view target, std::string_view body, std::string_view headers = "");

}  // namespace sluice::tests
