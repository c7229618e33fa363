#include "io/store/mappings/merge.h"

#include <algorithm>
#include <utility>

#include <boost/json.hpp>

#include "io/store/mappings/definition.h"
#include "io/store/mappings/join_field.h"
#include "io/store/mappings/runtime_fields.h"
#include "pipeline/base/json_text.h"

namespace sluice::store {

namespace json = boost::json;

namespace {

Error mapper_exception(std::string reason) {
  return {ErrorKind::kBadRequest, 400, "mapper_exception", std::move(reason)};
}

std::string type_name(const Field& field) { return std::string(type_info(field.type).name); }

/// A value in a message: a string without its quotes.
std::string shown(const ParameterRule& rule, const Parameter* given) {
  const std::string text = given != nullptr ? given->json : std::string(rule.initial);
  return text.empty() ? "null" : json_unquoted(text);
}

std::string effective(const ParameterRule& rule, const Parameter* given) {
  return given != nullptr ? given->json : std::string(rule.initial);
}

/// What may change although its row says no: norms and the like only in one direction.
bool may_change(const Field& base, const ParameterRule& rule, const std::string& to) {
  if (rule.name == "norms") return to == "false";
  if (rule.name == "value" && base.parameter("value") == nullptr) return true;
  if (rule.name == "dims" && base.parameter("dims") == nullptr) return true;
  return rule.updatable;
}

Status check_parameters(const Field& base, const Field& update) {
  std::string conflicts;
  for (const ParameterRule& rule : parameter_rules(type_info(base.type).name)) {
    const Parameter* before = base.parameter(rule.name);
    const Parameter* after = update.parameter(rule.name);
    const std::string to = effective(rule, after);
    if (effective(rule, before) == to || may_change(base, rule, to)) continue;
    conflicts += "\n\tCannot update parameter [" + std::string(rule.name) + "] from [" + shown(rule, before) +
                 "] to [" + shown(rule, after) + "]";
  }
  if (base.type == FieldType::kJoin) conflicts += join_conflicts(base, update);
  if (conflicts.empty()) return {};
  return std::unexpected(
      illegal_argument("Mapper for [" + base.path + "] conflicts with existing mapper:" + conflicts));
}

Result<FieldPtr> merge_fields(const FieldPtr& base, const FieldPtr& update, MergeReason reason);

Result<std::vector<FieldPtr>> merge_lists(const std::vector<FieldPtr>& base, const std::vector<FieldPtr>& update,
                                          MergeReason reason) {
  std::vector<FieldPtr> all = base;
  for (const FieldPtr& each : update) {
    const auto same = std::ranges::find(all, each->name, [](const FieldPtr& field) { return field->name; });
    if (same == all.end()) {
      all.push_back(each);
      continue;
    }
    auto merged = merge_fields(*same, each, reason);
    if (!merged) return std::unexpected(std::move(merged.error()));
    *same = std::move(*merged);
  }
  std::ranges::sort(all, {}, [](const FieldPtr& each) -> const std::string& { return each->name; });
  return all;
}

/// What an object keeps for as long as there may be documents.
Status check_object(const Field& base, const Field& update) {
  for (const std::string_view name : {"include_in_parent", "include_in_root"}) {
    const Parameter* before = base.parameter(name);
    const Parameter* after = update.parameter(name);
    const bool from = before != nullptr && before->json == "true";
    const bool to = after != nullptr && after->json == "true";
    if (from != to && base.type == FieldType::kNested) {
      return std::unexpected(
          mapper_parsing("the [" + std::string(name) + "] parameter can't be updated on a nested object mapping"));
    }
  }
  if (update.enabled_given && *update.enabled_given != base.enabled) {
    return std::unexpected(
        mapper_exception("the [enabled] parameter can't be updated for the object mapping [" + base.path + "]"));
  }
  const bool fresh = base.path.empty() && base.children.empty();
  if (update.subobjects && update.subobjects != base.subobjects && !fresh) {
    return std::unexpected(
        mapper_exception("the [subobjects] parameter can't be updated for the object mapping [" + base.path + "]"));
  }
  return {};
}

Result<FieldPtr> merge_objects(const FieldPtr& base, const FieldPtr& update, MergeReason reason) {
  const bool was_nested = base->type == FieldType::kNested;
  const bool is_nested = update->type == FieldType::kNested;
  if (was_nested != is_nested) {
    return std::unexpected(
        illegal_argument("can't merge a non-nested mapping [" + base->path + "] with a nested mapping"));
  }
  if (Status good = reason == MergeReason::kTemplate ? Status{} : check_object(*base, *update); !good) {
    return std::unexpected(std::move(good.error()));
  }
  auto children = merge_lists(base->children.all(), update->children.all(), reason);
  if (!children) return std::unexpected(std::move(children.error()));
  auto merged = std::make_shared<Field>(*base);
  merged->children = FieldTable(std::move(*children));
  if (update->subobjects) merged->subobjects = update->subobjects;
  if (update->dynamic) merged->dynamic = update->dynamic;
  if (reason == MergeReason::kTemplate) {
    if (update->enabled_given) merged->enabled = *(merged->enabled_given = update->enabled_given);
    if (!update->parameters.empty()) merged->parameters = update->parameters;
  }
  return merged;
}

Result<FieldPtr> merge_fields(const FieldPtr& base, const FieldPtr& update, MergeReason reason) {
  if (reason == MergeReason::kTemplate && !base->is_object()) return update;
  if (base->is_object() != update->is_object()) {
    return std::unexpected(
        illegal_argument("can't merge a non object mapping [" + base->path + "] with an object mapping"));
  }
  if (base->is_object()) return merge_objects(base, update, reason);
  if (base->type != update->type) {
    return std::unexpected(illegal_argument("mapper [" + base->path + "] cannot be changed from type [" +
                                            type_name(*base) + "] to [" + type_name(*update) + "]"));
  }
  if (Status good = check_parameters(*base, *update); !good) return std::unexpected(std::move(good.error()));
  auto multi_fields = merge_lists(base->multi_fields, update->multi_fields, reason);
  if (!multi_fields) return std::unexpected(std::move(multi_fields.error()));
  auto merged = std::make_shared<Field>(*update);
  merged->multi_fields = std::move(*multi_fields);
  return merged;
}

void merge_templates(Root& merged, const Root& update) {
  if (!update.templates_given) return;
  merged.templates_given = true;
  merged.templates = update.templates;
}

/// `runtime` is merged field by field, and null takes one away; the other sections are replaced.
std::string merged_section(std::string_view name, const std::string& base, const std::string& update) {
  if (name != "runtime") return update;
  json::value all = json::parse(base);
  const json::value changes = json::parse(update);
  for (const auto& [key, value] : changes.get_object()) {
    if (value.is_null()) {
      all.get_object().erase(key);
    } else {
      all.get_object()[key] = value;
    }
  }
  return plain_json(sorted_by_name(all.get_object()));
}

Status merge_sections(Root& merged, const Root& update) {
  const auto source_of = [](const Root& root) {
    const auto found = std::ranges::find(root.sections, std::string_view("_source"),
                                         [](const auto& each) { return std::string_view(each.first); });
    return found == root.sections.end() ? std::string() : found->second;
  };
  const bool had = !source_of(merged).empty();
  for (const auto& [name, text] : update.sections) {
    const auto same = std::ranges::find(merged.sections, name, [](const auto& each) { return each.first; });
    if (name == "_source" && had && merged.source_enabled != update.source_enabled) {
      return std::unexpected(
          illegal_argument("Mapper for [_source] conflicts with existing mapper:\n\tCannot update parameter [enabled] "
                           "from [" +
                           std::string(merged.source_enabled ? "true" : "false") + "] to [" +
                           (update.source_enabled ? "true" : "false") + "]"));
    }
    if (same == merged.sections.end()) {
      merged.sections.emplace_back(name, merged_section(name, "{}", text));
    } else {
      same->second = merged_section(name, same->second, text);
    }
    if (name == "_source") merged.source_enabled = update.source_enabled;
  }
  return {};
}

}  // namespace

Result<Root> merge_roots(const Root& base, const Root& update, MergeReason reason) {
  Root merged = base;
  auto object = merge_objects(base.object, update.object, reason);
  if (!object) return std::unexpected(std::move(object.error()));
  merged.object = std::move(*object);
  merge_templates(merged, update);
  if (update.date_detection) merged.date_detection = update.date_detection;
  if (update.numeric_detection) merged.numeric_detection = update.numeric_detection;
  if (update.dynamic_date_formats) {
    merged.dynamic_date_formats = update.dynamic_date_formats;
    merged.date_formats = update.date_formats;
  }
  if (update.routing_required) merged.routing_required = update.routing_required;
  if (Status good = merge_sections(merged, update); !good) return std::unexpected(std::move(good.error()));
  return merged;
}

}  // namespace sluice::store
