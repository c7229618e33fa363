#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tools/sluiced/rest/index_options.h"
#include "tools/sluiced/rest/java_error_text.h"
#include "tools/sluiced/rest/query_body.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/search/targets.h"

namespace sluice::rest {

namespace {

/// What an index says of a query.
struct Verdict {
  std::string index;
  std::uint32_t shards = 1;
  std::optional<Error> error;
  std::string plan;
};

struct Flags {
  bool explain = false;
  bool all_shards = false;
};

Result<Flags> flags_of(const Call& call) {
  auto explain = call.flag("explain", false);
  if (!explain) return std::unexpected(std::move(explain.error()));
  auto all_shards = call.flag("all_shards", false);
  if (!all_shards) return std::unexpected(std::move(all_shards.error()));
  // Nothing is rewritten here before it is compiled: what is explained is what is run either way.
  if (auto rewrite = call.flag("rewrite", false); !rewrite) return std::unexpected(std::move(rewrite.error()));
  return Flags{*explain, *all_shards};
}

/// A query as it is run.
std::string plan_text(const stages::CompiledQuery& query) { return query.matches_all() ? "*:*" : query.explain(); }

/// A date that can't be read is found here when the index makes its query, and in a search before.
Error of_index(const store::IndexMeta& index, Error error) {
  if (error.type != "parse_exception") return error;
  Error wrapped(ErrorKind::kBadRequest, 400, "query_shard_exception", "failed to create query: " + error.reason);
  return std::move(wrapped).with("index_uuid", index.uuid).with("index", index.name).wrapping(std::move(error));
}

Verdict verdict_of(const Services& services, const IndexTarget& target, const QueryText& query) {
  Verdict verdict{target.index->name, target.index->shards(), {}, {}};
  const std::vector<SortKey> no_sort;
  auto compiled = compile_search(services, target, {query, no_sort});
  if (!compiled) {
    verdict.error = of_index(*target.index, std::move(compiled.error()));
    return verdict;
  }
  verdict.plan = plan_text(*compiled->query);
  if (compiled->filter != nullptr) verdict.plan += "\nfiltered by\n" + plan_text(*compiled->filter);
  return verdict;
}

void write_verdict(JsonWriter& out, const Verdict& verdict, std::optional<std::uint32_t> shard) {
  out.begin_object().member("index", verdict.index);
  if (shard) out.member("shard", static_cast<std::int64_t>(*shard));
  out.member("valid", !verdict.error);
  if (verdict.error) {
    out.member("error", java_error_text(*verdict.error));
  } else {
    out.member("explanation", verdict.plan);
  }
  out.end_object();
}

/// One for each index, or for each shard, the first shards of all first.
void write_explanations(JsonWriter& out, const std::vector<Verdict>& verdicts, bool all_shards) {
  out.key("explanations").begin_array();
  std::uint32_t most = 1;
  for (const Verdict& each : verdicts) most = std::max(most, all_shards ? each.shards : 1);
  for (std::uint32_t shard = 0; shard < most; ++shard) {
    for (const Verdict& each : verdicts) {
      if (shard > 0 && shard >= each.shards) continue;
      write_verdict(out, each, all_shards ? std::optional(shard) : std::nullopt);
    }
  }
  out.end_array();
}

Reply unreadable(const Error& error, bool explain) {
  JsonWriter out;
  out.begin_object().member("valid", false);
  if (explain) out.member("error", java_error_text(error));
  out.end_object();
  return Reply::json(out.take());
}

}  // namespace

Result<Reply> validate_query(Call& call, Services& services) {
  auto flags = flags_of(call);
  if (!flags) return std::unexpected(std::move(flags.error()));
  auto options = index_options_of(call, {});
  if (!options) return std::unexpected(std::move(options.error()));
  auto body = body_of(call);
  if (!body) return std::unexpected(std::move(body.error()));
  auto query = query_of(call, body->view());
  if (!query) return unreadable(query.error(), flags->explain);
  if (auto readable = check_query(*query); !readable) {
    if (readable.error().kind == ErrorKind::kUnsupported) return std::unexpected(std::move(readable.error()));
    return unreadable(readable.error(), flags->explain);
  }
  auto targets = search_targets(services, call.text_or("index", ""), *options);
  if (!targets) return std::unexpected(std::move(targets.error()));
  std::vector<Verdict> verdicts;
  std::int64_t shards = 0;
  bool valid = true;
  for (const IndexTarget& target : (*targets)->indices) {
    Verdict verdict = verdict_of(services, target, *query);
    if (verdict.error && verdict.error->kind == ErrorKind::kUnsupported) {
      return std::unexpected(std::move(*verdict.error));
    }
    valid = valid && !verdict.error;
    shards += flags->all_shards ? verdict.shards : 1;
    verdicts.push_back(std::move(verdict));
  }
  JsonWriter out;
  out.begin_object().key("_shards").begin_object().member("total", shards).member("successful", shards);
  out.member("failed", 0).end_object().member("valid", valid);
  if (flags->explain && !verdicts.empty()) write_explanations(out, verdicts, flags->all_shards);
  out.end_object();
  return Reply::json(out.take());
}

}  // namespace sluice::rest
