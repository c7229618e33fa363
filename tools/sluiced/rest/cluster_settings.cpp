#include "pipeline/base/json_text.h"
#include "pipeline/base/wildcard.h"
#include "stages/parse/json_object.h"
#include "tools/sluiced/rest/cluster_setting.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/rest/settings_tree.h"
#include "tools/sluiced/settings/node_settings.h"

namespace sluice::rest {
namespace {

Error not_recognized(std::string_view scope, std::string_view name) {
  return illegal_argument(std::string(scope) + " setting [" + std::string(name) + "], not recognized");
}

/// A name with `*` resets all that match it. Whether there are any does not matter.
Status apply_one(std::string_view scope, const std::string& name, const std::string& raw, store::Settings& settings) {
  if (name.find('*') != std::string::npos && raw.empty()) {
    std::erase_if(settings, [&](const auto& entry) { return wildcard_match(name, entry.first); });
    return {};
  }
  const SettingRow* row = find_setting(name);
  if (row == nullptr) return std::unexpected(not_recognized(scope, name));
  if (row->scope != SettingScope::kCluster) {
    return std::unexpected(
        illegal_argument(std::string(scope) + " setting [" + name + "], not dynamically updateable"));
  }
  if (raw.empty()) {
    settings.erase(name);
    return {};
  }
  if (name.starts_with("cluster.blocks.") && json_unquoted(raw) == "true") {
    return std::unexpected(
        unsupported("[" + std::string(name) +
                    "] is not supported by this version of sluiced: block writes with [index.blocks.write] "
                    "of each index"));
  }
  const bool list = raw.starts_with('[');
  if (!list || (row->kind != SettingKind::kList && row->kind != SettingKind::kText)) {
    if (auto checked = check_setting(*row, name, list ? raw : json_unquoted(raw)); !checked) return checked;
  }
  settings.insert_or_assign(name, raw);
  return {};
}

Status apply(std::string_view scope, const store::Settings& changes, store::Settings& settings) {
  for (const auto& [name, raw] : changes) {
    if (auto applied = apply_one(scope, name, raw, settings); !applied) return applied;
  }
  return {};
}

struct Changes {
  store::Settings persistent;
  store::Settings transient;
};

Result<Changes> read_changes(const Call& call) {
  if (!call.has_body()) {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "parse_exception", "request body is required"));
  }
  const std::string body(call.body());
  auto members = stages::json_members_of(body, "settings");
  if (!members) return std::unexpected(std::move(members.error()));
  Changes changes;
  for (const stages::JsonMember& member : *members) {
    const std::string name = member.name();
    if (name != "persistent" && name != "transient") {
      return std::unexpected(illegal_argument("unknown field [" + name + "]; settings are persistent or transient"));
    }
    auto read = read_settings(member.value);
    if (!read) return std::unexpected(std::move(read.error()));
    (name == "persistent" ? changes.persistent : changes.transient) = std::move(*read);
  }
  if (changes.persistent.empty() && changes.transient.empty()) {
    return std::unexpected(validation_error({"no settings to update"}));
  }
  return changes;
}

/// Those of the changed settings that are set now: what PUT answers.
store::Settings kept(const store::Settings& changes, const store::Settings& now) {
  store::Settings result;
  for (const auto& [name, raw] : changes) {
    if (const auto found = now.find(name); found != now.end()) result.insert(*found);
  }
  return result;
}

store::Settings defaults(const Services& services, const store::ClusterState& state) {
  store::Settings result;
  for (const SettingRow& row : setting_rows()) {
    const std::string name(row.name);
    if (name.ends_with(".*") || row.kind == SettingKind::kSecret) continue;
    if (state.persistent.contains(name) || state.transient.contains(name)) continue;
    const auto set = services.node_settings.find(name);
    result.emplace(name, set != services.node_settings.end() ? set->second : json_string(row.fallback));
  }
  return result;
}

}  // namespace

std::string cluster_setting(const Services& services, std::string_view name) {
  const store::StatePtr state = services.catalog.state();
  for (const store::Settings* settings : {&state->transient, &state->persistent}) {
    if (const auto found = settings->find(name); found != settings->end()) return json_unquoted(found->second);
  }
  return node_setting(services.node_settings, name);
}

std::size_t max_clause_count(const Services& services) {
  return std::stoull("0" + cluster_setting(services, "indices.query.bool.max_clause_count"));
}

Result<Reply> get_cluster_settings(Call& call, Services& services) {
  const auto flat = call.flag("flat_settings", false);
  if (!flat) return std::unexpected(flat.error());
  const auto with_defaults = call.flag("include_defaults", false);
  if (!with_defaults) return std::unexpected(with_defaults.error());
  const store::StatePtr state = services.catalog.state();
  JsonWriter out;
  out.begin_object().key("persistent");
  write_settings(out, state->persistent, *flat);
  out.key("transient");
  write_settings(out, state->transient, *flat);
  if (*with_defaults) {
    out.key("defaults");
    write_settings(out, defaults(services, *state), *flat);
  }
  out.end_object();
  return Reply::json(out.take());
}

Result<Reply> put_cluster_settings(Call& call, Services& services) {
  const auto flat = call.flag("flat_settings", false);
  if (!flat) return std::unexpected(flat.error());
  auto changes = read_changes(call);
  if (!changes) return std::unexpected(std::move(changes.error()));
  store::Settings persistent;
  store::Settings transient;
  auto updated = services.catalog.update([&](store::ClusterState& state) -> Status {
    if (auto applied = apply("persistent", changes->persistent, state.persistent); !applied) return applied;
    if (auto applied = apply("transient", changes->transient, state.transient); !applied) return applied;
    persistent = kept(changes->persistent, state.persistent);
    transient = kept(changes->transient, state.transient);
    return {};
  });
  if (!updated) return std::unexpected(std::move(updated.error()));
  services.indexer.set_auto_create(cluster_setting(services, "action.auto_create_index"));
  JsonWriter out;
  out.begin_object().member("acknowledged", true).key("persistent");
  write_settings(out, persistent, *flat);
  out.key("transient");
  write_settings(out, transient, *flat);
  out.end_object();
  return Reply::json(out.take());
}

}  // namespace sluice::rest
