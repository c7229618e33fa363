#include "io/store/mappings/runtime_fields.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include <boost/json.hpp>

#include "io/store/mappings/definition.h"
#include "io/store/mappings/field_parameters.h"
#include "pipeline/model/date_format.h"

namespace sluice::store {

namespace json = boost::json;

namespace {

using pipeline::FieldKind;

struct RuntimeType {
  std::string_view name;
  FieldKind kind;
};
constexpr auto kTypes = std::to_array<RuntimeType>({{"boolean", FieldKind::kBoolean},
                                                    {"date", FieldKind::kDate},
                                                    {"double", FieldKind::kFloating},
                                                    {"geo_point", FieldKind::kGeoPoint},
                                                    {"ip", FieldKind::kIp},
                                                    {"keyword", FieldKind::kKeyword},
                                                    {"long", FieldKind::kInteger}});
/// Of Elasticsearch, and not there yet.
constexpr auto kNotThere = std::to_array<std::string_view>({"composite", "geo_shape", "lookup"});

Error parse_error(std::string reason) { return {ErrorKind::kBadRequest, 400, "parse_exception", std::move(reason)}; }

std::string text_of(const json::value& value) { return java_text(value); }

/// `script`: a text, or an object with a source.
Result<json::object> read_script(std::string_view field, const json::value& value) {
  json::object shown;
  if (value.is_string()) {
    shown["source"] = value;
    shown["lang"] = "painless";
    return shown;
  }
  const json::object* given = value.if_object();
  if (given == nullptr) {
    return std::unexpected(illegal_argument("Script value should be a String or a Map"));
  }
  for (const auto& [key, each] : *given) {
    const std::string name(key.data(), key.size());
    if (name == "id") {
      return std::unexpected(
          illegal_argument("stored scripts are not supported for runtime field [" + std::string(field) + "]"));
    }
    if (name != "source" && name != "lang" && name != "params" && name != "options" && name != "inline") {
      return std::unexpected(parse_error("Unsupported field [" + name + "]"));
    }
  }
  const json::value* source = given->if_contains("source");
  if (source == nullptr) source = given->if_contains("inline");
  if (source == nullptr) {
    return std::unexpected(parse_error("Expected one of [source] or [id] fields, but found none"));
  }
  shown["source"] = text_of(*source);
  const json::value* lang = given->if_contains("lang");
  shown["lang"] = lang == nullptr ? std::string("painless") : text_of(*lang);
  if (shown["lang"] != "painless") {
    return std::unexpected(illegal_argument("script_lang not supported [" + text_of(shown["lang"]) + "]"));
  }
  if (const json::value* params = given->if_contains("params"); params != nullptr && params->is_object()) {
    if (!params->get_object().empty()) shown["params"] = *params;
  }
  return shown;
}

/// One definition. Errors are without `Failed to parse mapping: `.
class Reader {
 public:
  Reader(std::string_view field, const json::object& given) : field_(field), given_(given) {}

  Result<json::object> read() {
    const json::value* type = given_.if_contains("type");
    if (type == nullptr || type->is_null()) {
      return std::unexpected(mapper_parsing("No type specified for runtime field [" + field_ + "]"));
    }
    type_ = text_of(*type);
    if (std::ranges::find(kNotThere, type_) != kNotThere.end()) {
      return std::unexpected(unsupported("runtime fields of type [" + type_ + "], as [" + field_ +
                                         "] is, are not supported by this version of sluice"));
    }
    if (std::ranges::find(kTypes, type_, &RuntimeType::name) == kTypes.end()) {
      return std::unexpected(mapper_parsing(
          "The mapper type [" + type_ + "] declared on runtime field [" + field_ +
          "] does not exist. It might have been created within a future version or requires a plugin to be installed. "
          "Check the documentation."));
    }
    shown_["type"] = type_;
    for (const auto& [key, value] : given_) {
      if (Status read = read_member({key.data(), key.size()}, value); !read) {
        return std::unexpected(std::move(read.error()));
      }
    }
    return ordered();
  }

 private:
  Status read_member(const std::string& name, const json::value& value) {
    if (name == "type") return {};
    if (name == "script") {
      auto script = read_script(field_, value);
      if (!script) return std::unexpected(std::move(script.error()));
      shown_["script"] = std::move(*script);
      return {};
    }
    if (name == "format" && type_ == "date") {
      const std::string format = text_of(value);
      if (auto compiled = pipeline::DateFormat::compile(format); !compiled) {
        return std::unexpected(std::move(compiled.error()));
      }
      shown_["format"] = format;
      return {};
    }
    if (name == "locale" && type_ == "date") {
      shown_["locale"] = text_of(value);
      return {};
    }
    if (name == "on_script_error") {
      const std::string text = text_of(value);
      if (text != "fail" && text != "continue") {
        return std::unexpected(mapper_parsing("Unknown value [" + text +
                                              "] for field [on_script_error] - accepted values are [fail, continue]"));
      }
      if (text != "fail") shown_["on_script_error"] = text;
      return {};
    }
    if (name == "meta") {
      shown_["meta"] = value;
      return {};
    }
    return std::unexpected(
        mapper_parsing("unknown parameter [" + name + "] on runtime field [" + field_ + "] of type [" + type_ + "]"));
  }

  /// As it is shown: in an order of its own.
  json::object ordered() {
    json::object all;
    for (const std::string_view name : {"type", "meta", "script", "on_script_error", "format", "locale"}) {
      if (const json::value* value = shown_.if_contains(std::string(name))) all[std::string(name)] = *value;
    }
    return all;
  }

  std::string field_;
  const json::object& given_;
  std::string type_;
  json::object shown_;
};

pipeline::FieldSchema schema_of(std::string_view path, const json::object& definition) {
  pipeline::FieldSchema schema;
  schema.path = schema.source_path = path;
  schema.type = text_of(definition.at("type"));
  schema.kind = std::ranges::find(kTypes, schema.type, &RuntimeType::name)->kind;
  schema.norms = schema.frequencies = schema.positions = false;
  schema.runtime = true;
  if (const json::value* format = definition.if_contains("format")) schema.format = text_of(*format);
  const json::value* script = definition.if_contains("script");
  if (script == nullptr) return schema;
  auto made = std::make_shared<pipeline::RuntimeScript>();
  made->source = text_of(script->get_object().at("source"));
  if (const json::value* params = script->get_object().if_contains("params")) made->params = plain_json(*params);
  made->ignores_failures = definition.contains("on_script_error");
  schema.script = std::move(made);
  return schema;
}

}  // namespace

json::object sorted_by_name(const json::object& fields) {
  std::vector<std::string_view> names;
  for (const auto& [key, value] : fields) names.emplace_back(key.data(), key.size());
  std::ranges::sort(names);
  json::object sorted;
  for (const std::string_view name : names) sorted[{name.data(), name.size()}] = fields.at({name.data(), name.size()});
  return sorted;
}

Result<std::string> read_runtime_fields(const json::value& section, bool removes) {
  const json::object* fields = section.if_object();
  if (fields == nullptr) {
    return std::unexpected(parse_error("runtime must be a map type"));
  }
  json::object shown;
  for (const auto& [key, value] : *fields) {
    const std::string name(key.data(), key.size());
    if (value.is_null() && removes) {
      shown[key] = nullptr;
      continue;
    }
    if (value.is_null()) {
      return std::unexpected(mapper_parsing("Runtime field [" + name +
                                            "] was set to null but its removal is not supported in this context"));
    }
    const json::object* definition = value.if_object();
    if (definition == nullptr) {
      return std::unexpected(
          mapper_parsing("Expected map for runtime field [" + name + "] definition but got a " + java_class(value)));
    }
    auto read = Reader(name, *definition).read();
    if (!read) return std::unexpected(std::move(read.error()));
    shown[key] = std::move(*read);
  }
  return plain_json(sorted_by_name(shown));
}

std::vector<pipeline::FieldSchema> runtime_schemas(std::string_view section) {
  std::vector<pipeline::FieldSchema> schemas;
  const json::value fields = json::parse({section.data(), section.size()});
  for (const auto& [key, value] : fields.get_object()) {
    if (value.is_object()) schemas.push_back(schema_of({key.data(), key.size()}, value.get_object()));
  }
  return schemas;
}

}  // namespace sluice::store
