#include "io/serve/request_reader.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>

#include "io/serve/content_coding.h"
#include "pipeline/base/units.h"

namespace sluice::serve {

namespace beast = boost::beast;
namespace http = beast::http;
namespace asio = boost::asio;

namespace {

constexpr std::size_t kIdleRead = std::size_t{4} << 10;
constexpr std::size_t kBodyRead = std::size_t{64} << 10;
constexpr std::size_t kFirstReserve = std::size_t{1} << 20;

/// A body in a Buffer, as Beast's Body concept wants it.
struct BufferBody {
  using value_type = Buffer;
  class reader {  // NOLINT(readability-identifier-naming): Beast asks for this name
   public:
    template <bool kIsRequest, class Fields>
    reader(http::header<kIsRequest, Fields>& /*header*/, Buffer& body) : body_(body) {}
    void init(const boost::optional<std::uint64_t>& length, beast::error_code& error) {
      if (length) body_.reserve(std::min<std::uint64_t>(*length, kFirstReserve));
      error = {};
    }
    template <class Buffers>
    std::size_t put(const Buffers& buffers, beast::error_code& error) {
      error = {};
      std::size_t size = 0;
      for (const asio::const_buffer each : beast::buffers_range(buffers)) {
        body_.append({static_cast<const char*>(each.data()), each.size()});
        size += each.size();
      }
      return size;
    }
    static void finish(beast::error_code& error) { error = {}; }

   private:
    Buffer& body_;
  };
};

Error too_long_line(std::size_t limit) {
  return {ErrorKind::kTooLarge, 400, "too_long_http_line_exception",
          "An HTTP line is larger than " + std::to_string(limit) + " bytes."};
}

Error too_large_header(std::size_t limit) {
  return {ErrorKind::kTooLarge, 400, "too_long_http_header_exception",
          "HTTP header is larger than " + std::to_string(limit) + " bytes."};
}

Error malformed(const beast::error_code& error) {
  return illegal_argument("the request is not HTTP/1.1: " + error.message() +
                          "; speak HTTP (not HTTPS) to this port, one well-formed request after the other");
}

}  // namespace

struct RequestReader::Parser {
  beast::flat_buffer buffer;
  std::optional<http::request_parser<BufferBody>> http;
};

RequestReader::RequestReader(const ServerOptions& options, std::shared_ptr<BodyBudget> budget)
    : options_(options), budget_(std::move(budget)), parser_(std::make_unique<Parser>()), charge_(budget_) {}

RequestReader::~RequestReader() = default;

std::span<char> RequestReader::prepare() {
  beast::flat_buffer& buffer = parser_->buffer;
  // A connection that waits for its next request keeps no more than it needs for the first bytes of it.
  if (!inside() && buffer.capacity() > 2 * kIdleRead) buffer.shrink_to_fit();
  const auto room = buffer.prepare(header_seen_ ? kBodyRead : kIdleRead);
  return {static_cast<char*>(room.data()), room.size()};
}

void RequestReader::commit(std::size_t bytes) { parser_->buffer.commit(bytes); }

bool RequestReader::inside() const { return parser_->http || parser_->buffer.size() != 0; }

bool RequestReader::inside_body() const { return header_seen_; }

RequestReader::Step RequestReader::refuse(Error error) {
  refused_ = true;
  refusal_ = std::move(error);
  return Step::kRefused;
}

bool RequestReader::line_fits() {
  if (line_seen_) return true;
  const auto data = parser_->buffer.data();
  std::string_view bytes(static_cast<const char*>(data.data()), data.size());
  const std::size_t end = bytes.find('\n');
  line_seen_ = end != std::string_view::npos;
  return std::min(end, bytes.size()) <= options_.max_initial_line + 1;
}

RequestReader::Step RequestReader::step() {
  if (refused_) return Step::kRefused;
  beast::flat_buffer& buffer = parser_->buffer;
  if (!parser_->http) {
    // Empty lines before a request are skipped (RFC 9112, 2.2).
    while (buffer.size() != 0) {
      const char first = *static_cast<const char*>(buffer.data().data());
      if (first != '\r' && first != '\n') break;
      buffer.consume(1);
    }
    if (buffer.size() == 0) return Step::kMore;
    parser_->http.emplace();
    parser_->http->eager(true);
    parser_->http->body_limit(options_.max_content_length);
    parser_->http->header_limit(static_cast<std::uint32_t>(options_.max_initial_line + options_.max_header_size));
    line_seen_ = header_seen_ = false;
  }
  if (!line_fits()) return refuse(too_long_line(options_.max_initial_line));
  return parse();
}

RequestReader::Step RequestReader::parse() {
  beast::flat_buffer& buffer = parser_->buffer;
  http::request_parser<BufferBody>& parser = *parser_->http;
  while (!parser.is_done() && buffer.size() != 0) {
    beast::error_code error;
    const std::size_t used = parser.put(buffer.data(), error);
    buffer.consume(used);
    if (error == http::error::need_more) break;
    if (error == http::error::body_limit) return refuse(content_too_large(options_.max_content_length));
    if (error == http::error::header_limit) return refuse(too_large_header(options_.max_header_size));
    if (error) return refuse(malformed(error));
    if (auto charged = charge_.grow_to(parser.get().body().size()); !charged) return refuse(charged.error());
    if (used == 0) break;
  }
  if (!header_seen_ && parser.is_header_done()) {
    if (const Step step = header_done(); step != Step::kMore) return step;
  }
  return parser.is_done() ? Step::kComplete : Step::kMore;
}

RequestReader::Step RequestReader::header_done() {
  http::request_parser<BufferBody>& parser = *parser_->http;
  header_seen_ = true;
  std::size_t header_size = 0;
  for (const auto& field : parser.get()) header_size += field.name_string().size() + field.value().size() + 4;
  if (header_size > options_.max_header_size) return refuse(too_large_header(options_.max_header_size));
  const std::string_view coding = parser.get()[http::field::transfer_encoding];
  if (!coding.empty() && !beast::iequals(coding, "chunked")) {
    return refuse(illegal_argument("Transfer-Encoding [" + std::string(coding) +
                                   "] is not supported; send the body chunked or with Content-Length"));
  }
  if (parser.content_length() && *parser.content_length() > options_.max_content_length) {
    return refuse(content_too_large(options_.max_content_length));
  }
  const bool waits = beast::iequals(parser.get()[http::field::expect], "100-continue");
  return waits && !parser.is_done() && parser_->buffer.size() == 0 ? Step::kContinue : Step::kMore;
}

Received RequestReader::take() {
  http::request_parser<BufferBody>& parser = *parser_->http;
  Received received{.request = {}, .charge = std::move(charge_)};
  charge_ = BodyCharge(budget_);
  received.keep_alive = parser.keep_alive();
  auto message = parser.release();
  received.http_1_0 = message.version() == 10;
  received.request.method = std::string(message.method_string());
  received.request.target = std::string(message.target());
  for (const auto& field : message) {
    received.request.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
  }
  received.request.body = std::move(message.body());
  parser_->http.reset();
  line_seen_ = header_seen_ = false;
  return received;
}

HttpResponse refusal_response(const Error& error) {
  HttpResponse response;
  response.status = error.status;
  response.headers.emplace_back("X-Elastic-Product", "Elasticsearch");
  response.body = error.envelope();
  return response;
}

}  // namespace sluice::serve
