#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/base/error.h"

namespace sluice::io {

/// Where an HTTP server is: `http(s)://[user:password@]host:port[/prefix]`.
struct HttpEndpoint {
  bool tls = false;
  std::string host;  ///< without the brackets of an IPv6 address
  std::uint16_t port = 0;
  std::string prefix;    ///< empty, or begins with `/` and doesn't end with one
  std::string user;      ///< decoded; empty: none
  std::string password;  ///< decoded

  /// `http://host:9200/prefix`, without credentials: for requests and for messages.
  [[nodiscard]] std::string origin() const;
  /// Whether the host is this machine, so that no proxy may stand between.
  [[nodiscard]] bool loopback() const;
};

/// Whether `text` looks like an HTTP endpoint at all: it begins with `http://` or `https://`.
bool is_http_url(std::string_view text);

/// Errors: illegal_argument_exception, 400, with Elasticsearch's text for `source.remote.host` and what is missing.
/// Source: reference/reindex.md 1.6.
Result<HttpEndpoint> parse_endpoint(std::string_view url);

/// `text` as one segment of a path: every byte but the unreserved ones of RFC 3986 as %XX, so that an index name with
/// `/`, `%`, `<` or `,` in it arrives as it is. Source: reference/reindex.md 7.3.
std::string percent_encoded(std::string_view text);

}  // namespace sluice::io
