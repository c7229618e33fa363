#include "stages/analysis/component_settings.h"

#include <charconv>
#include <utility>

#include "pipeline/base/json_text.h"
#include "stages/parse/json_object.h"

namespace sluice::stages {

namespace {

std::string trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\n\r\f\v";
  const std::size_t from = text.find_first_not_of(kBlank);
  if (from == std::string_view::npos) return {};
  return std::string(text.substr(from, text.find_last_not_of(kBlank) - from + 1));
}

Status read_object(ComponentSettings& settings, const std::string& json, const std::string& prefix, int depth) {
  constexpr int kMostNested = 20;
  if (depth > kMostNested) return std::unexpected(illegal_argument("the settings are nested too deeply"));
  auto members = json_members_of(json, "the component");
  if (!members) return std::unexpected(members.error());
  for (const JsonMember& member : *members) {
    const std::string name = prefix + member.name();
    if (member.value.starts_with('{')) {
      if (auto read = read_object(settings, std::string(member.value), name + ".", depth + 1); !read) return read;
    } else if (member.value != "null") {
      settings.set(name, member.value);
    }
  }
  return {};
}

}  // namespace

Result<ComponentSettings> ComponentSettings::parse(std::string_view json) {
  ComponentSettings settings;
  if (auto read = read_object(settings, std::string(json), "", 0); !read) return std::unexpected(read.error());
  return settings;
}

void ComponentSettings::set(std::string name, std::string_view raw) {
  if (!raw.starts_with('[')) return set_text(std::move(name), json_unquoted(raw));
  std::vector<std::string> items;
  std::string padded(raw);
  padded.append(64, ' ');
  if (auto elements = json_elements(std::string_view(padded).substr(0, raw.size()), "the list"); elements) {
    for (const std::string_view element : *elements) items.push_back(json_unquoted(element));
  }
  set_list(std::move(name), std::move(items));
}

void ComponentSettings::set_text(std::string name, std::string text) {
  values_.insert_or_assign(std::move(name), Value{{std::move(text)}, false});
}

void ComponentSettings::set_list(std::string name, std::vector<std::string> items) {
  values_.insert_or_assign(std::move(name), Value{std::move(items), true});
}

std::optional<std::string> ComponentSettings::text(std::string_view name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) return std::nullopt;
  if (!found->second.is_list) return found->second.items.front();
  std::string all = "[";
  for (const std::string& item : found->second.items) all += (all.size() > 1 ? ", " : "") + item;
  return all + "]";
}

std::string ComponentSettings::text_or(std::string_view name, std::string_view fallback) const {
  return text(name).value_or(std::string(fallback));
}

Result<std::int32_t> ComponentSettings::integer(std::string_view name, std::int32_t fallback) const {
  const auto value = text(name);
  if (!value) return fallback;
  std::int32_t number = 0;
  const char* const begin = value->data() + (value->starts_with('+') ? 1 : 0);
  const char* const end = value->data() + value->size();
  const auto [behind, problem] = std::from_chars(begin, end, number);
  if (problem == std::errc() && behind == end && begin != end) return number;
  Error error(ErrorKind::kBadRequest, 500, "settings_exception",
              "Failed to parse int setting [" + std::string(name) + "] with value [" + *value + "]");
  Error cause(ErrorKind::kBadRequest, 400, "number_format_exception", "For input string: \"" + *value + "\"");
  return std::unexpected(std::move(error).wrapping(std::move(cause)));
}

Result<bool> ComponentSettings::flag(std::string_view name, bool fallback) const {
  const auto value = text(name);
  if (!value) return fallback;
  if (*value == "true" || *value == "false") return *value == "true";
  return std::unexpected(
      illegal_argument("Failed to parse value [" + *value + "] as only [true] or [false] are allowed."));
}

std::optional<std::vector<std::string>> ComponentSettings::list(std::string_view name, bool split) const {
  const auto found = values_.find(name);
  if (found == values_.end()) return std::nullopt;
  if (found->second.is_list || !split) return found->second.items;
  std::vector<std::string> items;
  std::string_view rest = found->second.items.front();
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    if (std::string item = trimmed(rest.substr(0, comma)); !item.empty()) items.push_back(std::move(item));
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
  }
  return items;
}

}  // namespace sluice::stages
