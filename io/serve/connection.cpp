#include "io/serve/connection.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <exception>
#include <new>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <sys/socket.h>
#include <sys/uio.h>

namespace sluice::serve {
namespace {

constexpr std::size_t kWorthPacking = 1024;  ///< smaller bodies cost more time than they save bytes
constexpr std::size_t kWriteAtOnce = std::size_t{256} << 10;
constexpr std::size_t kJoined = std::size_t{16} << 10;  ///< bodies that go out in one piece with their head
constexpr auto kLinger = std::chrono::seconds(2);
/// A client may end its side and wait for the answer, but hardly for long: this one has gone.
constexpr auto kHalfClosed = std::chrono::seconds(2);

template <typename Stream>
constexpr bool kIsTls = std::is_same_v<Stream, TlsStream>;

bool has_body(const HttpRequest& request, int status) {
  return request.method != "HEAD" && status >= 200 && status != 204 && status != 304;
}

/// What of an answer is still to be written.
template <typename Answer>
std::array<asio::const_buffer, 3> unsent(const Answer& answer) {
  std::array buffers{asio::buffer(answer.head), asio::buffer(answer.body), asio::buffer(answer.tail)};
  std::size_t sent = answer.sent;
  for (asio::const_buffer& buffer : buffers) {
    const std::size_t part = std::min(sent, buffer.size());
    buffer += part;
    sent -= part;
  }
  return buffers;
}

}  // namespace

bool worth_packing(const HttpRequest& request, const HttpResponse& response) {
  if (!has_body(request, response.status) || !accepts_gzip(request.header("Accept-Encoding"))) return false;
  return response.stream != nullptr || response.body.size() > kWorthPacking;
}

template <typename Stream>
Tcp::socket& Connection<Stream>::socket() {
  if constexpr (kIsTls<Stream>) {
    return stream_.next_layer();
  } else {
    return stream_;
  }
}

template <typename Stream>
void Connection<Stream>::start() {
  if constexpr (kIsTls<Stream>) {
    read_by_ = SteadyClock::now() + shared_.options.read_timeout;
    stream_.async_handshake(asio::ssl::stream_base::server,
                            [self = this->shared_from_this()](const boost::system::error_code& error) {
                              if (error) return self->close();
                              self->read();
                            });
  } else {
    read();
  }
}

template <typename Stream>
void Connection<Stream>::turn_away(Error error) {
  if constexpr (kIsTls<Stream>) {
    close();  // a handshake is what a server with too much to do can't afford
  } else {
    input_over_ = true;
    waiting_.emplace_back(std::move(error));
    next();
  }
}

template <typename Stream>
void Connection<Stream>::finish() {
  if (closed_ || lingering_) return;
  if (!answering_ && waiting_.empty() && !reader_.inside()) return close();
  finishing_ = true;
  if (!reader_.inside()) input_over_ = true;
}

template <typename Stream>
void Connection<Stream>::close() {
  if (std::exchange(closed_, true)) return;
  *abandoned_ = true;
  const auto self = this->shared_from_this();
  {
    const std::scoped_lock lock(socket_mutex_);
    cut_ = true;
    boost::system::error_code ignored;  // it may have been broken off already
    socket().shutdown(Tcp::socket::shutdown_both, ignored);
    socket().close(ignored);
  }
  waiting_.clear();
  shared_.closed(*this);
}

template <typename Stream>
void Connection<Stream>::check(TimePoint now) {
  if ((read_by_ && *read_by_ < now) || (write_by_ && *write_by_ < now)) return close();
  if (answering_ && !write_by_) look_for_client(now);
}

/// While a request is being worked on: what works on it learns that its client has gone.
template <typename Stream>
void Connection<Stream>::look_for_client(TimePoint now) {
  char next = 0;
  const ssize_t there = ::recv(socket().native_handle(), &next, 1, MSG_PEEK | MSG_DONTWAIT);
  if (there > 0 || (there < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))) return;
  if (there < 0) return close();
  if (!left_) left_ = now;
  if (now - *left_ > kHalfClosed) *abandoned_ = true;
}

/// A header has to be there in read_timeout as a whole; a body goes on as long as its bytes come.
template <typename Stream>
void Connection<Stream>::read_deadline() {
  const TimePoint now = SteadyClock::now();
  if (!reader_.inside()) {
    read_by_ = answering_ ? std::nullopt : std::optional(now + shared_.options.idle_timeout);
    header_by_.reset();
  } else if (reader_.inside_body()) {
    read_by_ = now + shared_.options.read_timeout;
  } else {
    if (!header_by_) header_by_ = now + shared_.options.read_timeout;
    read_by_ = header_by_;
  }
}

template <typename Stream>
void Connection<Stream>::read() {
  if (closed_ || reading_ || input_over_ || !parse()) return;
  const auto room = reader_.prepare();
  reading_ = true;
  read_deadline();
  stream_.async_read_some(asio::buffer(room.data(), room.size()),
                          [self = this->shared_from_this()](const boost::system::error_code& error, std::size_t bytes) {
                            self->on_read(error, bytes);
                          });
}

/// Takes the requests that are in the reader's buffer, as many as may wait. False: there may be more in it, or nothing
/// more is to come. Only while nothing is being read: a read has its place in the buffer.
template <typename Stream>
bool Connection<Stream>::parse() {
  while (!input_over_ && waiting_.size() < shared_.options.pipelining) {
    const RequestReader::Step step = reader_.step();
    if (step == RequestReader::Step::kMore) return true;
    if (step == RequestReader::Step::kContinue) {
      waiting_.emplace_back(Continue{});
      next();
      return true;
    }
    if (step == RequestReader::Step::kRefused) {
      input_over_ = true;
      waiting_.emplace_back(reader_.refusal());
    } else {
      Received received = reader_.take();
      header_by_.reset();
      received.request.peer = peer_;
      received.request.abandoned = abandoned_;
      input_over_ = !received.keep_alive || finishing_;
      waiting_.emplace_back(std::move(received));
    }
    next();
  }
  return false;
}

template <typename Stream>
void Connection<Stream>::on_read(const boost::system::error_code& error, std::size_t bytes) {
  reading_ = false;
  if (closed_ || lingering_) return;
  read_by_.reset();
  if (error) {
    // A client may end its side after its last request and still wait for the answer.
    input_over_ = true;
    if (error != asio::error::eof || (!answering_ && waiting_.empty())) close();
    return;
  }
  reader_.commit(bytes);
  read();
}

template <typename Stream>
void Connection<Stream>::next() {
  if (closed_ || answering_ || waiting_.empty()) return;
  answering_ = true;
  Waiting front = std::move(waiting_.front());
  waiting_.pop_front();
  if (auto* received = std::get_if<Received>(&front)) {
    if (!reader_.inside()) read_by_.reset();
    return work(std::move(*received));
  }
  auto answer = std::make_shared<Answer>();
  if (const auto* error = std::get_if<Error>(&front)) {
    const HttpResponse response = refusal_response(*error);
    answer->close = true;
    answer->head = response_head(response, Framing::kLength, response.body.size(), false, true) + response.body;
  } else {
    answer->head = "HTTP/1.1 100 Continue\r\n\r\n";
  }
  write(answer);
}

template <typename Stream>
void Connection<Stream>::work(Received received) {
  shared_.requests.fetch_add(1, std::memory_order_relaxed);
  const bool last = input_over_ && waiting_.empty();
  shared_.workers.post([self = this->shared_from_this(), received = std::move(received), last]() mutable {
    const HttpRequest& request = received.request;
    Asked asked{{request.method, request.target, request.headers, {}, {}, {}}, received.http_1_0, last};
    HttpResponse response = self->respond(std::move(received));
    self->send(std::move(response), std::move(asked));
  });
}

/// On a worker.
template <typename Stream>
void Connection<Stream>::send(HttpResponse response, Asked asked) {
  if (response.later) return respond_later(std::move(response), std::move(asked));
  auto ready = std::make_shared<Answer>(answer(std::move(response), asked));
  asio::post(shared_.loop, [self = this->shared_from_this(), ready = std::move(ready)] { self->write(ready); });
}

/// Whoever knows the answer one day hands it to a worker.
template <typename Stream>
void Connection<Stream>::respond_later(HttpResponse response, Asked asked) {
  auto later = std::move(response.later);
  later([self = this->shared_from_this(), asked = std::move(asked)](MakeResponse make) mutable {
    Shared& shared = self->shared_;
    shared.workers.post(
        [self, asked = std::move(asked), make = std::move(make)]() mutable { self->send(make(), std::move(asked)); });
  });
}

/// On a worker.
template <typename Stream>
typename Connection<Stream>::Answer Connection<Stream>::answer(HttpResponse response, const Asked& asked) const {
  const HttpRequest& kept = asked.request;
  Answer answer;
  answer.close = asked.last;
  const bool packed = worth_packing(kept, response);
  const bool with_body = has_body(kept, response.status);
  if (response.stream) {
    answer.framing = asked.http_1_0 ? Framing::kClose : Framing::kChunked;
    answer.close = answer.close || asked.http_1_0;
    answer.ended = !with_body;
    if (with_body) answer.stream = std::move(response.stream);
    if (packed) answer.gzip = std::make_unique<GzipWriter>();
  } else if (packed) {
    GzipWriter().write(response.body, true, answer.body);
  } else {
    answer.body = std::move(response.body);
  }
  answer.head = response_head(response, answer.framing, answer.body.size(), packed, answer.close);
  if (!with_body) answer.body.clear();
  if (answer.body.size() <= kJoined) answer.head += std::exchange(answer.body, {});
  return answer;
}

/// The handler's answer, or why it was not asked. What the body was charged is given back when it is known.
template <typename Stream>
HttpResponse Connection<Stream>::respond(Received received) const {
  try {
    const std::string coding(received.request.header("Content-Encoding"));
    if (is_packed(coding)) {
      if (shared_.options.admission) {
        if (auto refused = shared_.options.admission(received.request)) return std::move(*refused);
      }
      const std::size_t packed = received.request.body.size();
      auto body = unpack(coding, received.request.body.view(), shared_.options.max_content_length,
                         [&](std::size_t bytes) { return received.charge.grow_to(packed + bytes); });
      if (!body) return refusal_response(body.error());
      received.request.body = std::move(*body);
    }
    return shared_.handler(std::move(received.request));
  } catch (const std::bad_alloc&) {
    return refusal_response({ErrorKind::kThrottled, 503, "out_of_memory", "there is no memory left for this request"});
  } catch (const std::exception& error) {
    return refusal_response(internal_error(std::string("the request's handler failed: ") + error.what()));
  }
}

template <typename Stream>
void Connection<Stream>::write(const std::shared_ptr<Answer>& answer) {
  if (closed_) return;
  write_by_ = SteadyClock::now() + shared_.options.write_timeout;
  const std::array buffers = unsent(*answer);
  const auto progress = [self = this->shared_from_this()](const boost::system::error_code& error, std::size_t) {
    self->write_by_ = SteadyClock::now() + self->shared_.options.write_timeout;
    return error ? 0 : kWriteAtOnce;
  };
  asio::async_write(stream_, buffers, progress,
                    [self = this->shared_from_this(), answer](const boost::system::error_code& error, std::size_t) {
                      self->written(answer, error);
                    });
}

template <typename Stream>
void Connection<Stream>::written(const std::shared_ptr<Answer>& answer, const boost::system::error_code& error) {
  write_by_.reset();
  if (closed_) return;
  if (error || answer->broken) return close();
  if (!answer->ended) return stream_on(answer);
  answering_ = false;
  if (answer->close || (input_over_ && waiting_.empty())) return linger();
  next();
  if (reading_) {
    read_deadline();
  } else {
    read();
  }
}

/// Has a worker make the next parts of a streamed body. It hands them to the system itself as long as the client keeps
/// up; what the system does not take at once the loop writes, and waits for.
template <typename Stream>
void Connection<Stream>::stream_on(std::shared_ptr<Answer> answer) {
  shared_.workers.post([self = this->shared_from_this(), answer = std::move(answer)]() mutable {
    do {
      self->next_part(*answer);
    } while (self->send_at_once(*answer) && !answer->ended);
    asio::post(self->shared_.loop, [self, answer = std::move(answer)] { self->write(answer); });
  });
}

/// On a worker.
template <typename Stream>
void Connection<Stream>::next_part(Answer& answer) const {
  answer.head.clear();
  answer.body.clear();
  answer.tail.clear();
  answer.sent = 0;
  try {
    const Result<bool> more = answer.stream->next(answer.body);
    answer.ended = !more || !*more;
    answer.broken = !more;
    if (answer.gzip) {
      std::string packed;
      answer.gzip->write(answer.body, answer.ended, packed);
      answer.body.swap(packed);
    }
    if (answer.framing == Framing::kChunked) {
      answer.head = chunk_head(answer.body.size());
      answer.tail = chunk_tail(answer.body.size(), answer.ended && !answer.broken);
    }
  } catch (const std::exception&) {
    answer.broken = answer.ended = true;  // half an answer must not pass for a whole one
    answer.head.clear();
    answer.body.clear();
    answer.tail.clear();
  }
}

/// On a worker: whether the system took all of it. An error shows when the loop writes.
template <typename Stream>
bool Connection<Stream>::send_at_once(Answer& answer) {
  if constexpr (kIsTls<Stream>) {
    return false;
  } else {
    const std::array buffers = unsent(answer);
    std::array<iovec, buffers.size()> parts;
    std::size_t size = 0;
    for (std::size_t i = 0; i < buffers.size(); ++i) {
      parts[i] = {const_cast<void*>(buffers[i].data()), buffers[i].size()};  // sendmsg() does not write there
      size += buffers[i].size();
    }
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    const std::scoped_lock lock(socket_mutex_);
    if (cut_) return false;
    const ssize_t sent = ::sendmsg(socket().native_handle(), &message, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent > 0) answer.sent = static_cast<std::size_t>(sent);
    return answer.sent == size;
  }
}

/// Ends our side, and waits a little for the client's end: closing at once, with bytes of the client unread, would make
/// its system throw away the answer.
template <typename Stream>
void Connection<Stream>::linger() {
  input_over_ = lingering_ = true;
  header_by_.reset();
  read_by_ = SteadyClock::now() + kLinger;
  if constexpr (kIsTls<Stream>) {
    stream_.async_shutdown([self = this->shared_from_this()](const boost::system::error_code&) { self->close(); });
  } else {
    boost::system::error_code error;
    socket().shutdown(Tcp::socket::shutdown_send, error);
    if (error || finishing_) return close();
    socket().cancel(error);
    drain();
  }
}

template <typename Stream>
void Connection<Stream>::drain() {
  if (closed_) return;
  static std::array<char, std::size_t{16} << 10> nowhere;  // written by the loop's thread alone, read by nobody
  socket().async_read_some(asio::buffer(nowhere),
                           [self = this->shared_from_this()](const boost::system::error_code& error, std::size_t) {
                             if (error) return self->close();
                             self->drain();
                           });
}

template class Connection<Tcp::socket>;
template class Connection<TlsStream>;

}  // namespace sluice::serve
