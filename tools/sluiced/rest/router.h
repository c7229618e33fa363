#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tools/sluiced/rest/rest.h"

namespace sluice::rest {

/// Finds the route of a path: segment by segment, a literal before a `{part}`, going back where a literal leads
/// nowhere. Immutable once made; any thread.
class Router {
 public:
  explicit Router(const std::vector<Route>& routes);
  ~Router();

  struct Match {
    const Route* route = nullptr;  ///< null: no route has this path and method
    std::map<std::string, std::string, std::less<>> parts;
    std::vector<std::string_view> allowed;  ///< the methods that the path has, sorted
  };
  [[nodiscard]] Match find(std::string_view method, std::span<const std::string> segments) const;

 private:
  struct Node;
  struct Search;
  static void descend(const Node& node, std::span<const std::string> segments, Search& search);
  std::unique_ptr<Node> root_;
};

/// The router of routes().
const Router& router();

}  // namespace sluice::rest
