#include "io/store/catalog/index_json.h"

#include <boost/json.hpp>

#include "pipeline/base/json_writer.h"

namespace sluice::store {

namespace {

namespace json = boost::json;

Result<json::object> parse_object(std::string_view text) {
  boost::system::error_code error;
  json::value value = json::parse(text, error);
  if (error || !value.is_object()) {
    return std::unexpected(internal_error("a record of the store's catalog can't be read: " + error.message()));
  }
  return std::move(value.get_object());
}

std::string text_of(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

template <typename Number>
Number number_of(const json::object& object, std::string_view key, Number fallback) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr) return fallback;
  boost::system::error_code error;
  const auto number = value->to_number<Number>(error);
  return error ? fallback : number;
}

std::optional<bool> flag_of(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr || !value->is_bool()) return std::nullopt;
  return value->get_bool();
}

std::vector<std::string> texts_of(const json::object& object, std::string_view key) {
  std::vector<std::string> texts;
  const json::value* value = object.if_contains(key);
  if (value == nullptr || !value->is_array()) return texts;
  for (const json::value& each : value->get_array()) {
    if (each.is_string()) texts.emplace_back(each.get_string());
  }
  return texts;
}

void write_texts(JsonWriter& out, std::string_view key, const std::vector<std::string>& texts) {
  out.key(key).begin_array();
  for (const std::string& text : texts) out.string(text);
  out.end_array();
}

void write_settings(JsonWriter& out, const Settings& settings) {
  out.begin_object();
  for (const auto& [name, value] : settings) out.key(name).raw(value);
  out.end_object();
}

void write_aliases(JsonWriter& out, const IndexMeta& index) {
  out.key("aliases").begin_object();
  for (const auto& [name, alias] : index.aliases) {
    out.key(name).begin_object();
    out.member("filter", alias.filter);
    out.member("index_routing", alias.index_routing);
    out.member("search_routing", alias.search_routing);
    if (alias.write_index) out.member("write_index", *alias.write_index);
    if (alias.hidden) out.member("hidden", *alias.hidden);
    out.end_object();
  }
  out.end_object();
}

Settings settings_of(const json::object& object) {
  Settings settings;
  for (const auto& [name, value] : object) settings.emplace(std::string(name), json::serialize(value));
  return settings;
}

void read_aliases(const json::object& object, IndexMeta& index) {
  const json::value* aliases = object.if_contains("aliases");
  if (aliases == nullptr || !aliases->is_object()) return;
  for (const auto& [name, value] : aliases->get_object()) {
    if (!value.is_object()) continue;
    const json::object& each = value.get_object();
    AliasMeta alias;
    alias.name = std::string(name);
    alias.filter = text_of(each, "filter");
    alias.index_routing = text_of(each, "index_routing");
    alias.search_routing = text_of(each, "search_routing");
    alias.write_index = flag_of(each, "write_index");
    alias.hidden = flag_of(each, "hidden");
    index.aliases.emplace(alias.name, std::move(alias));
  }
}

}  // namespace

std::string index_json(const IndexMeta& index) {
  JsonWriter out;
  out.begin_object();
  out.member("name", index.name).member("uuid", index.uuid);
  out.member("number", static_cast<std::uint64_t>(index.number)).member("creation_date", index.creation_date);
  out.member("provided_name", index.provided_name).member("open", index.open);
  out.member("has_ignored", index.has_ignored).member("data_stream", index.data_stream);
  out.member("mapping_version", index.mapping_version);
  out.member("settings_version", index.settings_version);
  out.member("aliases_version", index.aliases_version);
  out.key("settings");
  write_settings(out, index.settings);
  out.key("mapping").raw(index.mapping->json());
  write_aliases(out, index);
  out.key("rollover").begin_object();
  for (const auto& [alias, text] : index.rollover) out.key(alias).raw(text);
  out.end_object().end_object();
  return out.take();
}

Result<IndexMeta> parse_index(std::string_view text) {
  auto object = parse_object(text);
  if (!object) return std::unexpected(object.error());
  IndexMeta index;
  index.name = text_of(*object, "name");
  index.uuid = text_of(*object, "uuid");
  index.number = number_of<std::uint32_t>(*object, "number", 0);
  index.creation_date = number_of<std::int64_t>(*object, "creation_date", 0);
  index.provided_name = text_of(*object, "provided_name");
  index.has_ignored = flag_of(*object, "has_ignored").value_or(false);
  index.open = flag_of(*object, "open").value_or(true);
  index.data_stream = text_of(*object, "data_stream");
  index.mapping_version = number_of<std::uint64_t>(*object, "mapping_version", 1);
  index.settings_version = number_of<std::uint64_t>(*object, "settings_version", 1);
  index.aliases_version = number_of<std::uint64_t>(*object, "aliases_version", 1);
  const json::value* settings = object->if_contains("settings");
  if (settings != nullptr && settings->is_object()) index.settings = settings_of(settings->get_object());
  const json::value* mapping = object->if_contains("mapping");
  if (mapping != nullptr) {
    auto parsed = Mapping::parse(json::serialize(*mapping));
    if (!parsed) return std::unexpected(parsed.error());
    index.mapping = *parsed;
  }
  read_aliases(*object, index);
  const json::value* rollover = object->if_contains("rollover");
  if (rollover != nullptr && rollover->is_object()) {
    for (const auto& [alias, value] : rollover->get_object()) {
      index.rollover.emplace(std::string(alias), json::serialize(value));
    }
  }
  return index;
}

std::string data_stream_json(const DataStreamMeta& stream) {
  JsonWriter out;
  out.begin_object().member("name", stream.name).member("generation", stream.generation);
  out.member("template", stream.template_name).member("hidden", stream.hidden);
  write_texts(out, "indices", stream.indices);
  out.end_object();
  return out.take();
}

Result<DataStreamMeta> parse_data_stream(std::string_view text) {
  auto object = parse_object(text);
  if (!object) return std::unexpected(object.error());
  DataStreamMeta stream;
  stream.name = text_of(*object, "name");
  stream.generation = number_of<std::uint64_t>(*object, "generation", 1);
  stream.template_name = text_of(*object, "template");
  stream.hidden = flag_of(*object, "hidden").value_or(false);
  stream.indices = texts_of(*object, "indices");
  return stream;
}

std::string template_json(const TemplateMeta& meta) {
  JsonWriter out;
  out.begin_object().member("name", meta.name).member("priority", meta.priority);
  write_texts(out, "patterns", meta.patterns);
  out.member("json", meta.json).end_object();
  return out.take();
}

Result<TemplateMeta> parse_template(std::string_view text) {
  auto object = parse_object(text);
  if (!object) return std::unexpected(object.error());
  TemplateMeta meta;
  meta.name = text_of(*object, "name");
  meta.priority = number_of<std::int64_t>(*object, "priority", 0);
  meta.patterns = texts_of(*object, "patterns");
  meta.json = text_of(*object, "json");
  return meta;
}

std::string settings_json(const Settings& settings) {
  JsonWriter out;
  write_settings(out, settings);
  return out.take();
}

Result<Settings> parse_settings(std::string_view text) {
  auto object = parse_object(text);
  if (!object) return std::unexpected(object.error());
  return settings_of(*object);
}

}  // namespace sluice::store
