#include "io/http/endpoint.h"

#include "pipeline/base/parse_number.h"

namespace sluice::io {
namespace {

Error malformed(std::string_view url, std::string_view problem) {
  // The credentials are not repeated: messages end up in logs.
  std::string shown(url);
  const std::size_t scheme_end = shown.find("://");
  const std::size_t authority = scheme_end == std::string::npos ? 0 : scheme_end + 3;
  const std::size_t at = shown.rfind('@');
  if (at != std::string::npos && at >= authority) shown.replace(authority, at - authority, "***");
  return illegal_argument("[host] must be of the form [scheme]://[host]:[port](/[pathPrefix])? but was [" + shown +
                          "]" + std::string(problem));
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape =
        text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0;
    out += escape ? static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2])) : text[i];
    if (escape) i += 2;
  }
  return out;
}

bool unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

bool valid_host(std::string_view host) {
  return !host.empty() && host.find_first_of(" \t\r\n\"'<>\\^`{|}@/?#") == std::string_view::npos;
}

/// `host:port` or `[v6]:port`; false where it is neither.
bool read_authority(std::string_view text, HttpEndpoint& endpoint) {
  std::size_t colon = 0;
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) return false;
    endpoint.host = text.substr(1, close - 1);
    colon = close + 1;
  } else {
    colon = text.find(':');
    endpoint.host = text.substr(0, colon);
  }
  if (!valid_host(endpoint.host) || colon >= text.size() || text[colon] != ':') return false;
  endpoint.port = parse_number<std::uint16_t>(text.substr(colon + 1)).value_or(0);
  return endpoint.port != 0;
}

}  // namespace

std::string HttpEndpoint::origin() const {
  const bool v6 = host.find(':') != std::string::npos;
  return std::string(tls ? "https://" : "http://") + (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port) +
         prefix;
}

bool HttpEndpoint::loopback() const { return host == "localhost" || host == "::1" || host.starts_with("127."); }

bool is_http_url(std::string_view text) { return text.starts_with("http://") || text.starts_with("https://"); }

Result<HttpEndpoint> parse_endpoint(std::string_view url) {
  if (!is_http_url(url)) return std::unexpected(malformed(url, ": it has to begin with http:// or https://"));
  HttpEndpoint endpoint;
  endpoint.tls = url.starts_with("https://");
  std::string_view rest = url.substr(endpoint.tls ? 8 : 7);
  if (rest.find_first_of("?#") != std::string_view::npos) {
    return std::unexpected(malformed(url, ": a query or fragment has no place in it"));
  }
  const std::size_t slash = rest.find('/');
  if (slash != std::string_view::npos) {
    std::string_view prefix = rest.substr(slash);
    while (prefix.ends_with('/')) prefix.remove_suffix(1);
    if (prefix.find_first_of(" \t\r\n") != std::string_view::npos) return std::unexpected(malformed(url, ""));
    endpoint.prefix = prefix;
    rest = rest.substr(0, slash);
  }
  const std::size_t at = rest.rfind('@');
  if (at != std::string_view::npos) {
    const std::string_view credentials = rest.substr(0, at);
    const std::size_t colon = credentials.find(':');
    endpoint.user = percent_decoded(credentials.substr(0, colon));
    if (colon != std::string_view::npos) endpoint.password = percent_decoded(credentials.substr(colon + 1));
    rest = rest.substr(at + 1);
  }
  if (!read_authority(rest, endpoint)) return std::unexpected(malformed(url, ": the port can't be left out"));
  return endpoint;
}

std::string percent_encoded(std::string_view text) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (unreserved(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return out;
}

}  // namespace sluice::io
