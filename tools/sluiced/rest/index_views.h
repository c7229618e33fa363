#pragma once

#include <string_view>
#include <vector>

#include "io/store/catalog/catalog.h"
#include "pipeline/base/json_writer.h"
#include "tools/sluiced/rest/settings_tree.h"

namespace sluice::rest {

/// `"aliases":{..}` of those whose name one of the patterns fits; no patterns: all.
void write_aliases(JsonWriter& out, const store::IndexMeta& index, const std::vector<std::string>& patterns);

/// All settings of an index, also those that it has of itself (uuid, creation date, version, provided name). `human`:
/// with the date and the version as people write them.
store::Settings all_settings(const store::IndexMeta& index, bool human = false);

}  // namespace sluice::rest
