#include "io/store/mappings/parameter_values.h"

#include <string>
#include <utility>

#include <boost/json.hpp>

#include "io/store/mappings/definition.h"
#include "io/store/mappings/field_parameters.h"
#include "pipeline/base/json_text.h"
#include "pipeline/base/parse_number.h"

namespace sluice::store {

namespace json = boost::json;

namespace {

constexpr std::size_t kMetaEntries = 5;
constexpr std::size_t kMetaKey = 20;
constexpr std::size_t kMetaValue = 50;

std::string quoted(std::string_view name) { return "[" + std::string(name) + "]"; }

Result<std::string> integer(const Field& field, const ParameterRule& rule, const json::value& value) {
  const std::string text = java_text(value);
  const auto number = parse_number<std::int32_t>(text);
  if (!number) return std::unexpected(number_format_error(text));
  if (rule.name == "ignore_above" && *number < 0) {
    Error cause = illegal_argument("[ignore_above] must be positive, got [" + text + "]");
    return std::unexpected(std::move(cause));
  }
  (void)field;
  return std::to_string(*number);
}

Result<std::string> number(const ParameterRule& rule, const json::value& value) {
  const std::string text = java_text(value);
  const auto parsed = parse_number<double>(text);
  if (!parsed) return std::unexpected(mapper_parsing("For input string: \"" + text + "\""));
  if (rule.name == "scaling_factor" && !(*parsed > 0)) {
    return std::unexpected(
        mapper_parsing("[scaling_factor] must be a positive number, got " + quoted(plain_json(*parsed))));
  }
  return plain_json(json::value(*parsed));
}

std::size_t code_points(std::string_view utf8) {
  std::size_t count = 0;
  for (const char c : utf8) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1U : 0U;
  return count;
}

Result<std::string> meta(const Field& field, const json::value& value) {
  const auto bad = [&field](const std::string& reason) {
    return std::unexpected(mapper_parsing(reason + quoted(field.name)));
  };
  const json::object* object = value.if_object();
  if (object == nullptr) {
    return std::unexpected(mapper_parsing("[meta] must be an object, got " + java_class(value).substr(10) + "[" +
                                          java_text(value) + "] for field " + quoted(field.name)));
  }
  if (object->size() > kMetaEntries) {
    return std::unexpected(mapper_parsing("[meta] can't have more than 5 entries, but got " +
                                          std::to_string(object->size()) + " on field " + quoted(field.name)));
  }
  for (const auto& [key, each] : *object) {
    const std::string name(key.data(), key.size());
    if (code_points(name) > kMetaKey) {
      return std::unexpected(mapper_parsing("[meta] keys can't be longer than 20 chars, but got [" + name +
                                            "] for field " + quoted(field.name)));
    }
    const json::string* text = each.if_string();
    if (text == nullptr) {
      return bad("[meta] values can only be strings, but got " + java_class(each).substr(10) + "[" + java_text(each) +
                 "] for field ");
    }
    if (code_points({text->data(), text->size()}) > kMetaValue) {
      return bad("[meta] values can't be longer than 50 chars, but got [" + java_text(each) + "] for field ");
    }
  }
  return plain_json(value);
}

Result<std::string> value_text(const Field& field, const ParameterRule& rule, const json::value& value) {
  switch (rule.kind) {
    case ParameterKind::kBoolean:
    case ParameterKind::kExplicitBoolean: {
      auto flag = boolean_of(value, rule.name);
      if (!flag) return std::unexpected(std::move(flag.error()));
      return std::string(*flag ? "true" : "false");
    }
    case ParameterKind::kInteger:
      return integer(field, rule, value);
    case ParameterKind::kDouble:
      return number(rule, value);
    case ParameterKind::kString:
    case ParameterKind::kAnalyzer:
      return json_string(java_text(value));
    case ParameterKind::kMeta:
      return meta(field, value);
    case ParameterKind::kAny:
      break;
  }
  return plain_json(value);
}

/// Parameters for which null means that they are not there.
bool accepts_null(const ParameterRule& rule) {
  return rule.initial.empty() || rule.name == "meta" || rule.name == "format";
}

}  // namespace

std::string java_class(const json::value& value) {
  switch (value.kind()) {
    case json::kind::string:
      return "java.lang.String";
    case json::kind::bool_:
      return "java.lang.Boolean";
    case json::kind::double_:
      return "java.lang.Double";
    case json::kind::array:
      return "java.util.ArrayList";
    case json::kind::object:
      return "java.util.HashMap";
    default:
      return "java.lang.Integer";
  }
}

Result<bool> boolean_of(const json::value& value, std::string_view name) {
  const std::string text = java_text(value);
  if (text == "true") return true;
  if (text == "false") return false;
  Error cause = illegal_argument("Failed to parse value [" + text + "] as only [true] or [false] are allowed.");
  (void)name;
  return std::unexpected(std::move(cause));
}

Result<Parameter> parameter_value(const Field& field, const ParameterRule& rule, const json::value& value) {
  if (value.is_null()) {
    if (accepts_null(rule)) return Parameter{&rule, std::string(rule.initial), false};
    return std::unexpected(mapper_parsing("[" + std::string(rule.name) + "] on mapper [" + field.name + "] of type [" +
                                          std::string(type_info(field.type).name) + "] must not have a [null] value"));
  }
  auto text = value_text(field, rule, value);
  if (!text) return std::unexpected(std::move(text.error()));
  const bool shown = rule.kind == ParameterKind::kExplicitBoolean || *text != rule.initial;
  return Parameter{&rule, std::move(*text), shown};
}

}  // namespace sluice::store
