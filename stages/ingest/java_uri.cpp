// java.net.URI.
#include "stages/ingest/java_uri.h"

#include <arpa/inet.h>
#include <unicode/uchar.h>

#include "stages/ingest/java_number.h"
#include "stages/painless/api/bytes.h"
#include "stages/painless/run/unicode.h"

namespace sluice::ingest {

namespace {

constexpr std::string_view kMarks = "-_.!~*'()";
constexpr std::string_view kUserInfo = ";:&=+$,";
constexpr std::string_view kRegistryName = "$,;:@&=+";
constexpr std::string_view kServer = ";:&=+$,.@[]%";
constexpr std::string_view kPath = ":@&=+$,;/";
constexpr std::string_view kReserved = ";/?:@&=+$,[]";

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_alphanumeric(char c) { return is_digit(c) || is_alpha(c); }
constexpr bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// How much of a text is letters, digits, marks, some more characters, escapes, and what can be seen beyond ASCII.
/// `broken` is set where an escape is none.
std::size_t allowed(std::string_view text, std::string_view more, bool& broken) {
  std::size_t at = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (is_alphanumeric(c) || kMarks.find(c) != std::string_view::npos || more.find(c) != std::string_view::npos) {
      ++at;
      continue;
    }
    if (c == '%') {
      if (at + 2 >= text.size() || !is_hex(text[at + 1]) || !is_hex(text[at + 2])) {
        broken = true;
        return at;
      }
      at += 3;
      continue;
    }
    if (static_cast<unsigned char>(c) < 0x80) return at;
    std::size_t behind = at;
    const auto point = static_cast<UChar32>(painless::next_code_point(text, behind));
    if (point <= 0x80 || u_isJavaSpaceChar(point) || u_isISOControl(point)) return at;
    at = behind;
  }
  return at;
}
bool all_allowed(std::string_view text, std::string_view more) {
  bool broken = false;
  return allowed(text, more, broken) == text.size() && !broken;
}

/// The text with its escapes resolved.
std::string decoded(std::string_view text) {
  const auto value = [](char c) { return is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10; };
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '%') {
      out += text[at++];
      continue;
    }
    std::string bytes;
    for (; at + 2 < text.size() && text[at] == '%'; at += 3)
      bytes += static_cast<char>(value(text[at + 1]) * 16 + value(text[at + 2]));
    out += painless::api::java_text(bytes);
  }
  return out;
}

/// How long an address of version 4 at the beginning is; 0: there is none.
std::size_t address_size(std::string_view text) {
  std::size_t at = 0;
  for (int part = 0; part < 4; ++part) {
    if (part != 0) {
      if (at == text.size() || text[at] != '.') return 0;
      ++at;
    }
    const std::size_t begin = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    const auto number = read_int(text.substr(begin, at - begin));
    if (!number || *number > 255) return 0;
  }
  const bool ends = at == text.size() || text[at] == ':';
  return ends ? at : 0;
}

/// Likewise the name of a host.
std::size_t name_size(std::string_view text) {
  std::size_t at = 0;
  std::size_t last = std::string_view::npos;
  while (at < text.size() && is_alphanumeric(text[at])) {
    last = at;
    while (at < text.size() && (is_alphanumeric(text[at]) || text[at] == '-')) ++at;
    if (text[at - 1] == '-') return 0;
    if (at == text.size() || text[at] != '.') break;
    ++at;
  }
  if (last == std::string_view::npos || (at < text.size() && text[at] != ':')) return 0;
  if (last > 0 && !is_alpha(text[last])) return 0;
  return at;
}

/// How long a bracketed address of version 6 is; 0: it is none.
std::size_t bracketed_size(std::string_view text) {
  const std::size_t close = text.find(']');
  if (close == std::string_view::npos) return 0;
  std::string address(text.substr(1, close - 1));
  if (const std::size_t percent = address.find('%'); percent != std::string::npos) {
    const std::string scope = address.substr(percent + 1);
    if (scope.empty()) return 0;
    for (const char c : scope) {
      if (!is_alphanumeric(c) && c != '_' && c != '.' && c != '%') return 0;
    }
    address.resize(percent);
  }
  in6_addr six{};
  return inet_pton(AF_INET6, address.c_str(), &six) == 1 ? close + 1 : 0;
}

/// `user@host:port`. False: it is none.
bool read_server(std::string_view text, UriParts& parts) {
  if (const std::size_t sign = text.find('@'); sign != std::string_view::npos) {
    if (!all_allowed(text.substr(0, sign), kUserInfo)) return false;
    parts.user_info = decoded(text.substr(0, sign));
    text.remove_prefix(sign + 1);
  }
  std::size_t size = 0;
  if (text.starts_with('[')) {
    size = bracketed_size(text);
  } else {
    size = address_size(text);
    if (size == 0) size = name_size(text);
  }
  if (size == 0) return false;
  parts.host = text.substr(0, size);
  text.remove_prefix(size);
  if (text.empty()) return true;
  if (text.front() != ':') return false;
  text.remove_prefix(1);
  if (text.empty()) return true;
  for (const char c : text) {
    if (!is_digit(c)) return false;
  }
  const auto port = read_int(text);
  if (!port) return false;
  parts.port = *port;
  return true;
}

/// What stands between `//` and the path. Where it is no server it may be another name, which has no parts.
bool read_authority(std::string_view text, UriParts& parts) {
  bool broken = false;
  const bool server = allowed(text, kServer, broken) == text.size();
  const bool name = allowed(text, kRegistryName, broken) == text.size();
  if (broken) return false;
  if (!server) return name;
  UriParts read = parts;
  if (!read_server(text, read)) return name;
  parts = std::move(read);
  return true;
}

/// `//authority/path?query`
bool read_hierarchical(std::string_view text, UriParts& parts) {
  if (text.starts_with("//")) {
    text.remove_prefix(2);
    const std::string_view authority = text.substr(0, text.find_first_of("/?#"));
    if (authority.empty() ? text.empty() : !read_authority(authority, parts)) return false;
    text.remove_prefix(authority.size());
  }
  const std::size_t mark = text.find('?');
  if (!all_allowed(text.substr(0, mark), kPath)) return false;
  parts.path = decoded(text.substr(0, mark));
  if (mark == std::string_view::npos) return true;
  if (!all_allowed(text.substr(mark + 1), kReserved)) return false;
  parts.query = decoded(text.substr(mark + 1));
  return true;
}

bool is_scheme(std::string_view text) {
  if (text.empty() || !is_alpha(text.front())) return false;
  for (const char c : text) {
    if (!is_alphanumeric(c) && c != '+' && c != '-' && c != '.') return false;
  }
  return true;
}

}  // namespace

std::optional<UriParts> parse_java_uri(std::string_view text) {
  UriParts parts;
  if (const std::size_t hash = text.find('#'); hash != std::string_view::npos) {
    if (!all_allowed(text.substr(hash + 1), kReserved)) return std::nullopt;
    parts.fragment = decoded(text.substr(hash + 1));
    // What is missing in front of it is missing.
    const std::string_view front = text.substr(0, hash);
    if (front.ends_with(':') && front.find_first_of("/?:") == hash - 1) return std::nullopt;
    text = front;
    if (text.ends_with("//") && (text.size() == 2 || text.find_first_of("/?:") == text.size() - 3)) {
      parts.path = "";
      if (text.size() > 2) parts.scheme = text.substr(0, text.size() - 3);
      return text.size() == 2 || is_scheme(*parts.scheme) ? std::optional(parts) : std::nullopt;
    }
  }
  const std::size_t colon = text.find_first_of("/?:");
  if (colon == std::string_view::npos || text[colon] != ':') {
    return read_hierarchical(text, parts) ? std::optional(parts) : std::nullopt;
  }
  if (!is_scheme(text.substr(0, colon))) return std::nullopt;
  parts.scheme = text.substr(0, colon);
  text.remove_prefix(colon + 1);
  if (text.starts_with('/')) return read_hierarchical(text, parts) ? std::optional(parts) : std::nullopt;
  if (text.empty() || !all_allowed(text, kReserved)) return std::nullopt;
  return parts;
}

}  // namespace sluice::ingest
