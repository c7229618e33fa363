#include "tools/sluiced/rest/search_reply.h"

#include <algorithm>
#include <limits>
#include <map>

#include "tools/sluiced/rest/cluster_setting.h"
#include "tools/sluiced/services.h"

namespace sluice::rest {

namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

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

/// Whether an answer may have a part of what there is.
bool takes_partial(const Services& services, const SearchRequest& request) {
  return request.partial.value_or(cluster_setting(services, "search.default_allow_partial_results") != "false");
}

/// What ends a search: its own time, or that of searches which name none. Errors: a setting that is no time.
Result<SearchStop> stop_of(const Services& services, const SearchRequest& request, const serve::Abandoned& abandoned) {
  constexpr std::string_view kSetting = "search.default_search_timeout";
  if (request.timeout) return SearchStop(abandoned, request.timeout);
  auto timeout = parse_time_value(cluster_setting(services, kSetting), kSetting);
  if (!timeout) return std::unexpected(std::move(timeout.error()));
  return SearchStop(abandoned, *timeout);
}

/// Who wants no part of the hits gets none when the time was over.
Status check_whole(const Services& services, const PageRun& run) {
  const SearchPage& page = run.page();
  if (!run.result().timed_out || page.targets->indices.empty() || takes_partial(services, page.request)) return {};
  return std::unexpected(all_shards_failed(services, *page.targets->indices.front().index, search_timeout()));
}

/// Shards that failed are left out where some answered, and who asks takes a part of the hits.
Status check_answered(const Services& services, const PageRun& run) {
  const std::vector<ShardFailure>& failures = run.result().failures;
  if (failures.empty()) return {};
  if (run.all_left_out()) return std::unexpected(shards_failed(services, kAllShardsFailed, failures));
  if (takes_partial(services, run.page().request)) return {};
  return std::unexpected(shards_failed(services, kPartialShardsFailure, failures));
}

/// Scores are by what each shard knows: with one shard that is all there is.
Status check_statistics(const SearchPage& page) {
  const bool asked = page.request.global_statistics && page.shards.size() > 1 && wants_scores(page.request);
  const bool counted = std::ranges::any_of(
      page.compiled, [](const CompiledSearch& search) { return !search.failed && search.query->needs_statistics(); });
  if (!asked || !counted) return {};
  return std::unexpected(
      unsupported("[search_type=dfs_query_then_fetch] over several shards is not supported by this version of sluiced: "
                  "leave it out, or search an index of one shard"));
}

/// `indices_boost`: the first expression that stands for an index counts. Errors: names that are not there.
Status set_boosts(const Services& services, const std::vector<IndexBoost>& boosts, SearchPage& page) {
  std::map<std::uint64_t, float> known;
  for (const IndexBoost& each : boosts) {
    const auto found = store::resolve_indices(*services.catalog.state(), each.expression, store::IndexOptions());
    if (!found) return std::unexpected(found.error());
    for (const store::ResolvedIndex& one : *found) known.try_emplace(one.index->number, each.boost);
  }
  for (std::size_t i = 0; i < page.compiled.size(); ++i) {
    const auto boost = known.find(page.targets->indices[i].index->number);
    if (boost != known.end()) page.compiled[i].boost = boost->second;
  }
  return {};
}

/// Checks and compiles all but where the page begins. `known`: of a page before; null: it is the first one.
Result<SearchPage> prepare(Services& services, TargetsPtr targets, SearchRequest request,
                           const CompiledSearches* known) {
  SearchPage page;
  page.targets = std::move(targets);
  page.request = std::move(request);
  if (auto checked = check_window(services, *page.targets, page.request); !checked) {
    return std::unexpected(checked.error());
  }
  auto shards = shard_targets(*page.targets, page.request.shards, page.request.slice, page.request.scroll.has_value());
  if (!shards) {
    const bool slices = shards.error().reason.starts_with("The number of slices") && !page.targets->indices.empty();
    if (!slices) return std::unexpected(shards.error());
    return std::unexpected(all_shards_failed(services, *page.targets->indices.front().index, shards.error()));
  }
  page.shards = std::move(*shards);
  page.seen_before = known != nullptr;
  if (page.seen_before) {
    page.compiled = known->each;
    page.failures = known->failures;
    std::erase_if(page.shards, [&](const ShardTarget& shard) {
      return std::ranges::any_of(page.failures, [&](const ShardFailure& failure) {
        return failure.is_of(*page.targets->indices[shard.index].index, shard.shard);
      });
    });
    return page;
  }
  const bool partial = takes_partial(services, page.request);
  const bool shows_hits = page.request.size > 0;
  const SearchTerms terms{page.request.query, page.request.sort, wants_scores(page.request),
                          shows_hits ? &page.request.script_fields : nullptr, shows_hits};
  auto compiled = compile_search(services, *page.targets, terms, partial);
  if (!compiled) return std::unexpected(compiled.error());
  page.compiled = std::move(compiled->each);
  if (Status set = set_boosts(services, page.request.index_boosts, page); !set) {
    return std::unexpected(std::move(set.error()));
  }
  page.failures = std::move(compiled->failures);
  std::erase_if(page.shards, [&](const ShardTarget& shard) { return page.compiled[shard.index].failed; });
  if (auto checked = check_statistics(page); !checked) return std::unexpected(std::move(checked.error()));
  return page;
}

/// What a request may be told of a scroll's keep-alive, and by whom.
Status check_scroll(const Services& services, const SearchTargets& targets, const SearchRequest& request) {
  if (!request.scroll) return {};
  auto checked = ContextLimits::of(services).check(*request.scroll);
  if (checked || targets.indices.empty()) return checked;
  return std::unexpected(all_shards_failed(services, *targets.indices.front().index, checked.error()));
}

/// Opens the scroll of a first page, and takes its first turn.
Result<std::unique_ptr<ScrollTurn>> open_scroll(Services& services, const PageRun& run, std::string& id) {
  auto context = std::make_shared<SearchContext>();
  context->targets = run.page().targets;
  context->request = run.page().request;
  context->total = run.result().total;
  context->total_exact = run.result().total_exact;
  context->compiled = {run.page().compiled, run.result().failures};
  auto turn = ScrollTurn::take(context);
  auto opened = services.contexts.open(std::move(context), *run.page().request.scroll, ContextLimits::of(services));
  if (!opened) {
    const std::vector<IndexTarget>& indices = run.page().targets->indices;
    if (indices.empty()) return std::unexpected(opened.error());
    return std::unexpected(all_shards_failed(services, *indices.front().index, opened.error()));
  }
  id = std::move(*opened);
  return turn;
}

Error scroll_taken(std::string_view id) {
  return {ErrorKind::kThrottled, 429, "es_rejected_execution_exception",
          "the scroll [" + std::string(id) +
              "] is busy with the page before: read that to its end, or close its connection, and ask again"};
}

}  // namespace

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

Result<SearchAnswer> run_search(Services& services, SearchRequest request, std::string_view expression,
                                const store::IndexOptions& options, const serve::Abandoned& abandoned) {
  AnswerHead head{{}, request.pit, std::chrono::steady_clock::now(), 0, {}};
  TargetsPtr targets;
  if (!request.pit.empty()) {
    const ContextPtr context = services.contexts.find(request.pit, ContextKind::kPointInTime, request.pit_keep_alive);
    if (context == nullptr) return std::unexpected(context_missing(request.pit));
    targets = context->targets;
    request.shards = context->shards;
  } else {
    auto found = search_targets(services, expression, options);
    if (!found) {
      // What is wrong with the query comes first, whatever it is to search.
      if (auto readable = check_query(request.query); !readable) return std::unexpected(readable.error());
      return std::unexpected(found.error());
    }
    targets = *found;
  }
  head.shards = targets->shards(request.shards);
  if (request.scroll) request.track_total = kMost;  // a scroll always knows
  auto page = prepare(services, targets, std::move(request), nullptr);
  if (!page) return std::unexpected(page.error());
  page->with_shard_doc = !head.pit_id.empty();
  auto stop = stop_of(services, page->request, abandoned);
  if (!stop) return std::unexpected(std::move(stop.error()));
  page->stop = std::move(*stop);
  if (auto checked = check_scroll(services, *targets, page->request); !checked) {
    return std::unexpected(checked.error());
  }
  const std::vector<ShardTarget> shards = page->shards;
  auto hits = first_hits(std::move(*page));
  if (!hits) {
    if (!is_of_shard(hits.error()) || targets->indices.empty()) return std::unexpected(hits.error());
    return std::unexpected(all_shards_failed(services, *targets->indices.front().index, hits.error()));
  }
  count_queries(services, *targets, shards, head.began);
  if (auto answered = check_answered(services, *hits->run); !answered) return std::unexpected(answered.error());
  if (auto whole = check_whole(services, *hits->run); !whole) return std::unexpected(whole.error());
  std::unique_ptr<ScrollTurn> turn;
  if (hits->run->page().request.scroll) {
    auto opened = open_scroll(services, *hits->run, head.scroll_id);
    if (!opened) return std::unexpected(opened.error());
    turn = std::move(*opened);
  }
  head.failures = hits->run->result().failures;
  const SearchResult facts = hits->run->result();
  return search_answer(services, head, facts, std::move(*hits), std::move(turn));
}

Result<SearchAnswer> continue_scroll(Services& services, std::string_view id,
                                     const std::optional<TimeValue>& keep_alive, bool total_as_int,
                                     const serve::Abandoned& abandoned) {
  const auto began = std::chrono::steady_clock::now();
  if (keep_alive) {
    if (auto checked = ContextLimits::of(services).check(*keep_alive); !checked) {
      services.contexts.close(id, ContextKind::kScroll);
      return std::unexpected(no_shard_failed(checked.error()));
    }
  }
  const ContextPtr context = services.contexts.find(id, ContextKind::kScroll, keep_alive);
  if (context == nullptr) return std::unexpected(context_missing(id));
  auto turn = ScrollTurn::take(context);
  if (turn == nullptr) return std::unexpected(no_shard_failed(scroll_taken(id)));
  SearchRequest request = *context->request;
  request.from = 0;
  request.total_as_int = total_as_int;
  auto page = prepare(services, context->targets, std::move(request), &context->compiled);
  if (!page) return std::unexpected(page.error());
  page->count_total = false;
  auto stop = stop_of(services, page->request, abandoned);
  if (!stop) return std::unexpected(std::move(stop.error()));
  page->stop = std::move(*stop);
  page->after = context->position;
  page->after_sort = context->last_sort;
  // Without a new time the scroll has had its last page, and names itself no more.
  const bool last = !keep_alive;
  AnswerHead head{last ? std::string() : std::string(id),
                  {},
                  began,
                  context->targets->shards(page->request.shards),
                  page->failures};
  SearchResult facts;
  facts.scored = page->request.sort.empty();
  facts.total = context->total;
  facts.total_exact = context->total_exact;
  SearchAnswer answer;
  if (context->ended) {
    answer.body = answer_without_hits(services, head, page->request, facts);
  } else {
    const std::vector<ShardTarget> shards = page->shards;
    auto hits = first_hits(std::move(*page));
    if (!hits) return std::unexpected(hits.error());
    if (auto answered = check_answered(services, *hits->run); !answered) return std::unexpected(answered.error());
    count_queries(services, *context->targets, shards, began);
    head.failures = hits->run->result().failures;
    facts.scored = hits->run->result().scored;
    facts.max_score = hits->run->result().max_score;
    facts.count = hits->run->result().count;
    facts.terminated_early = hits->run->result().terminated_early;
    facts.timed_out = hits->run->result().timed_out;
    answer = search_answer(services, head, facts, std::move(*hits), std::move(turn));
  }
  if (last) services.contexts.close(id, ContextKind::kScroll);
  return answer;
}

}  // namespace sluice::rest
