#include "tools/sluiced/rest/template_parts.h"

#include "io/store/catalog/create_index.h"
#include "io/store/catalog/index_names.h"
#include "io/store/catalog/index_settings.h"
#include "stages/parse/json_object.h"
#include "tools/sluiced/rest/alias_actions.h"
#include "tools/sluiced/rest/body_position.h"
#include "tools/sluiced/rest/index_analysis.h"
#include "tools/sluiced/rest/index_views.h"
#include "tools/sluiced/rest/settings_tree.h"

namespace sluice::rest {

namespace {

Error parse_error(std::string reason) { return {ErrorKind::kBadRequest, 400, "parse_exception", std::move(reason)}; }

Status take_aliases(TemplateParts& parts, std::string_view value) {
  parts.aliases.emplace();
  auto members = stages::json_members(value, "aliases");
  if (!members) return std::unexpected(members.error());
  for (const stages::JsonMember& member : *members) {
    auto alias = store::parse_alias(member.name(), member.value);
    if (!alias) return std::unexpected(alias.error());
    parts.aliases->insert_or_assign(alias->name, std::move(*alias));
  }
  return {};
}

}  // namespace

Result<bool> take_template_part(TemplateParts& parts, std::string_view key, std::string_view value) {
  if (key != "settings" && key != "mappings" && key != "aliases") return false;
  if (value == "null") return true;
  if (!value.starts_with('{')) {
    return std::unexpected(parse_error("[" + std::string(key) + "] must be an object"));
  }
  if (key == "settings") {
    auto settings = store::parse_index_settings(value);
    if (!settings) return std::unexpected(settings.error());
    parts.settings = std::move(*settings);
  } else if (key == "mappings") {
    parts.mappings = value;
  } else if (auto taken = take_aliases(parts, value); !taken) {
    return std::unexpected(taken.error());
  }
  return true;
}

Result<TemplateParts> parse_template_parts(std::string_view body, std::string_view object) {
  auto members = stages::json_members(object, "[template]");
  if (!members) return std::unexpected(members.error());
  TemplateParts parts;
  for (const stages::JsonMember& member : *members) {
    const std::string name = member.name();
    if (name == "lifecycle" || name == "data_stream_options") {
      return std::unexpected(unsupported("[" + name + "] of a template is not supported yet; leave it out"));
    }
    auto taken = take_template_part(parts, name, member.value);
    if (!taken) return std::unexpected(taken.error());
    if (!*taken) return std::unexpected(unknown_field_error(body, member.key.data(), "template", name));
  }
  return parts;
}

void write_template_parts(JsonWriter& out, const TemplateParts& parts) {
  if (parts.settings) {
    out.key("settings");
    write_settings(out, *parts.settings, false);
  }
  if (!parts.mappings.empty()) out.key("mappings").raw(parts.mappings);
  if (parts.aliases) {
    store::IndexMeta shown;
    shown.aliases = *parts.aliases;
    write_aliases(out, shown, {});
  }
}

Result<std::string> with_flat_settings(const std::string& json) {
  auto members = stages::json_members_of(json, "a template");
  if (!members) return std::unexpected(members.error());
  JsonWriter out;
  out.begin_object();
  for (const stages::JsonMember& member : *members) {
    const std::string name = member.name();
    out.key(name);
    if (name == "settings") {
      auto settings = store::parse_index_settings(member.value);
      if (!settings) return std::unexpected(settings.error());
      write_settings(out, *settings, true);
    } else if (name == "template") {
      auto flat = with_flat_settings(std::string(member.value));
      if (!flat) return flat;
      out.raw(*flat);
    } else {
      out.raw(member.value);
    }
  }
  out.end_object();
  return out.take();
}

Status check_template_settings(const TemplateParts& parts) {
  if (!parts.settings) return {};
  return store::check_index_settings(*parts.settings, store::SettingsChange::kCreate, "");
}

Status check_template_aliases(const TemplateParts& parts) {
  if (!parts.aliases) return {};
  for (const auto& [name, alias] : *parts.aliases) {
    // `{index}` stands for the name of an index.
    std::string full = name;
    if (const auto at = full.find("{index}"); at != std::string::npos) full.replace(at, 7, "index");
    if (auto checked = store::check_alias_name(full); !checked) return checked;
    if (auto checked = check_alias(alias); !checked) return checked;
  }
  return {};
}

Error failed_mapping(Error cause) {
  if (cause.reason.starts_with("Failed to parse mapping")) return cause;
  Error error(ErrorKind::kBadRequest, 400, "mapper_parsing_exception", "Failed to parse mapping: " + cause.reason);
  Error root = cause.type == "mapper_parsing_exception" ? cause : error;
  root.caused_by = nullptr;
  error.root_causes = {std::move(root)};
  error.caused_by = std::make_shared<const Error>(std::move(cause));
  return error;
}

Result<store::MappingPtr> composed_mapping(const std::vector<std::string>& layers) {
  store::MappingPtr mapping = store::Mapping::empty();
  for (const std::string& layer : layers) {
    if (layer.empty()) continue;
    auto parsed = store::Mapping::parse(layer);
    if (!parsed) return std::unexpected(failed_mapping(std::move(parsed.error())));
    auto merged = mapping->merge(**parsed, {}, store::MergeReason::kTemplate);
    if (!merged) return std::unexpected(merged.error());
    mapping = *merged;
  }
  if (Status compiled = check_runtime_scripts(*mapping); !compiled) return std::unexpected(std::move(compiled.error()));
  return mapping;
}

}  // namespace sluice::rest
