#include "stages/sort/sort_request.h"

#include <array>

#include "pipeline/base/ascii_case.h"
#include "stages/parse/json_object.h"
#include "stages/query/body_position.h"
#include "stages/sort/geo_distance_sort.h"
#include "stages/sort/nested_sort.h"
#include "stages/sort/script_sort.h"

namespace sluice::stages {

namespace {

SortKey named(std::string name) {
  SortKey key;
  key.field = std::move(name);
  key.descending = key.field == "_score";
  return key;
}

constexpr auto kModes = std::to_array<std::string_view>({"min", "max", "sum", "avg", "median"});

constexpr auto kFields =
    std::to_array<std::string_view>({"format", "missing", "mode", "nested", "numeric_type", "order", "unmapped_type"});
constexpr auto kScoreFields = std::to_array<std::string_view>({"order"});

Status set_numeric_type(SortKey& key, std::string_view type) {
  key.numeric_type = type;
  key.numeric_type = ascii_lower_case(key.numeric_type);
  for (const std::string_view known : {"long", "double", "date", "date_nanos"}) {
    if (key.numeric_type == known) return {};
  }
  return std::unexpected(illegal_argument(
      "invalid value for [numeric_type], must be [long, double, date, date_nanos], got " + key.numeric_type));
}

/// What Elasticsearch finds out while its parser is at a member's value.
Status of_member(Status read, std::string_view body, const JsonMember& member) {
  if (read) return read;
  return std::unexpected(
      failed_field_error(body, member.value.data(), "field_sort", member.name(), std::move(read.error())));
}

Status read_options(std::string_view body, std::string_view value, SortKey& key) {
  auto members = json_members(value, "[sort]");
  if (!members) return std::unexpected(members.error());
  for (const JsonMember& member : *members) {
    const std::string name = member.name();
    const std::string text = json_text_value(member.value).value_or("");
    if (key.field == "_score" && name != "order") {
      return std::unexpected(unknown_field_error(body, member.key.data(), "_score", name, kScoreFields));
    }
    if (name == "order") {
      if (auto set = set_sort_order(key, text); !set) return set;
    } else if (name == "mode") {
      if (auto set = set_sort_mode(key, text); !set) return set;
    } else if (name == "missing") {
      key.missing = text;
    } else if (name == "unmapped_type") {
      key.unmapped_type = text;
    } else if (name == "format") {
      key.format = text;
    } else if (name == "nested") {
      auto nested = read_nested_sort(body, member);
      if (!nested) return std::unexpected(std::move(nested.error()));
      key.nested = std::move(*nested);
    } else if (name == "numeric_type") {
      if (auto set = of_member(set_numeric_type(key, text), body, member); !set) return set;
    } else {
      return std::unexpected(unknown_field_error(body, member.key.data(), "field_sort", name, kFields));
    }
  }
  return {};
}

Status read_one(std::string_view body, std::string_view value, std::vector<SortKey>& keys) {
  if (!value.starts_with('{')) {
    auto text = json_text_value(value);
    if (!text)
      return std::unexpected(
          illegal_argument("malformed sort format, within the sort array, an object, or an actual string are allowed"));
    keys.push_back(named(std::move(*text)));
    return {};
  }
  auto members = json_members(value, "[sort]");
  if (!members) return std::unexpected(members.error());
  for (const JsonMember& member : *members) {
    SortKey key = named(member.name());
    if (key.field == "_script" && member.value.starts_with('{')) {
      auto script = read_script_sort(body, member);
      if (!script) return std::unexpected(script.error());
      keys.push_back(std::move(*script));
      continue;
    }
    if ((key.field == "_geo_distance" || key.field == "_geoDistance") && member.value.starts_with('{')) {
      auto distance = read_geo_distance_sort(body, member);
      if (!distance) return std::unexpected(distance.error());
      keys.push_back(std::move(*distance));
      continue;
    }
    Status read = member.value.starts_with('{') ? read_options(body, member.value, key)
                                                : set_sort_order(key, json_text_value(member.value).value_or(""));
    if (!read) return read;
    keys.push_back(std::move(key));
  }
  return {};
}

}  // namespace

bool SortKey::uses_score() const {
  // What a stored script says is not known here.
  return script ? !script->id.empty() || script->source.find("_score") != std::string::npos : field == "_score";
}

Status set_sort_mode(SortKey& key, std::string_view mode) {
  key.mode = mode;
  key.mode = ascii_lower_case(key.mode);
  if (std::ranges::find(kModes, key.mode) != kModes.end()) return {};
  return std::unexpected(illegal_argument("Unknown SortMode [" + std::string(mode) + "]"));
}

Status set_sort_order(SortKey& key, std::string_view order) {
  if (order == "asc" || order == "ASC") {
    key.descending = false;
  } else if (order == "desc" || order == "DESC") {
    key.descending = true;
  } else {
    const std::string upper = ascii_upper_case(order);
    return std::unexpected(illegal_argument("No enum constant org.elasticsearch.search.sort.SortOrder." + upper));
  }
  return {};
}

Status read_sort(std::string_view body, std::string_view value, std::vector<SortKey>& keys) {
  keys.clear();
  if (!value.starts_with('[')) return read_one(body, value, keys);
  auto elements = json_elements(value, "[sort]");
  if (!elements) return std::unexpected(elements.error());
  for (const std::string_view each : *elements) {
    if (auto read = read_one(body, each, keys); !read) return read;
  }
  return {};
}

Status read_sort_parameter(const std::vector<std::string>& names, std::vector<SortKey>& keys) {
  keys.clear();
  for (const std::string& each : names) {
    const std::size_t colon = each.rfind(':');
    SortKey key = named(each.substr(0, colon));
    if (colon != std::string::npos) {
      if (auto set = set_sort_order(key, std::string_view(each).substr(colon + 1)); !set) return set;
    }
    keys.push_back(std::move(key));
  }
  return {};
}

}  // namespace sluice::stages
