#include <algorithm>
#include <set>

#include "io/store/catalog/index_names.h"
#include "pipeline/base/buffer.h"
#include "pipeline/base/json_writer.h"
#include "stages/query/compile.h"
#include "stages/query/query.h"
#include "tools/sluiced/rest/alias_actions.h"
#include "tools/sluiced/rest/index_options.h"

namespace sluice::rest {

namespace {

using Kind = AliasAction::Kind;

Error aliases_not_found(const std::vector<std::string>& names) {
  std::string list;
  JsonWriter ids;
  ids.begin_array();
  for (const std::string& name : names) {
    list += (list.empty() ? "" : ", ") + name;
    ids.string(name);
  }
  ids.end_array();
  Error error = Error(ErrorKind::kNotFound, 404, "aliases_not_found_exception", "aliases [" + list + "] missing")
                    .with("resource.type", "aliases");
  if (names.size() == 1) return std::move(error).with("resource.id", names.front());
  return std::move(error).with_raw("resource.id", ids.take());
}

store::IndexOptions index_options(Kind kind) {
  store::IndexOptions options;
  options.allow_no_indices = false;
  options.expand_closed = true;
  options.expand_hidden = true;
  options.allow_closed = true;
  options.allow_aliases = kind != Kind::kRemoveIndex;
  return options;
}

Result<std::vector<store::IndexPtr>> resolve(const store::ClusterState& state, const AliasAction& action) {
  std::vector<store::IndexPtr> indices;
  for (const std::string& expression : action.indices) {
    auto found = store::resolve_indices(state, expression, index_options(action.kind));
    if (!found) return std::unexpected(found.error());
    for (const store::ResolvedIndex& each : *found) {
      if (!each.index->data_stream.empty() && action.kind != Kind::kRemoveIndex) {
        return std::unexpected(unsupported("aliases of data streams are not supported yet, and [" +
                                           each.index->data_stream + "] is one; use an alias of plain indices"));
      }
      if (std::ranges::find(indices, each.index) == indices.end()) indices.push_back(each.index);
    }
    if (Status free = check_blocks(*found, store::IndexUse::kChangeMetadata); !free)
      return std::unexpected(free.error());
  }
  return indices;
}

Status check_new_name(const store::ClusterState& state, const std::string& name) {
  if (auto checked = store::check_alias_name(name); !checked) return checked;
  if (!state.indices.contains(name) && !state.data_streams.contains(name)) return {};
  return std::unexpected(Error(
      ErrorKind::kBadRequest, 400, "invalid_alias_name_exception",
      "Invalid alias name [" + name + "]: an index, data stream, or ESQL view exists with the same name as the alias"));
}

/// The index as it is now, to edit: null where an earlier action removed it.
std::shared_ptr<store::IndexMeta> editable(store::ClusterState& state, const std::string& name) {
  const store::IndexPtr now = state.find(name);
  if (now == nullptr) return nullptr;
  auto copy = std::make_shared<store::IndexMeta>(*now);
  ++copy->aliases_version;
  state.indices.insert_or_assign(name, copy);
  return copy;
}

Status add(store::ClusterState& state, const AliasAction& action, const std::vector<store::IndexPtr>& indices) {
  for (const std::string& name : action.aliases) {
    if (auto checked = check_new_name(state, name); !checked) return checked;
    store::AliasMeta alias = action.alias;
    alias.name = name;
    if (auto checked = check_alias(alias); !checked) return checked;
    for (const store::IndexPtr& index : indices) {
      if (auto copy = editable(state, index->name)) copy->aliases.insert_or_assign(name, alias);
    }
  }
  return {};
}

bool matches_any(const std::vector<std::string>& patterns, std::string_view name) {
  return std::ranges::any_of(
      patterns, [&](const std::string& pattern) { return pattern == "_all" || wildcard_match(pattern, name); });
}

/// Whether anything was there to remove.
bool remove(store::ClusterState& state, const AliasAction& action, const std::vector<store::IndexPtr>& indices) {
  bool any = false;
  for (const store::IndexPtr& index : indices) {
    const auto copy = editable(state, index->name);
    if (copy == nullptr) continue;
    const auto removed =
        std::erase_if(copy->aliases, [&](const auto& entry) { return matches_any(action.aliases, entry.first); });
    any = any || removed > 0;
  }
  return any;
}

std::string joined(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ",") + name;
  return list;
}

Error illegal_state(std::string reason) {
  return Error(ErrorKind::kBadRequest, 500, "illegal_state_exception", std::move(reason));
}

/// One write index at most, and hidden everywhere or nowhere.
Status check_alias_everywhere(const store::ClusterState& state, const std::string& name) {
  std::vector<std::string> writers;
  std::vector<std::string> hidden;
  std::vector<std::string> shown;
  for (const auto& [index_name, index] : state.indices) {
    const auto alias = index->aliases.find(name);
    if (alias == index->aliases.end()) continue;
    if (alias->second.write_index.value_or(false)) writers.push_back(index_name);
    (alias->second.hidden.value_or(false) ? hidden : shown).push_back(index_name);
  }
  if (writers.size() > 1) {
    return std::unexpected(
        illegal_state("alias [" + name + "] has more than one write index [" + joined(writers) + "]"));
  }
  if (hidden.empty() || shown.empty()) return {};
  return std::unexpected(illegal_state("alias [" + name + "] has is_hidden set to true on indices [" + joined(hidden) +
                                       "] but does not have is_hidden set to true on indices [" + joined(shown) +
                                       "]; alias must have the same is_hidden setting on all indices"));
}

/// Indices go first, so that an alias may take the name of one.
Status remove_indices(store::ClusterState& state, const std::vector<std::vector<store::IndexPtr>>& indices,
                      const std::vector<AliasAction>& actions) {
  for (std::size_t i = 0; i < actions.size(); ++i) {
    if (actions[i].kind != Kind::kRemoveIndex) continue;
    for (const store::IndexPtr& index : indices[i]) {
      if (!index->data_stream.empty()) {
        return std::unexpected(illegal_argument("index [" + index->name + "] belongs to data stream [" +
                                                index->data_stream + "] and can't be removed here"));
      }
      state.indices.erase(index->name);
    }
  }
  return {};
}

}  // namespace

Status check_alias(const store::AliasMeta& alias) {
  if (alias.index_routing.find(',') != std::string::npos) {
    return std::unexpected(
        illegal_argument("alias [" + alias.name + "] has several index routing values associated with it"));
  }
  if (alias.filter.empty()) return {};
  std::string padded = alias.filter;
  padded.append(Buffer::kPadding, ' ');
  const std::string_view filter = std::string_view(padded).substr(0, alias.filter.size());
  const stages::QueryContext context{
      .schema = *store::Mapping::empty(), .index = {}, .index_uuid = {}, .text = filter, .start = {}};
  auto query = stages::compile_query(filter, context);
  // What an index's fields have to do with it shows where it is searched.
  if (query || stages::is_shard_error(query.error())) return {};
  return std::unexpected(
      illegal_argument("failed to parse filter for alias [" + alias.name + "]").wrapping(query.error()));
}

Result<AliasOutcome> apply_alias_actions(store::ClusterState& state, const std::vector<AliasAction>& actions) {
  AliasOutcome outcome;
  std::vector<std::vector<store::IndexPtr>> indices;
  for (const AliasAction& action : actions) {
    auto found = resolve(state, action);
    if (!found) return std::unexpected(found.error());
    indices.push_back(std::move(*found));
  }
  if (auto removed = remove_indices(state, indices, actions); !removed) {
    return std::unexpected(removed.error());
  }
  std::set<std::string> changed;
  std::vector<std::string> missing;
  for (std::size_t i = 0; i < actions.size(); ++i) {
    const AliasAction& action = actions[i];
    bool done = true;
    if (action.kind == Kind::kAdd) {
      if (auto added = add(state, action, indices[i]); !added) return std::unexpected(added.error());
      changed.insert(action.aliases.begin(), action.aliases.end());
    } else if (action.kind == Kind::kRemove) {
      done = remove(state, action, indices[i]);
      if (!done) missing.insert(missing.end(), action.aliases.begin(), action.aliases.end());
      if (!done && action.must_exist.value_or(false)) return std::unexpected(aliases_not_found(action.aliases));
    }
    outcome.done.push_back(done);
  }
  if (std::ranges::none_of(outcome.done, [](bool done) { return done; })) {
    return std::unexpected(aliases_not_found(missing));
  }
  for (const std::string& name : changed) {
    if (auto checked = check_alias_everywhere(state, name); !checked) return std::unexpected(checked.error());
  }
  return outcome;
}

}  // namespace sluice::rest
