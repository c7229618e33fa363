#include "tests/io/http/fake_server.h"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

namespace sluice::io::testing {
namespace {

std::string header_of(std::string_view headers, std::string_view name) {
  while (!headers.empty()) {
    const std::size_t end = std::min(headers.find("\r\n"), headers.size());
    const std::string_view line = headers.substr(0, end);
    const std::size_t colon = line.find(':');
    if (colon == name.size() && strncasecmp(line.data(), name.data(), colon) == 0) {
      const std::size_t value = line.find_first_not_of(' ', colon + 1);
      return value == std::string_view::npos ? "" : std::string(line.substr(value));
    }
    headers.remove_prefix(std::min(end + 2, headers.size()));
  }
  return {};
}

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

}  // namespace

std::string FakeRequest::header(std::string_view name) const { return header_of(headers, name); }

FakeReply json_reply(int status, std::string_view body, std::string_view more_headers) {
  return {{"HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Type: application/json\r\n" +
           std::string(more_headers) + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           std::string(body)}};
}

FakeServer::FakeServer(Handler handler) : handler_(std::move(handler)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener_, generic, size) != 0 || ::listen(listener_, 64) != 0 ||
      ::getsockname(listener_, generic, &size) != 0 || ::pipe(wake_) != 0) {
    throw std::runtime_error("the fake server can't listen");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { run(); });
}

FakeServer::~FakeServer() {
  ::close(wake_[1]);
  thread_.join();
  for (const Connection& connection : connections_) ::close(connection.socket);
  ::close(wake_[0]);
  ::close(listener_);
}

std::string FakeServer::url() const { return "http://127.0.0.1:" + std::to_string(port_); }

std::vector<FakeRequest> FakeServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void FakeServer::run() {
  for (;;) {
    std::vector<pollfd> polled{{wake_[0], POLLIN, 0}, {listener_, POLLIN, 0}};
    for (const Connection& connection : connections_) polled.push_back({connection.socket, POLLIN, 0});
    if (::poll(polled.data(), polled.size(), -1) < 0) return;
    if (polled[0].revents != 0) return;
    for (std::size_t i = connections_.size(); i-- > 0;) {
      if (polled[i + 2].revents == 0 || read_some(connections_[i])) continue;
      ::close(connections_[i].socket);
      connections_.erase(connections_.begin() + static_cast<std::ptrdiff_t>(i));
    }
    if (polled[1].revents != 0) accept_one();
  }
}

void FakeServer::accept_one() {
  const int socket = ::accept(listener_, nullptr, nullptr);
  if (socket < 0) return;
  const int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  connections_.push_back({socket, accepted_++, {}});
}

bool FakeServer::read_some(Connection& connection) {
  char bytes[65536];
  const ssize_t got = ::recv(connection.socket, bytes, sizeof bytes, 0);
  if (got <= 0) return false;
  connection.input.append(bytes, static_cast<std::size_t>(got));
  return answer_complete(connection);
}

/// False: the connection is to be closed.
bool FakeServer::answer_complete(Connection& connection) {
  std::string& input = connection.input;
  const std::size_t head = input.find("\r\n\r\n");
  if (head == std::string::npos) return true;
  const std::size_t line = input.find("\r\n");
  FakeRequest request;
  request.headers = input.substr(line + 2, head - line);
  const std::size_t length = std::strtoul(request.header("content-length").c_str(), nullptr, 10);
  if (input.size() < head + 4 + length) return true;
  request.method = input.substr(0, input.find(' '));
  request.target =
      input.substr(request.method.size() + 1, input.find(' ', request.method.size() + 1) - request.method.size() - 1);
  request.body = input.substr(head + 4, length);
  request.connection = connection.number;
  input.erase(0, head + 4 + length);
  {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
  }
  const FakeReply reply = handler_(request);
  for (const std::string& piece : reply.pieces) {
    if (!send_all(connection.socket, piece)) return false;
  }
  return !reply.close;
}

}  // namespace sluice::io::testing
