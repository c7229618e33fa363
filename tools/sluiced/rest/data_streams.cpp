#include <algorithm>

#include "io/store/catalog/create_index.h"
#include "io/store/catalog/index_names.h"
#include "tools/sluiced/rest/routes.h"

namespace sluice::rest {

namespace {

/// Names and patterns as streams. Errors: index_not_found_exception for a name that is none.
Result<std::vector<const store::DataStreamMeta*>> streams_of(const store::ClusterState& state, const Call& call) {
  std::vector<const store::DataStreamMeta*> streams;
  for (const std::string& pattern : store::split_expression(call.text_or("name", "*"))) {
    bool any = pattern.find('*') != std::string::npos;
    for (const auto& [name, stream] : state.data_streams) {
      if (!wildcard_match(pattern, name)) continue;
      any = true;
      if (std::ranges::find(streams, &stream) == streams.end()) streams.push_back(&stream);
    }
    if (!any) return std::unexpected(store::index_not_found(pattern));
  }
  return streams;
}

std::string_view status_of(const store::ClusterState& state, const store::DataStreamMeta& stream) {
  for (const std::string& name : stream.indices) {
    if (state.find(name)->replicas() > 0) return "YELLOW";
  }
  return "GREEN";
}

void write_stream(JsonWriter& out, const store::ClusterState& state, const store::DataStreamMeta& stream) {
  out.begin_object().member("name", stream.name);
  out.key("timestamp_field").begin_object().member("name", "@timestamp").end_object();
  out.key("indices").begin_array();
  for (const std::string& name : stream.indices) {
    out.begin_object().member("index_name", name).member("index_uuid", state.find(name)->uuid);
    out.member("prefer_ilm", true).member("managed_by", "Unmanaged").member("index_mode", "standard").end_object();
  }
  out.end_array().member("generation", stream.generation).member("status", status_of(state, stream));
  out.member("template", stream.template_name).member("next_generation_managed_by", "Unmanaged");
  out.member("prefer_ilm", true).member("hidden", stream.hidden).member("system", false);
  out.member("allow_custom_routing", false).member("replicated", false).member("rollover_on_write", false);
  out.member("index_mode", "standard").end_object();
}

}  // namespace

Result<Reply> put_data_stream(Call& call, Services& services) {
  Status made = services.catalog.update([&](store::ClusterState& state) {
    return store::create_data_stream(services.catalog, state, call.text_or("name", ""));
  });
  if (!made) return std::unexpected(made.error());
  return Reply::acknowledged();
}

Result<Reply> get_data_streams(Call& call, Services& services) {
  const store::StatePtr state = services.catalog.state();
  auto streams = streams_of(*state, call);
  if (!streams) return std::unexpected(streams.error());
  JsonWriter out;
  out.begin_object().key("data_streams").begin_array();
  for (const store::DataStreamMeta* stream : *streams) write_stream(out, *state, *stream);
  out.end_array().end_object();
  return Reply::json(out.take());
}

Result<Reply> delete_data_stream(Call& call, Services& services) {
  Status deleted = services.catalog.update([&](store::ClusterState& state) -> Status {
    auto streams = streams_of(state, call);
    if (!streams) return std::unexpected(streams.error());
    for (const store::DataStreamMeta* stream : *streams) {
      for (const std::string& name : stream->indices) state.indices.erase(name);
      state.data_streams.erase(std::string(stream->name));
    }
    return {};
  });
  if (!deleted) return std::unexpected(deleted.error());
  return Reply::acknowledged();
}

Result<Reply> data_stream_stats(Call& /*call*/, Services& /*services*/) {
  return std::unexpected(
      unsupported("the statistics of data streams are not supported yet; ask _stats for those of their indices"));
}

}  // namespace sluice::rest
