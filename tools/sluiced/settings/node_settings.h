#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "io/store/catalog/catalog.h"
#include "pipeline/base/error.h"

namespace sluice::rest {

enum class SettingKind : std::uint8_t { kText, kInteger, kBytes, kTime, kBoolean, kList, kSecret, kRate };
enum class SettingScope : std::uint8_t { kNode, kCluster };

/// A row of settings.def.
struct SettingRow {
  std::string_view name;
  SettingKind kind;
  SettingScope scope;
  std::string_view fallback;
  std::string_view sentence;
};
std::span<const SettingRow> setting_rows();

/// The row of a setting, by its name or by a row for all below a prefix. Null: there is no such setting.
const SettingRow* find_setting(std::string_view name);

/// Whether a value, text without quotes, is one that the setting takes. Errors: illegal_argument_exception with
/// Elasticsearch's reason.
Status check_setting(const SettingRow& row, std::string_view name, std::string_view value);

/// `unknown setting [x] did you mean [y]?`, 400.
Error unknown_setting(std::string_view name);

/// Adds the settings of a YAML file; nested keys become names with dots. Errors: the file, its line, a name that is not
/// known, a value that is wrong.
Status load_config(const std::string& file, store::Settings& settings);

/// Adds `name=value`; a list is written with commas.
Status add_assignment(std::string_view assignment, store::Settings& settings);

/// A node's own setting, or its default; text without quotes.
std::string node_setting(const store::Settings& settings, std::string_view name);
/// The values of a list setting; a text with commas is a list too.
std::vector<std::string> setting_list(std::string_view raw);

}  // namespace sluice::rest
