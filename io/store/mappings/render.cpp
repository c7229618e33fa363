#include "io/store/mappings/render.h"

#include <string_view>

#include "pipeline/base/json_text.h"

namespace sluice::store {

namespace {

/// Members of an object with commas between them.
class Members {
 public:
  void add(std::string_view key, std::string_view json) {
    text_ += text_.empty() ? "{" : ",";
    append_json_string(text_, key);
    text_ += ':';
    text_ += json;
  }
  [[nodiscard]] std::string text() const { return text_.empty() ? "{}" : text_ + "}"; }

 private:
  std::string text_;
};

std::string flag(bool value) { return value ? "true" : "false"; }

std::string render_all(const std::vector<FieldPtr>& fields, bool defaults) {
  Members members;
  for (const FieldPtr& field : fields) members.add(field->name, render_field(*field, defaults));
  return members.text();
}

std::string render_strings(const std::vector<std::string>& strings) {
  std::string text;
  for (const std::string& each : strings) text += (text.empty() ? "[" : ",") + json_string(each);
  return text.empty() ? "[]" : text + "]";
}

std::string render_object(const Field& field, bool defaults) {
  Members members;
  // `type` is shown where there is nothing else that says so.
  if (field.type != FieldType::kObject)
    members.add("type", json_string(type_info(field.type).name));
  else if (field.children.empty())
    members.add("type", "\"object\"");
  for (const Parameter& each : field.parameters) {
    if (each.shown || defaults) members.add(each.rule->name, each.json);
  }
  if (field.dynamic) members.add("dynamic", json_string(dynamic_name(*field.dynamic)));
  if (!field.enabled) members.add("enabled", "false");
  if (field.subobjects) members.add("subobjects", flag(*field.subobjects));
  if (!field.children.empty()) members.add("properties", render_all(field.children.all(), defaults));
  return members.text();
}

}  // namespace

std::string render_field(const Field& field, bool defaults) {
  if (field.is_object()) return render_object(field, defaults);
  Members members;
  members.add("type", json_string(type_info(field.type).name));
  if (defaults) {
    for (const ParameterRule& rule : parameter_rules(type_info(field.type).name)) {
      const Parameter* given = field.parameter(rule.name);
      if (given != nullptr) {
        members.add(rule.name, given->json);
      } else {
        members.add(rule.name, rule.initial.empty() ? std::string_view("null") : rule.initial);
      }
    }
  } else {
    for (const Parameter& each : field.parameters) {
      if (each.shown) members.add(each.rule->name, each.json);
    }
  }
  if (!field.multi_fields.empty()) members.add("fields", render_all(field.multi_fields, defaults));
  if (!field.copy_to.empty()) members.add("copy_to", render_strings(field.copy_to));
  return members.text();
}

std::string render_root(const Root& root) {
  Members members;
  if (root.object->dynamic) members.add("dynamic", json_string(dynamic_name(*root.object->dynamic)));
  if (!root.object->enabled) members.add("enabled", "false");
  if (root.object->subobjects) members.add("subobjects", flag(*root.object->subobjects));
  for (const auto& [name, json] : root.sections) {
    if (name == "_meta" || name == "_data_stream_timestamp") members.add(name, json);
  }
  if (root.routing_required && *root.routing_required) members.add("_routing", R"({"required":true})");
  for (const auto& [name, json] : root.sections) {
    if (name == "_source") members.add(name, json);
  }
  if (root.dynamic_date_formats) members.add("dynamic_date_formats", render_strings(*root.dynamic_date_formats));
  if (root.templates_given) {
    std::string templates;
    for (const DynamicTemplate& each : root.templates) {
      templates += (templates.empty() ? "[{" : ",{") + json_string(each.name) + ":" + each.json + "}";
    }
    members.add("dynamic_templates", templates.empty() ? "[]" : templates + "]");
  }
  if (root.date_detection) members.add("date_detection", flag(*root.date_detection));
  if (root.numeric_detection) members.add("numeric_detection", flag(*root.numeric_detection));
  for (const auto& [name, json] : root.sections) {
    if (name == "runtime" && json != "{}") members.add(name, json);
  }
  if (!root.object->children.empty()) members.add("properties", render_all(root.object->children.all(), false));
  return members.text();
}

}  // namespace sluice::store
