#include "benchmarks/macro/bulk_sink_server.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <system_error>
#include <thread>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace sluice::benchmarks {
namespace {

constexpr std::size_t kHeadLimit = 64 << 10;

Error network_error(std::string_view what) {
  return {ErrorKind::kNetwork, 500, "connect_exception",
          std::string(what) + ": " + std::system_category().message(errno) + "; choose another --port"};
}

/// The value of a header, or nothing. Names are compared without case.
std::string_view header(std::string_view head, std::string_view name) {
  const auto same = [](char a, char b) { return (a | 0x20) == (b | 0x20); };
  const auto at = std::ranges::search(head, name, same);
  if (at.empty()) return {};
  std::string_view value(at.end(), head.end());
  value = value.substr(0, value.find('\r'));
  while (value.starts_with(' ') || value.starts_with(':')) value.remove_prefix(1);
  return value;
}

void append_reply(std::string& out, std::string_view status, std::string_view body, bool with_body) {
  out.append("HTTP/1.1 ").append(status).append("\r\nX-elastic-product: Elasticsearch\r\n");
  out.append("content-type: application/json\r\ncontent-length: ")
      .append(std::to_string(body.size()))
      .append("\r\n\r\n");
  if (with_body) out.append(body);
}

constexpr std::string_view kRoot =
    R"({"name":"sink","cluster_name":"sink","cluster_uuid":"sink","version":{"number":"8.19.13","build_flavor":"default",)"
    R"("build_type":"zip","lucene_version":"9.12.2","minimum_wire_compatibility_version":"7.17.0",)"
    R"("minimum_index_compatibility_version":"7.0.0"},"tagline":"You Know, for Search"})";
constexpr std::string_view kItem =
    R"({"index":{"_index":"sink","_id":"1","_version":1,"result":"created","_shards":{"total":1,"successful":1,"failed":0},)"
    R"("_seq_no":1,"_primary_term":1,"status":201}})";

}  // namespace

std::string bulk_reply(std::uint64_t documents) {
  std::string reply = R"({"took":0,"errors":false,"items":[)";
  reply.reserve(reply.size() + documents * (kItem.size() + 1) + 2);
  for (std::uint64_t i = 0; i < documents; ++i) {
    if (i != 0) reply.push_back(',');
    reply.append(kItem);
  }
  return reply.append("]}");
}

Result<std::unique_ptr<BulkSinkServer>> BulkSinkServer::listen(const Options& options) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (listener < 0) return std::unexpected(network_error("no socket to be had"));
  const int on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(options.port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof address;
  if (bind(listener, generic, size) != 0 || ::listen(listener, 64) != 0 || getsockname(listener, generic, &size) != 0) {
    Error error = network_error("port " + std::to_string(options.port) + " can't be listened on");
    close(listener);
    return std::unexpected(std::move(error));
  }
  const int epoll = epoll_create1(EPOLL_CLOEXEC);
  epoll_event event{.events = EPOLLIN, .data = {.fd = listener}};
  epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
  return std::unique_ptr<BulkSinkServer>(new BulkSinkServer(options, listener, epoll, ntohs(address.sin_port)));
}

BulkSinkServer::~BulkSinkServer() {
  for (const auto& [socket, connection] : connections_) close(socket);
  close(listener_);
  close(epoll_);
}

Status BulkSinkServer::serve(const std::atomic<bool>& stop) {
  std::array<epoll_event, 64> events{};
  while (!stop) {
    const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 500);
    if (count < 0 && errno != EINTR) return std::unexpected(network_error("epoll failed"));
    for (int i = 0; i < count; ++i) {
      const int socket = events[static_cast<std::size_t>(i)].data.fd;
      if (socket == listener_) {
        accept_all();
        continue;
      }
      Connection& connection = connections_[socket];
      if (read_some(socket, connection) && flush(socket, connection)) {
        epoll_event event{.events = EPOLLIN | (connection.out.empty() ? 0U : EPOLLOUT), .data = {.fd = socket}};
        epoll_ctl(epoll_, EPOLL_CTL_MOD, socket, &event);
        continue;
      }
      close(socket);
      connections_.erase(socket);
    }
  }
  return {};
}

void BulkSinkServer::accept_all() {
  for (;;) {
    const int socket = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket < 0) return;
    const int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    epoll_event event{.events = EPOLLIN, .data = {.fd = socket}};
    epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
    connections_[socket] = {};
  }
}

bool BulkSinkServer::read_some(int socket, Connection& connection) {
  for (int round = 0; round < 8; ++round) {  // then the others have their turn
    const ssize_t got = recv(socket, input_.data(), input_.size(), 0);
    if (got < 0) return errno == EAGAIN || errno == EINTR;
    if (got == 0) return false;
    if (!take(connection, {input_.data(), static_cast<std::size_t>(got)})) return false;
  }
  return true;
}

bool BulkSinkServer::take(Connection& connection, std::string_view bytes) {
  while (!bytes.empty()) {
    if (connection.body_left != 0) {
      const std::string_view body = bytes.substr(0, connection.body_left);
      connection.lines += static_cast<std::uint64_t>(std::ranges::count(body, '\n'));
      connection.body_left -= body.size();
      bytes.remove_prefix(body.size());
      if (connection.body_left == 0) answer(connection);
      continue;
    }
    const std::size_t before = connection.head.size();
    connection.head.append(bytes);
    const std::size_t end = connection.head.find("\r\n\r\n", before < 3 ? 0 : before - 3);
    if (end == std::string::npos) return connection.head.size() < kHeadLimit;
    connection.head.resize(end + 4);
    bytes.remove_prefix(end + 4 - before);
    if (!begin_request(connection)) return false;
  }
  return true;
}

bool BulkSinkServer::begin_request(Connection& connection) {
  const std::string_view head = connection.head;
  const std::size_t space = head.find(' ');
  const std::size_t second = head.find(' ', space + 1);
  if (space == std::string_view::npos || second == std::string_view::npos) return false;
  connection.method = head.substr(0, space);
  connection.path = head.substr(space + 1, second - space - 1);
  connection.lines = 0;
  const std::string_view length = header(head, "\r\ncontent-length");
  std::from_chars(length.data(), length.data() + length.size(), connection.body_left);
  const bool asks = header(head, "\r\nexpect").starts_with("100");
  const bool chunked = !header(head, "\r\ntransfer-encoding").empty();
  connection.head.clear();
  if (chunked) return false;  // no client that is measured sends it
  if (asks) connection.out.append("HTTP/1.1 100 Continue\r\n\r\n");
  if (connection.body_left == 0) answer(connection);
  return true;
}

void BulkSinkServer::answer(Connection& connection) {
  const std::string_view path = std::string_view(connection.path).substr(0, connection.path.find('?'));
  const bool with_body = connection.method != "HEAD";
  if (path.ends_with("/_bulk")) {
    documents_ += connection.lines / 2;
    stall_once();
    if (reply_.empty() || reply_documents_ != connection.lines / 2) {
      reply_documents_ = connection.lines / 2;
      reply_ = bulk_reply(reply_documents_);
    }
    append_reply(connection.out, "200 OK", reply_, with_body);
  } else if (path == "/") {
    append_reply(connection.out, "200 OK", kRoot, with_body);
  } else if (path.ends_with("/_refresh")) {
    append_reply(connection.out, "200 OK", R"({"_shards":{"total":1,"successful":1,"failed":0}})", with_body);
  } else {
    append_reply(connection.out, "200 OK", "{}", with_body);
  }
}

bool BulkSinkServer::flush(int socket, Connection& connection) {
  std::size_t sent = 0;
  while (sent < connection.out.size()) {
    const ssize_t now = send(socket, connection.out.data() + sent, connection.out.size() - sent, MSG_NOSIGNAL);
    if (now < 0 && errno != EAGAIN && errno != EINTR) return false;
    if (now < 0) break;
    sent += static_cast<std::size_t>(now);
  }
  connection.out.erase(0, sent);
  return true;
}

void BulkSinkServer::stall_once() {
  if (stalled_ || options_.stall.count() == 0 || documents_ < options_.stall_after) return;
  stalled_ = true;
  std::this_thread::sleep_for(options_.stall);  // it is a stalled server that is wanted: nothing is read either
}

}  // namespace sluice::benchmarks
