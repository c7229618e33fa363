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

std::string chunk(std::string_view part, bool last) {
  std::string text;
  if (!part.empty()) {
    std::array<char, 16> size;
    const auto end = std::to_chars(size.data(), size.data() + size.size(), part.size(), 16).ptr;
    text.append(size.data(), end).append("\r\n").append(part).append("\r\n");
  }
  if (last) text += "0\r\n\r\n";
  return text;
}

}  // namespace sluice::serve
