#include "tests/nodes/node_environment.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace sluice::nodes {
namespace {

std::unexpected<Error> no_node(std::string_view kind, std::string_view why) {
  return std::unexpected(Error(ErrorKind::kNotFound, 404, "resource_not_found_exception",
                               "no " + std::string(kind) + " node to test against: " + std::string(why)));
}

std::string environment_value(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): tests set no variables
  return value == nullptr ? "" : value;
}

}  // namespace

Result<std::string> node_url_in(std::string_view environment, std::string_view kind) {
  std::string variable = "SLUICE_" + std::string(kind);
  std::ranges::transform(variable, variable.begin(), [](unsigned char c) { return std::toupper(c); });
  std::istringstream lines{std::string(environment)};
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(variable)) continue;
    const std::string_view rest = std::string_view(line).substr(variable.size());
    if (rest.starts_with("!=")) return no_node(kind, rest.substr(2));
    if (rest.starts_with('=')) return std::string(rest.substr(1));
  }
  return no_node(kind, "the file of $SLUICE_NODES_ENV has no " + variable);
}

Result<std::string> node_url(std::string_view kind) {
  const std::string path = environment_value("SLUICE_NODES_ENV");
  if (path.empty())
    return no_node(kind, "run it by ctest, or start nodes with tests/nodes/node and set SLUICE_NODES_ENV");
  const std::ifstream file(path);
  if (!file) return no_node(kind, path + " is not there: ctest's nodes_up makes it");
  std::ostringstream text;
  text << file.rdbuf();
  return node_url_in(text.str(), kind);
}

bool nodes_are_required() { return environment_value("CI") == "true"; }

}  // namespace sluice::nodes
