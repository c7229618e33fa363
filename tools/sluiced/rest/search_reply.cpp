#include "tools/sluiced/rest/search_reply.h"

#include <algorithm>
#include <limits>

#include "tools/sluiced/rest/cluster_setting.h"
#include "tools/sluiced/services.h"

namespace sluice::rest {

namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

void write_total(JsonWriter& out, const SearchRequest& request, const SearchResult& result) {
  if (request.total_as_int) {
    out.key("total").integer(request.track_total == 0 ? -1 : result.total);
    return;
  }
  if (request.track_total == 0) return;
  out.key("total").begin_object().member("value", result.total);
  out.member("relation", result.total_exact ? "eq" : "gte").end_object();
}

/// `index.max_result_window` holds for pages, and for what a sorted search keeps. Source: reference/query-dsl.md 13.
Status check_window(const Services& services, const SearchTargets& targets, const SearchRequest& request) {
  for (const IndexTarget& target : targets.indices) {
    const std::int64_t most = std::stoll("0" + target.index->setting("index.max_result_window", "10000"));
    if (request.from + request.size <= most) continue;
    const std::string asked = std::to_string(request.from + request.size);
    const std::string reason =
        request.scroll
            ? "Batch size is too large, size must be less than or equal to: [" + std::to_string(most) + "] but was [" +
                  std::to_string(request.size) +
                  "]. Scroll batch sizes cost as much memory as result windows so they are controlled by the "
                  "[index.max_result_window] index level setting."
            : "Result window is too large, from + size must be less than or equal to: [" + std::to_string(most) +
                  "] but was [" + asked +
                  "]. See the scroll api for a more efficient way to request large data sets. This limit can "
                  "be set by changing the [index.max_result_window] index level setting.";
    return std::unexpected(all_shards_failed(services, *target.index, illegal_argument(reason)));
  }
  return {};
}

/// What `_stats` tells: each shard that was looked at is a query.
void count_queries(Services& services, const SearchTargets& targets, const std::vector<ShardTarget>& shards,
                   std::chrono::steady_clock::time_point began) {
  if (shards.empty()) return;
  const auto spent = std::chrono::duration_cast<Nanoseconds>(std::chrono::steady_clock::now() - began).count();
  for (const ShardTarget& shard : shards) {
    store::OperationCounts& counts = services.indexer.counts().of(targets.indices[shard.index].index->number);
    ++counts.queries;
    counts.query_ns += spent / static_cast<std::int64_t>(shards.size());
  }
}

struct Prepared {
  TargetsPtr targets;
  std::vector<ShardTarget> shards;
  std::vector<CompiledSearch> compiled;
  std::vector<IndexFailure> failures;
};

Result<Prepared> prepare(Services& services, TargetsPtr targets, const SearchRequest& request) {
  Prepared prepared;
  prepared.targets = std::move(targets);
  if (auto checked = check_window(services, *prepared.targets, request); !checked) {
    return std::unexpected(checked.error());
  }
  auto shards = shard_targets(*prepared.targets, request.routing, request.slice, request.scroll.has_value());
  if (!shards) {
    const bool slices = shards.error().reason.starts_with("The number of slices") && !prepared.targets->indices.empty();
    if (!slices) return std::unexpected(shards.error());
    return std::unexpected(all_shards_failed(services, *prepared.targets->indices.front().index, shards.error()));
  }
  prepared.shards = std::move(*shards);
  const bool partial =
      request.partial.value_or(cluster_setting(services, "search.default_allow_partial_results") != "false");
  auto compiled = compile_search(services, *prepared.targets, request.query, request.sort, partial);
  if (!compiled) return std::unexpected(compiled.error());
  prepared.compiled = std::move(compiled->each);
  prepared.failures = std::move(compiled->failures);
  std::erase_if(prepared.shards, [&](const ShardTarget& shard) { return prepared.compiled[shard.index].failed; });
  return prepared;
}

}  // namespace

std::string search_reply_json(const Services& services, const SearchReply& reply) {
  const auto took =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - reply.began);
  JsonWriter out;
  out.begin_object();
  if (!reply.scroll_id.empty()) out.member("_scroll_id", reply.scroll_id);
  if (!reply.pit_id.empty()) out.member("pit_id", reply.pit_id);
  out.member("took", static_cast<std::int64_t>(took.count())).member("timed_out", false);
  // Who only counts, and counts all, learns that counting was not cut short.
  const bool counts = reply.request.size == 0 && reply.request.track_total == kMost && reply.shards > 0;
  if (reply.request.terminate_after || counts) out.member("terminated_early", reply.result.terminated_early);
  write_search_shards(out, services, reply.shards, reply.failures);
  out.key("hits").begin_object();
  write_total(out, reply.request, reply.result);
  out.key("max_score");
  if (reply.shards == 0) {
    out.raw("0.0");
  } else if (reply.result.scored && reply.result.count > 0) {
    out.raw("1.0");
  } else {
    out.null();
  }
  out.key("hits").raw(reply.result.hits).end_object().end_object();
  return out.take();
}

Error context_missing(std::string_view id) {
  return no_shard_failed(Error(ErrorKind::kNotFound, 404, "search_context_missing_exception",
                               "No search context found for id [" + std::string(id) + "]"));
}

Error no_shard_failed(Error cause) {
  Error error(cause.kind, cause.status, "search_phase_execution_exception", "all shards failed");
  if (cause.type == "illegal_argument_exception") error.caused_by = std::make_shared<const Error>(cause);
  JsonWriter failed;
  failed.begin_array().begin_object().member("shard", -1).key("index").null().key("reason");
  cause.write(failed);
  failed.end_object().end_array();
  error.details.emplace_back("phase", "\"query\"");
  error.details.emplace_back("grouped", "true");
  error.details.emplace_back("failed_shards", failed.take());
  error.root_causes = {std::move(cause)};
  return error;
}

Result<std::string> run_search(Services& services, const SearchRequest& request, std::string_view expression,
                               const store::IndexOptions& options) {
  const auto began = std::chrono::steady_clock::now();
  const bool pit = !request.pit.empty();
  TargetsPtr targets;
  if (pit) {
    const ContextPtr context = services.contexts.find(request.pit, request.pit_keep_alive);
    if (context == nullptr || context->request) return std::unexpected(context_missing(request.pit));
    targets = context->targets;
  } else {
    auto found = search_targets(services, expression, options);
    if (!found) {
      // What is wrong with the query comes first, whatever it is to search.
      if (auto readable = check_query(request.query); !readable) return std::unexpected(readable.error());
      return std::unexpected(found.error());
    }
    targets = *found;
  }
  auto prepared = prepare(services, std::move(targets), request);
  if (!prepared) return std::unexpected(prepared.error());
  SearchRequest scrolled;
  if (request.scroll) {
    scrolled = request;
    scrolled.track_total = kMost;  // a scroll always knows
    if (auto checked = ContextLimits::of(services).check(*request.scroll); !checked) {
      if (prepared->targets->indices.empty()) return std::unexpected(checked.error());
      return std::unexpected(all_shards_failed(services, *prepared->targets->indices.front().index, checked.error()));
    }
  }
  const SearchRequest& effective = request.scroll ? scrolled : request;
  auto result = execute_search(
      {effective, *prepared->targets, prepared->shards, prepared->compiled, pit, true, std::nullopt, {}});
  if (!result) {
    if (result.error().kind != ErrorKind::kBadRequest || prepared->targets->indices.empty()) {
      return std::unexpected(result.error());
    }
    return std::unexpected(all_shards_failed(services, *prepared->targets->indices.front().index, result.error()));
  }
  count_queries(services, *prepared->targets, prepared->shards, began);
  std::string scroll_id;
  if (request.scroll) {
    auto context = std::make_shared<SearchContext>();
    context->targets = prepared->targets;
    context->request = effective;
    context->total = result->total;
    context->total_exact = result->total_exact;
    if (result->count > 0) context->position = result->position;
    context->last_sort = result->last_sort;
    auto opened = services.contexts.open(std::move(context), *request.scroll, ContextLimits::of(services));
    if (!opened) {
      if (prepared->targets->indices.empty()) return std::unexpected(opened.error());
      return std::unexpected(all_shards_failed(services, *prepared->targets->indices.front().index, opened.error()));
    }
    scroll_id = std::move(*opened);
  }
  return search_reply_json(
      services, {scroll_id, request.pit, began, prepared->targets->shards(), effective, *result, prepared->failures});
}

Result<std::string> continue_scroll(Services& services, std::string_view id, const std::optional<TimeValue>& keep_alive,
                                    bool total_as_int) {
  const auto began = std::chrono::steady_clock::now();
  if (keep_alive) {
    if (auto checked = ContextLimits::of(services).check(*keep_alive); !checked) {
      services.contexts.close(id);
      return std::unexpected(no_shard_failed(checked.error()));
    }
  }
  const ContextPtr context = services.contexts.find(id, keep_alive);
  if (context == nullptr || !context->request) return std::unexpected(context_missing(id));
  const std::scoped_lock turn(context->turn);
  SearchRequest request = *context->request;
  request.from = 0;
  request.total_as_int = total_as_int;
  auto prepared = prepare(services, context->targets, request);
  if (!prepared) return std::unexpected(prepared.error());
  SearchResult result;
  if (context->position) {
    auto executed = execute_search({request, *prepared->targets, prepared->shards, prepared->compiled, false, false,
                                    context->position, context->last_sort});
    if (!executed) return std::unexpected(executed.error());
    result = std::move(*executed);
  } else {
    result.hits = "[]";
    result.scored = request.sort.empty();
  }
  count_queries(services, *prepared->targets, prepared->shards, began);
  if (result.count > 0) {
    context->position = result.position;
    context->last_sort = result.last_sort;
  } else {
    context->position.reset();
  }
  result.total = context->total;
  result.total_exact = context->total_exact;
  // Without a new time the scroll has had its last page, and names itself no more.
  const bool last = !keep_alive;
  if (last) services.contexts.close(id);
  return search_reply_json(services, {last ? std::string_view() : id, "", began, prepared->targets->shards(), request,
                                      result, prepared->failures});
}

}  // namespace sluice::rest
