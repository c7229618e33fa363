#include <algorithm>
#include <chrono>

#include "io/store/catalog/create_index.h"
#include "tools/sluiced/rest/alias_actions.h"
#include "tools/sluiced/rest/index_options.h"
#include "tools/sluiced/rest/index_views.h"
#include "tools/sluiced/rest/routes.h"

namespace sluice::rest {

namespace {

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::int64_t nanoseconds_since(std::chrono::steady_clock::time_point began) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - began).count();
}

/// `action.destructive_requires_name`: a name for every index that goes.
bool requires_name(const store::ClusterState& state, const Services& services) {
  constexpr std::string_view kName = "action.destructive_requires_name";
  for (const store::Settings* settings : {&state.transient, &state.persistent, &services.node_settings}) {
    const auto found = settings->find(kName);
    if (found != settings->end()) return found->second != "\"false\"" && found->second != "false";
  }
  return true;
}

Status check_destructive(const Call& call, const store::ClusterState& state, const Services& services) {
  if (!requires_name(state, services)) return {};
  for (const std::string& each : store::split_expression(call.text_or("index", ""))) {
    if (each.find('*') == std::string::npos && each != "_all") continue;
    return std::unexpected(illegal_argument("Wildcard expressions or all indices are not allowed"));
  }
  return {};
}

Status refuse_backing_index(const store::ClusterState& state, const store::IndexMeta& index) {
  if (index.data_stream.empty()) return {};
  const auto stream = state.data_streams.find(index.data_stream);
  if (stream == state.data_streams.end() || stream->second.indices.back() != index.name) return {};
  return std::unexpected(illegal_argument("index [" + index.name + "] is the write index for data stream [" +
                                          index.data_stream + "] and cannot be deleted"));
}

/// `PUT /index` answers, and `_open`, when as many copies are there as were asked for: more than one never are.
Result<bool> shards_acknowledged(const Call& call) {
  const std::string_view wanted = call.text_or("wait_for_active_shards", "1");
  if (wanted == "all") return true;
  auto count = call.integer("wait_for_active_shards", 1);
  if (!count) {
    Error error = illegal_argument("cannot parse ActiveShardCount[" + std::string(wanted) + "]");
    return std::unexpected(std::move(error).wrapping(*count.error().caused_by));
  }
  return *count <= 1;
}

struct Shown {
  std::vector<std::string> features;
  bool flat = false;
  bool human = false;
};

/// What was not asked for is there and empty.
void write_index(JsonWriter& out, const store::IndexMeta& index, const Shown& shown) {
  const auto wants = [&](std::string_view feature) {
    return shown.features.empty() || std::ranges::find(shown.features, feature) != shown.features.end();
  };
  out.key(index.name).begin_object();
  if (wants("aliases")) {
    write_aliases(out, index, {});
  } else {
    out.key("aliases").begin_object().end_object();
  }
  out.key("mappings").raw(wants("mappings") ? std::string_view(index.mapping->json()) : std::string_view("{}"));
  out.key("settings");
  write_settings(out, wants("settings") ? all_settings(index, shown.human) : store::Settings{}, shown.flat);
  if (!index.data_stream.empty()) out.member("data_stream", index.data_stream);
  out.end_object();
}

}  // namespace

Result<Reply> create_index_route(Call& call, Services& services) {
  auto name = store::resolve_date_math(call.text_or("index", ""), now_ms());
  if (!name) return std::unexpected(name.error());
  auto request = store::parse_new_index(*name, call.body());
  if (!request) return std::unexpected(request.error());
  for (const auto& [alias_name, alias] : request->aliases) {
    if (auto checked = check_alias(alias); !checked) return std::unexpected(checked.error());
  }
  request->provided_name = call.text_or("index", "");
  auto acknowledged = shards_acknowledged(call);
  if (!acknowledged) return std::unexpected(acknowledged.error());
  Status created = services.catalog.update([&](store::ClusterState& state) -> Status {
    auto made = store::create_index(services.catalog, state, std::move(*request));
    return made ? Status{} : std::unexpected(made.error());
  });
  if (!created) return std::unexpected(created.error());
  JsonWriter out;
  out.begin_object().member("acknowledged", true).member("shards_acknowledged", *acknowledged);
  out.member("index", *name).end_object();
  return Reply::json(out.take());
}

Result<Reply> delete_index_route(Call& call, Services& services) {
  Status deleted = services.catalog.update([&](store::ClusterState& state) -> Status {
    if (auto checked = check_destructive(call, state, services); !checked) return checked;
    store::IndexOptions options = administration_options();
    options.allow_aliases = false;
    options.data_streams = false;
    auto indices = indices_of(call, state, options);
    if (!indices) return std::unexpected(indices.error());
    if (Status free = check_blocks(*indices, store::IndexUse::kChangeMetadata); !free) return free;
    for (const store::ResolvedIndex& each : *indices) {
      if (auto checked = refuse_backing_index(state, *each.index); !checked) return checked;
      if (const auto stream = state.data_streams.find(each.index->data_stream); stream != state.data_streams.end()) {
        std::erase(stream->second.indices, each.index->name);
      }
      state.indices.erase(each.index->name);
    }
    return {};
  });
  if (!deleted) return std::unexpected(deleted.error());
  return Reply::acknowledged();
}

Result<Reply> get_index_route(Call& call, Services& services) {
  const store::StatePtr state = services.catalog.state();
  store::IndexOptions options;
  options.allow_closed = true;
  auto indices = indices_of(call, *state, options);
  if (!indices) return std::unexpected(indices.error());
  if (Status free = check_blocks(*indices, store::IndexUse::kReadMetadata); !free) return std::unexpected(free.error());
  auto flat = call.flag("flat_settings", false);
  auto human = call.flag("human", false);
  if (!flat || !human) return std::unexpected(!flat ? flat.error() : human.error());
  const Shown shown{call.list("features"), *flat, *human};
  for (const std::string& feature : call.list("features")) {
    if (feature == "aliases" || feature == "mappings" || feature == "settings") continue;
    return std::unexpected(illegal_argument("Invalid features specified [" + feature + "]"));
  }
  JsonWriter out;
  out.begin_object();
  for (const store::ResolvedIndex& each : *indices) write_index(out, *each.index, shown);
  out.end_object();
  // An expression that stands for nothing is nothing, not a 404, unless it names an index.
  return Reply::json(out.take());
}

Result<Reply> open_index(Call& call, Services& services) {
  auto acknowledged = shards_acknowledged(call);
  if (!acknowledged) return std::unexpected(acknowledged.error());
  store::IndexOptions options;
  options.expand_open = false;
  options.expand_closed = true;
  options.allow_closed = true;
  Status opened = change_indices(call, services, options, [](store::ClusterState&, store::IndexMeta& index) -> Status {
    if (Status free = check_blocks(index, store::IndexUse::kChangeMetadata); !free) return free;
    index.open = true;
    return {};
  });
  if (!opened) return std::unexpected(opened.error());
  JsonWriter out;
  out.begin_object().member("acknowledged", true).member("shards_acknowledged", *acknowledged).end_object();
  return Reply::json(out.take());
}

Result<Reply> close_index(Call& call, Services& services) {
  store::IndexOptions options;
  options.allow_closed = true;
  std::vector<std::string> closed;
  {
    const store::StatePtr state = services.catalog.state();
    if (auto checked = check_destructive(call, *state, services); !checked) return std::unexpected(checked.error());
  }
  Status done = change_indices(call, services, options, [&](store::ClusterState&, store::IndexMeta& index) -> Status {
    if (Status free = check_blocks(index, store::IndexUse::kChangeMetadata); !free) return free;
    if (index.open) closed.push_back(index.name);
    index.open = false;
    return {};
  });
  if (!done) return std::unexpected(done.error());
  JsonWriter out;
  out.begin_object().member("acknowledged", true).member("shards_acknowledged", !closed.empty());
  out.key("indices").begin_object();
  for (const std::string& name : closed) out.key(name).begin_object().member("closed", true).end_object();
  out.end_object().end_object();
  return Reply::json(out.take());
}

Result<Reply> refresh_index(Call& call, Services& services) {
  const store::StatePtr state = services.catalog.state();
  auto indices = indices_of(call, *state, {});
  if (!indices) return std::unexpected(indices.error());
  for (const store::ResolvedIndex& each : *indices) {
    const auto began = std::chrono::steady_clock::now();
    services.views.refresh(*each.index);
    store::OperationCounts& counts = services.indexer.counts().of(each.index->number);
    counts.refreshes += each.index->shards();
    counts.refresh_ns += nanoseconds_since(began);
  }
  JsonWriter out;
  out.begin_object();
  write_shards(out, *indices);
  out.end_object();
  return Reply::json(out.take());
}

Result<Reply> flush_index(Call& call, Services& services) {
  const store::StatePtr state = services.catalog.state();
  auto wait = call.flag("wait_if_ongoing", true);
  auto force = call.flag("force", false);
  if (!wait || !force) return std::unexpected(!wait ? wait.error() : force.error());
  if (*force && !*wait) {
    return std::unexpected(validation_error({"wait_if_ongoing must be true for a force flush"}));
  }
  auto indices = indices_of(call, *state, {});
  if (!indices) return std::unexpected(indices.error());
  const auto began = std::chrono::steady_clock::now();
  if (auto synced = services.documents.sync(); !synced) return std::unexpected(synced.error());
  for (const store::ResolvedIndex& each : *indices) {
    store::OperationCounts& counts = services.indexer.counts().of(each.index->number);
    counts.flushes += each.index->shards();
    counts.flush_ns += nanoseconds_since(began);
  }
  JsonWriter out;
  out.begin_object();
  write_shards(out, *indices);
  out.end_object();
  return Reply::json(out.take());
}

Result<Reply> force_merge(Call& call, Services& services) {
  const store::StatePtr state = services.catalog.state();
  auto segments = call.integer("max_num_segments", -1);
  auto only_deletes = call.flag("only_expunge_deletes", false);
  if (!segments || !only_deletes) return std::unexpected(!segments ? segments.error() : only_deletes.error());
  if (*only_deletes && *segments != -1) {
    return std::unexpected(validation_error(
        {"cannot set only_expunge_deletes and max_num_segments at the same time, those two parameters are mutually "
         "exclusive"}));
  }
  auto indices = indices_of(call, *state, {});
  if (!indices) return std::unexpected(indices.error());
  if (Status free = check_blocks(*indices, store::IndexUse::kChangeMetadata); !free)
    return std::unexpected(free.error());
  for (const store::ResolvedIndex& each : *indices) {
    if (auto merged = services.documents.compact(each.index->key()); !merged) return std::unexpected(merged.error());
  }
  JsonWriter out;
  out.begin_object();
  write_shards(out, *indices);
  out.end_object();
  return Reply::json(out.take());
}

}  // namespace sluice::rest
