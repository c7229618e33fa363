#pragma once

#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <variant>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

#include "io/serve/content_coding.h"
#include "io/serve/request_reader.h"
#include "io/serve/response_head.h"
#include "io/serve/workers.h"
#include "pipeline/base/timers.h"

namespace sluice::serve {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
using TlsStream = asio::ssl::stream<Tcp::socket>;

class AnyConnection;

/// What all connections of a server share. The loop's thread, except where a member says otherwise.
struct Shared {
  Shared(ServerOptions server_options, Handler server_handler)
      : options(std::move(server_options)),
        handler(std::move(server_handler)),
        budget(std::make_shared<BodyBudget>(options.max_in_flight)),
        workers(options.max_workers) {}
  virtual ~Shared() = default;
  Shared(const Shared&) = delete;
  Shared& operator=(const Shared&) = delete;
  virtual void closed(AnyConnection& connection) = 0;

  const ServerOptions options;
  const Handler handler;  ///< any thread
  std::shared_ptr<BodyBudget> budget;
  asio::io_context loop{1};
  std::atomic<std::uint64_t> requests = 0;
  Workers workers;
};

/// One client. Everything on the loop's thread.
class AnyConnection {
 public:
  virtual ~AnyConnection() = default;
  virtual void start() = 0;
  /// Answers `error` without reading anything, then closes.
  virtual void turn_away(Error error) = 0;
  /// Takes no further request; closes when what has begun is answered.
  virtual void finish() = 0;
  /// Breaks off. Nothing happens twice.
  virtual void close() = 0;
  /// Closes a client that has been too slow.
  virtual void check(TimePoint now) = 0;
};

/// A connection over `Stream`: a socket, or TLS over one.
template <typename Stream>
class Connection final : public AnyConnection, public std::enable_shared_from_this<Connection<Stream>> {
 public:
  Connection(Shared& shared, Stream stream, std::string peer)
      : shared_(shared), stream_(std::move(stream)), peer_(std::move(peer)), reader_(shared.options, shared.budget) {}

  void start() override;
  void turn_away(Error error) override;
  void finish() override;
  void close() override;
  void check(TimePoint now) override;

 private:
  struct Continue {};
  /// What waits its turn: a request, the answer to what could not be read, or `100 Continue`.
  using Waiting = std::variant<Received, Error, Continue>;
  /// An answer on its way out.
  struct Answer {
    std::string head;
    std::string body;
    std::string tail;
    std::size_t sent = 0;  ///< bytes of the three that are on their way already
    std::unique_ptr<BodyStream> stream;
    std::unique_ptr<GzipWriter> gzip;
    Framing framing = Framing::kLength;
    bool close = false;
    bool ended = true;    ///< nothing follows `body`
    bool broken = false;  ///< the stream failed: cut the connection
  };

  void read();
  bool parse();
  void on_read(const boost::system::error_code& error, std::size_t bytes);
  void read_deadline();
  void next();
  /// What of a request its answer's packing depends on.
  struct Asked {
    HttpRequest request;  ///< without its body
    bool http_1_0 = false;
    bool last = false;  ///< nothing follows it on this connection
  };
  void work(Received received);
  void respond_later(HttpResponse response, Asked asked);
  void send(HttpResponse response, Asked asked);
  Answer answer(HttpResponse response, const Asked& asked) const;
  HttpResponse respond(Received received) const;
  void write(const std::shared_ptr<Answer>& answer);
  void written(const std::shared_ptr<Answer>& answer, const boost::system::error_code& error);
  void stream_on(std::shared_ptr<Answer> answer);
  void next_part(Answer& answer) const;
  bool send_at_once(Answer& answer);
  void linger();
  void look_for_client(TimePoint now);
  void drain();
  Tcp::socket& socket();

  Shared& shared_;
  Stream stream_;
  const std::string peer_;
  RequestReader reader_;
  std::deque<Waiting> waiting_;
  std::optional<TimePoint> read_by_;
  std::optional<TimePoint> header_by_;
  std::optional<TimePoint> write_by_;
  bool reading_ = false;
  bool answering_ = false;
  bool input_over_ = false;  ///< nothing more is read from this client
  bool finishing_ = false;   ///< the request that has begun is the last
  bool lingering_ = false;
  bool closed_ = false;
  /// For the socket itself, which a worker may write to while the loop closes it.
  std::mutex socket_mutex_;
  bool cut_ = false;  ///< the socket is closed
  std::shared_ptr<std::atomic<bool>> abandoned_ = std::make_shared<std::atomic<bool>>(false);
  std::optional<TimePoint> left_;  ///< when the client was first seen to have ended its side
};

extern template class Connection<Tcp::socket>;
extern template class Connection<TlsStream>;

/// Packs a response for the wire: gzip, chunks, HEAD. Any thread.
bool worth_packing(const HttpRequest& request, const HttpResponse& response);

}  // namespace sluice::serve
