#include <chrono>
#include <optional>

#include "pipeline/base/parse_number.h"
#include "tools/sluiced/rest/broken_json.h"
#include "tools/sluiced/rest/index_options.h"
#include "tools/sluiced/rest/query_body.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/rest/search_reply.h"

namespace sluice::rest {

namespace {

/// The parameter `min_score`. Errors: it is no number.
Result<std::optional<float>> least_score(const Call& call) {
  const auto text = call.text("min_score");
  if (!text) return std::nullopt;
  const auto score = parse_number<float>(*text);
  if (score) return *score;
  return std::unexpected(
      illegal_argument("Failed to parse float parameter [min_score] with value [" + std::string(*text) + "]"));
}

}  // namespace

Result<Reply> search(Call& call, Services& services) {
  auto body = body_of(call);
  if (!body) return std::unexpected(body.error());
  auto request = read_search(call, body->view());
  if (!request) return std::unexpected(exact_json_error(request.error(), body->view()));
  auto options = index_options_of(call, {});
  if (!options) return std::unexpected(options.error());
  auto reply = run_search(services, std::move(*request), call.text_or("index", ""), *options, call.http.abandoned);
  if (!reply) return std::unexpected(exact_json_error(reply.error(), body->view()));
  return search_reply(std::move(*reply));
}

Result<Reply> count(Call& call, Services& services) {
  auto body = body_of(call);
  if (!body) return std::unexpected(body.error());
  auto query = query_of(call, body->view());
  if (!query) return std::unexpected(std::move(query.error()));
  auto options = index_options_of(call, {});
  if (!options) return std::unexpected(options.error());
  auto terminate = call.integer("terminate_after", 0);
  if (!terminate) return std::unexpected(terminate.error());
  auto min_score = least_score(call);
  if (!min_score) return std::unexpected(min_score.error());
  auto targets = search_targets(services, call.text_or("index", ""), *options);
  if (!targets) {
    // What is wrong with the query comes first, whatever it is to search.
    if (auto readable = check_query(*query); !readable) return std::unexpected(readable.error());
    return std::unexpected(targets.error());
  }
  const auto choice = shard_choice_of(call);
  if (!choice) return std::unexpected(choice.error());
  auto shards = shard_targets(**targets, *choice, std::nullopt);
  if (!shards) return std::unexpected(shards.error());
  const std::vector<SortKey> no_sort;
  auto compiled = compile_search(services, **targets, {*query, no_sort, min_score->has_value()});
  if (!compiled) return std::unexpected(compiled.error());
  std::erase_if(*shards, [&](const ShardTarget& shard) { return compiled->each[shard.index].failed; });
  if (*terminate < 0) return std::unexpected(illegal_argument("terminateAfter must be > 0"));
  // What bounds how many documents a shard collects bounds no count, as in Elasticsearch where an index knows it.
  constexpr std::int64_t kAll = std::numeric_limits<std::int64_t>::max();
  const SearchStop stop(call.http.abandoned);
  std::int64_t matches = 0;
  std::size_t failed = 0;
  for (const ShardTarget& shard : *shards) {
    const IndexTarget& target = (*targets)->indices[shard.index];
    const CompiledSearch& search = compiled->each[shard.index];
    std::int64_t of_shard = 0;
    Status counted = see_shard(target, shard.shard, search, stop);
    if (counted) counted = count_matches(target, shard, search, *min_score, kAll, stop, of_shard);
    if (counted) {
      matches += of_shard;
      continue;
    }
    if (!is_of_shard(counted.error())) return std::unexpected(std::move(counted.error()));
    compiled->failures.push_back({target.index, shard.shard, std::move(counted.error())});
    if (++failed == shards->size()) {
      return std::unexpected(shards_failed(services, kAllShardsFailed, compiled->failures));
    }
  }
  const auto total = (*targets)->shards(*choice);
  JsonWriter out;
  out.begin_object().member("count", matches);
  if (*terminate > 0) out.member("terminated_early", false);
  write_search_shards(out, services, total, compiled->failures);
  out.end_object();
  return Reply::json(out.take());
}

}  // namespace sluice::rest
