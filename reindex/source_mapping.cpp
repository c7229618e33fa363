#include "reindex/source_mapping.h"

#include "io/store/catalog/index_settings.h"
#include "pipeline/base/buffer.h"
#include "stages/parse/json_object.h"

namespace sluice {

namespace {

std::string_view member(const std::vector<stages::JsonMember>& members, std::string_view key) {
  for (const stages::JsonMember& each : members) {
    if (each.key == key) return each.value;
  }
  return {};
}

}  // namespace

Result<SourceMapping> SourceMapping::parse(std::string_view json) {
  SourceMapping parsed;
  if (json.find_first_not_of(" \t\r\n") == std::string_view::npos) return parsed;
  Buffer padded(json.size());
  padded.append(json);
  std::string_view mapping = padded.view();
  auto members = stages::json_members(mapping, "the mapping");
  if (!members) return std::unexpected(std::move(members.error()));
  // `{"index":{"mappings":{..}}}`, as it is asked of a cluster.
  if (members->size() == 1 && members->front().value.starts_with('{') && member(*members, "\"mappings\"").empty() &&
      member(*members, "\"properties\"").empty()) {
    auto inner = stages::json_members(members->front().value, "the mapping");
    if (inner && !member(*inner, "\"mappings\"").empty()) members = std::move(inner);
  }
  if (const std::string_view inner = member(*members, "\"mappings\""); !inner.empty()) mapping = inner;
  auto fields = store::Mapping::parse(mapping);
  if (!fields) return std::unexpected(std::move(fields.error()));
  parsed.mapping = std::move(*fields);
  if (const std::string_view text = member(*members, "\"settings\""); !text.empty()) {
    Buffer body(text.size());
    body.append(text);
    auto settings = store::parse_index_settings(body.view());
    if (!settings) return std::unexpected(std::move(settings.error()));
    auto analysis = stages::Analysis::make(*settings);
    if (!analysis) return std::unexpected(std::move(analysis.error()));
    parsed.analysis = std::move(*analysis);
  }
  return parsed;
}

}  // namespace sluice
