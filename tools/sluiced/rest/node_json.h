#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/json_writer.h"
#include "tools/sluiced/rest/rest.h"
#include "tools/sluiced/services.h"

namespace sluice::rest {

/// What is said of the one node wherever nodes are listed. The Elasticsearch whose behaviour it has; clients choose
/// their dialect by it.
inline constexpr std::string_view kElasticsearchVersion = "9.4.3";
inline constexpr std::string_view kLuceneVersion = "10.4.0";

/// `roles` and `attributes`.
void write_roles(JsonWriter& out);
/// The host of `127.0.0.1:9200`.
std::string host_of(std::string_view address);
/// Adds `Warning` headers, as Elasticsearch words them.
void add_warnings(Reply& reply, const std::vector<std::string>& texts);
/// Documents of all indices, of a consistent view.
Result<store::ShardFacts> all_facts(const Services& services);

}  // namespace sluice::rest
