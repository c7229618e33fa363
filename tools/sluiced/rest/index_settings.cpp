#include "io/store/catalog/index_settings.h"

#include <algorithm>

#include "stages/parse/json_object.h"
#include "tools/sluiced/rest/index_options.h"
#include "tools/sluiced/rest/index_views.h"
#include "tools/sluiced/rest/routes.h"

namespace sluice::rest {

namespace {

/// A change of one of these blocks is let by all of them: else nobody could take them away.
bool changes_a_block(const store::Settings& settings) {
  return settings.contains("index.blocks.read_only") || settings.contains("index.blocks.metadata") ||
         settings.contains("index.blocks.read_only_allow_delete");
}

}  // namespace

Result<Reply> get_settings(Call& call, Services& services) {
  const store::StatePtr state = services.catalog.state();
  store::IndexOptions options;
  options.allow_closed = true;
  auto indices = indices_of(call, *state, options);
  if (!indices) return std::unexpected(indices.error());
  if (Status free = check_blocks(*indices, store::IndexUse::kReadMetadata); !free) return std::unexpected(free.error());
  auto flat = call.flag("flat_settings", false);
  auto defaults = call.flag("include_defaults", false);
  auto human = call.flag("human", false);
  if (!flat || !defaults) return std::unexpected(!flat ? flat.error() : defaults.error());
  if (!human) return std::unexpected(human.error());
  const std::vector<std::string> names = call.list("name");
  JsonWriter out;
  out.begin_object();
  for (const store::ResolvedIndex& each : *indices) {
    store::Settings settings = all_settings(*each.index, *human);
    const auto unwanted = [&](const auto& entry) {
      return !names.empty() && std::ranges::none_of(names, [&](const std::string& name) {
        return name == "_all" || wildcard_match(name, entry.first);
      });
    };
    std::erase_if(settings, unwanted);
    store::Settings others = *defaults ? store::default_index_settings() : store::Settings{};
    std::erase_if(others, [&](const auto& entry) { return settings.contains(entry.first) || unwanted(entry); });
    if (settings.empty() && others.empty() && !names.empty()) continue;
    out.key(each.index->name).begin_object().key("settings");
    write_settings(out, settings, *flat);
    if (*defaults) {
      out.key("defaults");
      write_settings(out, others, *flat);
    }
    out.end_object();
  }
  out.end_object();
  return Reply::json(out.take());
}

Result<Reply> put_settings(Call& call, Services& services) {
  if (!call.has_body()) {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "parse_exception", "request body is required"));
  }
  auto members = stages::json_members(call.body(), "the settings");
  if (!members) return std::unexpected(members.error());
  // `{"settings":{..}}` is the same as what is in it.
  const bool wrapped =
      members->size() == 1 && members->front().name() == "settings" && members->front().value.starts_with('{');
  auto settings = store::parse_index_settings(wrapped ? members->front().value : call.body());
  if (!settings) return std::unexpected(settings.error());
  if (settings->empty()) return std::unexpected(validation_error({"no settings to update"}));
  auto preserve = call.flag("preserve_existing", false);
  if (!preserve) return std::unexpected(preserve.error());
  auto reopen = call.flag("reopen", false);
  if (!reopen) return std::unexpected(reopen.error());
  store::IndexOptions options = administration_options();
  options.allow_no_indices = false;
  Status changed =
      change_indices(call, services, options, [&](store::ClusterState&, store::IndexMeta& index) -> Status {
        if (!changes_a_block(*settings)) {
          if (Status free = check_blocks(index, store::IndexUse::kChangeMetadata); !free) return free;
        }
        const auto change =
            index.open && !*reopen ? store::SettingsChange::kUpdateOpen : store::SettingsChange::kUpdateClosed;
        if (auto checked = store::check_index_settings(*settings, change, index.name + "/" + index.uuid); !checked) {
          return checked;
        }
        for (const auto& [name, value] : *settings) {
          if (value == "null") {
            index.settings.erase(name);
            if (name == "index.number_of_replicas") index.settings[name] = "\"1\"";
          } else if (!*preserve || !index.settings.contains(name)) {
            index.settings[name] = value;
          }
        }
        ++index.settings_version;
        return services.catalog.check_index(index);
      });
  if (!changed) return std::unexpected(changed.error());
  return Reply::acknowledged();
}

}  // namespace sluice::rest
