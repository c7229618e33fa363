#include <charconv>

#include "io/store/catalog/catalog.h"
#include "pipeline/base/json_text.h"

namespace sluice::store {

namespace {

std::uint32_t number_setting(const IndexMeta& index, std::string_view name, std::uint32_t fallback) {
  const std::string text = index.setting(name, "");
  std::uint32_t number = fallback;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

std::string IndexMeta::setting(std::string_view setting_name, std::string_view fallback) const {
  const auto found = settings.find(setting_name);
  return found == settings.end() ? std::string(fallback) : json_unquoted(found->second);
}

std::uint32_t IndexMeta::shards() const { return number_setting(*this, "index.number_of_shards", 1); }

std::uint32_t IndexMeta::replicas() const { return number_setting(*this, "index.number_of_replicas", 1); }

bool IndexMeta::hidden() const { return setting("index.hidden", "false") == "true"; }

IndexKey IndexMeta::key() const {
  IndexKey key;
  key.number = number;
  key.shards = shards();
  // Elasticsearch 9.4 hashes straight onto the shards, whatever number_of_routing_shards says.
  key.routing_shards = key.shards;
  key.name = name;
  key.uuid = uuid;
  return key;
}

MappingLimits IndexMeta::limits() const {
  MappingLimits limits;
  limits.total_fields = number_setting(*this, "index.mapping.total_fields.limit", limits.total_fields);
  limits.depth = number_setting(*this, "index.mapping.depth.limit", limits.depth);
  limits.nested_fields = number_setting(*this, "index.mapping.nested_fields.limit", limits.nested_fields);
  limits.nested_objects = number_setting(*this, "index.mapping.nested_objects.limit", limits.nested_objects);
  limits.field_name_length = number_setting(*this, "index.mapping.field_name_length.limit", limits.field_name_length);
  limits.ignore_malformed = setting("index.mapping.ignore_malformed", "false") == "true";
  limits.coerce = setting("index.mapping.coerce", "true") == "true";
  return limits;
}

}  // namespace sluice::store
