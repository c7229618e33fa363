#include "tools/sluiced/settings/node_settings.h"

#include <array>
#include <exception>

#include <yaml-cpp/yaml.h>

#include "pipeline/base/json_text.h"
#include "pipeline/base/parse_number.h"
#include "pipeline/base/similar_names.h"
#include "pipeline/base/units.h"
#include "tools/sluiced/rest/script_cache.h"

namespace sluice::rest {
namespace {

using enum SettingKind;
using enum SettingScope;

constexpr std::array kRows{
#define SETTING(name, kind, scope, fallback, sentence) SettingRow{name, kind, scope, fallback, sentence},
#include "tools/sluiced/settings/settings.def"
#undef SETTING
};
constexpr float kAlike = 0.7F;

bool covers(std::string_view pattern, std::string_view name) {
  if (!pattern.ends_with(".*")) return pattern == name;
  pattern.remove_suffix(1);
  return name.size() > pattern.size() && name.starts_with(pattern);
}

Error wrong_value(std::string_view name, std::string_view value, std::string_view why) {
  return illegal_argument("Failed to parse value [" + std::string(value) + "] for setting [" + std::string(name) + "]" +
                          std::string(why));
}

Status add(std::string name, std::string raw, store::Settings& settings) {
  const SettingRow* row = find_setting(name);
  if (row == nullptr) return std::unexpected(unknown_setting(name));
  if (raw.starts_with('"')) {
    if (auto checked = check_setting(*row, name, json_unquoted(raw)); !checked) return checked;
  } else if (row->kind != kList) {
    return std::unexpected(wrong_value(name, raw, ": it takes one value, not a list"));
  }
  settings.insert_or_assign(std::move(name), std::move(raw));
  return {};
}

Status flatten(const YAML::Node& node, const std::string& prefix, store::Settings& settings) {
  if (node.IsNull()) return {};
  if (node.IsScalar()) return add(prefix, json_string(node.Scalar()), settings);
  if (node.IsSequence()) {
    std::string raw = "[";
    for (const YAML::Node& item : node) {
      if (!item.IsScalar()) return std::unexpected(wrong_value(prefix, "...", ": a list has texts, nothing nested"));
      raw += (raw.size() > 1 ? "," : "") + json_string(item.Scalar());
    }
    return add(prefix, raw + "]", settings);
  }
  for (const auto& each : node) {
    const std::string name = (prefix.empty() ? "" : prefix + ".") + each.first.as<std::string>();
    if (auto added = flatten(each.second, name, settings); !added) return added;
  }
  return {};
}

}  // namespace

std::span<const SettingRow> setting_rows() { return kRows; }

const SettingRow* find_setting(std::string_view name) {
  for (const SettingRow& row : kRows) {
    if (covers(row.name, name)) return &row;
  }
  return nullptr;
}

Status check_setting(const SettingRow& row, std::string_view name, std::string_view value) {
  switch (row.kind) {
    case kInteger: {
      const auto number = parse_number<std::int64_t>(value);
      if (!number) return std::unexpected(wrong_value(name, value, "").wrapping(number_format_error(value)));
      if (*number < 0) {
        return std::unexpected(wrong_value(name, value, " must be >= 0"));
      }
      return {};
    }
    case kBytes:
      if (auto bytes = parse_byte_size(value, name); !bytes) return std::unexpected(std::move(bytes.error()));
      return {};
    case kTime:
      if (auto time = parse_time_value(value, name); !time) return std::unexpected(std::move(time.error()));
      return {};
    case kBoolean:
      if (value == "true" || value == "false") return {};
      return std::unexpected(illegal_argument("Failed to parse value [" + std::string(value) +
                                              "] as only [true] or [false] are allowed."));
    case kRate:
      if (auto rate = parse_compilation_rate(value, name); !rate) return std::unexpected(std::move(rate.error()));
      return {};
    case kText:
    case kList:
    case kSecret:
      return {};
  }
  return {};
}

Error unknown_setting(std::string_view name) {
  std::vector<std::string_view> names;
  names.reserve(kRows.size());
  for (const SettingRow& row : kRows) names.push_back(row.name);
  const std::vector<std::string> alike = similar_names(name, names, kAlike);
  std::string reason = "unknown setting [" + std::string(name) + "]";
  reason += alike.empty() ? " please check that any required plugins are installed, or check the breaking changes "
                            "documentation for removed settings"
                          : did_you_mean(alike);
  return illegal_argument(std::move(reason));
}

Status load_config(const std::string& file, store::Settings& settings) {
  try {
    const YAML::Node root = YAML::LoadFile(file);
    if (!root.IsNull() && !root.IsMap()) {
      return std::unexpected(illegal_argument("[" + file + "]: settings are written as `name: value`"));
    }
    auto added = flatten(root, "", settings);
    if (!added) added.error().reason = "[" + file + "]: " + added.error().reason;
    return added;
  } catch (const YAML::BadFile&) {
    return std::unexpected(illegal_argument("[" + file + "] cannot be read; name a YAML file with --config"));
  } catch (const YAML::Exception& error) {
    return std::unexpected(illegal_argument("[" + file + "] is not YAML: " + error.what()));
  }
}

Status add_assignment(std::string_view assignment, store::Settings& settings) {
  const std::size_t sign = assignment.find('=');
  if (sign == std::string_view::npos || sign == 0) {
    return std::unexpected(illegal_argument("[" + std::string(assignment) + "]: --set takes name=value"));
  }
  return add(std::string(assignment.substr(0, sign)), json_string(assignment.substr(sign + 1)), settings);
}

std::string node_setting(const store::Settings& settings, std::string_view name) {
  if (const auto found = settings.find(name); found != settings.end()) return json_unquoted(found->second);
  const SettingRow* row = find_setting(name);
  return row == nullptr ? std::string() : std::string(row->fallback);
}

std::vector<std::string> setting_list(std::string_view raw) {
  std::vector<std::string> values;
  std::string text;
  if (raw.starts_with('[')) {
    std::size_t at = 0;
    while ((at = raw.find('"', at)) != std::string_view::npos) {
      std::size_t end = at + 1;
      while (end < raw.size() && raw[end] != '"') end += raw[end] == '\\' ? 2 : 1;
      values.push_back(json_unquoted(raw.substr(at, end + 1 - at)));
      at = end + 1;
    }
    return values;
  }
  text = json_unquoted(raw);
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t comma = std::min(text.find(',', begin), text.size());
    if (comma > begin) values.push_back(text.substr(begin, comma - begin));
    begin = comma + 1;
  }
  return values;
}

}  // namespace sluice::rest
