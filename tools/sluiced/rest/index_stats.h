#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/json_writer.h"
#include "tools/sluiced/rest/index_figures.h"
#include "tools/sluiced/rest/rest.h"
#include "tools/sluiced/search/contexts.h"

namespace sluice::rest {

/// The metrics of `_stats` that a path part names; empty: all. Errors: illegal_argument_exception for others.
Result<std::vector<std::string>> index_metrics_of(const Call& call, std::string_view part);

/// `"key":{"docs":{..},"store":{..},..}`: the metrics asked for.
void write_figures(JsonWriter& out, std::string_view key, const IndexFigures& figures,
                   const std::vector<std::string>& metrics, const SearchContexts::Open& open);

}  // namespace sluice::rest
