#include <algorithm>
#include <chrono>

#include "io/store/catalog/index_names.h"
#include "pipeline/base/wildcard.h"
#include "stages/parse/json_object.h"
#include "tools/sluiced/rest/body_position.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/rest/template_dates.h"
#include "tools/sluiced/rest/template_list.h"
#include "tools/sluiced/rest/template_parts.h"

namespace sluice::rest {

namespace {

struct ComponentBody {
  TemplateParts parts;
  std::string version;
  std::string meta;
  std::string deprecated;
};

Result<ComponentBody> parse_component(std::string_view body) {
  auto members = stages::json_members(body, "the request body");
  if (!members) return std::unexpected(members.error());
  ComponentBody component;
  bool has_template = false;
  for (const stages::JsonMember& member : *members) {
    const std::string name = member.name();
    if (name == "template") {
      has_template = true;
      auto parts = parse_template_parts(body, member.value);
      if (!parts && parts.error().type == "x_content_parse_exception") {
        const char* const at = member.value.data() + member.value.size() - 2;
        return std::unexpected(failed_field_error(body, at, "component_template", name, parts.error()));
      }
      if (!parts) return std::unexpected(parts.error());
      component.parts = std::move(*parts);
    } else if (name == "version") {
      auto version = stages::json_integer_value(member.value);
      if (!version) return std::unexpected(version.error());
      component.version = std::to_string(*version);
    } else if (name == "_meta") {
      component.meta = member.value;
    } else if (name == "deprecated") {
      component.deprecated = member.value;
    } else {
      return std::unexpected(unknown_field_error(body, member.key.data(), "component_template", name));
    }
  }
  if (!has_template) return std::unexpected(illegal_argument("Required [template]"));
  return component;
}

std::string component_json(const ComponentBody& component, const TemplateDates& dates) {
  JsonWriter out;
  out.begin_object().key("template").begin_object();
  write_template_parts(out, component.parts);
  out.end_object();
  if (!component.version.empty()) out.key("version").raw(component.version);
  if (!component.meta.empty()) out.key("_meta").raw(component.meta);
  if (!component.deprecated.empty()) out.key("deprecated").raw(component.deprecated);
  write_template_dates(out, dates);
  out.end_object();
  return out.take();
}

Status check_component(std::string_view name, const ComponentBody& component) {
  if (const auto problems = template_name_problems(name, {}); !problems.empty()) {
    return std::unexpected(invalid_template(name, validation_text(problems)));
  }
  if (auto checked = check_template_settings(component.parts); !checked) return checked;
  if (auto mapping = composed_mapping({component.parts.mappings}); !mapping) return std::unexpected(mapping.error());
  return check_template_aliases(component.parts);
}

/// The names of the index templates that are made of a component.
std::string users_of(const store::ClusterState& state, const std::string& component) {
  std::string users;
  for (const auto& [name, meta] : state.templates) {
    auto members = stages::json_members_of(meta.json, "a template");
    if (!members) continue;
    for (const stages::JsonMember& member : *members) {
      if (member.name() != "composed_of") continue;
      auto names = stages::json_text_list(member.value, "[composed_of]");
      if (!names || std::ranges::find(*names, component) == names->end()) continue;
      users += (users.empty() ? "" : ", ") + name;
    }
  }
  return users;
}

}  // namespace

Result<Reply> put_component_template(Call& call, Services& services) {
  if (!call.has_body()) {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "parse_exception", "request body is required"));
  }
  const std::string name(call.text_or("name", ""));
  auto create = call.flag("create", false);
  if (!create) return std::unexpected(create.error());
  auto component = parse_component(call.body());
  if (!component) return std::unexpected(component.error());
  Status changed = services.catalog.update([&](store::ClusterState& state) -> Status {
    const auto old = state.component_templates.find(name);
    const bool there = old != state.component_templates.end();
    if (there && *create) {
      return std::unexpected(illegal_argument("component template [" + name + "] already exists"));
    }
    if (auto checked = check_component(name, *component); !checked) return checked;
    store::TemplateMeta meta;
    meta.name = name;
    meta.json = component_json(*component, template_dates(there ? old->second.json : std::string()));
    state.component_templates.insert_or_assign(name, std::move(meta));
    return {};
  });
  if (!changed) return std::unexpected(changed.error());
  return Reply::acknowledged();
}

Result<Reply> get_component_templates(Call& call, Services& services) {
  return list_templates(call, services.catalog.state()->component_templates,
                        {"component_templates", "component_template", "component template"});
}

Result<Reply> delete_component_template(Call& call, Services& services) {
  Status changed = services.catalog.update([&](store::ClusterState& state) -> Status {
    for (const std::string& pattern : call.list("name")) {
      std::vector<std::string> gone;
      for (const auto& [name, meta] : state.component_templates) {
        if (wildcard_match(pattern, name)) gone.push_back(name);
      }
      if (gone.empty() && pattern != "*") {
        return std::unexpected(Error(ErrorKind::kNotFound, 404, "resource_not_found_exception", pattern));
      }
      for (const std::string& name : gone) {
        if (const std::string users = users_of(state, name); !users.empty()) {
          std::string reason = "component templates [" + name;
          reason.append("] cannot be removed as they are still in use by index templates [").append(users).append("]");
          return std::unexpected(illegal_argument(std::move(reason)));
        }
        state.component_templates.erase(name);
      }
    }
    return {};
  });
  if (!changed) return std::unexpected(changed.error());
  return Reply::acknowledged();
}

}  // namespace sluice::rest
