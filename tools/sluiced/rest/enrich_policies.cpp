#include <algorithm>
#include <cctype>
#include <cstdint>
#include <vector>

#include "io/store/catalog/index_names.h"
#include "reindex/enrich_policy.h"
#include "reindex/store_ingest.h"
#include "stages/ingest/enrich/enrich_table.h"
#include "tools/sluiced/rest/enrich_execute.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/tasks/tasks.h"

namespace sluice::rest {

namespace {

Error not_found(std::string reason) {
  return {ErrorKind::kNotFound, 404, "resource_not_found_exception", std::move(reason)};
}

/// The rules are those of the names of indices, which the policy's begin with.
Status check_policy_name(const std::string& name) {
  const Status checked = store::check_index_name(name);
  if (checked) return {};
  const std::string& reason = checked.error().reason;
  const std::size_t rule = reason.find("], ");
  return std::unexpected(illegal_argument("Invalid policy name [" + name + "]" +
                                          (rule == std::string::npos ? ", " + reason : reason.substr(rule + 1))));
}

void write_execution(JsonWriter& out, const EnrichRuns::Execution& execution, const Services& services) {
  using Millis = std::chrono::milliseconds;
  const auto running = std::chrono::system_clock::now() - execution.began;
  out.begin_object().member("name", execution.policy).key("task").begin_object();
  out.member("node", services.node_id).member("id", execution.id).member("type", "enrich");
  out.member("action", "policy_execution").member("description", execution.policy);
  out.member("start_time_in_millis", std::chrono::duration_cast<Millis>(execution.began.time_since_epoch()).count());
  out.member("running_time_in_nanos", std::chrono::duration_cast<std::chrono::nanoseconds>(running).count());
  out.member("cancellable", false).key("headers").begin_object().end_object();
  out.end_object().end_object();
}

}  // namespace

/// Tables are in memory: nothing waits for a search, and a search is a look through ranges. Source: the documentation
/// of the enrich stats API.
Result<Reply> get_enrich_stats(Call& /*call*/, Services& services) {
  constexpr std::uint64_t kNanosOfMilli = 1'000'000;
  const ingest::EnrichLookup& lookup = *services.ingest.environment().enrich;
  const ingest::EnrichCounters& counters = lookup.counters();
  const ingest::EnrichMemory memory = lookup.memory();
  const std::uint64_t searches = counters.misses;
  JsonWriter out;
  out.begin_object().key("executing_policies").begin_array();
  for (const EnrichRuns::Execution& each : services.enrich_runs.executions()) write_execution(out, each, services);
  out.end_array().key("coordinator_stats").begin_array().begin_object().member("node_id", services.node_id);
  out.member("queue_size", 0).member("remote_requests_current", 0).member("remote_requests_total", searches);
  out.member("executed_searches_total", searches).end_object().end_array();
  out.key("cache_stats").begin_array().begin_object().member("node_id", services.node_id);
  out.member("count", memory.values).member("hits", counters.hits.load()).member("misses", counters.misses.load());
  out.member("evictions", counters.evictions.load());
  out.member("hits_time_in_millis", counters.hit_nanos / kNanosOfMilli);
  out.member("misses_time_in_millis", counters.miss_nanos / kNanosOfMilli);
  out.member("size_in_bytes", memory.bytes).end_object().end_array().end_object();
  return Reply::json(out.take());
}

Result<Reply> put_enrich_policy(Call& call, Services& services) {
  const std::string name(call.text_or("name", ""));
  if (!call.has_body()) {
    return std::unexpected(
        Error(ErrorKind::kBadRequest, 400, "parse_exception", "request body or source parameter is required"));
  }
  const auto policy = parse_enrich_policy(std::string(call.body()));
  if (!policy) return std::unexpected(policy.error());
  if (Status checked = check_policy_name(name); !checked) return std::unexpected(std::move(checked.error()));
  Status kept = services.catalog.update([&](store::ClusterState& state) -> Status {
    const auto indices = store::resolve_indices(state, policy->indices, {.expand_hidden = true});
    if (!indices) return std::unexpected(indices.error());
    if (!state.enrich_policies.emplace(name, enrich_policy_json("", *policy)).second) {
      return std::unexpected(Error(ErrorKind::kBadRequest, 400, "resource_already_exists_exception",
                                   "policy [" + name + "] already exists"));
    }
    return {};
  });
  if (!kept) return std::unexpected(std::move(kept.error()));
  return Reply::acknowledged();
}

Result<Reply> get_enrich_policies(Call& call, Services& services) {
  const std::vector<std::string> names = call.list("name");
  const store::StatePtr state = services.catalog.state();
  JsonWriter out;
  out.begin_object().key("policies").begin_array();
  for (const auto& [name, json] : state->enrich_policies) {
    if (!names.empty() && std::ranges::find(names, name) == names.end()) continue;
    const auto policy = parse_enrich_policy(json);
    if (!policy) return std::unexpected(policy.error());
    out.begin_object().key("config").raw(enrich_policy_json(name, *policy)).end_object();
  }
  out.end_array().end_object();
  return Reply::json(out.take());
}

Result<Reply> delete_enrich_policy(Call& call, Services& services) {
  const std::string name(call.text_or("name", ""));
  if (!services.catalog.state()->enrich_policies.contains(name)) {
    return std::unexpected(not_found("policy [" + name + "] not found"));
  }
  const auto held = services.enrich_runs.hold(name);
  if (!held) return std::unexpected(held.error());
  Status gone = services.catalog.update([&](store::ClusterState& state) -> Status {
    if (!state.enrich_policies.contains(name)) return std::unexpected(not_found("policy [" + name + "] not found"));
    std::string users;
    for (const std::string& id : pipelines_with_policy(state, name)) users += (users.empty() ? "" : ", ") + id;
    if (!users.empty()) {
      return std::unexpected(
          Error(ErrorKind::kConflict, 409, "status_exception",
                "Could not delete policy [" + name + "] because a pipeline is referencing it [" + users + "]"));
    }
    state.enrich_policies.erase(name);
    forget_enrich_indices(state, name, "");
    return {};
  });
  if (!gone) return std::unexpected(std::move(gone.error()));
  return Reply::acknowledged();
}

Result<Reply> execute_enrich(Call& call, Services& services) {
  const std::string name(call.text_or("name", ""));
  const auto wait = call.flag("wait_for_completion", true);
  if (!wait) return std::unexpected(wait.error());
  if (!*wait) {
    return std::unexpected(
        illegal_argument("[wait_for_completion] must be [true]: sluice executes enrich policies while "
                         "the request waits"));
  }
  const auto held = services.enrich_runs.hold(name, services.tasks.next_id());
  if (!held) return std::unexpected(held.error());
  const store::StatePtr state = services.catalog.state();
  const auto known = state->enrich_policies.find(name);
  if (known == state->enrich_policies.end()) {
    return std::unexpected(not_found("policy [" + name + "] does not exist"));
  }
  const auto policy = parse_enrich_policy(known->second);
  if (!policy) return std::unexpected(policy.error());
  if (Status done = execute_enrich_policy(name, *policy, services); !done)
    return std::unexpected(std::move(done.error()));
  return Reply::json(R"({"status":{"phase":"COMPLETE"}})");
}

}  // namespace sluice::rest
