#include "tools/sluiced/rest/index_views.h"

#include <algorithm>

#include "io/store/catalog/index_names.h"
#include "pipeline/base/json_text.h"
#include "tools/sluiced/rest/cat_time.h"

namespace sluice::rest {

namespace {

/// What Elasticsearch 9.4.3 says of the indices it makes.
constexpr std::string_view kCreatedVersion = "\"9094000\"";
constexpr std::string_view kCreatedVersionText = "\"9.4.0-9.4.3\"";

}  // namespace

void write_aliases(JsonWriter& out, const store::IndexMeta& index, const std::vector<std::string>& patterns) {
  out.key("aliases").begin_object();
  for (const auto& [name, alias] : index.aliases) {
    const auto fits = [&](const std::string& pattern) { return pattern == "_all" || wildcard_match(pattern, name); };
    if (!patterns.empty() && std::ranges::none_of(patterns, fits)) continue;
    out.key(name).begin_object();
    if (!alias.filter.empty()) out.key("filter").raw(alias.filter);
    if (!alias.index_routing.empty()) out.member("index_routing", alias.index_routing);
    if (!alias.search_routing.empty()) out.member("search_routing", alias.search_routing);
    if (alias.write_index) out.member("is_write_index", *alias.write_index);
    if (alias.hidden) out.member("is_hidden", *alias.hidden);
    out.end_object();
  }
  out.end_object();
}

store::Settings all_settings(const store::IndexMeta& index, bool human) {
  store::Settings settings = index.settings;
  settings["index.uuid"] = json_string(index.uuid);
  settings["index.creation_date"] = json_string(std::to_string(index.creation_date));
  settings["index.provided_name"] = json_string(index.provided_name);
  settings["index.version.created"] = kCreatedVersion;
  if (human) {
    settings["index.creation_date_string"] = json_string(cat_date(index.creation_date));
    settings["index.version.created_string"] = kCreatedVersionText;
  }
  if (!index.open) settings["index.verified_before_close"] = "\"true\"";
  return settings;
}

}  // namespace sluice::rest
