#pragma once

#include <string>
#include <string_view>

#include "io/serve/http_server.h"

namespace sluice::serve {

/// How a body goes over the wire.
enum class Framing : std::uint8_t {
  kLength,   ///< Content-Length
  kChunked,  ///< Transfer-Encoding: chunked
  kClose,    ///< until the connection ends: a stream to an HTTP/1.0 client
};

/// The status line and the headers of an answer, with the empty line. Line breaks in values become spaces.
std::string response_head(const HttpResponse& response, Framing framing, std::size_t length, bool gzip, bool close);

/// `OK` for 200.
std::string_view reason_phrase(int status);

/// What stands in front of a chunk, and what behind it; nothing where it is empty. Behind the last one stands the end
/// of the body.
std::string chunk_head(std::size_t size);
std::string chunk_tail(std::size_t size, bool last);

}  // namespace sluice::serve
