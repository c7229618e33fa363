#include <algorithm>
#include <set>

#include "tools/sluiced/rest/index_options.h"
#include "tools/sluiced/rest/index_views.h"
#include "tools/sluiced/rest/routes.h"

namespace sluice::rest {

namespace {

bool is_pattern(std::string_view name) { return name == "_all" || name.find('*') != std::string_view::npos; }

/// Names, patterns and, behind the first pattern, exclusions. Source: Elasticsearch's RestGetAliasesAction and
/// Metadata.findAliases.
class AliasSelection {
 public:
  explicit AliasSelection(std::vector<std::string> names) : names_(std::move(names)) {
    const auto first = std::ranges::find_if(names_, [](const std::string& name) { return is_pattern(name); });
    first_pattern_ = static_cast<std::size_t>(first - names_.begin());
  }

  [[nodiscard]] bool given() const { return !names_.empty(); }

  [[nodiscard]] bool takes(std::string_view alias) const {
    if (names_.empty()) return true;
    bool taken = false;
    for (const std::string& name : names_) {
      const bool excludes = name.starts_with('-');
      const std::string_view pattern = std::string_view(name).substr(excludes ? 1 : 0);
      if (pattern == "_all" || wildcard_match(pattern, alias)) taken = !excludes;
    }
    return taken;
  }

  /// Names that are asked for, not excluded again, and not among `found`; sorted.
  [[nodiscard]] std::set<std::string> missing(const std::set<std::string>& found) const {
    std::set<std::string> missing;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (is_pattern(names_[i]) || (i > first_pattern_ && names_[i].starts_with('-'))) continue;
      if (!excluded_later(i) && !found.contains(names_[i])) missing.insert(names_[i]);
    }
    return missing;
  }

 private:
  [[nodiscard]] bool excluded_later(std::size_t i) const {
    for (std::size_t j = std::max(i + 1, first_pattern_); j < names_.size(); ++j) {
      if (!names_[j].starts_with('-')) continue;
      const std::string_view pattern = std::string_view(names_[j]).substr(1);
      if (pattern == "_all" || wildcard_match(pattern, names_[i])) return true;
    }
    return false;
  }

  std::vector<std::string> names_;
  std::size_t first_pattern_ = 0;
};

void write_missing(JsonWriter& out, const std::set<std::string>& missing) {
  std::string names;
  for (const std::string& name : missing) names += (names.empty() ? "" : ",") + name;
  out.member("error", (missing.size() == 1 ? "alias [" : "aliases [") + names + "] missing").member("status", 404);
}

}  // namespace

Result<Reply> get_aliases(Call& call, Services& services) {
  const store::StatePtr state = services.catalog.state();
  store::IndexOptions options = administration_options();
  options.expand_hidden = true;
  auto indices = indices_of(call, *state, options);
  if (!indices) return std::unexpected(indices.error());
  if (Status free = check_blocks(*indices, store::IndexUse::kReadMetadata); !free) return std::unexpected(free.error());
  const AliasSelection selection(call.list("name"));
  std::set<std::string> found;
  for (const store::ResolvedIndex& each : *indices) {
    for (const auto& [name, alias] : each.index->aliases) {
      if (selection.takes(name)) found.insert(name);
    }
  }
  const std::set<std::string> missing = selection.missing(found);
  JsonWriter out;
  out.begin_object();
  if (!missing.empty()) write_missing(out, missing);
  for (const store::ResolvedIndex& each : *indices) {
    store::IndexMeta shown;
    for (const auto& [name, alias] : each.index->aliases) {
      if (selection.takes(name)) shown.aliases.emplace(name, alias);
    }
    if (shown.aliases.empty() && selection.given()) continue;
    out.key(each.index->name).begin_object();
    write_aliases(out, shown, {});
    out.end_object();
  }
  out.end_object();
  return Reply::json(out.take(), missing.empty() ? 200 : 404);
}

}  // namespace sluice::rest
