#include "reindex/endpoint.h"

namespace sluice {

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
  if (text.starts_with("file:")) text.remove_prefix(5);
  if (text.find("://") != std::string_view::npos) {
    return std::unexpected(illegal_argument("[" + std::string(text) + "] is no " + std::string(which) +
                                            " endpoint: use http://HOST:PORT, https://HOST:PORT, store:DIR, a path, "
                                            "file:PATH, - or null:"));
  }
  return Endpoint{Endpoint::Kind::kFile, std::string(text)};
}

}  // namespace sluice
