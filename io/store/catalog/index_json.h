#pragma once

#include <string>
#include <string_view>

#include "io/store/catalog/catalog.h"

namespace sluice::store {

/// The records that a catalog is kept in: JSON objects. What was written by an older sluice is read; a record that
/// can't be read is an error that names it.
std::string index_json(const IndexMeta& index);
Result<IndexMeta> parse_index(std::string_view json);
std::string data_stream_json(const DataStreamMeta& stream);
Result<DataStreamMeta> parse_data_stream(std::string_view json);
std::string template_json(const TemplateMeta& meta);
Result<TemplateMeta> parse_template(std::string_view json);
std::string settings_json(const Settings& settings);
Result<Settings> parse_settings(std::string_view json);

}  // namespace sluice::store
