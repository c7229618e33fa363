#include "io/store/mappings/join_field.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "io/store/mappings/definition.h"
#include "io/store/mappings/field_parameters.h"

namespace sluice::store {

namespace json = boost::json;

namespace {

using pipeline::JoinRelations;

bool refuse(Misfit& misfit, std::string_view type, std::string reason) {
  misfit.type = type;
  misfit.reason = std::move(reason);
  misfit.final = true;
  return false;
}

Result<std::vector<std::string>> children_of(const std::string& parent, const json::value& value) {
  const json::array* const list = value.if_array();
  const json::array given = list == nullptr ? json::array{value} : *list;
  std::vector<std::string> names;
  for (const json::value& each : given) {
    if (each.is_null()) {
      return std::unexpected(illegal_argument("a child of [" + parent + "] in [relations] can't be [null]"));
    }
    std::string name = java_text(each);
    if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
  }
  return names;
}

Result<JoinRelations> relations_of(const json::value& value) {
  const json::object* const object = value.if_object();
  if (object == nullptr) {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "parse_exception",
                                 "relations should be a map but was of type: class " + java_class(value)));
  }
  JoinRelations relations;
  for (const auto& [key, children] : *object) {
    std::string parent(key.data(), key.size());
    auto names = children_of(parent, children);
    if (!names) return std::unexpected(std::move(names.error()));
    for (const std::string& name : *names) {
      if (relations.parent_of(name) == nullptr) continue;
      return std::unexpected(illegal_argument("[" + name + "] cannot have multiple parents"));
    }
    relations.children.emplace_back(std::move(parent), std::move(*names));
  }
  return relations;
}

/// One child stands alone, as Elasticsearch shows it.
std::string shown(const JoinRelations& relations) {
  json::object object;
  for (const auto& [parent, children] : relations.children) {
    if (children.size() == 1) {
      object[parent] = children.front();
    } else {
      object[parent] = json::array(children.begin(), children.end());
    }
  }
  return json::serialize(object);
}

std::vector<std::string> all_children(const JoinRelations& relations) {
  std::vector<std::string> all;
  for (const auto& [parent, children] : relations.children) all.insert(all.end(), children.begin(), children.end());
  return all;
}

std::string java_relations(const JoinRelations& relations) {
  std::string text;
  for (const auto& [parent, children] : relations.children) {
    std::string names;
    for (const std::string& child : children) names += (names.empty() ? "" : ", ") + child;
    text += fmt::format("{}Relations[parent={}, children=[{}]]", text.empty() ? "" : ", ", parent, names);
  }
  return "[" + text + "]";
}

/// Texts, and numbers as they stand; nothing for the rest.
const json::value* member_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (const json::array* const list = value == nullptr ? nullptr : value->if_array()) {
    value = list->empty() ? nullptr : &list->back();
  }
  return value != nullptr && (value->is_string() || value->is_number()) ? value : nullptr;
}

std::string token_name(const json::value& value) {
  if (value.is_null()) return "VALUE_NULL";
  return value.is_bool() ? "VALUE_BOOLEAN" : "VALUE_NUMBER";
}

}  // namespace

Status read_join(Field& field, bool inside) {
  if (inside) {
    return std::unexpected(
        illegal_argument("join field [" + field.path + "] cannot be added inside an object or in a multi-field"));
  }
  const auto given = std::ranges::find(field.parameters, std::string_view("relations"),
                                       [](const Parameter& each) { return each.rule->name; });
  json::parse_options options;
  options.max_depth = kMostMappingLevels;
  auto relations = relations_of(json::parse(given->json, {}, options));
  if (!relations) return std::unexpected(std::move(relations.error()));
  given->json = shown(*relations);
  std::erase_if(relations->children, [](const auto& each) { return each.second.empty(); });
  field.schema.join = std::make_shared<const JoinRelations>(std::move(*relations));
  // The name of a relation stands at the field, or in an object there.
  field.schema.copied_from = {field.path + ".name"};
  return {};
}

std::string join_conflicts(const Field& base, const Field& update) {
  const JoinRelations& before = *base.schema.join;
  const JoinRelations& after = *update.schema.join;
  std::string conflicts;
  const auto add = [&conflicts](std::string_view what, const std::string& name, std::string_view why) {
    conflicts += fmt::format("\n\tConflict in parameter [relations]: Cannot {} [{}]{}", what, name, why);
  };
  for (const auto& [parent, children] : before.children) {
    if (!after.is_parent(parent)) add("remove parent", parent, "");
  }
  for (const std::string& child : all_children(before)) {
    const std::string* const parent = after.parent_of(child);
    if (parent == nullptr) {
      add("remove child", child, "");
    } else if (*parent != *before.parent_of(child)) {
      add("change parent of", child, "");
    }
  }
  for (const auto& [parent, children] : after.children) {
    const bool was_child = before.parent_of(parent) != nullptr;
    if (was_child && !before.is_parent(parent)) add("create parent", parent, " from an existing child");
  }
  for (const std::string& child : all_children(after)) {
    const bool was_root = before.is_parent(child) && before.parent_of(child) == nullptr;
    if (was_root) add("create child", child, " from an existing root");
  }
  if (conflicts.empty()) return conflicts;
  return conflicts + fmt::format("\n\tCannot update parameter [relations] from [{}] to [{}]", java_relations(before),
                                 java_relations(after));
}

bool check_join(const Field& field, const json::value& value, Misfit& misfit) {
  constexpr std::string_view kIllegal = "illegal_argument_exception";
  const json::object* const object = value.if_object();
  if (object == nullptr && !value.is_string()) {
    return refuse(misfit, "illegal_state_exception",
                  "[" + field.path + "] expected START_OBJECT or VALUE_STRING but was: " + token_name(value));
  }
  for (const auto& member : object == nullptr ? json::object{} : *object) {
    const std::string key(member.key().data(), member.key().size());
    if (key == "parent" || (key == "name" && !member.value().is_number())) continue;
    return refuse(misfit, kIllegal, fmt::format("unknown field name [{}] in join field [{}]", key, field.path));
  }
  const json::value* const named = object == nullptr ? &value : member_of(*object, "name");
  if (named == nullptr) return refuse(misfit, kIllegal, "null join name in field [" + field.path + "]");
  const std::string name = java_text(*named);
  const JoinRelations& relations = *field.schema.join;
  const bool child = relations.parent_of(name) != nullptr;
  if (!child && !relations.is_parent(name)) {
    return refuse(misfit, kIllegal, "unknown join name [" + name + "] for field [" + field.path + "]");
  }
  if (child && (object == nullptr || member_of(*object, "parent") == nullptr)) {
    return refuse(misfit, kIllegal, fmt::format("[parent] is missing for join field [{}]", field.path));
  }
  return true;
}

bool is_join_child(const Field& field, const json::value& value) {
  const json::object* const object = value.if_object();
  const json::value* const named = object == nullptr ? nullptr : member_of(*object, "name");
  return named != nullptr && field.schema.join->parent_of(java_text(*named)) != nullptr;
}

}  // namespace sluice::store
