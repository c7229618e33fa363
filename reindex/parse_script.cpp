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
  std::optional<std::string> lang;
  std::optional<std::string> options;  ///< as Java prints them
  std::string params;
};

Status read_part(std::string_view field, JsonReader& reader, Parts& parts, Request& request) {
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
    parts.code = node->is_object() ? java_json(*node) : node->text();
    if (field == "inline" || field == "stored") {
      request.warnings.push_back(
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

Status parse_script(JsonReader& reader, Request& request) {
  Parts parts;
  const Status read =
      read_object(reader, "script", kFields, [&](std::string_view field, JsonReader& at_value) -> Status {
        return read_part(field, at_value, parts, request);
      });
  if (!read) return read;
  if (Status checked = check(parts); !checked) return checked;
  RequestScript& script = request.script.emplace();
  (parts.stored ? script.id : script.source) = std::move(*parts.code);
  if (parts.lang) script.lang = std::move(*parts.lang);
  script.params = std::move(parts.params);
  return {};
}

}  // namespace sluice
