#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "io/store/catalog/index_names.h"
#include "tools/sluiced/rest/rollover_request.h"
#include "tools/sluiced/rest/routes.h"

namespace sluice::rest {

namespace {

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

/// What is rolled over, and to what.
struct Rollover {
  std::string target;  ///< the alias or the data stream
  std::string old_index;
  std::string new_index;  ///< date math resolved
  std::string provided;   ///< as it is asked for, with date math
  bool stream = false;
  bool explicit_write = false;  ///< the alias says which index takes the writes
};

Result<Rollover> plan_stream(const store::DataStreamMeta& stream, const Call& call) {
  if (call.text("new_index")) {
    return std::unexpected(illegal_argument("new index name may not be specified when rolling over a data stream"));
  }
  Rollover plan{.target = stream.name, .old_index = stream.indices.back(), .new_index = {}, .provided = {}};
  auto today = store::resolve_date_math("<{now/d}>", now_ms());
  if (!today) return std::unexpected(today.error());
  plan.new_index = fmt::format(".ds-{}-{}-{:06}", stream.name, *today, stream.generation + 1);
  plan.stream = true;
  return plan;
}

Result<Rollover> plan_alias(const store::ClusterState& state, const std::string& alias, const Call& call) {
  auto write = store::write_index(state, alias);
  if (!write || *write == nullptr) {
    return std::unexpected(illegal_argument("rollover target [" + alias + "] does not point to a write index"));
  }
  const store::IndexMeta& old = **write;
  Rollover plan{.target = alias, .old_index = old.name, .new_index = {}, .provided = {}};
  plan.explicit_write = old.aliases.at(alias).write_index.value_or(false);
  if (const auto name = call.text("new_index")) {
    plan.provided = *name;
  } else {
    auto next = next_index_name(old.provided_name, old.name);
    if (!next) return std::unexpected(next.error());
    plan.provided = std::move(*next);
  }
  auto resolved = store::resolve_date_math(plan.provided, now_ms());
  if (!resolved) return std::unexpected(resolved.error());
  plan.new_index = std::move(*resolved);
  return plan;
}

Result<Rollover> plan_rollover(const store::ClusterState& state, const Call& call) {
  const std::string target(call.text_or("alias", ""));
  if (const auto stream = state.data_streams.find(target); stream != state.data_streams.end()) {
    return plan_stream(stream->second, call);
  }
  auto lazy = call.flag("lazy", false);
  if (!lazy) return std::unexpected(lazy.error());
  if (*lazy) {
    return std::unexpected(illegal_argument(
        "Lazy rollover can be applied only on a data stream. Please remove the query parameter 'lazy'."));
  }
  if (state.find(target) != nullptr) {
    return std::unexpected(
        illegal_argument("rollover target is a [concrete index] but one of [alias,data_stream] was expected"));
  }
  if (!store::is_alias(state, target)) {
    return std::unexpected(Error(ErrorKind::kNotFound, 404, "resource_not_found_exception",
                                 "rollover target [" + target + "] does not exist"));
  }
  return plan_alias(state, target, call);
}

Result<IndexMeasures> measure(const Services& services, const store::IndexMeta& index) {
  IndexMeasures measures;
  const store::ViewPtr view = services.documents.view();
  measures.age_ms = now_ms() - index.creation_date;
  measures.bytes = static_cast<std::int64_t>(services.documents.disk_bytes(index.key()));
  std::uint64_t all_bytes = 0;
  std::uint64_t most_bytes = 0;
  for (std::uint32_t shard = 0; shard < index.shards(); ++shard) {
    auto facts = view->facts(index.key(), shard);
    if (!facts) return std::unexpected(facts.error());
    const auto docs = static_cast<std::int64_t>(facts->documents);
    measures.docs += docs;
    measures.largest_shard_docs = std::max(measures.largest_shard_docs, docs);
    all_bytes += facts->source_bytes;
    most_bytes = std::max(most_bytes, facts->source_bytes);
  }
  // The store knows the size of an index: a shard has the part of it that it has of the sources.
  measures.largest_shard_bytes =
      all_bytes == 0 ? 0
                     : static_cast<std::int64_t>(static_cast<double>(measures.bytes) * static_cast<double>(most_bytes) /
                                                 static_cast<double>(all_bytes));
  return measures;
}

void write_conditions(JsonWriter& out, const RolloverRequest& request, const IndexMeasures& measures) {
  out.key("conditions").begin_object();
  for (const RolloverCondition& each : request.conditions) {
    out.member("[" + each.name + ": " + each.text + "]", is_met(each, measures));
  }
  out.end_object();
}

/// The old index gives the alias away, or keeps it for reading.
void release_alias(store::ClusterState& state, const Rollover& plan, const RolloverRequest& request,
                   const IndexMeasures& measures) {
  auto old = std::make_shared<store::IndexMeta>(*state.find(plan.old_index));
  if (!plan.stream) {
    if (plan.explicit_write) {
      old->aliases[plan.target].write_index = false;
    } else {
      old->aliases.erase(plan.target);
    }
    ++old->aliases_version;
  }
  JsonWriter info;
  info.begin_object().key("met_conditions").begin_object();
  for (const RolloverCondition& each : request.conditions) {
    if (is_met(each, measures)) info.member(each.name, each.text);
  }
  info.end_object().member("time", now_ms()).end_object();
  old->rollover[plan.target] = info.take();
  state.indices.insert_or_assign(old->name, std::move(old));
}

Status roll_over(Services& services, store::ClusterState& state, const Rollover& plan, RolloverRequest request,
                 const IndexMeasures& measures) {
  store::AliasMeta alias;
  if (!plan.stream) alias.hidden = state.find(plan.old_index)->aliases.at(plan.target).hidden;
  release_alias(state, plan, request, measures);
  if (plan.stream) {
    store::DataStreamMeta stream = state.data_streams.find(plan.target)->second;
    ++stream.generation;
    auto made = store::add_backing_index(services.catalog, state, stream);
    if (!made) return std::unexpected(made.error());
    state.data_streams.insert_or_assign(plan.target, std::move(stream));
    return {};
  }
  alias.name = plan.target;
  if (plan.explicit_write) alias.write_index = true;
  request.index.name = plan.new_index;
  request.index.provided_name = plan.provided;
  request.index.aliases.insert_or_assign(plan.target, alias);
  auto made = store::create_index(services.catalog, state, std::move(request.index));
  return made ? Status{} : std::unexpected(made.error());
}

/// A new index that could not be made is refused in a dry run as well.
Status check_new_index(const store::ClusterState& state, const Rollover& plan) {
  if (plan.stream) return {};
  if (auto checked = store::check_index_name(plan.new_index); !checked) return checked;
  const store::IndexPtr there = state.find(plan.new_index);
  if (there == nullptr) return {};
  return std::unexpected(Error(ErrorKind::kBadRequest, 400, "resource_already_exists_exception",
                               "index [" + there->name + "/" + there->uuid + "] already exists")
                             .with("index_uuid", there->uuid)
                             .with("index", there->name));
}

}  // namespace

Result<Reply> rollover(Call& call, Services& services) {
  auto request = parse_rollover(call.body());
  auto dry_run = call.flag("dry_run", false);
  auto lazy = call.flag("lazy", false);
  if (!request) return std::unexpected(request.error());
  if (!dry_run || !lazy) return std::unexpected(!dry_run ? dry_run.error() : lazy.error());
  JsonWriter out;
  Status changed = services.catalog.update([&](store::ClusterState& state) -> Status {
    auto plan = plan_rollover(state, call);
    if (!plan) return std::unexpected(plan.error());
    if (*lazy) return std::unexpected(unsupported("[lazy] rollover is not supported yet; leave [lazy] out"));
    if (auto checked = check_new_index(state, *plan); !checked) return checked;
    auto measures = measure(services, *state.find(plan->old_index));
    if (!measures) return std::unexpected(measures.error());
    const bool goes = !*dry_run && all_met(request->conditions, *measures);
    if (goes) {
      if (auto done = roll_over(services, state, *plan, *request, *measures); !done) return done;
    }
    out.begin_object().member("acknowledged", goes).member("shards_acknowledged", goes);
    out.member("old_index", plan->old_index).member("new_index", plan->new_index).member("rolled_over", goes);
    out.member("dry_run", *dry_run).member("lazy", false);
    write_conditions(out, *request, *measures);
    out.end_object();
    return {};
  });
  if (!changed) return std::unexpected(changed.error());
  return Reply::json(out.take());
}

}  // namespace sluice::rest
