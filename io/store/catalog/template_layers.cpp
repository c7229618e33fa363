#include "io/store/catalog/template_layers.h"

#include <algorithm>

#include <boost/json.hpp>

#include "io/store/catalog/create_index.h"
#include "io/store/catalog/index_names.h"
#include "io/store/catalog/index_settings.h"

namespace sluice::store {

namespace {

namespace json = boost::json;

bool fits(const TemplateMeta& meta, std::string_view index) {
  return std::ranges::any_of(meta.patterns, [&](const std::string& pattern) { return wildcard_match(pattern, index); });
}

Result<json::object> parse_body(const TemplateMeta& meta) {
  boost::system::error_code error;
  json::value value = json::parse(meta.json, error);
  if (error || !value.is_object()) return std::unexpected(internal_error("template [" + meta.name + "] can't be read"));
  return std::move(value.get_object());
}

/// `object` has `settings`, `mappings` and `aliases`.
Status add_layer(const json::object& object, TemplateLayers& layers) {
  if (const json::value* settings = object.if_contains("settings"); settings != nullptr) {
    auto parsed = parse_index_settings(json::serialize(*settings));
    if (!parsed) return std::unexpected(parsed.error());
    for (auto& [name, value] : *parsed) layers.settings[name] = value;
  }
  if (const json::value* mappings = object.if_contains("mappings"); mappings != nullptr) {
    layers.mappings.push_back(json::serialize(*mappings));
  }
  const json::value* aliases = object.if_contains("aliases");
  if (aliases == nullptr || !aliases->is_object()) return {};
  for (const auto& [name, value] : aliases->get_object()) {
    auto alias = parse_alias(name, json::serialize(value));
    if (!alias) return std::unexpected(alias.error());
    layers.aliases.insert_or_assign(alias->name, std::move(*alias));
  }
  return {};
}

Status add_nested_layer(const TemplateMeta& meta, TemplateLayers& layers) {
  auto body = parse_body(meta);
  if (!body) return std::unexpected(body.error());
  const json::value* inner = body->if_contains("template");
  return inner != nullptr && inner->is_object() ? add_layer(inner->get_object(), layers) : Status{};
}

Status add_composable(const ClusterState& state, const TemplateMeta& meta, TemplateLayers& layers) {
  auto body = parse_body(meta);
  if (!body) return std::unexpected(body.error());
  layers.template_name = meta.name;
  layers.data_stream = body->contains("data_stream");
  if (layers.data_stream) {
    layers.mappings.emplace_back(
        R"({"_data_stream_timestamp":{"enabled":true},"properties":{"@timestamp":{"type":"date"}}})");
    layers.settings["index.hidden"] = "\"true\"";
  }
  if (const json::value* components = body->if_contains("composed_of");
      components != nullptr && components->is_array()) {
    for (const json::value& name : components->get_array()) {
      const auto component = state.component_templates.find(std::string_view(name.get_string()));
      if (component == state.component_templates.end()) continue;  // in `ignore_missing_component_templates`
      if (auto added = add_nested_layer(component->second, layers); !added) return added;
    }
  }
  return add_nested_layer(meta, layers);
}

}  // namespace

const TemplateMeta* matching_template(const ClusterState& state, std::string_view name) {
  const TemplateMeta* best = nullptr;
  for (const auto& [_, meta] : state.templates) {
    if (fits(meta, name) && (best == nullptr || meta.priority > best->priority)) best = &meta;
  }
  return best;
}

Result<TemplateLayers> template_layers(const ClusterState& state, std::string_view index) {
  TemplateLayers layers;
  if (const TemplateMeta* composable = matching_template(state, index); composable != nullptr) {
    if (auto added = add_composable(state, *composable, layers); !added) return std::unexpected(added.error());
  } else {
    std::vector<const TemplateMeta*> legacy;
    for (const auto& [_, meta] : state.legacy_templates) {
      if (fits(meta, index)) legacy.push_back(&meta);
    }
    std::ranges::stable_sort(legacy, {}, &TemplateMeta::priority);
    for (const TemplateMeta* meta : legacy) {
      auto body = parse_body(*meta);
      if (!body) return std::unexpected(body.error());
      if (auto added = add_layer(*body, layers); !added) return std::unexpected(added.error());
    }
  }
  // `{index}` in an alias of a template stands for the index's name.
  std::map<std::string, AliasMeta, std::less<>> aliases;
  for (auto& [name, alias] : layers.aliases) {
    std::string full = name;
    if (const auto at = full.find("{index}"); at != std::string::npos) full.replace(at, 7, index);
    alias.name = full;
    aliases.insert_or_assign(full, alias);
  }
  layers.aliases = std::move(aliases);
  return layers;
}

}  // namespace sluice::store
