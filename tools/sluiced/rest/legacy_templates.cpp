#include <algorithm>

#include "io/store/catalog/index_names.h"
#include "stages/parse/json_object.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/rest/template_parts.h"

namespace sluice::rest {

namespace {

struct LegacyBody {
  std::vector<std::string> patterns;
  TemplateParts parts;
  std::int64_t order = 0;
  std::string version;
};

Error parse_error(std::string reason) { return {ErrorKind::kBadRequest, 400, "parse_exception", std::move(reason)}; }

Status take_member(LegacyBody& legacy, const stages::JsonMember& member) {
  const std::string name = member.name();
  if (name == "index_patterns" || name == "template") {
    auto patterns = stages::json_text_list(member.value, name);
    if (!patterns)
      return std::unexpected(
          illegal_argument("Malformed [" + name + "] value, should be a string or a list of strings"));
    legacy.patterns = std::move(*patterns);
    return {};
  }
  if (name == "order" || name == "version") {
    auto number = stages::json_integer_value(member.value);
    if (!number) return std::unexpected(number.error());
    if (name == "order") {
      legacy.order = *number;
    } else {
      legacy.version = std::to_string(*number);
    }
    return {};
  }
  auto taken = take_template_part(legacy.parts, name, member.value);
  if (!taken) return std::unexpected(taken.error());
  if (!*taken) return std::unexpected(parse_error("unknown key [" + name + "] in the template "));
  return {};
}

Result<LegacyBody> parse_legacy(const Call& call) {
  auto members = stages::json_members(call.body(), "the request body");
  if (!members) return std::unexpected(members.error());
  LegacyBody legacy;
  auto order = call.integer("order", 0);
  if (!order) return std::unexpected(order.error());
  legacy.order = *order;
  for (const stages::JsonMember& member : *members) {
    if (auto taken = take_member(legacy, member); !taken) return std::unexpected(taken.error());
  }
  if (legacy.patterns.empty()) return std::unexpected(validation_error({"index patterns are missing"}));
  return legacy;
}

Status check_legacy(const std::string& name, const LegacyBody& legacy) {
  if (const auto problems = template_name_problems(name, legacy.patterns); !problems.empty()) {
    return std::unexpected(invalid_template(name, validation_text(problems)));
  }
  if (auto checked = check_template_settings(legacy.parts); !checked) return checked;
  if (auto mapping = composed_mapping({legacy.parts.mappings}); !mapping) return std::unexpected(mapping.error());
  return check_template_aliases(legacy.parts);
}

std::string legacy_json(LegacyBody legacy) {
  if (!legacy.parts.settings) legacy.parts.settings.emplace();
  if (!legacy.parts.aliases) legacy.parts.aliases.emplace();
  if (legacy.parts.mappings.empty()) legacy.parts.mappings = "{}";
  JsonWriter out;
  out.begin_object().member("order", legacy.order);
  if (!legacy.version.empty()) out.key("version").raw(legacy.version);
  out.key("index_patterns").begin_array();
  for (const std::string& pattern : legacy.patterns) out.string(pattern);
  out.end_array();
  write_template_parts(out, legacy.parts);
  out.end_object();
  return out.take();
}

}  // namespace

Result<Reply> put_legacy_template(Call& call, Services& services) {
  if (!call.has_body()) return std::unexpected(parse_error("request body is required"));
  const std::string name(call.text_or("name", ""));
  auto create = call.flag("create", false);
  if (!create) return std::unexpected(create.error());
  auto legacy = parse_legacy(call);
  if (!legacy) return std::unexpected(legacy.error());
  Status changed = services.catalog.update([&](store::ClusterState& state) -> Status {
    if (*create && state.legacy_templates.contains(name)) {
      return std::unexpected(illegal_argument("index_template [" + name + "] already exists"));
    }
    if (auto checked = check_legacy(name, *legacy); !checked) return checked;
    store::TemplateMeta meta;
    meta.name = name;
    meta.patterns = legacy->patterns;
    meta.priority = legacy->order;
    meta.json = legacy_json(*legacy);
    state.legacy_templates.insert_or_assign(name, std::move(meta));
    return {};
  });
  if (!changed) return std::unexpected(changed.error());
  return Reply::acknowledged();
}

Result<Reply> get_legacy_templates(Call& call, Services& services) {
  const store::StatePtr state = services.catalog.state();
  const std::vector<std::string> patterns = call.list("name");
  auto flat = call.flag("flat_settings", false);
  if (!flat) return std::unexpected(flat.error());
  bool any = patterns.empty();
  JsonWriter out;
  out.begin_object();
  for (const auto& [name, meta] : state->legacy_templates) {
    const auto fits = [&](const std::string& pattern) { return pattern == "_all" || wildcard_match(pattern, name); };
    if (!patterns.empty() && std::ranges::none_of(patterns, fits)) continue;
    any = true;
    auto json = *flat ? with_flat_settings(meta.json) : Result<std::string>(meta.json);
    if (!json) return std::unexpected(json.error());
    out.key(name).raw(*json);
  }
  out.end_object();
  return Reply::json(out.take(), any ? 200 : 404);
}

Result<Reply> delete_legacy_template(Call& call, Services& services) {
  const std::string pattern(call.text_or("name", ""));
  Status changed = services.catalog.update([&](store::ClusterState& state) -> Status {
    const auto gone =
        std::erase_if(state.legacy_templates, [&](const auto& entry) { return wildcard_match(pattern, entry.first); });
    if (gone == 0 && pattern != "*") return std::unexpected(template_missing(pattern));
    return {};
  });
  if (!changed) return std::unexpected(changed.error());
  return Reply::acknowledged();
}

}  // namespace sluice::rest
