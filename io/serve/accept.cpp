#include "io/serve/accept.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <boost/asio/ip/address.hpp>

namespace sluice::serve {
namespace {

/// Connections over the limit that are told so; any more are closed without a word.
constexpr std::size_t kTurnedAwayAtOnce = 64;
constexpr auto kAcceptAgain = std::chrono::milliseconds(100);

std::string text_of(const Tcp::endpoint& endpoint) {
  const std::string host = endpoint.address().to_string();
  return (endpoint.address().is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(endpoint.port());
}

Error listen_error(const ServerOptions& options, const boost::system::error_code& error) {
  return {ErrorKind::kNetwork, 500, "bind_http_exception",
          "Failed to bind to [" + options.host + ":" + std::to_string(options.port) + "]: " + error.message() +
              "; choose another address with --listen HOST:PORT"};
}

Error certificate_error(const std::string& file, const boost::system::error_code& error) {
  return {ErrorKind::kBadRequest, 400, "ssl_configuration_exception",
          "cannot load [" + file + "]: " + error.message() +
              "; xpack.security.http.ssl.certificate and .key must name PEM files that belong together"};
}

}  // namespace

Status Listener::load_certificate() {
  if (options.certificate_file.empty()) return {};
  asio::ssl::context context(asio::ssl::context::tls_server);
  boost::system::error_code error;
  context.set_options(
      asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1, error);
  context.set_password_callback(
      [this](std::size_t, asio::ssl::context::password_purpose) { return options.key_passphrase; }, error);
  context.use_certificate_chain_file(options.certificate_file, error);
  if (error) return std::unexpected(certificate_error(options.certificate_file, error));
  const std::string& key = options.key_file.empty() ? options.certificate_file : options.key_file;
  context.use_private_key_file(key, asio::ssl::context::pem, error);
  if (error) return std::unexpected(certificate_error(key, error));
  // A connection that is idle gives its buffers back.
  SSL_CTX_set_mode(context.native_handle(), SSL_MODE_RELEASE_BUFFERS);
  tls_.emplace(std::move(context));
  return {};
}

Status Listener::listen() {
  if (auto loaded = load_certificate(); !loaded) return loaded;
  boost::system::error_code error;
  Tcp::resolver resolver(loop);
  const auto found = resolver.resolve(options.host, std::to_string(options.port), error);
  if (error) return std::unexpected(listen_error(options, error));
  const Tcp::endpoint endpoint = found.begin()->endpoint();
  acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(Tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
  if (error) return std::unexpected(listen_error(options, error));
  address_ = text_of(acceptor_.local_endpoint(error));
  return {};
}

void Listener::begin() {
  accept();
  watch();
}

void Listener::accept() {
  acceptor_.async_accept([this](const boost::system::error_code& error, Tcp::socket socket) {
    if (ending_ || error == asio::error::operation_aborted) return;
    if (!error) {
      take(std::move(socket));
      return accept();
    }
    // Out of file descriptors, or the client has gone: others may be luckier a little later.
    accept_timer_.expires_after(kAcceptAgain);
    accept_timer_.async_wait([this](const boost::system::error_code& cancelled) {
      if (!cancelled && !ending_) accept();
    });
  });
}

void Listener::take(Tcp::socket socket) {
  boost::system::error_code error;
  const Tcp::endpoint peer = socket.remote_endpoint(error);
  if (error) return;  // it has gone already
  socket.set_option(Tcp::no_delay(true), error);
  if (connections_.size() >= options.max_connections + kTurnedAwayAtOnce) return;
  const bool too_many = connections_.size() >= options.max_connections;
  std::shared_ptr<AnyConnection> connection;
  if (tls_) {
    connection = std::make_shared<Connection<TlsStream>>(*this, TlsStream(std::move(socket), *tls_), text_of(peer));
  } else {
    connection = std::make_shared<Connection<Tcp::socket>>(*this, std::move(socket), text_of(peer));
  }
  connections_.emplace(connection.get(), connection);
  open.store(connections_.size(), std::memory_order_relaxed);
  opened.fetch_add(1, std::memory_order_relaxed);
  if (!too_many) return connection->start();
  connection->turn_away({ErrorKind::kThrottled, 503, "too_many_connections_exception",
                         "there are [" + std::to_string(options.max_connections) +
                             "] connections already; close some, or raise http.max_connections"});
}

void Listener::closed(AnyConnection& connection) {
  connections_.erase(&connection);
  open.store(connections_.size(), std::memory_order_relaxed);
  maybe_done();
}

/// Those there are now: what is done to them may remove them.
std::vector<std::shared_ptr<AnyConnection>> Listener::all() const {
  std::vector<std::shared_ptr<AnyConnection>> connections;
  connections.reserve(connections_.size());
  for (const auto& [key, connection] : connections_) connections.push_back(connection);
  return connections;
}

/// One timer for all: a quarter of the shortest timeout, a second at most.
void Listener::watch() {
  const Nanoseconds shortest = std::min({options.read_timeout, options.write_timeout, options.idle_timeout});
  watch_timer_.expires_after(
      std::clamp<Nanoseconds>(shortest / 4, std::chrono::milliseconds(5), std::chrono::seconds(1)));
  watch_timer_.async_wait([this](const boost::system::error_code& cancelled) {
    if (cancelled || (ending_ && !done_)) return;
    const TimePoint now = SteadyClock::now();
    for (const auto& connection : all()) connection->check(now);
    watch();
  });
}

void Listener::end(Nanoseconds grace, Task done) {
  ending_ = true;
  done_ = std::move(done);
  boost::system::error_code ignored;  // it is open, or it is closed already
  acceptor_.close(ignored);
  accept_timer_.cancel();
  for (const auto& connection : all()) connection->finish();
  maybe_done();
  if (!done_) return;
  grace_timer_.expires_after(grace);
  grace_timer_.async_wait([this](const boost::system::error_code& cancelled) {
    if (!cancelled) close_all();
  });
}

void Listener::close_all() {
  for (const auto& connection : all()) connection->close();
}

void Listener::maybe_done() {
  if (!ending_ || !connections_.empty() || !done_) return;
  watch_timer_.cancel();
  grace_timer_.cancel();
  std::exchange(done_, nullptr)();
}

}  // namespace sluice::serve
