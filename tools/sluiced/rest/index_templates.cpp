#include "io/store/catalog/create_index.h"
#include "io/store/catalog/index_names.h"
#include "pipeline/base/wildcard.h"
#include "tools/sluiced/rest/index_template_body.h"
#include "tools/sluiced/rest/index_views.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/rest/settings_tree.h"
#include "tools/sluiced/rest/template_list.h"

namespace sluice::rest {

namespace {

/// Other templates that fit some of the names that this one fits.
void write_overlapping(JsonWriter& out, const store::ClusterState& state, const store::TemplateMeta& chosen) {
  out.key("overlapping").begin_array();
  for (const auto* templates : {&state.legacy_templates, &state.templates}) {
    for (const auto& [name, meta] : *templates) {
      bool overlaps = false;
      for (const std::string& a : chosen.patterns) {
        for (const std::string& b : meta.patterns) overlaps = overlaps || patterns_overlap(a, b);
      }
      if (!overlaps || (name == chosen.name && templates == &state.templates)) continue;
      out.begin_object().member("name", name).key("index_patterns").begin_array();
      for (const std::string& pattern : meta.patterns) out.string(pattern);
      out.end_array().end_object();
    }
  }
  out.end_array();
}

/// What an index of that name would get.
Result<Reply> simulated(const store::ClusterState& state, const store::TemplateMeta& chosen, std::string_view index) {
  store::ClusterState alone;
  alone.component_templates = state.component_templates;
  alone.templates.emplace(chosen.name, chosen);
  auto layers = store::template_layers(alone, index);
  if (!layers) return std::unexpected(layers.error());
  auto mapping = composed_mapping(layers->mappings);
  if (!mapping) return std::unexpected(mapping.error());
  JsonWriter out;
  out.begin_object().key("template").begin_object().key("settings");
  write_settings(out, layers->settings, false);
  if (!layers->mappings.empty()) out.key("mappings").raw((*mapping)->json());
  store::IndexMeta shown;
  shown.aliases = layers->aliases;
  write_aliases(out, shown, {});
  out.end_object();
  write_overlapping(out, state, chosen);
  out.end_object();
  return Reply::json(out.take());
}

std::string name_that_fits(const store::TemplateMeta& meta) {
  std::string name = meta.patterns.front();
  std::erase(name, '*');
  return name;
}

Status refuse_used(const store::ClusterState& state, const std::string& name) {
  std::string streams;
  for (const auto& [stream, meta] : state.data_streams) {
    if (meta.template_name == name) streams += (streams.empty() ? "" : ", ") + stream;
  }
  if (streams.empty()) return {};
  return std::unexpected(illegal_argument("unable to remove composable templates [" + name +
                                          "] as they are in use by a data streams [" + streams + "]"));
}

/// The name under which a template that is only tried out stands among the others.
constexpr const char* kSimulated = "simulated";

}  // namespace

Result<Reply> put_index_template(Call& call, Services& services) {
  if (!call.has_body()) {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "parse_exception", "request body is required"));
  }
  const std::string name(call.text_or("name", ""));
  auto create = call.flag("create", false);
  if (!create) return std::unexpected(create.error());
  auto body = parse_index_template(call.body());
  if (!body) return std::unexpected(body.error());
  Status changed = services.catalog.update([&](store::ClusterState& state) -> Status {
    if (*create && state.templates.contains(name)) {
      return std::unexpected(illegal_argument("index template [" + name + "] already exists"));
    }
    return add_index_template(state, name, *body);
  });
  if (!changed) return std::unexpected(changed.error());
  return Reply::acknowledged();
}

Result<Reply> get_index_templates(Call& call, Services& services) {
  return list_templates(call, services.catalog.state()->templates,
                        {"index_templates", "index_template", "index template"});
}

Result<Reply> delete_index_template(Call& call, Services& services) {
  Status changed = services.catalog.update([&](store::ClusterState& state) -> Status {
    for (const std::string& pattern : call.list("name")) {
      std::vector<std::string> gone;
      for (const auto& [name, meta] : state.templates) {
        if (wildcard_match(pattern, name)) gone.push_back(name);
      }
      if (gone.empty() && pattern != "*") return std::unexpected(template_missing(pattern));
      for (const std::string& name : gone) {
        if (auto refused = refuse_used(state, name); !refused) return refused;
        state.templates.erase(name);
      }
    }
    return {};
  });
  if (!changed) return std::unexpected(changed.error());
  return Reply::acknowledged();
}

Result<Reply> simulate_index(Call& call, Services& services) {
  store::ClusterState state = *services.catalog.state();
  const std::string index(call.text_or("name", ""));
  if (call.has_body()) {
    auto body = parse_index_template(call.body());
    if (!body) return std::unexpected(body.error());
    if (auto added = add_index_template(state, kSimulated, *body); !added) return std::unexpected(added.error());
  }
  const store::TemplateMeta* chosen = store::matching_template(state, index);
  if (chosen == nullptr) return Reply::json("{}");
  return simulated(state, *chosen, index);
}

Result<Reply> simulate_template(Call& call, Services& services) {
  store::ClusterState state = *services.catalog.state();
  std::string name(call.text_or("name", ""));
  if (call.has_body()) {
    auto body = parse_index_template(call.body());
    if (!body) return std::unexpected(body.error());
    if (name.empty()) name = kSimulated;
    if (auto added = add_index_template(state, name, *body); !added) return std::unexpected(added.error());
  }
  const auto chosen = state.templates.find(name);
  if (chosen == state.templates.end()) {
    return std::unexpected(illegal_argument("unable to simulate template [" + name + "] that does not exist"));
  }
  return simulated(state, chosen->second, name_that_fits(chosen->second));
}

}  // namespace sluice::rest
