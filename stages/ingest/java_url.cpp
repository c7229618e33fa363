// java.net.URL.
#include <algorithm>
#include <array>

#include <arpa/inet.h>

#include "pipeline/base/ascii_case.h"
#include "pipeline/base/java_trim.h"
#include "stages/ingest/java_number.h"
#include "stages/ingest/java_uri.h"

namespace sluice::ingest {

namespace {

constexpr std::array<std::string_view, 5> kProtocols = {"http", "https", "ftp", "file", "mailto"};
constexpr std::size_t kNone = std::string_view::npos;

/// Whether the name of a host has none of the characters that Java refuses there.
bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return static_cast<unsigned char>(c) > ' ' && c != 0x7F && std::string_view("<>\"{}|\\^`").find(c) == kNone;
  });
}

/// `host:port`. False: it is none.
bool read_host(std::string_view text, UriParts& parts) {
  if (!is_plain(text)) return false;
  std::size_t end = text.find(':');
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    if (close == kNone) return false;
    const std::string_view address = text.substr(1, close - 1);
    in6_addr six{};
    if (inet_pton(AF_INET6, std::string(address.substr(0, address.find('%'))).c_str(), &six) != 1) return false;
    end = close + 1 < text.size() ? close + 1 : kNone;
    if (end != kNone && text[end] != ':') return false;
  }
  parts.host = text.substr(0, end);
  if (end == kNone || end + 1 == text.size()) return true;
  const auto port = read_int(text.substr(end + 1));
  if (!port || *port < -1) return false;
  parts.port = *port;
  return true;
}

bool read_authority(std::string_view text, UriParts& parts) {
  const std::size_t sign = text.find('@');
  if (sign == kNone) return read_host(text, parts);
  if (sign != text.rfind('@')) return true;  // it is no server
  parts.user_info = text.substr(0, sign);
  return read_host(text.substr(sign + 1), parts);
}

}  // namespace

std::optional<UriParts> parse_java_url(std::string_view text) {
  text = java_trimmed(text);
  if (ascii_lower_case(text.substr(0, 4)) == "url:") text.remove_prefix(4);
  const std::size_t colon = text.find_first_of("/:");
  if (colon == kNone || text[colon] != ':') return std::nullopt;
  UriParts parts;
  parts.scheme = ascii_lower_case(text.substr(0, colon));
  parts.host = "";
  if (std::ranges::find(kProtocols, *parts.scheme) == kProtocols.end()) return std::nullopt;
  text.remove_prefix(colon + 1);
  if (const std::size_t hash = text.find('#'); hash != kNone) {
    parts.fragment = text.substr(hash + 1);
    text = text.substr(0, hash);
  }
  if (const std::size_t mark = text.find('?'); mark != kNone) {
    parts.query = text.substr(mark + 1);
    text = text.substr(0, mark);
  }
  bool has_authority = false;
  if (text.starts_with("//") && !text.starts_with("////")) {
    const std::string_view authority = text.substr(2, text.find('/', 2) - 2);
    if (!read_authority(authority, parts)) return std::nullopt;
    has_authority = !authority.empty();
    text.remove_prefix(2 + authority.size());
  }
  std::string path(text);
  if (has_authority && !path.empty() && path.front() != '/') path.insert(0, "/");
  parts.path = std::move(path);
  return parts;
}

}  // namespace sluice::ingest
