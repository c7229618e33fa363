#include "tools/sluiced/rest/router.h"

#include <algorithm>
#include <utility>

namespace sluice::rest {

struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::unique_ptr<Node> wildcard;
  std::vector<const Route*> routes;
};

struct Router::Search {
  std::string_view method;
  std::vector<std::string_view> values;  ///< of the wildcards on the way, the first first
  Match match;
};

namespace {

std::vector<std::string_view> split(std::string_view pattern) {
  std::vector<std::string_view> segments;
  if (pattern.starts_with('/')) pattern.remove_prefix(1);
  while (!pattern.empty()) {
    const std::size_t slash = std::min(pattern.find('/'), pattern.size());
    segments.push_back(pattern.substr(0, slash));
    pattern.remove_prefix(std::min(slash + 1, pattern.size()));
  }
  return segments;
}

bool is_wildcard(std::string_view segment) { return segment.starts_with('{') && segment.ends_with('}'); }

}  // namespace

Router::Router(const std::vector<Route>& routes) : root_(std::make_unique<Node>()) {
  for (const Route& route : routes) {
    Node* node = root_.get();
    for (const std::string_view segment : split(route.pattern)) {
      std::unique_ptr<Node>& next = is_wildcard(segment) ? node->wildcard : node->literals[std::string(segment)];
      if (!next) next = std::make_unique<Node>();
      node = next.get();
    }
    node->routes.push_back(&route);
  }
}

Router::~Router() = default;

void Router::descend(const Node& node, std::span<const std::string> segments, Search& search) {
  if (search.match.route != nullptr) return;
  if (segments.empty()) {
    for (const Route* route : node.routes) {
      search.match.allowed.push_back(route->method);
      if (route->method != search.method || search.match.route != nullptr) continue;
      search.match.route = route;
      std::size_t at = 0;
      for (const std::string_view segment : split(route->pattern)) {
        if (is_wildcard(segment))
          search.match.parts.emplace(segment.substr(1, segment.size() - 2), search.values[at++]);
      }
    }
    return;
  }
  if (const auto literal = node.literals.find(segments.front()); literal != node.literals.end()) {
    descend(*literal->second, segments.subspan(1), search);
  }
  if (node.wildcard) {
    search.values.push_back(segments.front());
    descend(*node.wildcard, segments.subspan(1), search);
    search.values.pop_back();
  }
}

Router::Match Router::find(std::string_view method, std::span<const std::string> segments) const {
  Search search{.method = method, .values = {}, .match = {}};
  descend(*root_, segments, search);
  std::vector<std::string_view>& allowed = search.match.allowed;
  std::ranges::sort(allowed);
  allowed.erase(std::unique(allowed.begin(), allowed.end()), allowed.end());
  return std::move(search.match);
}

const Router& router() {
  static const Router made(routes());
  return made;
}

}  // namespace sluice::rest
