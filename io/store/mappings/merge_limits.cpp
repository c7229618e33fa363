#include <algorithm>
#include <string>

#include <boost/json.hpp>

#include "io/store/mappings/merge.h"

namespace sluice::store {

namespace {

std::size_t count_fields(const std::vector<FieldPtr>& fields) {
  std::size_t count = fields.size();
  for (const FieldPtr& field : fields) count += count_fields(field->children.all()) + field->multi_fields.size();
  return count;
}

/// They stand at the root only.
Status check_joins(const std::vector<FieldPtr>& fields) {
  std::string names;
  std::size_t count = 0;
  for (const FieldPtr& field : fields) {
    if (field->type == FieldType::kJoin) names += (count++ == 0 ? "" : ", ") + field->path;
  }
  if (count < 2) return {};
  return std::unexpected(
      illegal_argument("Only one [parent-join] field can be defined per index, got [" + names + "]"));
}

std::size_t count_nested(const std::vector<FieldPtr>& fields) {
  std::size_t count = 0;
  for (const FieldPtr& field : fields) {
    count += (field->type == FieldType::kNested ? 1U : 0U) + count_nested(field->children.all());
  }
  return count;
}

Status check_field(const Field& field, std::uint32_t depth, const MappingLimits& limits) {
  if (depth > limits.depth && field.is_object()) {
    return std::unexpected(illegal_argument("Limit of mapping depth [" + std::to_string(limits.depth) +
                                            "] has been exceeded due to object field [" + field.path + "]"));
  }
  if (limits.field_name_length != 0 && field.name.size() > limits.field_name_length) {
    return std::unexpected(illegal_argument("Field name [" + field.name + "] is longer than the limit of [" +
                                            std::to_string(limits.field_name_length) + "] characters"));
  }
  for (const FieldPtr& child : field.children.all()) {
    if (Status good = check_field(*child, depth + 1, limits); !good) return good;
  }
  return {};
}

/// Every alias and copy_to has to lead somewhere that takes it.
Status check_targets(const std::vector<FieldPtr>& fields, const Root& root);

const Field* find_path(const Root& root, std::string_view path) {
  const Field* at = root.object.get();
  while (!path.empty()) {
    if (const Field* whole = at->children.find(path)) return whole;
    const std::size_t dot = path.find('.');
    const Field* child = at->children.find(path.substr(0, dot));
    if (child == nullptr || dot == std::string_view::npos) return nullptr;
    path.remove_prefix(dot + 1);
    if (!child->is_object()) {
      const auto multi = std::ranges::find(child->multi_fields, path,
                                           [](const FieldPtr& each) -> std::string_view { return each->name; });
      return multi == child->multi_fields.end() ? nullptr : multi->get();
    }
    at = child;
  }
  return at;
}

Status check_alias(const Field& field, const Root& root) {
  Error error(ErrorKind::kBadRequest, 400, "mapper_parsing_exception", "");
  const std::string intro = "Invalid [path] value [" + field.alias_path + "] for field alias [" + field.path + "]: ";
  const Field* target = find_path(root, field.alias_path);
  if (field.alias_path == field.path) {
    error.reason = intro + "an alias cannot refer to itself.";
  } else if (target == nullptr || target->is_object()) {
    error.reason = intro + "an alias must refer to an existing field in the mappings.";
  } else if (target->type == FieldType::kAlias) {
    error.reason = intro + "an alias cannot refer to another alias.";
  } else if (target->schema.nested_path != field.schema.nested_path) {
    const auto scope = [](const Field& each) {
      return each.schema.nested_path.empty() ? std::string("doesn't have a nested scope")
                                             : "nested scope is [" + each.schema.nested_path + "]";
    };
    error.reason = intro + "an alias must have the same nested scope as its target. The alias " +
                   (field.schema.nested_path.empty() ? "is not nested" : scope(field)) + ", but the target's " +
                   (target->schema.nested_path.empty() ? "is not nested" : scope(*target)) + ".";
  } else {
    return {};
  }
  return std::unexpected(std::move(error));
}

Status check_copies(const Field& field, const Root& root) {
  for (const std::string& name : field.copy_to) {
    const Field* target = find_path(root, name);
    if (target != nullptr && target->is_object()) {
      return std::unexpected(illegal_argument("Cannot copy to field [" + name + "] since it is mapped as an object"));
    }
    if (target != nullptr && target->schema.source_path != target->path) {
      return std::unexpected(illegal_argument("[copy_to] may not be used to copy to a multi-field: [" + name + "]"));
    }
  }
  return {};
}

Status check_targets(const std::vector<FieldPtr>& fields, const Root& root) {
  for (const FieldPtr& field : fields) {
    if (field->type == FieldType::kAlias) {
      if (Status good = check_alias(*field, root); !good) return good;
    }
    if (Status good = check_copies(*field, root); !good) return good;
    if (Status good = check_targets(field->children.all(), root); !good) return good;
  }
  return {};
}

}  // namespace

std::size_t field_count(const Root& root) {
  std::size_t count = count_fields(root.object->children.all());
  for (const auto& [name, text] : root.sections) {
    if (name == "runtime") count += boost::json::parse(text).get_object().size();
  }
  return count;
}

Status check_limits(const Root& merged, const Root& base, const MappingLimits& limits) {
  const std::size_t before = field_count(base);
  const std::size_t after = field_count(merged);
  if (after > limits.total_fields && after > before) {
    return std::unexpected(
        illegal_argument("Limit of total fields [" + std::to_string(limits.total_fields) + "] has been exceeded"));
  }
  for (const FieldPtr& field : merged.object->children.all()) {
    if (Status good = check_field(*field, 2, limits); !good) return good;
  }
  if (count_nested(merged.object->children.all()) > limits.nested_fields) {
    return std::unexpected(
        illegal_argument("Limit of nested fields [" + std::to_string(limits.nested_fields) + "] has been exceeded"));
  }
  if (Status good = check_joins(merged.object->children.all()); !good) return good;
  return check_targets(merged.object->children.all(), merged);
}

}  // namespace sluice::store
