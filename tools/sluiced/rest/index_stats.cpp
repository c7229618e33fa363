#include "tools/sluiced/rest/index_stats.h"

#include <algorithm>
#include <array>

#include "tools/sluiced/rest/index_options.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/search/contexts.h"

namespace sluice::rest {

namespace {

constexpr std::int64_t kMillisecond = 1'000'000;

/// Metrics that Elasticsearch knows. Those of parts that the store does not have are accepted and say nothing.
constexpr std::array<std::string_view, 19> kMetrics{
    "docs",     "shard_stats",   "store",    "indexing",    "get",         "search",     "merge",
    "refresh",  "flush",         "warmer",   "query_cache", "fielddata",   "completion", "segments",
    "translog", "request_cache", "recovery", "bulk",        "dense_vector"};

using Metrics = std::vector<std::string>;

bool wants(const Metrics& metrics, std::string_view name) {
  return metrics.empty() || std::ranges::find(metrics, name) != metrics.end();
}

void write_docs(JsonWriter& out, const IndexFigures& figures) {
  out.key("docs").begin_object().member("count", figures.docs).member("deleted", figures.deleted);
  out.member("total_size_in_bytes", figures.source_bytes).end_object();
}

void write_indexing(JsonWriter& out, const IndexFigures& figures) {
  out.key("indexing").begin_object().member("index_total", figures.indexed);
  out.member("index_time_in_millis", figures.index_ns / kMillisecond).member("index_current", 0);
  out.member("index_failed", figures.index_failed);
  out.member("index_failed_due_to_version_conflict", figures.index_conflicts);
  out.member("delete_total", figures.removed).member("delete_time_in_millis", figures.remove_ns / kMillisecond);
  out.member("delete_current", 0).member("is_throttled", false).member("throttle_time_in_millis", 0).end_object();
}

void write_get(JsonWriter& out, const IndexFigures& figures) {
  out.key("get").begin_object().member("total", figures.got + figures.missing);
  out.member("time_in_millis", (figures.got_ns + figures.missing_ns) / kMillisecond);
  out.member("exists_total", figures.got).member("exists_time_in_millis", figures.got_ns / kMillisecond);
  out.member("missing_total", figures.missing).member("missing_time_in_millis", figures.missing_ns / kMillisecond);
  out.member("current", 0).end_object();
}

void write_search(JsonWriter& out, const IndexFigures& figures, const SearchContexts::Open& open) {
  out.key("search").begin_object().member("open_contexts", static_cast<std::int64_t>(open.all));
  out.member("query_total", figures.queries).member("query_time_in_millis", figures.query_ns / kMillisecond);
  out.member("query_current", 0).member("scroll_total", 0).member("scroll_time_in_millis", 0);
  out.member("scroll_current", static_cast<std::int64_t>(open.scrolls))
      .member("suggest_total", 0)
      .member("suggest_time_in_millis", 0);
  out.member("suggest_current", 0).end_object();
}

void write_refreshes(JsonWriter& out, const IndexFigures& figures) {
  out.key("refresh").begin_object().member("total", figures.refreshes);
  out.member("total_time_in_millis", figures.refresh_ns / kMillisecond).member("external_total", figures.refreshes);
  out.member("external_total_time_in_millis", figures.refresh_ns / kMillisecond).member("listeners", 0).end_object();
}

void write_flushes(JsonWriter& out, const IndexFigures& figures) {
  out.key("flush").begin_object().member("total", figures.flushes).member("periodic", 0);
  out.member("total_time_in_millis", figures.flush_ns / kMillisecond);
  out.member("total_time_excluding_waiting_on_lock_in_millis", figures.flush_ns / kMillisecond).end_object();
}

Status write_shard_list(JsonWriter& out, Services& services, const store::IndexMeta& index, const Metrics& metrics) {
  const store::ViewPtr view = services.views.view(index);
  out.key("shards").begin_object();
  for (std::uint32_t shard = 0; shard < index.shards(); ++shard) {
    auto facts = view->facts(index.key(), shard);
    if (!facts) return std::unexpected(facts.error());
    out.key(std::to_string(shard)).begin_array().begin_object();
    out.key("routing").begin_object().member("state", "STARTED").member("primary", true);
    out.member("node", services.node_id).key("relocating_node").null().end_object();
    IndexFigures figures;
    figures.docs = static_cast<std::int64_t>(facts->documents);
    figures.deleted = static_cast<std::int64_t>(facts->deleted);
    figures.source_bytes = static_cast<std::int64_t>(facts->source_bytes);
    if (wants(metrics, "docs")) write_docs(out, figures);
    out.key("seq_no").begin_object().member("max_seq_no", facts->max_seq_no);
    out.member("local_checkpoint", facts->max_seq_no).member("global_checkpoint", facts->max_seq_no).end_object();
    out.end_object().end_array();
  }
  out.end_object();
  return {};
}

}  // namespace

void write_figures(JsonWriter& out, std::string_view key, const IndexFigures& figures,
                   const std::vector<std::string>& metrics, const SearchContexts::Open& open) {
  out.key(key).begin_object();
  if (wants(metrics, "docs")) write_docs(out, figures);
  if (wants(metrics, "shard_stats")) {
    out.key("shard_stats").begin_object().member("total_count", figures.shards).end_object();
  }
  if (wants(metrics, "store")) {
    out.key("store").begin_object().member("size_in_bytes", figures.bytes);
    out.member("total_data_set_size_in_bytes", figures.bytes).member("reserved_in_bytes", 0).end_object();
  }
  if (wants(metrics, "indexing")) write_indexing(out, figures);
  if (wants(metrics, "get")) write_get(out, figures);
  if (wants(metrics, "search")) write_search(out, figures, open);
  if (wants(metrics, "refresh")) write_refreshes(out, figures);
  if (wants(metrics, "flush")) write_flushes(out, figures);
  if (wants(metrics, "fielddata")) {
    out.key("fielddata").begin_object().member("memory_size_in_bytes", 0).member("evictions", 0).end_object();
  }
  if (wants(metrics, "completion")) out.key("completion").begin_object().member("size_in_bytes", 0).end_object();
  for (const std::string_view cache : {"query_cache", "request_cache"}) {
    if (!wants(metrics, cache)) continue;
    out.key(cache).begin_object().member("memory_size_in_bytes", 0).member("evictions", 0);
    out.member("hit_count", 0).member("miss_count", 0).end_object();
  }
  out.end_object();
}

Result<std::vector<std::string>> index_metrics_of(const Call& call, std::string_view part) {
  Metrics metrics = call.list(part);
  if (metrics.size() == 1 && metrics.front() == "_all") return Metrics{};
  std::string unknown;
  for (const std::string& each : metrics) {
    if (each == "_all") {
      return std::unexpected(illegal_argument("request [" + call.path + "] contains _all and individual metrics [" +
                                              std::string(call.text_or(part, "")) + "]"));
    }
    if (std::ranges::find(kMetrics, each) == kMetrics.end()) unknown += (unknown.empty() ? "[" : ", [") + each + "]";
  }
  if (unknown.empty()) return metrics;
  return std::unexpected(illegal_argument("request [" + call.path + "] contains unrecognized metric: " + unknown));
}

Result<Reply> get_index_stats(Call& call, Services& services) {
  auto metrics = index_metrics_of(call, "metric");
  if (!metrics) return std::unexpected(metrics.error());
  const std::string_view level = call.text_or("level", "indices");
  if (level != "cluster" && level != "indices" && level != "shards") {
    return std::unexpected(illegal_argument(
        "level parameter must be one of [cluster] or [indices] or [shards] but was [" + std::string(level) + "]"));
  }
  const store::StatePtr state = services.catalog.state();
  store::IndexOptions options;
  options.expand_hidden = true;
  auto indices = indices_of(call, *state, options);
  if (!indices) return std::unexpected(indices.error());
  IndexFigures all;
  std::vector<IndexFigures> figures;
  for (const store::ResolvedIndex& each : *indices) {
    auto one = figures_of(services, *each.index);
    if (!one) return std::unexpected(one.error());
    all.add(*one);
    figures.push_back(*one);
  }
  const SearchContexts::Open open = services.contexts.open_count();
  JsonWriter out;
  out.begin_object();
  write_shards(out, *indices);
  out.key("_all").begin_object();
  write_figures(out, "primaries", all, *metrics, open);
  write_figures(out, "total", all, *metrics, open);
  out.end_object();
  if (level == "cluster") {
    out.end_object();
    return Reply::json(out.take());
  }
  out.key("indices").begin_object();
  for (std::size_t i = 0; i < indices->size(); ++i) {
    const store::IndexMeta& index = *(*indices)[i].index;
    out.key(index.name).begin_object().member("uuid", index.uuid).member("health", health_of(index));
    out.member("status", index.open ? "open" : "close");
    write_figures(out, "primaries", figures[i], *metrics, open);
    write_figures(out, "total", figures[i], *metrics, open);
    if (level == "shards") {
      if (auto written = write_shard_list(out, services, index, *metrics); !written) {
        return std::unexpected(written.error());
      }
    }
    out.end_object();
  }
  out.end_object().end_object();
  return Reply::json(out.take());
}

}  // namespace sluice::rest
