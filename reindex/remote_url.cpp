#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "pipeline/base/parse_number.h"
#include "reindex/parse_parts.h"

namespace sluice {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A URL in the parts java.net.URI makes of it. Parts that it finds no server in have no port.
struct Url {
  std::string_view scheme;
  std::string_view authority;
  std::string_view path;
  std::size_t authority_at = 0;
  std::size_t path_at = 0;
};

Url split(std::string_view text) {
  Url url;
  std::size_t at = 0;
  const std::size_t colon = text.find_first_of(":/?#");
  if (colon != std::string_view::npos && colon > 0 && text[colon] == ':') {
    url.scheme = text.substr(0, colon);
    at = colon + 1;
  }
  if (text.substr(at).starts_with("//")) {
    const std::size_t end = text.find_first_of("/?#", at + 2);
    url.authority_at = at + 2;
    url.authority = text.substr(at + 2, end == std::string_view::npos ? end : end - at - 2);
    at = url.authority_at + url.authority.size();
  }
  url.path_at = at;
  const std::size_t end = text.find_first_of("?#", at);
  url.path = text.substr(at, end == std::string_view::npos ? end : end - at);
  return url;
}

/// The first character that no URL may have; npos: none.
std::size_t illegal_at(std::string_view part) {
  for (std::size_t i = 0; i < part.size(); ++i) {
    if (static_cast<unsigned char>(part[i]) <= ' ' || part[i] == 0x7F) return i;
    if (std::string_view("\"<>\\^`{|}").find(part[i]) != std::string_view::npos) return i;
  }
  return std::string_view::npos;
}

/// Labels of letters, digits and inner dashes, the last of which begins with a letter; or dotted digits.
bool is_host_name(std::string_view host) {
  if (host.empty()) return false;
  const std::size_t last = host.substr(0, host.size() - (host.back() == '.' ? 1 : 0)).rfind('.');
  const char first_of_last = host[last == std::string_view::npos ? 0 : last + 1];
  if (!is_letter(first_of_last) && host.find_first_not_of("0123456789.") != std::string_view::npos) return false;
  char before = '.';
  for (const char c : host) {
    if (!is_letter(c) && !is_digit(c) && c != '-' && c != '.') return false;
    if ((c == '.' || before == '.') && (c == '-' || before == '-' || c == before)) return false;
    before = c;
  }
  return before != '-';
}

bool is_host(std::string_view host) {
  if (!host.starts_with('[')) return is_host_name(host);
  return host.size() > 3 && host.ends_with(']') &&
         host.substr(1, host.size() - 2).find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
}

std::optional<std::string> syntax_problem(std::string_view text, const Url& url) {
  if (text.starts_with(':')) return fmt::format("Expected scheme name at index 0: {}", text);
  if (const std::size_t at = illegal_at(url.authority); at != std::string_view::npos) {
    return fmt::format("Illegal character in authority at index {}: {}", url.authority_at + at, text);
  }
  if (const std::size_t at = illegal_at(url.path); at != std::string_view::npos) {
    return fmt::format("Illegal character in path at index {}: {}", url.path_at + at, text);
  }
  return std::nullopt;
}

/// Host and port out of the authority; false: there is no port.
bool parse_authority(std::string_view authority, RemoteSource& remote) {
  if (const std::size_t at = authority.find('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
  const std::size_t colon = authority.rfind(':');
  if (colon == std::string_view::npos) return false;
  const std::string_view host = authority.substr(0, colon);
  const std::string_view port = authority.substr(colon + 1);
  if (!is_host(host) || port.empty() || !is_digit(port.front())) return false;
  const auto number = parse_number<decltype(remote.port)>(port);
  remote.host = host;
  remote.port = number.value_or(0);
  return number.has_value();
}

}  // namespace

Result<RemoteSource> parse_remote_url(std::string_view text) {
  const Url url = split(text);
  RemoteSource remote;
  std::optional<std::string> problem = syntax_problem(text, url);
  if (!problem && !parse_authority(url.authority, remote)) {
    problem = fmt::format("The port was not defined in the [host]: {}", text);
  }
  if (problem) {
    return std::unexpected(
        illegal_argument(
            fmt::format("[host] must be of the form [scheme]://[host]:[port](/[pathPrefix])? but was [{}]", text))
            .wrapping(Error(ErrorKind::kBadRequest, 400, "u_r_i_syntax_exception", std::move(*problem))));
  }
  remote.scheme = url.scheme;
  remote.path_prefix = url.path;
  return remote;
}

std::string RemoteSource::url() const {
  return fmt::format("{}://{}:{}{}", scheme, host, port, path_prefix == "/" ? "" : path_prefix);
}

}  // namespace sluice
