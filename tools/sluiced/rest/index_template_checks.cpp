#include <algorithm>

#include "tools/sluiced/rest/index_template_body.h"

namespace sluice::rest {

namespace {

std::string joined(const std::vector<std::string>& names, std::string_view between) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? std::string() : std::string(between)) + name;
  return list;
}

bool overlap(const std::vector<std::string>& some, const std::vector<std::string>& others) {
  return std::ranges::any_of(some, [&](const std::string& a) {
    return std::ranges::any_of(others, [&](const std::string& b) { return patterns_overlap(a, b); });
  });
}

/// Two templates of the same priority must not fit the same name.
Status check_priority(const store::ClusterState& state, const std::string& name, const IndexTemplateBody& body) {
  std::string names;
  std::string patterns;
  for (const auto& [other, meta] : state.templates) {
    if (other == name || meta.priority != body.priority.value_or(0) || !overlap(body.patterns, meta.patterns)) continue;
    names += (names.empty() ? "" : ",") + other;
    patterns += (patterns.empty() ? "" : ",") + other + " => [" + joined(meta.patterns, ", ") + "]";
  }
  if (names.empty()) return {};
  return std::unexpected(illegal_argument(
      "index template [" + name + "] has index patterns [" + joined(body.patterns, ", ") +
      "] matching patterns from existing templates [" + names + "] with patterns (" + patterns +
      ") that have the same priority [" + std::to_string(body.priority.value_or(0)) +
      "], multiple index templates may not match during index creation, please use a different priority"));
}

Status check_components(const store::ClusterState& state, const std::string& name, const IndexTemplateBody& body) {
  std::vector<std::string> missing;
  for (const std::string& component : body.composed_of) {
    if (state.component_templates.contains(component)) continue;
    if (std::ranges::find(body.may_be_missing, component) != body.may_be_missing.end()) continue;
    missing.push_back(component);
  }
  if (missing.empty()) return {};
  return std::unexpected(invalid_template(name, "index template [" + name + "] specifies component templates [" +
                                                    joined(missing, ", ") + "] that do not exist"));
}

/// What the template and its components come to.
Status check_composition(const store::ClusterState& state, const store::TemplateMeta& meta) {
  store::ClusterState alone;
  alone.component_templates = state.component_templates;
  alone.templates.emplace(meta.name, meta);
  std::string index = meta.patterns.front();
  std::erase(index, '*');
  auto layers = store::template_layers(alone, index);
  if (!layers) return std::unexpected(layers.error());
  auto mapping = composed_mapping(layers->mappings);
  if (mapping) return {};
  Error cause = std::move(mapping.error());
  cause.root_causes.clear();
  return std::unexpected(
      illegal_argument("composable template [" + meta.name + "] template after composition is invalid")
          .wrapping(illegal_argument("invalid composite mappings for [" + meta.name + "]").wrapping(std::move(cause))));
}

}  // namespace

Status add_index_template(store::ClusterState& state, const std::string& name, const IndexTemplateBody& body) {
  if (auto checked = check_priority(state, name, body); !checked) return checked;
  if (auto checked = check_components(state, name, body); !checked) return checked;
  std::vector<std::string> problems = template_name_problems(name, body.patterns);
  const TemplateParts none;
  const TemplateParts& parts = body.parts ? *body.parts : none;
  if (auto settings = check_template_settings(parts); !settings) problems.push_back(settings.error().reason);
  if (!problems.empty()) return std::unexpected(invalid_template(name, validation_text(problems)));
  if (auto checked = check_template_aliases(parts); !checked) return checked;
  const auto old = state.templates.find(name);
  store::TemplateMeta meta;
  meta.name = name;
  meta.patterns = body.patterns;
  meta.priority = body.priority.value_or(0);
  meta.json =
      index_template_json(body, template_dates(old == state.templates.end() ? std::string() : old->second.json));
  if (auto checked = check_composition(state, meta); !checked) return checked;
  state.templates.insert_or_assign(name, std::move(meta));
  return {};
}

}  // namespace sluice::rest
