#include "io/serve/response_head.h"

#include <array>
#include <charconv>

#include <boost/beast/http/status.hpp>

namespace sluice::serve {
namespace {

void add(std::string& head, std::string_view name, std::string_view value) {
  head += name;
  head += ": ";
  for (const char c : value) head += c == '\r' || c == '\n' ? ' ' : c;
  head += "\r\n";
}

}  // namespace

std::string_view reason_phrase(int status) {
  constexpr int kTooLarge = 413;
  if (status == kTooLarge) return "Request Entity Too Large";  // as Elasticsearch has it
  return boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(static_cast<unsigned>(status)));
}

std::string response_head(const HttpResponse& response, Framing framing, std::size_t length, bool gzip, bool close) {
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + " ";
  head += reason_phrase(response.status);
  head += "\r\n";
  for (const auto& [name, value] : response.headers) add(head, name, value);
  if (!response.content_type.empty()) add(head, "content-type", response.content_type);
  if (gzip) add(head, "content-encoding", "gzip");
  if (framing == Framing::kLength) add(head, "content-length", std::to_string(length));
  if (framing == Framing::kChunked) add(head, "transfer-encoding", "chunked");
  if (close) add(head, "connection", "close");
  head += "\r\n";
  return head;
}

std::string chunk_head(std::size_t size) {
  if (size == 0) return {};
  std::array<char, 16> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), size, 16).ptr;
  return std::string(digits.data(), end).append("\r\n");
}

std::string chunk_tail(std::size_t size, bool last) {
  std::string text(size == 0 ? "" : "\r\n");
  if (last) text += "0\r\n\r\n";
  return text;
}

}  // namespace sluice::serve
