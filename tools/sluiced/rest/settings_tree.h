#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "io/store/catalog/catalog.h"
#include "pipeline/base/json_writer.h"

namespace sluice::rest {

/// Writes settings as an object: names with dots (`flat`), or nested by their parts, as Elasticsearch shows them. Where
/// a name is also the beginning of another, what lies below it keeps its dots.
void write_settings(JsonWriter& out, const store::Settings& settings, bool flat);

/// Reads what a body says of settings, nested or with dots, into full names; numbers and booleans become strings, null
/// is the empty text. Errors: settings_exception for what can't be a setting.
Result<store::Settings> read_settings(std::string_view json);

}  // namespace sluice::rest
