#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"
#include "reindex/request.h"

/// What `source.index` and `source.project_routing` mean where other projects are linked to the one that runs. Pure.
/// Source: Elasticsearch's CrossProjectIndexExpressionsRewriter, CrossProjectRoutingResolver and
/// CrossProjectIndexResolutionValidator.
namespace sluice {

/// The origin's name in requests: the project that runs, and that is written to.
inline constexpr std::string_view kOriginProject = "_origin";

/// What is read of one project.
struct ProjectNames {
  std::string alias;  ///< empty: the origin
  std::vector<std::string>
      indices;  ///< names, patterns and exclusions as that project understands them; empty: nothing
};

/// An index that is named, not found by a pattern: it has to be there.
struct NeededIndex {
  std::string expression;             ///< as it stands in the request
  std::string name;                   ///< without a project
  std::vector<std::size_t> projects;  ///< where it is looked for: places in ProjectChoice::projects
  bool everywhere = false;            ///< it has to be in each of them; else in one
};

struct ProjectChoice {
  std::vector<ProjectNames> projects;  ///< the origin first, where it is read; then the others in the order given
  std::vector<NeededIndex> needed;

  /// What is read of the origin; null: it is left out, or nothing is.
  [[nodiscard]] const ProjectNames* origin() const;
  /// How many projects something is read of.
  [[nodiscard]] std::size_t read() const;
};

/// `source.project_routing` as text; empty: not given.
std::string project_routing_of(const RequestSource& source);

/// Errors: status_exception, 400, for what is not `_alias:` with one name or pattern behind it.
Status check_project_routing(std::string_view routing);

/// Shares the names of a request out among the origin and the projects that are linked to it under these aliases.
/// `logs` is asked of every project, `a:logs`, `a*:logs` and `_origin:logs` of those alone; `-logs*` takes away from
/// every project, `-a:logs*` from those alone. Routing leaves out projects before that. Errors: those of
/// check_project_routing(); no_matching_project_exception, 404; illegal_argument_exception for `-a:-x`.
Result<ProjectChoice> choose_projects(const RequestSource& source, const std::vector<std::string>& linked);

}  // namespace sluice
