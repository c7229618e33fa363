#include "tests/io/serve/raw_client.h"

#include <array>
#include <charconv>
#include <utility>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace sluice::tests {
namespace {

constexpr int kPatience = 10000;  // milliseconds

std::string header_of(std::string_view head, std::string_view name) {
  const std::size_t at = head.find(name);
  if (at == std::string_view::npos) return {};
  const std::size_t begin = at + name.size();
  return std::string(head.substr(begin, head.find("\r\n", begin) - begin));
}

}  // namespace

RawClient::RawClient(const std::string& address, int receive_buffer) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  if (receive_buffer > 0) ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  const std::size_t colon = address.rfind(':');
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(colon + 1))));
  ::inet_pton(AF_INET, address.substr(0, colon).c_str(), &to.sin_addr);
  EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
}

RawClient::~RawClient() {
  if (socket_ >= 0) ::close(socket_);
}

RawClient::RawClient(RawClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), input_(std::move(other.input_)) {}

bool RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void RawClient::end() { ::shutdown(socket_, SHUT_WR); }

bool RawClient::receive() {
  pollfd ready{.fd = socket_, .events = POLLIN, .revents = 0};
  if (::poll(&ready, 1, kPatience) != 1) {
    ADD_FAILURE() << "the server says nothing more after: " << input_;
    return false;
  }
  std::array<char, 65536> part;
  const ssize_t size = ::recv(socket_, part.data(), part.size(), 0);
  if (size <= 0) return false;
  input_.append(part.data(), static_cast<std::size_t>(size));
  return true;
}

std::string RawClient::read_until(std::string_view text) {
  std::size_t at = std::string::npos;
  while ((at = input_.find(text)) == std::string::npos) {
    if (!receive()) return std::exchange(input_, {});
  }
  std::string read = input_.substr(0, at + text.size());
  input_.erase(0, at + text.size());
  return read;
}

std::string RawClient::read_answer(bool has_body) {
  std::string head = read_until("\r\n\r\n");
  if (!has_body) return head;
  if (head.find("transfer-encoding: chunked") != std::string::npos) return head + read_until("0\r\n\r\n");
  const std::string length = header_of(head, "content-length: ");
  const std::size_t size = length.empty() ? 0 : std::stoul(length);
  while (input_.size() < size) {
    if (!receive()) break;
  }
  head += input_.substr(0, size);
  input_.erase(0, size);
  return head;
}

std::string RawClient::read_all() {
  while (receive()) continue;
  return std::exchange(input_, {});
}

std::string body_of(const std::string& answer) {
  const std::size_t end = answer.find("\r\n\r\n");
  return end == std::string::npos ? std::string() : answer.substr(end + 4);
}

int status_of(const std::string& answer) {
  int status = 0;
  if (answer.starts_with("HTTP/1.1 ")) std::from_chars(answer.data() + 9, answer.data() + answer.size(), status);
  return status;
}

std::unique_ptr<serve::HttpServer> start_server(serve::Handler handler, serve::ServerOptions options) {
  options.port = 0;
  auto server = serve::HttpServer::start(options, std::move(handler));
  EXPECT_TRUE(server.has_value());
  return std::move(*server);
}

serve::HttpResponse echo(const serve::HttpRequest& request) {
  serve::HttpResponse response;
  response.body = request.method + " " + request.target + " " + std::string(request.body.view());
  return response;
}

std::string get(std::string_view target, std::string_view headers) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n" + std::string(headers) + "\r\n";
}

std::string post(std::string_view target, std::string_view body, std::string_view headers) {
  return "POST " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n" + std::string(headers) +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

}  // namespace sluice::tests
