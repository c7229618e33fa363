#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sluice::ingest {

/// The parts of a URI, escapes resolved; -1: no port.
struct UriParts {
  std::optional<std::string> scheme;
  std::optional<std::string> user_info;
  std::optional<std::string> host;
  std::optional<std::string> path;
  std::optional<std::string> query;
  std::optional<std::string> fragment;
  int port = -1;
};

/// What java.net.URI reads: RFC 2396, and characters beyond ASCII. Nothing: it is none. Source: the grammar in that
/// class's documentation, and a node's answers.
std::optional<UriParts> parse_java_uri(std::string_view text);
/// What java.net.URL reads: of http, https, ftp, file and mailto, where anything may stand in paths. Nothing: it is
/// none.
std::optional<UriParts> parse_java_url(std::string_view text);

}  // namespace sluice::ingest
