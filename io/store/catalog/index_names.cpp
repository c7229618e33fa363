#include "io/store/catalog/index_names.h"

#include <algorithm>
#include <cctype>

#include "pipeline/base/json_text.h"

namespace sluice::store {

namespace {

constexpr std::size_t kLongestName = 255;
constexpr std::string_view kForbidden = "\\/*?\"<>| ,";

/// What is wrong with a name; empty: nothing.
std::string name_problem(std::string_view name) {
  if (name.empty()) return "must not be empty";
  if (name.find_first_of(kForbidden) != std::string_view::npos) {
    return R"(must not contain the following characters [' ','"','*',',','/','<','>','?','\','|'])";
  }
  if (name.find('#') != std::string_view::npos) return "must not contain '#'";
  if (name.find(':') != std::string_view::npos) return "must not contain ':'";
  if (name.front() == '_' || name.front() == '-' || name.front() == '+') return "must not start with '_', '-', or '+'";
  if (name.size() > kLongestName) {
    return "index name is too long, (" + std::to_string(name.size()) + " > " + std::to_string(kLongestName) + ")";
  }
  if (name == "." || name == "..") return "must not be '.' or '..'";
  return {};
}

Error name_error(std::string_view type, std::string_view what, std::string_view name, const std::string& problem) {
  std::string reason = "Invalid " + std::string(what) + " name [" + std::string(name) + "], " + problem;
  return Error(ErrorKind::kBadRequest, 400, std::string(type), std::move(reason))
      .with("index_uuid", "_na_")
      .with("index", name);
}

}  // namespace

Status check_index_name(std::string_view name) {
  std::string problem = name_problem(name);
  if (problem.empty() && std::ranges::any_of(name, [](char c) { return c >= 'A' && c <= 'Z'; })) {
    problem = "must be lowercase";
  }
  if (problem.empty()) return {};
  return std::unexpected(name_error("invalid_index_name_exception", "index", name, problem));
}

Status check_alias_name(std::string_view name) {
  const std::string problem = name_problem(name);
  if (problem.empty()) return {};
  return std::unexpected(Error(ErrorKind::kBadRequest, 400, "invalid_alias_name_exception",
                               "Invalid alias name [" + std::string(name) + "]: " + problem));
}

Error index_not_found(std::string_view name) {
  return Error(ErrorKind::kNotFound, 404, "index_not_found_exception", "no such index [" + std::string(name) + "]")
      .with("resource.type", "index_or_alias")
      .with("resource.id", name)
      .with("index_uuid", "_na_")
      .with("index", name);
}

Error index_closed(const IndexMeta& index) {
  return Error(ErrorKind::kBadRequest, 400, "index_closed_exception", "closed")
      .with("index_uuid", index.uuid)
      .with("index", index.name);
}

std::vector<std::string> split_expression(std::string_view expression) {
  std::vector<std::string> names;
  while (!expression.empty()) {
    // Commas inside `<..>` belong to date math.
    std::size_t comma = 0;
    int angles = 0;
    for (; comma < expression.size(); ++comma) {
      if (expression[comma] == '<') ++angles;
      if (expression[comma] == '>') --angles;
      if (expression[comma] == ',' && angles <= 0) break;
    }
    if (comma != 0) names.emplace_back(expression.substr(0, comma));
    expression.remove_prefix(std::min(comma + 1, expression.size()));
  }
  if (names.empty() || (names.size() == 1 && names.front() == "_all")) names.assign(1, "*");
  return names;
}

bool is_alias(const ClusterState& state, std::string_view name) {
  return std::ranges::any_of(state.indices, [&](const auto& entry) { return entry.second->aliases.contains(name); });
}

Result<IndexPtr> write_index(const ClusterState& state, std::string_view name) {
  if (IndexPtr index = state.find(name); index != nullptr) return index;
  if (const auto stream = state.data_streams.find(name); stream != state.data_streams.end()) {
    return state.find(stream->second.indices.back());
  }
  std::vector<IndexPtr> candidates;
  for (const auto& [_, index] : state.indices) {
    const auto alias = index->aliases.find(name);
    if (alias == index->aliases.end()) continue;
    if (alias->second.write_index.value_or(false)) return index;
    if (!alias->second.write_index) candidates.push_back(index);
  }
  if (candidates.size() == 1) return candidates.front();
  if (candidates.empty() && !is_alias(state, name)) return IndexPtr();
  return std::unexpected(illegal_argument(
      "no write index is defined for alias [" + std::string(name) +
      "]. The write index may be explicitly disabled using is_write_index=false or the alias points to multiple "
      "indices without one being designated as a write index"));
}

}  // namespace sluice::store
