#include "io/store/catalog/index_settings.h"

namespace sluice::store {

Settings default_index_settings() {
  // Source: GET /index/_settings?include_defaults of Elasticsearch 9.4.3.
  return {
      {"index.analyze.max_token_count", "\"10000\""},
      {"index.auto_expand_replicas", "\"false\""},
      {"index.blocks.metadata", "\"false\""},
      {"index.blocks.read", "\"false\""},
      {"index.blocks.read_only", "\"false\""},
      {"index.blocks.read_only_allow_delete", "\"false\""},
      {"index.blocks.write", "\"false\""},
      {"index.default_pipeline", "\"_none\""},
      {"index.final_pipeline", "\"_none\""},
      {"index.gc_deletes", "\"60s\""},
      {"index.hidden", "\"false\""},
      {"index.mapping.coerce", "\"false\""},
      {"index.mapping.depth.limit", "\"20\""},
      {"index.mapping.field_name_length.limit", "\"9223372036854775807\""},
      {"index.mapping.ignore_malformed", "\"false\""},
      {"index.mapping.nested_fields.limit", "\"100\""},
      {"index.mapping.nested_objects.limit", "\"10000\""},
      {"index.mapping.total_fields.limit", "\"1000\""},
      {"index.max_docvalue_fields_search", "\"100\""},
      {"index.max_regex_length", "\"1000\""},
      {"index.max_result_window", "\"10000\""},
      {"index.max_slices_per_pit", "\"1024\""},
      {"index.max_slices_per_scroll", "\"1024\""},
      {"index.max_terms_count", "\"65536\""},
      {"index.query.default_field", R"(["*"])"},
      {"index.refresh_interval", "\"1s\""},
      {"index.routing_partition_size", "\"1\""},
      {"index.translog.durability", "\"REQUEST\""},
      {"index.translog.sync_interval", "\"5s\""},
      {"index.write.wait_for_active_shards", "\"1\""},
  };
}

}  // namespace sluice::store
