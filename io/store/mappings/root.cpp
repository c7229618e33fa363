#include "io/store/mappings/root.h"

#include <algorithm>
#include <array>
#include <utility>

#include <boost/json.hpp>

#include "io/store/mappings/definition.h"
#include "io/store/mappings/field_parameters.h"
#include "io/store/mappings/runtime_fields.h"

namespace sluice::store {

namespace json = boost::json;

namespace {

/// Sections that are kept as they are.
constexpr std::array<std::string_view, 2> kSections = {"_meta", "_data_stream_timestamp"};

Status read_formats(Root& root, const std::vector<std::string>& formats) {
  for (const std::string& format : formats) {
    auto compiled = pipeline::DateFormat::compile(format);
    if (!compiled) return std::unexpected(std::move(compiled.error()));
    root.date_formats.push_back(std::move(*compiled));
  }
  return {};
}

Status read_templates(Root& root, const json::value& value) {
  root.templates_given = true;
  const json::array* list = value.if_array();
  if (list == nullptr) {
    return std::unexpected(mapper_parsing("Dynamic template syntax error. An array of named objects is expected."));
  }
  for (const json::value& each : *list) {
    const json::object* named = each.if_object();
    if (named == nullptr || named->size() != 1 || !named->begin()->value().is_object()) {
      return std::unexpected(mapper_parsing("A dynamic template must be defined with a name"));
    }
    const auto& [key, body] = *named->begin();
    auto parsed = parse_dynamic_template({key.data(), key.size()}, plain_json(body));
    if (!parsed) return std::unexpected(std::move(parsed.error()));
    root.templates.push_back(std::move(*parsed));
  }
  return {};
}

/// `_source` as it is shown: what is not the default.
Status read_source(Root& root, const json::value& value) {
  const json::object* object = value.if_object();
  if (object == nullptr) {
    return std::unexpected(mapper_parsing("[_source] config must be an object"));
  }
  json::object shown;
  for (const auto& [key, each] : *object) {
    const std::string name(key.data(), key.size());
    if (name == "enabled") {
      auto flag = boolean_of(each, name);
      if (!flag) return std::unexpected(std::move(flag.error()));
      root.source_enabled = *flag;
      if (!*flag) shown[key] = false;
    } else if (name == "mode") {
      const std::string mode = java_text(each);
      if (mode == "disabled") root.source_enabled = false;
      shown[key] = each;
    } else if (name == "includes" || name == "excludes") {
      const bool list = each.is_array();
      shown[key] = list ? each : json::value(json::array{each});
      if (list && each.get_array().empty()) shown.erase(key);
    } else {
      return std::unexpected(mapper_parsing("unknown parameter [" + name + "] on metadata field [_source]"));
    }
  }
  if (!shown.empty()) root.sections.emplace_back("_source", plain_json(shown));
  return {};
}

Status read_routing(Root& root, const json::value& value) {
  const json::object* object = value.if_object();
  if (object == nullptr) return std::unexpected(mapper_parsing("[_routing] config must be an object"));
  for (const auto& [key, each] : *object) {
    const std::string name(key.data(), key.size());
    if (name != "required") {
      return std::unexpected(mapper_parsing("unknown parameter [" + name + "] on metadata field [_routing]"));
    }
    auto flag = boolean_of(each, name);
    if (!flag) return std::unexpected(std::move(flag.error()));
    root.routing_required = *flag;
  }
  return {};
}

/// One key at the top. True: it was known.
Result<bool> read_key(Root& root, std::string_view key, const json::value& value) {
  const auto done = [](Status status) -> Result<bool> {
    if (!status) return std::unexpected(std::move(status.error()));
    return true;
  };
  if (key == "date_detection" || key == "numeric_detection") {
    auto flag = boolean_of(value, key);
    if (!flag) return flag;
    (key == "date_detection" ? root.date_detection : root.numeric_detection) = *flag;
    return true;
  }
  if (key == "dynamic_date_formats" || key == "date_formats") {
    std::vector<std::string> formats;
    if (const json::array* list = value.if_array()) {
      for (const json::value& each : *list) formats.push_back(java_text(each));
    } else if (java_text(value) != "none") {
      formats.push_back(java_text(value));
    }
    root.dynamic_date_formats = formats;
    return done(read_formats(root, formats));
  }
  if (key == "dynamic_templates") return done(read_templates(root, value));
  if (key == "_source") return done(read_source(root, value));
  if (key == "_routing") return done(read_routing(root, value));
  if (key == "runtime") {
    auto section = read_runtime_fields(value, /*removes=*/true);
    if (!section) return std::unexpected(std::move(section.error()));
    root.sections.emplace_back(key, std::move(*section));
    return true;
  }
  if (std::ranges::find(kSections, key) != kSections.end()) {
    if (!value.is_object()) {
      return std::unexpected(mapper_parsing("[" + std::string(key) + "] config must be an object"));
    }
    root.sections.emplace_back(key, plain_json(value));
    return true;
  }
  return key == "dynamic" || key == "enabled" || key == "subobjects" || key == "properties";
}

/// The part of the definition that an object has too.
Status read_object(Root& root, const json::object& definition) {
  auto object = std::make_shared<Field>();
  if (const json::value* dynamic = definition.if_contains("dynamic"); dynamic != nullptr) {
    auto parsed = dynamic_named(java_text(*dynamic));
    if (!parsed) return std::unexpected(std::move(parsed.error()));
    object->dynamic = *parsed;
  }
  for (const std::string_view key : {"enabled", "subobjects"}) {
    const json::value* given = definition.if_contains(std::string(key));
    if (given == nullptr) continue;
    auto flag = boolean_of(*given, key);
    if (!flag) return std::unexpected(std::move(flag.error()));
    if (key == "subobjects") {
      object->subobjects = *flag;
    } else {
      object->enabled_given = *flag;
      object->enabled = *flag;
    }
  }
  const Place place{"", "", object->subobjects.value_or(true)};
  if (const json::value* properties = definition.if_contains("properties"); properties != nullptr) {
    auto fields = parse_properties(*properties, place);
    if (!fields) return std::unexpected(std::move(fields.error()));
    object->children = FieldTable(std::move(*fields));
  }
  root.object = std::move(object);
  return {};
}

Result<Root> read_root(const json::object& definition) {
  Root root;
  if (Status read = read_object(root, definition); !read) return std::unexpected(std::move(read.error()));
  std::string unknown;
  for (const auto& [key, value] : definition) {
    const std::string name(key.data(), key.size());
    auto known = read_key(root, name, value);
    if (!known) return std::unexpected(std::move(known.error()));
    if (!*known) unknown += " [" + name + " : " + java_text(value) + "]";
  }
  if (!unknown.empty()) {
    return std::unexpected(mapper_parsing("Root mapping definition has unsupported parameters: " + unknown));
  }
  if (!root.dynamic_date_formats) {
    Status read = read_formats(root, {"strict_date_optional_time", "yyyy/MM/dd HH:mm:ss||yyyy/MM/dd||epoch_millis"});
    if (!read) return std::unexpected(std::move(read.error()));
  }
  return root;
}

}  // namespace

Result<Root> parse_root(std::string_view text) {
  boost::system::error_code problem;
  json::parse_options options;
  options.max_depth = kMostMappingLevels;
  const json::value value = json::parse({text.data(), text.size()}, problem, {}, options);
  if (problem) {
    return std::unexpected(mapper_parsing("the mapping is not valid JSON (" + problem.message() + ")"));
  }
  if (value.is_null()) return read_root({});
  const json::object* definition = value.if_object();
  if (definition == nullptr) return std::unexpected(mapper_parsing("the mapping must be a JSON object"));
  return read_root(*definition);
}

}  // namespace sluice::store
