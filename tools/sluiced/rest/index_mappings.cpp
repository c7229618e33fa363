#include <algorithm>

#include "stages/parse/json_object.h"
#include "tools/sluiced/rest/index_options.h"
#include "tools/sluiced/rest/routes.h"

namespace sluice::rest {

namespace {

/// `{"_doc":{..}}`, as versions before 7 had it.
bool is_typed(std::string_view body) {
  const auto members = stages::json_members(body, "the mapping");
  return members && members->size() == 1 && members->front().key == "\"_doc\"";
}

Error wrapped(Error cause) {
  if (cause.type != "mapper_parsing_exception" || cause.reason.starts_with("Failed to parse mapping")) return cause;
  Error error(ErrorKind::kBadRequest, 400, cause.type, "Failed to parse mapping: " + cause.reason);
  error.root_causes = {cause};
  error.caused_by = std::make_shared<const Error>(std::move(cause));
  return error;
}

}  // namespace

Result<Reply> get_mapping(Call& call, Services& services) {
  const store::StatePtr state = services.catalog.state();
  auto indices = indices_of(call, *state, administration_options());
  if (!indices) return std::unexpected(indices.error());
  if (Status free = check_blocks(*indices, store::IndexUse::kReadMetadata); !free) return std::unexpected(free.error());
  JsonWriter out;
  out.begin_object();
  for (const store::ResolvedIndex& each : *indices) {
    out.key(each.index->name).begin_object().key("mappings").raw(each.index->mapping->json()).end_object();
  }
  out.end_object();
  return Reply::json(out.take());
}

Result<Reply> put_mapping(Call& call, Services& services) {
  if (!call.has_body()) {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "parse_exception", "request body is required"));
  }
  if (is_typed(call.body())) {
    return std::unexpected(illegal_argument("Types cannot be provided in put mapping requests"));
  }
  auto update = store::Mapping::parse(call.body());
  if (!update) return std::unexpected(wrapped(update.error()));
  auto write_only = call.flag("write_index_only", false);
  if (!write_only) return std::unexpected(write_only.error());
  store::IndexOptions options = administration_options();
  options.allow_no_indices = false;
  Status changed =
      change_indices(call, services, options, [&](store::ClusterState& state, store::IndexMeta& index) -> Status {
        if (*write_only) {
          auto target = store::write_index(state, call.text_or("index", ""));
          if (!target) return std::unexpected(target.error());
          if (*target != nullptr && (*target)->name != index.name) return {};
        }
        if (auto free = check_blocks(index, store::IndexUse::kChangeMetadata); !free) return free;
        auto merged = index.mapping->merge(**update, index.limits());
        if (!merged) return std::unexpected(merged.error());
        index.mapping = *merged;
        ++index.mapping_version;
        return services.catalog.check_index(index);
      });
  if (!changed) return std::unexpected(changed.error());
  return Reply::acknowledged();
}

Result<Reply> get_field_mapping(Call& call, Services& services) {
  const store::StatePtr state = services.catalog.state();
  auto indices = indices_of(call, *state, administration_options());
  if (!indices) return std::unexpected(indices.error());
  auto defaults = call.flag("include_defaults", false);
  if (!defaults) return std::unexpected(defaults.error());
  JsonWriter out;
  out.begin_object();
  for (const store::ResolvedIndex& each : *indices) {
    out.key(each.index->name).begin_object().key("mappings").begin_object();
    std::vector<std::string_view> seen;
    for (const std::string& pattern : call.list("fields")) {
      for (const pipeline::FieldSchema* field : each.index->mapping->matching(pattern)) {
        const std::string definition = each.index->mapping->field_json(field->path, *defaults);
        if (definition.empty() || std::ranges::find(seen, field->path) != seen.end()) continue;
        seen.push_back(field->path);
        out.key(field->path).begin_object().member("full_name", field->path);
        out.key("mapping").raw(definition).end_object();
      }
    }
    out.end_object().end_object();
  }
  out.end_object();
  return Reply::json(out.take());
}

}  // namespace sluice::rest
