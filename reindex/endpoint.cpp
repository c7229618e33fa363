#include "reindex/endpoint.h"

#include <algorithm>

#include <unistd.h>

namespace sluice {

namespace {

/// `HOST:PORT`, which is also a file's name, though nobody means one.
bool looks_like_host(std::string_view text) {
  constexpr std::size_t kLongestPort = 5;
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0 || text.find('/') != std::string_view::npos) return false;
  const std::string_view port = text.substr(colon + 1);
  return !port.empty() && port.size() <= kLongestPort &&
         std::ranges::all_of(port, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<Endpoint> parse_endpoint_text(std::string_view text, std::string_view which) {
  if (text.empty()) {
    return std::unexpected(illegal_argument("no " + std::string(which) + " endpoint: say --" + std::string(which) +
                                            " http://HOST:PORT, store:DIR, a path, or - "));
  }
  if (text.starts_with("http://") || text.starts_with("https://")) {
    return Endpoint{Endpoint::Kind::kCluster, std::string(text)};
  }
  if (text.starts_with("store:")) {
    return Endpoint{Endpoint::Kind::kStore, std::string(text.substr(6))};
  }
  if (text == "null:") {
    if (which == "source") return std::unexpected(illegal_argument("[null:] has nothing to read; it is a destination"));
    return Endpoint{Endpoint::Kind::kNull, std::string(text)};
  }
  if (text.starts_with("file:")) {
    text.remove_prefix(5);
  } else if (looks_like_host(text) && ::access(std::string(text).c_str(), F_OK) != 0) {
    const std::string host(text);
    return std::unexpected(illegal_argument("[" + host + "] is no " + std::string(which) +
                                            " endpoint: did you mean http://" + host +
                                            "? For a file of that name say file:" + host));
  }
  if (text.find("://") != std::string_view::npos) {
    return std::unexpected(illegal_argument("[" + std::string(text) + "] is no " + std::string(which) +
                                            " endpoint: use http://HOST:PORT, https://HOST:PORT, store:DIR, a path, "
                                            "file:PATH, - or null:"));
  }
  return Endpoint{Endpoint::Kind::kFile, std::string(text)};
}

}  // namespace sluice
