#include <boost/json.hpp>

#include "io/store/catalog/create_index.h"
#include "io/store/catalog/index_names.h"
#include "io/store/catalog/index_settings.h"
#include "pipeline/base/json_text.h"

namespace sluice::store {

namespace {

namespace json = boost::json;

Error parse_error(std::string reason) {
  return Error(ErrorKind::kBadRequest, 400, "parse_exception", std::move(reason));
}

Result<json::value> parse_json(std::string_view text, std::string_view what) {
  boost::system::error_code error;
  json::value value = json::parse(text, error);
  if (error) return std::unexpected(x_content_parse_error(std::string(what) + " is no JSON: " + error.message()));
  return value;
}

std::string text_of(const json::value& value) {
  return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

Result<bool> flag_of(const json::value& value, std::string_view name) {
  if (value.is_bool()) return value.get_bool();
  if (value.is_string() && (value.get_string() == "true" || value.get_string() == "false")) {
    return value.get_string() == "true";
  }
  return std::unexpected(illegal_argument("Failed to parse value [" + text_of(value) + "] of [" + std::string(name) +
                                          "] as only [true] or [false] are allowed."));
}

Status read_alias_part(AliasMeta& alias, std::string_view key, const json::value& value) {
  if (key == "filter") {
    if (!value.is_object()) return std::unexpected(parse_error("the filter of an alias must be an object"));
    if (!value.get_object().empty()) alias.filter = json::serialize(value);
  } else if (key == "routing") {
    alias.index_routing = alias.search_routing = text_of(value);
  } else if (key == "index_routing" || key == "indexRouting" || key == "index-routing") {
    alias.index_routing = text_of(value);
  } else if (key == "search_routing" || key == "searchRouting" || key == "search-routing") {
    alias.search_routing = text_of(value);
  } else if (key == "is_write_index" || key == "is_hidden") {
    auto flag = flag_of(value, key);
    if (!flag) return std::unexpected(flag.error());
    (key == "is_hidden" ? alias.hidden : alias.write_index) = *flag;
  } else {
    return std::unexpected(illegal_argument("Unknown field [" + std::string(key) + "] in alias [" + alias.name + "]"));
  }
  return {};
}

Status read_part(NewIndex& index, std::string_view key, const json::value& value) {
  if (!value.is_object()) {
    return std::unexpected(parse_error("key [" + std::string(key) + "] must be an object"));
  }
  if (key == "settings") {
    auto settings = parse_index_settings(json::serialize(value));
    if (!settings) return std::unexpected(settings.error());
    index.settings = std::move(*settings);
    return {};
  }
  if (key == "mappings") {
    if (value.get_object().size() == 1 && value.get_object().contains("_doc")) {
      return std::unexpected(illegal_argument("The mapping definition cannot be nested under a type [_doc]."));
    }
    index.mappings = json::serialize(value);
    return {};
  }
  for (const auto& [name, object] : value.get_object()) {
    auto alias = parse_alias(name, json::serialize(object));
    if (!alias) return std::unexpected(alias.error());
    index.aliases.emplace(alias->name, std::move(*alias));
  }
  return {};
}

}  // namespace

Result<AliasMeta> parse_alias(std::string_view name, std::string_view object) {
  AliasMeta alias;
  alias.name = name;
  auto value = parse_json(object, "the alias");
  if (!value) return std::unexpected(value.error());
  if (value->is_null()) return alias;
  if (!value->is_object()) return std::unexpected(parse_error("alias [" + std::string(name) + "] must be an object"));
  for (const auto& [key, part] : value->get_object()) {
    if (part.is_null()) continue;
    if (auto read = read_alias_part(alias, key, part); !read) return std::unexpected(read.error());
  }
  return alias;
}

Result<NewIndex> parse_new_index(std::string_view name, std::string_view body) {
  NewIndex index;
  index.name = name;
  if (body.find_first_not_of(" \t\r\n") == std::string_view::npos) return index;
  auto value = parse_json(body, "the request body");
  if (!value) return std::unexpected(value.error());
  if (!value->is_object()) return std::unexpected(parse_error("the body of a create index request must be an object"));
  const json::object& object = value->get_object();
  const bool known = object.contains("settings") || object.contains("mappings") || object.contains("aliases");
  if (!known && !object.empty()) {
    return std::unexpected(parse_error("unknown key [" + std::string(object.begin()->key()) + "] for create index"));
  }
  for (const auto& [key, part] : object) {
    if (key != "settings" && key != "mappings" && key != "aliases") {
      return std::unexpected(parse_error("unknown key [" + std::string(key) + "] for create index"));
    }
    if (auto read = read_part(index, key, part); !read) return std::unexpected(read.error());
  }
  return index;
}

}  // namespace sluice::store
