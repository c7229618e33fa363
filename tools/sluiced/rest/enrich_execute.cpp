#include "tools/sluiced/rest/enrich_execute.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "io/store/catalog/create_index.h"
#include "io/store/catalog/index_names.h"
#include "pipeline/base/json_text.h"
#include "pipeline/base/json_writer.h"
#include "reindex/reindex.h"
#include "tools/sluiced/rest/run_reply.h"

namespace sluice::rest {

namespace {

Error no_such_field(const std::string& policy, const store::IndexMeta& index, const std::string& why) {
  return illegal_argument("Enrich policy execution for [" + policy + "] failed. Could not use the mapping of index [" +
                          index.name + "]: " + why);
}

/// What the match field is in the new index, by the mappings of the sources.
Result<std::string> match_mapping(const std::string& name, const EnrichPolicy& policy,
                                  const store::ClusterState& state) {
  auto indices = store::resolve_indices(state, policy.indices, {.allow_no_indices = false, .expand_hidden = true});
  if (!indices) return std::unexpected(std::move(indices.error()));
  std::string definition = R"({"type":"keyword","doc_values":false})";
  for (const store::ResolvedIndex& each : *indices) {
    const pipeline::FieldSchema* field = each.index->mapping->find(policy.match_field);
    if (field == nullptr) {
      return std::unexpected(no_such_field(name, *each.index, "it has no field [" + policy.match_field + "]"));
    }
    if (!field->nested_path.empty()) {
      return std::unexpected(no_such_field(name, *each.index, "[" + policy.match_field + "] is in a nested object"));
    }
    if (!policy.is_range()) continue;
    if (field->kind != pipeline::FieldKind::kRange) {
      return std::unexpected(
          no_such_field(name, *each.index,
                        "field [" + policy.match_field + "] has type [" + field->type + "], which is no range type"));
    }
    definition = R"({"type":)" + json_string(field->type) + R"(,"doc_values":false)";
    if (!field->format.empty()) definition += R"(,"format":)" + json_string(field->format);
    definition += "}";
  }
  return definition;
}

store::NewIndex new_index(const std::string& index, const std::string& name, const EnrichPolicy& policy,
                          const std::string& match_field) {
  // A field with dots in its name is an object with a field.
  std::string properties = match_field;
  std::string_view path = policy.match_field;
  while (true) {
    const std::size_t dot = path.rfind('.');
    std::string outer = R"({"properties":{)" + json_string(path.substr(dot == std::string_view::npos ? 0 : dot + 1));
    properties = outer.append(":").append(properties).append("}}");
    if (dot == std::string_view::npos) break;
    path = path.substr(0, dot);
  }
  properties.erase(0, 1);
  store::NewIndex made;
  made.name = made.provided_name = index;
  made.settings = {
      {"index.number_of_shards", "\"1\""}, {"index.number_of_replicas", "\"0\""}, {"index.hidden", "\"true\""}};
  made.mappings = R"({"dynamic":"false","_meta":{"enrich_policy_name":)" + json_string(name) +
                  R"(,"enrich_match_field":)" + json_string(policy.match_field) + R"(,"enrich_policy_type":)" +
                  json_string(policy.type) + "}," + properties;
  return made;
}

std::string copy_request(const std::string& index, const EnrichPolicy& policy) {
  JsonWriter out;
  out.begin_object().key("source").begin_object().key("index").begin_array();
  for (const std::string& each : policy.indices) out.string(each);
  out.end_array();
  if (!policy.query.empty()) out.key("query").raw(policy.query);
  out.key("_source").begin_array().string(policy.match_field);
  for (const std::string& field : policy.enrich_fields) out.string(field);
  out.end_array().end_object();
  out.key("dest").begin_object().member("index", index).end_object();
  // Documents of several indices may have the same id.
  out.key("script").begin_object().member("source", "ctx._id = null; ctx._routing = null").end_object();
  out.end_object();
  return out.take();
}

Status copy_documents(const std::string& index, const EnrichPolicy& policy, Services& services) {
  auto request = parse_request(copy_request(index, policy), {}, {.reads_query = true});
  if (!request) return std::unexpected(std::move(request.error()));
  RunOptions options = store_options(services, *request);
  auto run = reindex(std::move(*request), std::move(options));
  if (!run) return std::unexpected(std::move(run.error()));
  const pipeline::RunStatus status = run->wait();
  if (status.error) return std::unexpected(*status.error);
  if (!status.failures.empty()) return std::unexpected(status.failures.front().cause);
  return {};
}

Result<store::IndexPtr> make_index(const std::string& index, const std::string& name, const EnrichPolicy& policy,
                                   Services& services) {
  store::IndexPtr made;
  Status kept = services.catalog.update([&](store::ClusterState& state) -> Status {
    const auto match_field = match_mapping(name, policy, state);
    if (!match_field) return std::unexpected(match_field.error());
    auto created = store::create_index(services.catalog, state, new_index(index, name, policy, *match_field));
    if (!created) return std::unexpected(std::move(created.error()));
    made = state.find(index);
    return {};
  });
  if (!kept) return std::unexpected(std::move(kept.error()));
  return made;
}

/// Takes back what could not be filled.
Status take_back(const store::IndexMeta& index, Services& services) {
  return services.catalog.update([&](store::ClusterState& state) -> Status {
    const store::IndexPtr there = state.find(index.name);
    if (there != nullptr && there->uuid == index.uuid) state.indices.erase(index.name);
    return {};
  });
}

/// Lets the alias lead to a new index, unless that or the policy has been deleted while documents were copied.
Status publish(const store::IndexMeta& index, const std::string& name, Services& services) {
  return services.catalog.update([&](store::ClusterState& state) -> Status {
    const store::IndexPtr made = state.find(index.name);
    if (made == nullptr || made->uuid != index.uuid) return std::unexpected(store::index_not_found(index.name));
    if (!state.enrich_policies.contains(name)) {
      return std::unexpected(Error(ErrorKind::kNotFound, 404, "resource_not_found_exception",
                                   "policy [" + name + "] was deleted while it was executed"));
    }
    services.views.refresh(*made);
    auto named = std::make_shared<store::IndexMeta>(*made);
    store::AliasMeta alias;
    alias.name = enrich_alias(name);
    named->aliases.emplace(alias.name, alias);
    ++named->aliases_version;
    state.indices[index.name] = std::move(named);
    forget_enrich_indices(state, name, index.name);
    return {};
  });
}

}  // namespace

void EnrichRuns::Release::operator()(const std::string* name) const {
  const std::scoped_lock lock(runs->mutex_);
  runs->held_.erase(runs->held_.find(*name));
}

std::vector<EnrichRuns::Execution> EnrichRuns::executions() const {
  std::vector<Execution> all;
  const std::scoped_lock lock(mutex_);
  for (const auto& [name, execution] : held_) {
    if (execution) all.push_back(*execution);
  }
  return all;
}

Result<EnrichRuns::Hold> EnrichRuns::hold(const std::string& policy, std::optional<std::int64_t> task) {
  std::optional<Execution> execution;
  if (task) execution = Execution{policy, *task, std::chrono::system_clock::now()};
  const std::scoped_lock lock(mutex_);
  const auto [at, added] = held_.emplace(policy, std::move(execution));
  if (added) return Hold(&at->first, Release{this});
  return std::unexpected(
      Error(ErrorKind::kThrottled, 429, "es_rejected_execution_exception",
            "Could not obtain lock because policy execution for [" + policy + "] is already in progress."));
}

void forget_enrich_indices(store::ClusterState& state, const std::string& name, const std::string& but) {
  const std::string prefix = enrich_alias(name) + "-";
  std::erase_if(state.indices, [&](const auto& entry) {
    const std::string_view rest = std::string_view(entry.first).substr(std::min(prefix.size(), entry.first.size()));
    return entry.first != but && entry.first.starts_with(prefix) &&
           rest.find_first_not_of("0123456789") == std::string_view::npos;
  });
}

Status execute_enrich_policy(const std::string& name, const EnrichPolicy& policy, Services& services) {
  const auto now =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch());
  const std::string index_name = enrich_alias(name) + "-" + std::to_string(now.count());
  const auto index = make_index(index_name, name, policy, services);
  if (!index) return std::unexpected(index.error());
  Status done = copy_documents(index_name, policy, services);
  if (done) done = publish(**index, name, services);
  if (done) return {};
  const Status gone = take_back(**index, services);
  return gone ? done : gone;  // a store that takes no change is the worse of the two
}

}  // namespace sluice::rest
