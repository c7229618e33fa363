#include <algorithm>
#include <chrono>

#include "io/store/catalog/index_names.h"

namespace sluice::store {

namespace {

bool has_wildcard(std::string_view name) { return name.find('*') != std::string_view::npos; }

/// Collects the indices of an expression, each once, in the order in which they were found.
class Resolution {
 public:
  Resolution(const ClusterState& state, const IndexOptions& options) : state_(state), options_(options) {}

  Status add(std::string_view name) {
    if (name.find(':') != std::string_view::npos) return std::unexpected(elsewhere(name));
    if (name.starts_with('-')) {
      exclude(name.substr(1));
      return {};
    }
    // Where patterns stand for nothing, one is a name like others: there is no such index.
    const bool expands = options_.expand_open || options_.expand_closed;
    if (!expands && name == "*") return {};
    return has_wildcard(name) && expands ? add_pattern(name) : add_name(name);
  }

  std::vector<ResolvedIndex> take() { return std::move(found_); }

 private:
  /// `cluster:index`: sluiced knows no other clusters.
  [[nodiscard]] Error elsewhere(std::string_view name) const {
    if (!options_.other_clusters) {
      return illegal_argument(
          "Cross-cluster calls are not supported in this context but remote indices were requested: [" +
          std::string(name) + "]");
    }
    if (name.starts_with('-')) name.remove_prefix(1);
    return {ErrorKind::kNotFound, 404, "no_such_remote_cluster_exception",
            "no such remote cluster: [" + std::string(name.substr(0, name.find(':'))) + "]"};
  }

  [[nodiscard]] bool expands_to(const IndexMeta& index, std::string_view pattern, std::string_view by_name) const {
    if (index.open ? !options_.expand_open : !options_.expand_closed) return false;
    if (!index.hidden() || options_.expand_hidden) return true;
    // A pattern with a dot in front finds hidden indices whose name has one.
    return pattern.starts_with('.') && by_name.starts_with('.');
  }

  void keep(const IndexPtr& index, std::string_view alias) {
    auto at = std::ranges::find_if(found_, [&](const ResolvedIndex& each) { return each.index == index; });
    if (at == found_.end()) {
      found_.push_back({index, false, {}});
      at = std::prev(found_.end());
    }
    if (alias.empty()) {
      at->direct = true;
    } else if (std::ranges::find(at->aliases, alias) == at->aliases.end()) {
      at->aliases.emplace_back(alias);
    }
  }

  Status add_pattern(std::string_view pattern) {
    bool any = false;
    for (const auto& [name, index] : state_.indices) {
      if (wildcard_match(pattern, name) && expands_to(*index, pattern, name)) {
        any = true;
        if (!index->open && !options_.allow_closed) {
          if (!options_.ignore_unavailable) return std::unexpected(index_closed(*index));
          continue;
        }
        keep(index, "");
      }
      if (!options_.allow_aliases || pattern == "*") continue;
      for (const auto& [alias, meta] : index->aliases) {
        if (!wildcard_match(pattern, alias)) continue;
        const bool state_fits = index->open ? options_.expand_open : options_.expand_closed;
        const bool visible = !meta.hidden.value_or(false) || options_.expand_hidden ||
                             (pattern.starts_with('.') && alias.starts_with('.'));
        if (!state_fits || !visible) continue;
        any = true;
        if (!index->open && !options_.allow_closed) {
          if (!options_.ignore_unavailable) return std::unexpected(index_closed(*index));
          continue;
        }
        keep(index, alias);
      }
    }
    if (options_.data_streams) any = add_streams(pattern) || any;
    if (!any && !options_.allow_no_indices) return std::unexpected(index_not_found(pattern));
    return {};
  }

  bool add_streams(std::string_view pattern) {
    bool any = false;
    for (const auto& [name, stream] : state_.data_streams) {
      if (!wildcard_match(pattern, name) || (stream.hidden && !options_.expand_hidden)) continue;
      for (const std::string& backing : stream.indices) keep(state_.find(backing), "");
      any = true;
    }
    return any;
  }

  Status add_name(std::string_view name) {
    if (const IndexPtr index = state_.find(name); index != nullptr) {
      if (!index->open && !options_.allow_closed) {
        return options_.ignore_unavailable ? Status{} : std::unexpected(index_closed(*index));
      }
      keep(index, "");
      return {};
    }
    const auto stream = state_.data_streams.find(name);
    if (stream != state_.data_streams.end() && options_.data_streams) {
      for (const std::string& backing : stream->second.indices) keep(state_.find(backing), "");
      return {};
    }
    return add_alias(name);
  }

  Status add_alias(std::string_view name) {
    bool any = false;
    for (const auto& [_, index] : state_.indices) {
      if (!index->aliases.contains(name)) continue;
      any = true;
      if (!options_.allow_aliases) {
        if (options_.ignore_unavailable) return {};
        return std::unexpected(illegal_argument("The provided expression [" + std::string(name) +
                                                "] matches an alias, specify the corresponding concrete indices "
                                                "instead."));
      }
      if (!index->open && !options_.allow_closed) {
        if (options_.ignore_unavailable) continue;
        return std::unexpected(index_closed(*index));
      }
      keep(index, name);
    }
    if (any || options_.ignore_unavailable) return {};
    if (name.starts_with('_')) {
      return std::unexpected(Error(ErrorKind::kBadRequest, 400, "invalid_index_name_exception",
                                   "Invalid index name [" + std::string(name) + "], must not start with '_'.")
                                 .with("index_uuid", "_na_")
                                 .with("index", name));
    }
    return std::unexpected(index_not_found(name));
  }

  /// As Elasticsearch 9 does, wherever it stands and whether there is such an index or not.
  void exclude(std::string_view name) {
    std::erase_if(found_, [&](const ResolvedIndex& each) {
      return wildcard_match(name, each.index->name) ||
             std::ranges::any_of(each.index->aliases, [&](const auto& a) { return wildcard_match(name, a.first); }) ||
             (!each.index->data_stream.empty() && wildcard_match(name, each.index->data_stream));
    });
  }

  const ClusterState& state_;
  const IndexOptions& options_;
  std::vector<ResolvedIndex> found_;
};

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace

Result<std::vector<ResolvedIndex>> resolve_indices(const ClusterState& state, std::string_view expression,
                                                   const IndexOptions& options) {
  return resolve_indices(state, split_expression(expression), options);
}

Result<std::vector<ResolvedIndex>> resolve_indices(const ClusterState& state, std::span<const std::string> names,
                                                   const IndexOptions& options) {
  static const std::vector<std::string> everything{"*"};
  if (names.empty() || (names.size() == 1 && names.front() == "_all")) names = everything;
  Resolution resolution(state, options);
  for (const std::string& each : names) {
    auto name = resolve_date_math(each, now_ms());
    if (!name) return std::unexpected(name.error());
    if (auto added = resolution.add(*name); !added) return std::unexpected(added.error());
  }
  std::vector<ResolvedIndex> found = resolution.take();
  if (found.empty() && !options.allow_no_indices) {
    const bool all = names.size() == 1 && names.front() == "*";
    std::string expression;
    for (const std::string& each : names) expression += (expression.empty() ? "" : ",") + each;
    return std::unexpected(index_not_found(all ? "_all" : expression));
  }
  return found;
}

}  // namespace sluice::store
