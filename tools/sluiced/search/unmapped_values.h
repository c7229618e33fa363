#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "io/store/catalog/catalog.h"

namespace sluice::rest {

/// The values of an object for which the mapping has no field, raw JSON, by their paths within it: those whose full
/// paths are like one of `patterns`. `scope`: the path of the nested object that it is; empty: the document. What
/// nested objects in it have is not among them. Source: Elasticsearch's UnmappedFieldFetcher.
std::map<std::string, std::vector<std::string>> unmapped_values(const store::Mapping& mapping, std::string_view object,
                                                                std::string_view scope,
                                                                const std::vector<std::string>& patterns);

}  // namespace sluice::rest
