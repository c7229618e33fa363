#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace sluice::pipeline {

/// What an action line of a bulk may say of its document, in any version of Elasticsearch and OpenSearch. Sources:
/// BulkRequestParser of 9, BulkRequest of 1.7, which took several spellings.
inline constexpr std::array<std::string_view, 31> kActionMetadata = {"_index",
                                                                     "_id",
                                                                     "_type",
                                                                     "routing",
                                                                     "_routing",
                                                                     "parent",
                                                                     "_parent",
                                                                     "version",
                                                                     "_version",
                                                                     "version_type",
                                                                     "_version_type",
                                                                     "versionType",
                                                                     "_versionType",
                                                                     "op_type",
                                                                     "opType",
                                                                     "pipeline",
                                                                     "if_seq_no",
                                                                     "if_primary_term",
                                                                     "retry_on_conflict",
                                                                     "_retry_on_conflict",
                                                                     "_retryOnConflict",
                                                                     "require_alias",
                                                                     "require_data_stream",
                                                                     "list_executed_pipelines",
                                                                     "dynamic_templates",
                                                                     "timestamp",
                                                                     "_timestamp",
                                                                     "ttl",
                                                                     "_ttl",
                                                                     "fields",
                                                                     "_source"};

constexpr bool is_action_metadata(std::string_view name) {
  return std::ranges::find(kActionMetadata, name) != kActionMetadata.end();
}

}  // namespace sluice::pipeline
