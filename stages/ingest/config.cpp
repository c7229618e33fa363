#include "stages/ingest/config.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "pipeline/base/buffer.h"
#include "pipeline/base/json_text.h"
#include "stages/ingest/field_value.h"
#include "stages/ingest/java_number.h"
#include "stages/painless/run/java_hash.h"
#include "stages/painless/run/json_text.h"

namespace sluice::ingest {

namespace {

/// What a node says where it did not look at the class of what it was given.
Error no_string(std::string_view json) {
  return construction_error(
      "java.lang.ClassCastException",
      java_error("class_cast_exception", painless::class_cast_text(json_class_name(json), "java.lang.String")));
}

/// How many objects and lists stand in each other at most, and not more than `most` + 1.
std::size_t depth_of(std::string_view json, std::size_t most) {
  std::size_t depth = 0;
  std::size_t deepest = 0;
  for (std::size_t at = 0; at < json.size() && deepest <= most; ++at) {
    const char c = json[at];
    if (c == '"') {
      for (++at; at < json.size() && json[at] != '"'; ++at) at += json[at] == '\\' ? 1 : 0;
    } else if (c == '{' || c == '[') {
      deepest = std::max(deepest, ++depth);
    } else if ((c == '}' || c == ']') && depth > 0) {
      --depth;
    }
  }
  return deepest;
}

/// What a node prints of a value.
std::string java_text(std::string_view json) {
  std::string text;
  const auto add = [&](std::string piece) { text += (text.empty() ? "" : ", ") + std::move(piece); };
  if (json.starts_with('[')) {
    const auto elements = stages::json_elements(json, "an option");
    for (const std::string_view element : elements.value_or(std::vector<std::string_view>())) add(java_text(element));
    return "[" + text + "]";
  }
  if (json.starts_with('{')) {
    const auto members = stages::json_members(json, "an option");
    for (const auto& member : members.value_or(std::vector<stages::JsonMember>()))
      add(member.name() + "=" + java_text(member.value));
    return "{" + text + "}";
  }
  return json_unquoted(json);
}

}  // namespace

std::string json_class_name(std::string_view json) {
  switch (json.empty() ? 'n' : json.front()) {
    case '"':
      return "java.lang.String";
    case '{':
      return "java.util.HashMap";
    case '[':
      return "java.util.ArrayList";
    case 't':
    case 'f':
      return "java.lang.Boolean";
    case 'n':
      return "null";
    default:
      break;
  }
  if (json.find_first_of(".eE") != std::string_view::npos) return "java.lang.Double";
  std::int64_t number = 0;
  if (std::from_chars(json.data(), json.data() + json.size(), number).ec != std::errc()) return "java.math.BigInteger";
  const bool small =
      number >= std::numeric_limits<std::int32_t>::min() && number <= std::numeric_limits<std::int32_t>::max();
  return small ? "java.lang.Integer" : "java.lang.Long";
}

Result<Config> Config::parse(std::string type, std::string_view json) {
  Config made(std::move(type));
  // As Jackson's; all that is inside of a pipeline is read with as many calls in each other.
  constexpr std::size_t kMostNested = 1000;
  if (made.type_.empty() && depth_of(json, kMostNested) > kMostNested) {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "x_content_parse_exception",
                                 "Document nesting depth (1001) exceeds the maximum allowed (1000, from "
                                 "`StreamReadConstraints.getMaxNestingDepth()`)"));
  }
  auto members = stages::json_members(json, made.type_.empty() ? "the pipeline" : "processor [" + made.type_ + "]");
  if (!members) return std::unexpected(std::move(members.error()));
  for (const stages::JsonMember& member : *members) {
    std::string name = member.name();
    std::erase_if(made.options_, [&](const Option& option) { return option.name == name; });
    made.options_.push_back({std::move(name), member.value, false});
  }
  return made;
}

Error Config::placed(Error error, std::string_view name) const {
  std::vector<std::pair<std::string, std::string>> place;
  const auto has = [&](std::string_view key) {
    return std::ranges::any_of(error.details, [&](const auto& detail) { return detail.first == key; });
  };
  if (!name.empty() && !has("property_name")) place.emplace_back("property_name", json_string(name));
  if (!type_.empty()) {
    // What a processor inside of this one says of itself gives way, as a node has it.
    std::erase_if(error.details, [](const auto& detail) {
      return detail.first == "processor_type" || detail.first == "processor_tag";
    });
    place.emplace_back("processor_type", json_string(type_));
    if (!tag_.empty()) place.emplace_back("processor_tag", json_string(tag_));
  }
  const auto at = has("property_name") ? error.details.begin() + 1 : error.details.begin();
  error.details.insert(at, place.begin(), place.end());
  return error;
}

Error Config::problem(std::string_view name, const std::string& reason) const {
  Error error(ErrorKind::kBadRequest, 400, "parse_exception", "[" + std::string(name) + "] " + reason);
  return placed(std::move(error), name);
}

Error Config::problem(const std::string& reason) const {
  return placed(Error(ErrorKind::kBadRequest, 400, "parse_exception", reason));
}

Error Config::wrong_type(std::string_view name, std::string_view wanted, std::string_view value) const {
  return problem(name, "property isn't " + std::string(wanted) + ", but of type [" + json_class_name(value) + "]");
}

bool Config::has(std::string_view name) const {
  return std::ranges::any_of(options_, [&](const Option& option) { return option.name == name; });
}

std::optional<std::string_view> Config::take(std::string_view name) {
  for (Option& option : options_) {
    if (option.name != name) continue;
    option.taken = true;
    return option.value == "null" ? std::nullopt : std::optional<std::string_view>(option.value);
  }
  return std::nullopt;
}

Result<std::string_view> Config::take_required(std::string_view name) {
  const auto value = take(name);
  if (!value) return std::unexpected(problem(name, "required property is missing"));
  return *value;
}

Result<std::string> Config::text(std::string_view name) {
  auto value = optional_text(name);
  if (!value) return std::unexpected(std::move(value.error()));
  if (!*value) return std::unexpected(problem(name, "required property is missing"));
  return std::move(**value);
}

Result<std::optional<std::string>> Config::optional_text(std::string_view name) {
  const auto value = take(name);
  if (!value) return std::nullopt;
  if (!value->starts_with('"')) return std::unexpected(wrong_type(name, "a string", *value));
  return json_unquoted(*value);
}

Result<std::string> Config::text_or(std::string_view name, std::string_view fallback) {
  auto value = optional_text(name);
  if (!value) return std::unexpected(std::move(value.error()));
  return value->value_or(std::string(fallback));
}

Result<bool> Config::flag(std::string_view name, bool fallback) {
  const auto value = take(name);
  if (!value) return fallback;
  if (*value == "true" || *value == "false") return *value == "true";
  return std::unexpected(wrong_type(name, "a boolean", *value));
}

Result<std::optional<std::int32_t>> Config::optional_integer(std::string_view name) {
  const auto value = take(name);
  if (!value) return std::nullopt;
  const std::string text = java_text(*value);
  if (const auto number = read_int(text)) return *number;
  return std::unexpected(problem(name, "property cannot be converted to an int [" + text + "]"));
}

Result<std::int32_t> Config::integer(std::string_view name, std::int32_t fallback) {
  auto value = optional_integer(name);
  if (!value) return std::unexpected(std::move(value.error()));
  return value->value_or(fallback);
}

Result<std::optional<std::vector<std::string_view>>> Config::optional_elements(std::string_view name) {
  const auto value = take(name);
  if (!value) return std::nullopt;
  if (!value->starts_with('[')) return std::unexpected(wrong_type(name, "a list", *value));
  auto elements = stages::json_elements(*value, name);
  if (!elements) return std::unexpected(std::move(elements.error()));
  return std::move(*elements);
}

Result<std::optional<std::vector<std::string>>> Config::optional_list(std::string_view name) {
  auto elements = optional_elements(name);
  if (!elements) return std::unexpected(std::move(elements.error()));
  if (!*elements) return std::nullopt;
  std::vector<std::string> texts;
  for (const std::string_view element : **elements) {
    if (!element.starts_with('"')) return std::unexpected(no_string(element));
    texts.push_back(json_unquoted(element));
  }
  return texts;
}

Result<std::vector<std::string>> Config::list(std::string_view name) {
  auto texts = optional_list(name);
  if (!texts) return std::unexpected(std::move(texts.error()));
  if (!*texts) return std::unexpected(problem(name, "required property is missing"));
  return std::move(**texts);
}

Result<std::vector<std::string>> Config::text_or_list(std::string_view name) {
  const auto value = take(name);
  if (!value || value->starts_with('[')) return list(name);
  if (!value->starts_with('"')) return std::unexpected(no_string(*value));
  return std::vector<std::string>{json_unquoted(*value)};
}

Result<std::optional<std::string_view>> Config::optional_object(std::string_view name) {
  const auto value = take(name);
  if (!value) return std::nullopt;
  if (!value->starts_with('{')) return std::unexpected(wrong_type(name, "a map", *value));
  return *value;
}

Result<std::string_view> Config::object(std::string_view name) {
  auto value = optional_object(name);
  if (!value) return std::unexpected(std::move(value.error()));
  if (!*value) return std::unexpected(problem(name, "required property is missing"));
  return **value;
}

Result<std::optional<Template>> Config::optional_text_template(std::string_view name) {
  auto value = optional_text(name);
  if (!value) return std::unexpected(std::move(value.error()));
  if (!*value) return std::nullopt;
  auto made = Template::compile(**value);
  if (!made) return std::unexpected(placed(std::move(made.error()), name));
  return std::move(*made);
}

Result<Template> Config::text_template(std::string_view name) {
  auto made = optional_text_template(name);
  if (!made) return std::unexpected(std::move(made.error()));
  if (!*made) return std::unexpected(problem(name, "required property is missing"));
  return std::move(**made);
}

Result<Template> Config::text_template_or(std::string_view name, std::string_view fallback) {
  auto made = optional_text_template(name);
  if (!made) return std::unexpected(std::move(made.error()));
  return *made ? Result<Template>(std::move(**made)) : Template::compile(fallback);
}

Result<PathTemplate> Config::path(std::string_view name) {
  auto text = text_template(name);
  if (!text) return std::unexpected(std::move(text.error()));
  return PathTemplate(std::move(*text));
}

Result<FieldPath> Config::fixed_path(std::string_view name) {
  const auto value = text(name);
  if (!value) return std::unexpected(value.error());
  return FieldPath::lasting(*value);
}

Result<FieldPath> Config::path_or(std::string_view name, std::string_view fallback) {
  const auto value = text_or(name, fallback);
  if (!value) return std::unexpected(value.error());
  return FieldPath::lasting(*value);
}

Result<FieldPath> Config::target_path(const FieldPath& field) {
  const auto value = optional_text("target_field");
  if (!value) return std::unexpected(value.error());
  if (!*value) return field;
  return FieldPath::lasting(**value);
}

std::string_view Config::take_rest() {
  // In the order of java.util.HashMap, which a node writes it in: places in errors count by it.
  const auto bucket = [](const Option& option) { return painless::spread(painless::java_hash(option.name)) & 15; };
  std::ranges::stable_sort(options_, {}, bucket);
  rest_ = "{";
  for (Option& option : options_) {
    if (std::exchange(option.taken, true)) continue;
    if (rest_.size() > 1) rest_ += ',';
    rest_ += json_string(option.name) + ":";
    rest_ += option.value;
  }
  rest_ += '}';
  const std::size_t size = rest_.size();
  rest_.append(Buffer::kPadding, ' ');
  return std::string_view(rest_).substr(0, size);
}

std::vector<std::string> Config::left() const {
  std::vector<std::string> names;
  for (const Option& option : options_) {
    if (!option.taken) names.push_back(option.name);
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace sluice::ingest
