#pragma once

#include <string_view>

#include "io/store/catalog/catalog.h"

namespace sluice::store {

/// Settings as people write them, nested or dotted, with or without `index.`, made into full names and texts; a null
/// stays as `null` (reset). `object` is a JSON object. Errors: parsing of the JSON.
Result<Settings> parse_index_settings(std::string_view object);

/// How settings are given: when an index is made, or to one that is there.
enum class SettingsChange : std::uint8_t { kCreate, kUpdateOpen, kUpdateClosed };

/// Refuses names that are no settings, values that don't parse, and static settings of an open index, with
/// Elasticsearch's texts. Source: Elasticsearch's IndexScopedSettings. Errors: illegal_argument_exception, 400.
Status check_index_settings(const Settings& settings, SettingsChange change, std::string_view index);

/// The values of settings that are not set, of those that have one. For `include_defaults`.
Settings default_index_settings();

}  // namespace sluice::store
