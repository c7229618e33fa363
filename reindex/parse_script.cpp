#include "reindex/parse_script.h"

#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "reindex/object_fields.h"
#include "reindex/parse_parts.h"

namespace sluice {
namespace {

constexpr std::array<FieldRule, 7> kFields{{{"source", kTakesString | kTakesObject},
                                            {"inline", kTakesString | kTakesObject},
                                            {"id", kTakesString},
                                            {"stored", kTakesString},
                                            {"lang", kTakesString},
                                            {"options", kTakesObject},
                                            {"params", kTakesObject}}};

struct Parts {
  std::optional<std::string> code;
  bool stored = false;
  bool object = false;  ///< the source is one
  std::optional<std::string> lang;
  std::optional<std::string> options;  ///< as Java prints them
  std::string params;
};

Status read_part(std::string_view field, JsonReader& reader, Parts& parts, std::vector<std::string>& warnings) {
  auto node = read_tree(reader);
  if (!node) return std::unexpected(node.error());
  if (field == "lang") {
    parts.lang = node->text();
  } else if (field == "options") {
    if (!node->children.empty()) parts.options = java_text(*node);
  } else if (field == "params") {
    parts.params = node->raw;
  } else {
    if (parts.code) {
      return std::unexpected(illegal_argument("must only use one of [source, id] when specifying a script"));
    }
    parts.stored = field == "id" || field == "stored";
    parts.object = node->is_object();
    parts.code = node->is_object() ? java_json(*node) : node->text();
    if (field == "inline" || field == "stored") {
      warnings.push_back(
          fmt::format("Deprecated field [{}] used, expected [{}] instead", field, parts.stored ? "id" : "source"));
    }
  }
  return {};
}

Status check(const Parts& parts) {
  if (!parts.code) {
    return std::unexpected(
        illegal_argument("must specify either [source] for an inline script or [id] for a stored script"));
  }
  if (!parts.stored && parts.options) {
    return std::unexpected(illegal_argument(fmt::format("illegal compiler options [{}] specified", *parts.options)));
  }
  if (parts.stored && parts.lang) {
    return std::unexpected(illegal_argument("illegally specified <lang> for a stored script"));
  }
  if (parts.stored && parts.options) {
    return std::unexpected(illegal_argument("field [options] cannot be specified using a stored script"));
  }
  return {};
}

}  // namespace

Result<RequestScript> parse_script_object(JsonReader& reader, std::vector<std::string>& warnings) {
  Parts parts;
  const Status read =
      read_object(reader, "script", kFields, [&](std::string_view field, JsonReader& at_value) -> Status {
        return read_part(field, at_value, parts, warnings);
      });
  if (!read) return std::unexpected(read.error());
  if (Status checked = check(parts); !checked) return std::unexpected(std::move(checked.error()));
  RequestScript script;
  (parts.stored ? script.id : script.source) = std::move(*parts.code);
  if (parts.lang) script.lang = std::move(*parts.lang);
  script.params = std::move(parts.params);
  script.source_is_object = parts.object;
  return script;
}

Status parse_script_value(const JsonNode& value, Request& request) {
  if (value.is_string()) {
    request.script.emplace().source = value.text();
    return {};
  }
  if (!value.is_object()) return std::unexpected(illegal_argument("Script value should be a String or a Map"));
  JsonReader reader(value.raw);
  if (const auto first = reader.next(); !first) return std::unexpected(first.error());
  return parse_script(reader, request);
}

Status parse_script(JsonReader& reader, Request& request) {
  auto script = parse_script_object(reader, request.warnings);
  if (!script) return std::unexpected(std::move(script.error()));
  request.script = std::move(*script);
  return {};
}

}  // namespace sluice
