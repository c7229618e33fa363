#include "tools/sluiced/rest/document_get.h"

#include <algorithm>
#include <chrono>

#include "io/store/catalog/index_names.h"
#include "stages/parse/json_object.h"
#include "stages/source_filter/source_filter.h"
#include "tools/sluiced/rest/document_reply.h"
#include "tools/sluiced/search/targets.h"

namespace sluice::rest {

namespace {

constexpr std::string_view kTrue = "true";
constexpr std::string_view kFalse = "false";

/// Collects the raw values at a dotted path, through objects and arrays.
void values_at(std::string_view json, std::string_view path, std::vector<std::string_view>& values) {
  if (json.starts_with('[')) {
    auto elements = stages::json_elements(json, "a document");
    if (!elements) return;
    for (const std::string_view each : *elements) values_at(each, path, values);
    return;
  }
  if (path.empty()) {
    if (json != "null" && !json.starts_with('{')) values.push_back(json);
    return;
  }
  if (!json.starts_with('{')) return;
  auto members = stages::json_members(json, "a document");
  if (!members) return;
  for (const stages::JsonMember& member : *members) {
    const std::string name = member.name();
    if (path == name) {
      values_at(member.value, "", values);
    } else if (path.starts_with(name) && path.size() > name.size() && path[name.size()] == '.') {
      values_at(member.value, path.substr(name.size() + 1), values);
    }
  }
}

Result<store::IndexPtr> one_index(const store::ClusterState& state, std::string_view name) {
  store::IndexOptions options;
  options.allow_no_indices = false;
  options.allow_closed = false;
  options.expand_open = false;  // a document is in one index: a pattern names none
  auto found = store::resolve_indices(state, name, options);
  if (!found) return std::unexpected(found.error());
  if (found->size() == 1) return found->front().index;
  std::string names;
  for (const auto& each : *found) names += (names.empty() ? "" : ", ") + each.index->name;
  return std::unexpected(illegal_argument("alias [" + std::string(name) +
                                          "] has more than one index associated with it [" + names +
                                          "], can't execute a single index op"));
}

}  // namespace

Status read_source_parameters(const Call& call, SourceFields& fields) {
  if (const auto text = call.text("_source")) {
    fields.json = *text;
    if (*text == kTrue || *text == kFalse || text->empty()) {
      fields.enabled = *text != kFalse;
    } else {
      fields.enabled = true;
      fields.includes = call.list("_source");
    }
  }
  for (const std::string_view name : {"_source_includes", "_source_include"}) {
    if (!call.text(name)) continue;
    fields.includes = call.list(name);
    fields.enabled = true;
    fields.json = kTrue;
  }
  for (const std::string_view name : {"_source_excludes", "_source_exclude"}) {
    if (!call.text(name)) continue;
    fields.excludes = call.list(name);
    fields.enabled = true;
    fields.json = kTrue;
  }
  return {};
}

Result<GetRequest> get_request_of(const Call& call) {
  GetRequest request;
  request.index = call.text_or("index", "");
  request.id = call.text_or("id", "");
  request.routing = call.text_or("routing", "");
  auto realtime = call.flag("realtime", true);
  if (!realtime) return std::unexpected(realtime.error());
  request.realtime = *realtime;
  store::Write versions;
  if (auto read = read_versions(call, versions, nullptr); !read) return std::unexpected(read.error());
  request.version = versions.version;
  request.versioning = versions.versioning;
  if (auto read = read_source_parameters(call, request.source); !read) return std::unexpected(read.error());
  request.stored_fields = call.list("stored_fields");
  return request;
}

Result<Got> get_document_for(Services& services, const GetRequest& request, bool refresh) {
  const store::StatePtr state = services.catalog.state();
  auto index = one_index(*state, request.index);
  if (!index) return std::unexpected(index.error());
  if ((*index)->setting("index.blocks.read", "false") == "true") return std::unexpected(read_blocked(**index));
  Got got;
  got.index = *index;
  std::string routing = request.routing;
  const auto alias = got.index->aliases.find(request.index);
  if (routing.empty() && alias != got.index->aliases.end()) routing = alias->second.search_routing;
  if (routing.empty() && got.index->mapping->routing_required()) {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "routing_missing_exception",
                                 "routing is required for [" + got.index->name + "]/[" + request.id + "]")
                               .with("index_uuid", got.index->uuid)
                               .with("index", got.index->name));
  }
  if (refresh) services.views.refresh(*got.index);
  const store::IndexKey key = got.index->key();
  const auto begin = std::chrono::steady_clock::now();
  auto found = request.realtime ? services.documents.get(key, request.id, routing)
                                : services.views.view(*got.index)->get(key, request.id, routing);
  if (!found) return std::unexpected(found.error());
  const std::int64_t took = (std::chrono::steady_clock::now() - begin).count();
  store::OperationCounts& counts = services.indexer.counts().of(got.index->number);
  ++(*found != nullptr ? counts.got : counts.missing);
  (*found != nullptr ? counts.got_ns : counts.missing_ns) += took;
  got.found = std::move(*found);
  if (got.found == nullptr || !request.version || *request.version == -3) return got;
  const std::int64_t version = got.found->document().version;
  // Reads want this very version, whatever the version type.
  const bool fits = version == *request.version;
  if (fits) return got;
  return std::unexpected(Error(ErrorKind::kConflict, 409, "version_conflict_engine_exception",
                               "[" + request.id + "]: version conflict, current version [" + std::to_string(version) +
                                   "] is different than the one provided [" + std::to_string(*request.version) + "]")
                             .with("index_uuid", got.index->uuid)
                             .with("shard", std::to_string(got.found->document().shard))
                             .with("index", got.index->name));
}

void write_stored_fields(JsonWriter& out, const store::IndexMeta& index, const std::vector<std::string>& names,
                         const store::StoredDocument& document) {
  bool open = false;
  for (const std::string& name : names) {
    if (name == "_source" || name == "_routing" || name == "_none_") continue;
    for (const pipeline::FieldSchema* field : index.mapping->matching(name)) {
      if (!field->stored) continue;
      std::vector<std::string_view> values;
      values_at(document.source, field->source_path, values);
      if (values.empty()) continue;
      if (!open) out.key("fields").begin_object();
      open = true;
      out.key(field->path).begin_array();
      for (const std::string_view value : values) out.raw(value);
      out.end_array();
    }
  }
  if (open) out.end_object();
}

void write_ignored(JsonWriter& out, const store::IndexMeta& index, const store::StoredDocument& document) {
  if (!index.has_ignored) return;
  // They are not kept with a document: it is checked once more.
  const auto checked = index.mapping->check(document.source, document.id, index.limits());
  if (!checked || checked->ignored.empty()) return;
  out.key("_ignored").begin_array();
  for (const std::string& field : checked->ignored) out.string(field);
  out.end_array();
}

void write_got(JsonWriter& out, const GetRequest& request, const Got& got) {
  out.begin_object().member("_index", got.index->name).member("_id", request.id);
  if (got.found == nullptr) {
    out.member("found", false).end_object();
    return;
  }
  const store::StoredDocument& document = got.found->document();
  out.member("_version", document.version).member("_seq_no", document.seq_no);
  out.member("_primary_term", document.primary_term);
  if (!document.routing.empty()) out.member("_routing", document.routing);
  out.member("found", true);
  write_ignored(out, *got.index, document);
  const bool named = std::ranges::find(request.stored_fields, "_source") != request.stored_fields.end();
  const bool wanted = request.stored_fields.empty() || named || !request.source.json.empty();
  if (wanted && request.source.enabled && got.index->mapping->source_enabled()) {
    if (request.source.everything()) {
      out.key("_source").raw(document.source);
    } else {
      out.key("_source").raw(
          stages::SourceFilter(request.source.includes, request.source.excludes).filtered(document.source));
    }
  }
  write_stored_fields(out, *got.index, request.stored_fields, document);
  out.end_object();
}

}  // namespace sluice::rest
