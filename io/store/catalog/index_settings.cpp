#include "io/store/catalog/index_settings.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "pipeline/base/ascii_case.h"
#include "pipeline/base/json_text.h"
#include "pipeline/base/parse_number.h"
#include "pipeline/base/similar_names.h"
#include "pipeline/base/units.h"

namespace sluice::store {

namespace {

namespace json = boost::json;

enum class ValueKind : std::uint8_t { kCount, kBoolean, kTime, kText, kList, kBytes };

struct Definition {
  std::string_view name;
  ValueKind kind;
  bool dynamic;
  std::int64_t least;
};

constexpr std::int64_t kMostShards = 1024;

constexpr auto kDefinitions = std::to_array<Definition>({
#define INDEX_SETTING(name, kind, dynamic, least) {name, ValueKind::kind, dynamic, least},
#include "io/store/catalog/index_settings.def"
#undef INDEX_SETTING
});

const Definition* find_definition(std::string_view name) {
  const auto found = std::ranges::find_if(kDefinitions, [&](const Definition& each) {
    if (each.name.ends_with('*')) return name.starts_with(each.name.substr(0, each.name.size() - 1));
    return each.name == name;
  });
  return found == kDefinitions.end() ? nullptr : &*found;
}

/// A scalar as the text that Elasticsearch keeps of it.
std::string scalar_json(const json::value& value) {
  if (value.is_string()) return json_string(std::string_view(value.get_string()));
  return json_string(json::serialize(value));
}

void flatten(const json::value& value, const std::string& name, Settings& settings) {
  if (value.is_object()) {
    for (const auto& [key, inner] : value.get_object()) {
      flatten(inner, name.empty() ? std::string(key) : name + "." + std::string(key), settings);
    }
    return;
  }
  const std::string full = name.starts_with("index.") ? name : "index." + name;
  if (value.is_null()) {
    settings[full] = "null";
  } else if (value.is_array()) {
    std::string list = "[";
    for (const json::value& each : value.get_array()) {
      if (list.size() > 1) list += ',';
      list += scalar_json(each);
    }
    settings[full] = list + "]";
  } else {
    settings[full] = scalar_json(value);
  }
}

Error bad_value(std::string_view name, std::string_view text, const std::string& rest) {
  return illegal_argument("Failed to parse value [" + std::string(text) + "] for setting [" + std::string(name) + "]" +
                          rest);
}

Status check_count(const Definition& definition, std::string_view name, std::string_view text) {
  const auto number = parse_number<std::int64_t>(text);
  if (!number) return std::unexpected(bad_value(name, text, "").wrapping(number_format_error(text)));
  if (*number < definition.least) {
    return std::unexpected(bad_value(name, text, " must be >= " + std::to_string(definition.least)));
  }
  if (name == "index.number_of_shards" && *number > kMostShards) {
    return std::unexpected(bad_value(name, text, " must be <= " + std::to_string(kMostShards)));
  }
  return {};
}

Status check_time(std::string_view name, std::string_view text) {
  auto time = parse_time_value(text, name);
  return time ? Status{} : std::unexpected(time.error());
}

Status check_value(const Definition& definition, std::string_view name, std::string_view value) {
  if (value == "null") return {};
  const std::string text = json_unquoted(value);
  switch (definition.kind) {
    case ValueKind::kCount:
      return check_count(definition, name, text);
    case ValueKind::kTime:
      return check_time(name, text);
    case ValueKind::kBytes: {
      auto size = text == "-1" ? Result<std::uint64_t>(0) : parse_byte_size(text, name);
      return size ? Status{} : std::unexpected(size.error());
    }
    case ValueKind::kBoolean:
      if (text == "true" || text == "false") return {};
      return std::unexpected(
          illegal_argument("Failed to parse value [" + text + "] as only [true] or [false] are allowed."));
    default:
      break;
  }
  if (name == "index.translog.durability" && text != "request" && text != "async" && text != "REQUEST" &&
      text != "ASYNC") {
    const std::string upper = ascii_upper_case(text);
    return std::unexpected(
        illegal_argument("No enum constant org.elasticsearch.index.translog.Translog.Durability." + upper));
  }
  return {};
}

/// What an unknown setting may be meant for.
std::string suggestion(std::string_view name) {
  constexpr float kAlike = 0.7F;
  std::vector<std::string_view> names;
  names.reserve(kDefinitions.size());
  for (const Definition& each : kDefinitions) names.push_back(each.name);
  const std::vector<std::string> alike = similar_names(name, names, kAlike);
  if (!alike.empty()) return did_you_mean(alike);
  return " please check that any required plugins are installed, or check the breaking changes documentation for "
         "removed settings";
}

}  // namespace

Result<Settings> parse_index_settings(std::string_view object) {
  boost::system::error_code error;
  const json::value value = json::parse(object, error);
  if (error) return std::unexpected(x_content_parse_error("the settings are no JSON: " + error.message()));
  if (!value.is_object()) {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "parse_exception", "key [settings] must be an object"));
  }
  Settings settings;
  flatten(value, "", settings);
  return settings;
}

Status check_index_settings(const Settings& settings, SettingsChange change, std::string_view index) {
  std::string fixed;
  bool final = false;
  for (const auto& [name, value] : settings) {
    const Definition* definition = find_definition(name);
    if (definition == nullptr) {
      return std::unexpected(illegal_argument("unknown setting [" + name + "]" + suggestion(name)));
    }
    if (auto checked = check_value(*definition, name, value); !checked) return checked;
    if (definition->dynamic || change == SettingsChange::kCreate) continue;
    const bool never = name == "index.number_of_shards" || name == "index.number_of_routing_shards" ||
                       name == "index.routing_partition_size";
    if (change == SettingsChange::kUpdateClosed && !never) continue;
    fixed += (fixed.empty() ? "" : ", ") + name;
    final = final || never;
  }
  if (fixed.empty()) return {};
  std::string reason =
      "Can't update non dynamic setting(s) [[" + fixed + "]] for open indices [[" + std::string(index) + "]]";
  if (final) {
    reason += ". The setting(s) [[" + fixed +
              "]] cannot be modified on an index once it is created. You will need to create a new index with the "
              "desired setting(s) and reindex your data. See "
              "https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-reindex";
  } else {
    reason +=
        ". You can either resubmit the update with `?reopen=true`, or create a new index with the desired setting(s) "
        "and reindex your data. See "
        "https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-reindex";
  }
  return std::unexpected(illegal_argument(std::move(reason)));
}

}  // namespace sluice::store
