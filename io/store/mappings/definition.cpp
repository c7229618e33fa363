#include "io/store/mappings/definition.h"

#include <algorithm>
#include <utility>

#include <boost/json.hpp>

#include "io/store/mappings/field_parameters.h"
#include "io/store/mappings/join_field.h"

namespace sluice::store {

namespace json = boost::json;

Error mapper_parsing(std::string reason) {
  return {ErrorKind::kBadRequest, 400, "mapper_parsing_exception", std::move(reason)};
}

std::string joined_path(std::string_view parent, std::string_view name) {
  std::string path(parent);
  if (!path.empty()) path += '.';
  return path.append(name);
}

namespace {

/// An object around the rest of a name with dots.
FieldPtr object_around(std::string_view name, std::vector<FieldPtr> children, const Place& place) {
  auto field = std::make_shared<Field>();
  field->name = name;
  field->path = joined_path(place.path, name);
  field->children = FieldTable(std::move(children));
  complete_schema(*field, place, nullptr);
  return field;
}

/// Two definitions that name the same object by dots and by nesting become one.
FieldPtr united(const FieldPtr& first, const FieldPtr& second) {
  if (!first->is_object() || !second->is_object()) return second;
  const bool plain_second = !second->dynamic && !second->enabled_given && second->type == FieldType::kObject;
  auto both = std::make_shared<Field>(plain_second ? *first : *second);
  std::vector<FieldPtr> children = first->children.all();
  for (const FieldPtr& child : second->children.all()) {
    const FieldPtr* same = first->children.slot(child->name);
    children.push_back(same == nullptr ? child : united(*same, child));
  }
  both->children = FieldTable(std::move(children));
  return both;
}

Result<FieldPtr> parse_object(std::string_view name, const json::object& definition, const Place& place,
                              FieldType type);

Result<FieldPtr> parse_leaf(std::string_view name, const json::object& definition, const Place& place, FieldType type,
                            const Field* parent) {
  auto field = std::make_shared<Field>();
  field->name = name;
  field->path = joined_path(parent == nullptr ? place.path : std::string_view(parent->path), name);
  field->type = type;
  field->check = type_info(type).check;
  if (Status read = read_parameters(*field, definition); !read) return std::unexpected(std::move(read.error()));
  complete_schema(*field, place, parent);
  if (type == FieldType::kJoin) {
    if (Status read = read_join(*field, parent != nullptr || !place.path.empty()); !read) {
      return std::unexpected(std::move(read.error()));
    }
  }
  if (const json::value* fields = definition.if_contains("fields"); fields != nullptr) {
    if (parent != nullptr) {
      return std::unexpected(mapper_parsing("Type [" + std::string(type_info(type).name) + "] declared on field [" +
                                            field->name + "] does not support [fields] parameter"));
    }
    if (Status read = read_multi_fields(*field, *fields, place); !read) {
      return std::unexpected(std::move(read.error()));
    }
  }
  return field;
}

/// The type that a definition names, or that its keys say.
Result<FieldType> type_of(std::string_view name, const json::object& definition) {
  const json::value* type = definition.if_contains("type");
  if (type == nullptr || type->is_null()) {
    for (const char* key : {"properties", "dynamic", "enabled", "subobjects"}) {
      if (definition.contains(key)) return FieldType::kObject;
    }
    if (definition.empty()) return FieldType::kObject;
    if (definition.size() == 1 && definition.begin()->value().is_object()) return FieldType::kObject;
    return std::unexpected(mapper_parsing("No type specified for field [" + std::string(name) + "]"));
  }
  const std::string type_name = java_text(*type);
  const FieldTypeInfo* info = type_named(type_name);
  if (info == nullptr) {
    return std::unexpected(mapper_parsing(
        "The mapper type [" + type_name + "] declared on field [" + std::string(name) +
        "] does not exist. It might have been created within a future version or requires a plugin to be installed. "
        "Check the documentation."));
  }
  return info->type;
}

Result<FieldPtr> parse_dotted(std::string_view name, const json::object& definition, const Place& place) {
  const std::size_t dot = name.find('.');
  const std::string_view first = name.substr(0, dot);
  const std::string path = joined_path(place.path, first);
  Place inside = place;
  inside.path = path;
  auto inner = parse_field(name.substr(dot + 1), definition, inside);
  if (!inner) return inner;
  return object_around(first, {std::move(*inner)}, place);
}

Status read_object_keys(Field& field, const json::object& definition) {
  if (const json::value* dynamic = definition.if_contains("dynamic"); dynamic != nullptr) {
    const std::string text = java_text(*dynamic);
    const auto parsed = dynamic_named(text);
    if (!parsed) return std::unexpected(parsed.error());
    field.dynamic = *parsed;
  }
  if (const json::value* enabled = definition.if_contains("enabled"); enabled != nullptr) {
    auto value = boolean_of(*enabled, field.name + ".enabled");
    if (!value) return std::unexpected(std::move(value.error()));
    field.enabled = *value;
    field.enabled_given = *value;
  }
  if (const json::value* subobjects = definition.if_contains("subobjects"); subobjects != nullptr) {
    auto value = boolean_of(*subobjects, "subobjects");
    if (!value) return std::unexpected(std::move(value.error()));
    field.subobjects = *value;
  }
  return {};
}

/// Keys that no object takes; `include_in_parent` and its like are a nested object's.
Status check_object_keys(const Field& field, const json::object& definition) {
  std::string unknown;
  for (const auto& [key, value] : definition) {
    const std::string_view name(key.data(), key.size());
    const bool known = name == "type" || name == "properties" || name == "dynamic" || name == "enabled" ||
                       name == "subobjects" || name == "synthetic_source_keep";
    const bool nested = field.type == FieldType::kNested && (name == "include_in_parent" || name == "include_in_root");
    const bool pass = field.type == FieldType::kPassThrough && (name == "priority" || name == "time_series_dimension");
    if (known || nested || pass) continue;
    unknown += " [" + std::string(name) + " : " + java_text(value) + "]";
  }
  if (unknown.empty()) return {};
  return std::unexpected(
      mapper_parsing("Mapping definition for [" + field.name + "] has unsupported parameters: " + unknown));
}

Result<FieldPtr> parse_object(std::string_view name, const json::object& definition, const Place& place,
                              FieldType type) {
  auto field = std::make_shared<Field>();
  field->name = name;
  field->path = joined_path(place.path, name);
  field->type = type;
  if (Status read = read_object_keys(*field, definition); !read) return std::unexpected(std::move(read.error()));
  if (Status read = read_object_parameters(*field, definition); !read) {
    return std::unexpected(std::move(read.error()));
  }
  complete_schema(*field, place, nullptr);
  if (const json::value* properties = definition.if_contains("properties"); properties != nullptr) {
    Place inside{field->path, type == FieldType::kNested ? std::string_view(field->path) : place.nested_path,
                 field->subobjects.value_or(place.subobjects)};
    auto children = parse_properties(*properties, inside);
    if (!children) return std::unexpected(std::move(children.error()));
    field->children = FieldTable(std::move(*children));
  }
  if (Status known = check_object_keys(*field, definition); !known) return std::unexpected(std::move(known.error()));
  return field;
}

/// Names that no field may have. Source: ObjectMapper, FieldMapper of Elasticsearch 9.
Status check_name(std::string_view name, bool dots) {
  if (name.empty()) return std::unexpected(illegal_argument("field name cannot be an empty string"));
  if (name.find_first_not_of(" \t\n") == std::string_view::npos) {
    return std::unexpected(illegal_argument("field name cannot contain only whitespaces"));
  }
  const bool only_dots = name.find_first_not_of('.') == std::string_view::npos;
  if (only_dots && dots) {
    return std::unexpected(illegal_argument("field name cannot contain only dots"));
  }
  if (dots && (name.front() == '.' || name.back() == '.' || name.find("..") != std::string_view::npos)) {
    return std::unexpected(illegal_argument(
        "field name starting or ending with a [.] makes object resolution ambiguous: [" + std::string(name) + "]"));
  }
  return {};
}

}  // namespace

Result<FieldPtr> parse_field(std::string_view name, const json::object& definition, const Place& place,
                             const Field* parent) {
  const bool split = parent == nullptr && place.subobjects && name.find('.') != std::string_view::npos;
  if (split) return parse_dotted(name, definition, place);
  auto type = type_of(name, definition);
  if (!type) return std::unexpected(std::move(type.error()));
  const bool object = type_info(*type).check == ValueCheck::kObject;
  if (object && parent != nullptr) {
    return std::unexpected(
        mapper_parsing("Type [" + std::string(type_info(*type).name) + "] cannot be used in multi field"));
  }
  if (object) return parse_object(name, definition, place, *type);
  return parse_leaf(name, definition, place, *type, parent);
}

Result<std::vector<FieldPtr>> parse_properties(const json::value& properties, const Place& place) {
  std::vector<FieldPtr> fields;
  const json::object* object = properties.if_object();
  if (object == nullptr) {
    if (properties.is_array() && properties.get_array().empty()) return fields;
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "parse_exception", "properties must be a map type"));
  }
  for (const auto& [key, value] : *object) {
    const std::string name(key.data(), key.size());
    const json::object* definition = value.if_object();
    if (definition == nullptr) {
      if (value.is_array() && value.get_array().empty()) continue;
      return std::unexpected(
          mapper_parsing("Expected map for property [fields] on field [" + name + "] but got a " + java_class(value)));
    }
    if (Status good = check_name(name, place.subobjects); !good) return std::unexpected(std::move(good.error()));
    auto field = parse_field(name, *definition, place);
    if (!field) return std::unexpected(std::move(field.error()));
    const auto same = std::ranges::find(fields, (*field)->name, [](const FieldPtr& each) { return each->name; });
    if (same == fields.end()) {
      fields.push_back(std::move(*field));
    } else {
      *same = united(*same, *field);
    }
  }
  return fields;
}

}  // namespace sluice::store
