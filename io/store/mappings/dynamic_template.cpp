#include "io/store/mappings/dynamic_template.h"

#include <algorithm>
#include <array>
#include <exception>
#include <regex>
#include <utility>

#include <boost/json.hpp>

#include "io/store/mappings/definition.h"

namespace sluice::store {

namespace json = boost::json;

namespace {

constexpr std::array<std::string_view, 7> kTypes = {"object", "string", "long", "double", "boolean", "date", "binary"};

std::vector<std::string> list_of(const json::value& value) {
  std::vector<std::string> out;
  if (const json::array* list = value.if_array()) {
    for (const json::value& each : *list) out.push_back(java_text(each));
  } else {
    out.push_back(java_text(value));
  }
  return out;
}

bool any_matches(const std::vector<std::string>& patterns, std::string_view text, bool regex) {
  return std::ranges::any_of(patterns, [&](const std::string& pattern) {
    if (!regex) return wildcard_match(pattern, text);
    try {
      return std::regex_match(text.begin(), text.end(), std::regex(pattern));
    } catch (const std::regex_error&) {
      return false;  // refused when it was parsed
    }
  });
}

bool is_listed(const std::vector<std::string>& types, std::string_view type) {
  return std::ranges::any_of(types, [type](const std::string& each) { return each == "*" || each == type; });
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

Status check_types(const std::vector<std::string>& types) {
  for (const std::string& type : types) {
    if (type == "*" || std::ranges::find(kTypes, type) != kTypes.end()) continue;
    std::string known;
    for (const std::string_view each : kTypes) known.append(known.empty() ? "" : ", ").append(each);
    std::string reason = "No field type matched on [";
    reason.append(type).append("], possible values are [").append(known).append("]");
    return std::unexpected(illegal_argument(std::move(reason)));
  }
  return {};
}

Status check_regex(const DynamicTemplate& made) {
  if (!made.regex) return {};
  for (const auto* patterns : {&made.match, &made.unmatch}) {
    for (const std::string& pattern : *patterns) {
      try {
        static_cast<void>(std::regex(pattern));
      } catch (const std::regex_error&) {
        return std::unexpected(mapper_parsing("Pattern [" + pattern +
                                              "] of type [regex] is invalid. Cannot create dynamic template [" +
                                              made.name + "]."));
      }
    }
  }
  return {};
}

Status read_key(DynamicTemplate& made, std::string_view key, const json::value& value) {
  if (key == "match") {
    made.match = list_of(value);
  } else if (key == "unmatch") {
    made.unmatch = list_of(value);
  } else if (key == "path_match") {
    made.path_match = list_of(value);
  } else if (key == "path_unmatch") {
    made.path_unmatch = list_of(value);
  } else if (key == "match_mapping_type") {
    made.match_types = list_of(value);
    return check_types(made.match_types);
  } else if (key == "unmatch_mapping_type") {
    made.unmatch_types = list_of(value);
    return check_types(made.unmatch_types);
  } else if (key == "match_pattern") {
    const std::string pattern = java_text(value);
    if (pattern != "simple" && pattern != "regex") {
      Error cause = illegal_argument("No matching pattern matched on [" + pattern + "]");
      return std::unexpected(std::move(cause));
    }
    made.regex = pattern == "regex";
  } else if (key == "mapping" || key == "runtime") {
    made.runtime = key == "runtime";
    made.mapping = plain_json(value);
  } else {
    return std::unexpected(illegal_argument("Illegal dynamic template parameter: [" + std::string(key) + "]"));
  }
  return {};
}

}  // namespace

bool DynamicTemplate::fits(std::string_view field, std::string_view path, std::string_view json_type) const {
  if (!path_match.empty() && !any_matches(path_match, path, regex)) return false;
  if (any_matches(path_unmatch, path, regex)) return false;
  if (!match.empty() && !any_matches(match, field, regex)) return false;
  if (any_matches(unmatch, field, regex)) return false;
  if (!match_types.empty() && !is_listed(match_types, json_type)) return false;
  return !is_listed(unmatch_types, json_type);
}

std::string DynamicTemplate::mapping_for(std::string_view field, std::string_view dynamic_type) const {
  std::string text = replaced(mapping, "{name}", field);
  text = replaced(std::move(text), "{dynamic_type}", dynamic_type);
  return replaced(std::move(text), "{dynamicType}", dynamic_type);
}

Result<DynamicTemplate> parse_dynamic_template(std::string_view name, std::string_view text) {
  boost::system::error_code problem;
  const json::value value = json::parse({text.data(), text.size()}, problem);
  const json::object* body = value.if_object();
  if (problem || body == nullptr) {
    return std::unexpected(mapper_parsing("A dynamic template must be defined with a name"));
  }
  DynamicTemplate made;
  made.name = name;
  made.json = text;
  for (const auto& [key, each] : *body) {
    if (Status read = read_key(made, {key.data(), key.size()}, each); !read) {
      return std::unexpected(std::move(read.error()));
    }
  }
  if (made.mapping.empty()) {
    return std::unexpected(mapper_parsing("template [" + made.name + "] must have either mapping or runtime set"));
  }
  if (Status good = check_regex(made); !good) return std::unexpected(std::move(good.error()));
  return made;
}

}  // namespace sluice::store
