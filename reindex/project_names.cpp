#include "reindex/project_names.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "pipeline/base/ascii_case.h"
#include "pipeline/base/json_text.h"
#include "pipeline/base/wildcard.h"

namespace sluice {

namespace {

constexpr std::string_view kAlias = "_alias:";
constexpr std::string_view kUnsupported = "+-=&|><!(){}[]^\"~?:\\/";

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// Whether a pattern has no letter that a name would need to have: only such a one finds the origin, which has no name
/// but `_origin`.
bool takes_all(std::string_view pattern) { return pattern.find_first_not_of('*') == std::string_view::npos; }

Error status_exception(std::string reason) {
  return {ErrorKind::kBadRequest, 400, "status_exception", std::move(reason)};
}

Error no_project(std::string reason) {
  return {ErrorKind::kNotFound, 404, "no_matching_project_exception", std::move(reason)};
}

/// One name, or one with a star inside, or with stars at its ends.
bool is_one_pattern(std::string_view pattern) {
  const bool open_end = pattern.ends_with('*');
  const bool open_begin = pattern.starts_with('*');
  if (open_end) pattern.remove_suffix(1);
  if (open_begin && !pattern.empty()) pattern.remove_prefix(1);
  const auto stars = std::ranges::count(pattern, '*');
  if (stars > (open_end || open_begin ? 0 : 1)) return false;
  return std::ranges::none_of(pattern, [](char c) { return is_space(c) || kUnsupported.contains(c); });
}

/// An entry of `source.index`: which projects are meant, and what in them.
struct Expression {
  std::optional<std::string> project;  ///< nothing: all
  bool excludes = false;
  std::string name;
};

Result<Expression> read_expression(const std::string& text) {
  Expression read;
  std::string_view rest = text;
  read.excludes = rest.starts_with('-');
  const std::string_view bare = rest.substr(read.excludes ? 1 : 0);
  // `<logs-{now{HH:mm}}>` is a date, `logs::failures` a part of an index.
  const std::size_t colon = bare.find(':');
  const bool qualified =
      colon != std::string_view::npos && !bare.starts_with('<') && !bare.substr(colon + 1).starts_with(':');
  if (qualified) {
    read.project = std::string(bare.substr(0, colon));
    rest = bare.substr(colon + 1);
    if (read.excludes && rest.starts_with('-')) {
      return std::unexpected(illegal_argument(
          fmt::format("Cannot apply exclusion for both the project and the index expression [{}]", text)));
    }
    if (rest.starts_with('-')) read.excludes = true;
  }
  if (rest.starts_with('-')) rest.remove_prefix(1);
  read.name = rest == "_all" ? "*" : std::string(rest);
  return read;
}

/// Shares expressions out, one after the other.
class Sharing {
 public:
  Sharing(std::vector<ProjectNames> projects, std::string routing) : routing_(std::move(routing)) {
    choice_.projects = std::move(projects);
  }

  Status add(const std::string& text) {
    auto expression = read_expression(text);
    if (!expression) return std::unexpected(std::move(expression.error()));
    auto meant = projects_of(expression->project);
    if (!meant) return std::unexpected(std::move(meant.error()));
    if (expression->excludes) {
      for (const std::size_t project : *meant) exclude(project, expression->name, expression->project.has_value());
      return {};
    }
    for (const std::size_t project : *meant) choice_.projects[project].indices.push_back(expression->name);
    if (expression->name.find('*') != std::string::npos) return {};
    choice_.needed.push_back({.expression = text,
                              .name = std::move(expression->name),
                              .projects = std::move(*meant),
                              .everywhere = expression->project.has_value() || !routing_.empty()});
    return {};
  }

  ProjectChoice take() {
    // What is only taken away from is not read.
    for (ProjectNames& project : choice_.projects) {
      const bool reads = std::ranges::any_of(project.indices, [](const auto& name) { return !name.starts_with('-'); });
      if (!reads) project.indices.clear();
    }
    return std::move(choice_);
  }

 private:
  /// A whole project that is taken away again needs nothing any more.
  void exclude(std::size_t project, const std::string& name, bool by_project) {
    if (!by_project || !takes_all(name)) {
      choice_.projects[project].indices.push_back("-" + name);
      return;
    }
    choice_.projects[project].indices.clear();
    for (NeededIndex& index : choice_.needed) std::erase(index.projects, project);
    std::erase_if(choice_.needed, [](const NeededIndex& index) { return index.projects.empty(); });
  }

  [[nodiscard]] Result<std::vector<std::size_t>> projects_of(const std::optional<std::string>& pattern) const {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < choice_.projects.size(); ++i) {
      const std::string& alias = choice_.projects[i].alias;
      const bool meant = !pattern        ? true
                         : alias.empty() ? *pattern == kOriginProject || (!pattern->empty() && takes_all(*pattern))
                                         : wildcard_match(*pattern, alias);
      if (meant) found.push_back(i);
    }
    if (!found.empty()) return found;
    return std::unexpected(no_project(fmt::format("No such project: [{}]{}", *pattern,
                                                  routing_.empty() ? "" : " with project routing [" + routing_ + "]")));
  }

  std::string routing_;
  ProjectChoice choice_;
};

/// Those that routing leaves.
std::vector<ProjectNames> routed(std::string_view routing, const std::vector<std::string>& linked) {
  const std::string pattern = routing.empty() ? "*" : ascii_lower_case(routing.substr(kAlias.size()));
  std::vector<ProjectNames> projects;
  if (pattern == kOriginProject || takes_all(pattern)) projects.emplace_back();
  if (pattern == kOriginProject) return projects;
  for (const std::string& alias : linked) {
    if (wildcard_match(pattern, ascii_lower_case(alias))) projects.push_back({.alias = alias, .indices = {}});
  }
  return projects;
}

}  // namespace

const ProjectNames* ProjectChoice::origin() const {
  const bool there = !projects.empty() && projects.front().alias.empty() && !projects.front().indices.empty();
  return there ? &projects.front() : nullptr;
}

std::size_t ProjectChoice::read() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(projects, [](const ProjectNames& project) { return !project.indices.empty(); }));
}

std::string project_routing_of(const RequestSource& source) {
  for (const auto& [key, json] : source.other) {
    if (key == "project_routing") return json_unquoted(json);
  }
  return {};
}

Status check_project_routing(std::string_view routing) {
  if (routing.empty()) return {};
  if (!ascii_lower_case(routing.substr(0, kAlias.size())).starts_with(kAlias)) {
    const std::size_t colon = routing.find(':');
    return std::unexpected(status_exception(
        colon == std::string_view::npos
            ? fmt::format("project_routing [{}] must start with the prefix [_alias:]", routing)
            : fmt::format("Unsupported tag [{}] in project_routing expression [{}]. Supported tags [_alias].",
                          routing.substr(0, colon), routing)));
  }
  const std::string_view pattern = routing.substr(kAlias.size());
  if (pattern.empty()) {
    return std::unexpected(status_exception(fmt::format("project_routing expression [{}] cannot be empty", routing)));
  }
  if (is_one_pattern(pattern)) return {};
  return std::unexpected(status_exception(
      fmt::format("Unsupported project_routing expression [{}]. Tech Preview only supports project routing via a "
                  "single project alias or wildcard alias expression",
                  pattern)));
}

Result<ProjectChoice> choose_projects(const RequestSource& source, const std::vector<std::string>& linked) {
  const std::string routing = project_routing_of(source);
  if (Status right = check_project_routing(routing); !right) return std::unexpected(std::move(right.error()));
  std::vector<ProjectNames> projects = routed(routing, linked);
  if (projects.empty()) {
    return std::unexpected(no_project("no matching project after applying project routing [" + routing + "]"));
  }
  static const std::vector<std::string> everything{"*"};
  Sharing sharing(std::move(projects), routing);
  for (const std::string& each : source.indices.empty() ? everything : source.indices) {
    if (Status added = sharing.add(each); !added) return std::unexpected(std::move(added.error()));
  }
  return sharing.take();
}

}  // namespace sluice
