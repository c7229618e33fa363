#include "tools/sluiced/search/targets.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "pipeline/base/buffer.h"
#include "reindex/index_analysis.h"
#include "reindex/index_query.h"
#include "reindex/stored_source.h"
#include "stages/query/compile.h"
#include "stages/query/runtime_field.h"
#include "tools/sluiced/rest/cluster_setting.h"
#include "tools/sluiced/rest/scripts.h"
#include "tools/sluiced/search/inner_hits.h"

namespace sluice::rest {

namespace {

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

/// Compiles text that has no padding behind it.
Result<stages::CompiledQueryPtr> compile_text(std::string_view query, const stages::QueryContext& context) {
  Buffer padded(query.size());
  padded.append(query);
  return stages::compile_query(padded.view(), context);
}

/// The query of the request: errors say where it is wrong.
Result<stages::CompiledQueryPtr> compile_request(const QueryText& query, const stages::QueryContext& context) {
  Buffer padded(query.json.size());
  padded.append(query.json);
  stages::QueryContext placed = context;
  placed.text = padded.view();
  placed.start = query.start;
  return stages::compile_query(padded.view(), placed);
}

/// One of several filters.
Result<stages::CompiledQueryPtr> compile_filters(const std::vector<std::string>& filters,
                                                 const stages::QueryContext& context) {
  if (filters.empty()) return stages::CompiledQueryPtr();
  std::string query = R"({"bool":{"should":[)";
  for (std::size_t i = 0; i < filters.size(); ++i) query += (i == 0 ? "" : ",") + filters[i];
  return compile_text(query + "]}}", context);
}

/// An error that is an index's own: of its mapping, not of the request.
bool is_shard_failure(const Error& error) {
  return error.type == "query_shard_exception" || error.kind == ErrorKind::kScript || stages::is_shard_error(error);
}

/// What the fields of an index are to a search that brings runtime fields. Errors: of these, as a shard tells them.
Result<store::MappingPtr> searched_mapping(const store::IndexMeta& index, const QueryText& query, bool& of_shard) {
  if (query.runtime.empty()) return index.mapping;
  auto mapping = index.mapping->with_runtime(query.runtime);
  of_shard = !mapping && mapping.error().kind == ErrorKind::kBadRequest;
  return mapping;
}

/// The scripts of fields. Errors: of one that can't be compiled, of too many.
Status add_scripts(const IndexTarget& target, const std::vector<ScriptedField>& fields,
                   const stages::QueryContext& context, CompiledSearch& search) {
  constexpr std::string_view kLimit = "index.max_script_fields";
  const std::size_t most = index_limit(*target.index, kLimit, 32);
  if (fields.size() > most) {
    return std::unexpected(illegal_argument(
        fmt::format("Trying to retrieve too many script_fields. Must be less than or equal to: [{}] but was [{}]. This "
                    "limit can be set by changing the [{}] index level setting.",
                    most, fields.size(), kLimit)));
  }
  for (const ScriptedField& field : fields) {
    auto script = stages::HitScript::make(field.script, painless::field_context(), context);
    if (!script) return std::unexpected(std::move(script.error()));
    search.scripts.push_back({field.name, std::move(*script), field.ignore_failure});
  }
  return {};
}

/// Everything that a query on an index is compiled with, which has to stay as long as the context is used.
struct IndexContext {
  store::MappingPtr mapping;
  stages::AnalysisPtr analysis;
  stages::QueryContext query;
};

Result<IndexContext> context_of(const Services& services, const IndexTarget& target, store::MappingPtr mapping) {
  auto analysis = index_analysis(*target.index);
  if (!analysis) return std::unexpected(std::move(analysis.error()));
  stages::QueryContext query = index_query(*target.index, *mapping, analysis->get(), max_clause_count(services));
  query.source_of = stored_source(services.catalog, services.documents);
  query.now_ms = now_ms();
  query.compile_script = query_script_compiler(services);
  return IndexContext{std::move(mapping), std::move(*analysis), std::move(query)};
}

/// The parts that are compiled on their own. Errors: of a shard, where `of_shard` says so.
Status add_parts(const Services& services, const IndexTarget& target, const SearchTerms& terms,
                 const stages::QueryContext& context, CompiledSearch& one, bool& of_shard) {
  for (const SortKey& key : terms.sort) {
    auto sorter = Sorter::make(key, context);
    of_shard = !sorter && sorter.error().kind == ErrorKind::kBadRequest;
    if (!sorter) return std::unexpected(std::move(sorter.error()));
    one.sorters.push_back(std::move(*sorter));
  }
  if (terms.scripts != nullptr) {
    Status added = add_scripts(target, *terms.scripts, context, one);
    of_shard = !added && added.error().kind != ErrorKind::kUnsupported;
    if (!added) return added;
  }
  for (const stages::InnerHits& hits : one.query->inner_hits()) {
    auto inner = InnerSearch::make(services, target, hits, context, one.mapping);
    of_shard = !inner && inner.error().kind == ErrorKind::kBadRequest;
    if (!inner) return std::unexpected(std::move(inner.error()));
    one.inner.push_back(std::move(*inner));
  }
  return {};
}

/// The search for one index. Errors of its own as its shards would tell them; `of_shard`: one is, whatever its type.
Result<CompiledSearch> compile_one(const Services& services, const IndexTarget& target, const SearchTerms& terms,
                                   bool& of_shard) {
  auto mapping = searched_mapping(*target.index, terms.query, of_shard);
  if (!mapping) return std::unexpected(std::move(mapping.error()));
  auto made = context_of(services, target, std::move(*mapping));
  if (!made) return std::unexpected(std::move(made.error()));
  CompiledSearch one;
  one.mapping = made->mapping;
  stages::QueryContext& context = made->query;
  context.scored = terms.scored;
  const auto refuse = [&](const Error& error) {
    return std::unexpected(stages::is_shard_error(error) ? stages::as_told_by_shard(context, error) : error);
  };
  auto runtime = stages::RuntimeScripts::make(context);
  if (!runtime) return refuse(runtime.error());
  context.runtime = std::move(*runtime);
  context.shows_inner_hits = terms.inner_hits;
  auto main = compile_request(terms.query, context);
  context.shows_inner_hits = false;
  if (!main) return refuse(main.error());
  one.query = *main;
  auto filter = compile_filters(target.filters, context);
  if (!filter) return refuse(filter.error());
  one.filter = *filter;
  one.plan = plan_of(one);
  for (const pipeline::FieldSchema* field : one.mapping->scripted()) {
    auto reader = stages::FieldReader::make(*field, nullptr, context);
    if (!reader) return refuse(reader.error());
    one.computed.emplace(field->path, std::move(*reader));
  }
  if (Status added = add_parts(services, target, terms, context, one, of_shard); !added) {
    return std::unexpected(std::move(added.error()));
  }
  return one;
}

}  // namespace

std::optional<pipeline::LookupPlan> plan_of(const CompiledSearch& search) {
  std::vector<pipeline::LookupPlan> parts;
  if (auto part = search.query->lookup()) parts.push_back(std::move(*part));
  auto filtered = search.filter == nullptr ? std::nullopt : search.filter->lookup();
  if (filtered) parts.push_back(std::move(*filtered));
  return pipeline::LookupPlan::all_of(std::move(parts));
}

Result<CompiledSearch> compile_search(const Services& services, const IndexTarget& target, const SearchTerms& terms) {
  bool of_shard = false;
  return compile_one(services, target, terms, of_shard);
}

Result<stages::CompiledQueryPtr> compile_filter(const Services& services, const IndexTarget& target,
                                                const store::MappingPtr& mapping, std::string_view query) {
  auto context = context_of(services, target, mapping);
  if (!context) return std::unexpected(std::move(context.error()));
  return compile_text(query, context->query);
}

std::uint64_t SearchTargets::shards(const store::ShardChoice& choice) const {
  std::uint64_t count = 0;
  for (const IndexTarget& each : indices) {
    const store::IndexKey key = each.index->key();
    for (std::uint32_t shard = 0; shard < key.shards; ++shard) count += choice.reads(key, shard, each.routing) ? 1 : 0;
  }
  return count;
}

Error read_blocked(const store::IndexMeta& index) {
  return {ErrorKind::kBadRequest, 403, "cluster_block_exception",
          "index [" + index.name + "] blocked by: [FORBIDDEN/7/index read (api)];"};
}

Result<std::unique_ptr<store::Scan>> open_scan(const IndexTarget& target, const CompiledSearch& search,
                                               std::uint32_t shard, std::int64_t from, std::int64_t to) {
  if (search.plan) return target.view->candidates(target.index->key(), shard, from, to, *search.plan);
  return target.view->scan(target.index->key(), shard, from, to);
}

Result<TargetsPtr> search_targets(Services& services, std::string_view expression, const store::IndexOptions& options) {
  const store::StatePtr state = services.catalog.state();
  store::IndexOptions searched = options;
  searched.other_clusters = true;
  auto resolved = store::resolve_indices(*state, expression, searched);
  if (!resolved) return std::unexpected(resolved.error());
  auto targets = std::make_shared<SearchTargets>();
  for (const store::ResolvedIndex& each : *resolved) {
    if (each.index->setting("index.blocks.read", "false") == "true") return std::unexpected(read_blocked(*each.index));
    IndexTarget target;
    target.index = each.index;
    target.view = services.views.view(*each.index);
    bool filtered = !each.direct;
    bool routed = !each.direct;
    for (const std::string& name : each.aliases) {
      const store::AliasMeta& alias = each.index->aliases.find(name)->second;
      filtered = filtered && !alias.filter.empty();
      routed = routed && !alias.search_routing.empty();
    }
    for (const std::string& name : each.aliases) {
      const store::AliasMeta& alias = each.index->aliases.find(name)->second;
      if (filtered) target.filters.push_back(alias.filter);
      if (routed) target.routing += (target.routing.empty() ? "" : ",") + alias.search_routing;
    }
    targets->indices.push_back(std::move(target));
  }
  return targets;
}

Result<std::vector<ShardTarget>> shard_targets(const SearchTargets& targets, const store::ShardChoice& choice,
                                               const std::optional<SearchSlice>& slice, bool scroll) {
  const std::string limit = scroll ? "index.max_slices_per_scroll" : "index.max_slices_per_pit";
  std::vector<ShardTarget> shards;
  std::uint32_t ordinal = 0;
  for (std::uint32_t i = 0; i < targets.indices.size(); ++i) {
    const IndexTarget& target = targets.indices[i];
    const store::IndexKey key = target.index->key();
    const std::size_t most = index_limit(*target.index, limit, 1024);
    if (slice && static_cast<std::size_t>(slice->max) > most) {
      return std::unexpected(illegal_argument(
          "The number of slices [" + std::to_string(slice->max) + "] is too large. It must be less than [" +
          std::to_string(most) + "]. This limit can be set by changing the [" + limit + "] index level setting."));
    }
    for (std::uint32_t shard = 0; shard < key.shards; ++shard, ++ordinal) {
      if (!choice.reads(key, shard, target.routing)) continue;
      auto facts = target.view->facts(key, shard);
      if (!facts) return std::unexpected(facts.error());
      shards.push_back({i, ordinal, shard, 0, facts->max_seq_no + 1});
    }
  }
  if (!slice) return shards;
  // Whole shards where there are enough; else the slices that fall on a shard share its sequence numbers evenly.
  const auto count = static_cast<std::uint32_t>(shards.size());
  const auto max = static_cast<std::uint32_t>(slice->max);
  const auto id = static_cast<std::uint32_t>(slice->id);
  std::vector<ShardTarget> mine;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (count >= max) {
      if (i % max == id) mine.push_back(shards[i]);
      continue;
    }
    if (id % count != i) continue;
    const std::int64_t parts = (max - i + count - 1) / count;
    const std::int64_t part = id / count;
    ShardTarget piece = shards[i];
    piece.from = shards[i].to * part / parts;
    piece.to = shards[i].to * (part + 1) / parts;
    mine.push_back(piece);
  }
  return mine;
}

namespace {

/// How errors name what Lucene sorts by.
std::string_view sort_type(stages::SortValue::Kind kind) {
  if (kind == stages::SortValue::Kind::kText) return "STRING";
  return kind == stages::SortValue::Kind::kWhole ? "LONG" : "DOUBLE";
}

/// What is found out when the shards' hits are merged.
Error mixed_sorts(const std::string& field, stages::SortValue::Kind a, stages::SortValue::Kind b) {
  Error error(ErrorKind::kBadRequest, 400, "search_phase_execution_exception", "");
  error.details = {{"phase", "\"fetch\""}, {"grouped", "true"}, {"failed_shards", "[]"}};
  return std::move(error).wrapping(
      illegal_argument("Can't sort on field [" + field + "]; the field has incompatible sort types: [" +
                       std::string(sort_type(a)) + "] and [" + std::string(sort_type(b)) + "] across shards!"));
}

/// A field may be of another type in each index: numbers are compared with each other, texts only with texts.
Status align_sorts(std::vector<CompiledSearch>& searches, const std::vector<SortKey>& sort) {
  using Kind = stages::SortValue::Kind;
  for (std::size_t key = 0; key < sort.size(); ++key) {
    std::optional<Kind> first;
    bool widens = false;
    for (const CompiledSearch& search : searches) {
      if (search.failed) continue;
      const Kind kind = search.sorters[key].kind();
      if (!first) first = kind;
      if (kind == *first) continue;
      if (kind == Kind::kText || *first == Kind::kText) {
        return std::unexpected(mixed_sorts(sort[key].field, *first, kind));
      }
      widens = true;
    }
    for (CompiledSearch& search : searches) {
      if (widens && !search.failed && search.sorters[key].kind() == Kind::kWhole) search.sorters[key].widen();
    }
  }
  return {};
}

}  // namespace

Result<CompiledSearches> compile_search(const Services& services, const SearchTargets& targets,
                                        const SearchTerms& terms, bool partial) {
  CompiledSearches compiled;
  for (const IndexTarget& target : targets.indices) {
    bool of_shard = false;
    auto one = compile_one(services, target, terms, of_shard);
    if (!one && !of_shard && !is_shard_failure(one.error())) return std::unexpected(one.error());
    if (one) {
      compiled.each.push_back(std::move(*one));
      continue;
    }
    compiled.failures.push_back({target.index, std::nullopt, std::move(one.error())});
    compiled.each.emplace_back();
    compiled.each.back().failed = true;
  }
  // Nothing to search, and still a query that is none is an error.
  if (targets.indices.empty()) {
    if (auto checked = check_query(terms.query); !checked) return std::unexpected(checked.error());
  }
  if (Status aligned = align_sorts(compiled.each, terms.sort); !aligned)
    return std::unexpected(std::move(aligned.error()));
  if (compiled.failures.empty()) return compiled;
  const bool all = compiled.failures.size() == targets.indices.size();
  if (!all && partial) return compiled;
  return std::unexpected(shards_failed(services, all ? kAllShardsFailed : kPartialShardsFailure, compiled.failures));
}

Status check_query(const QueryText& query) {
  if (query.json.empty()) return {};
  const store::MappingPtr nothing = store::Mapping::empty();
  const stages::QueryContext context{.schema = *nothing,
                                     .max_terms = stages::kNoLimit,
                                     .max_clauses = stages::kNoLimit,
                                     .max_regex = stages::kNoLimit,
                                     .now_ms = now_ms()};
  auto checked = compile_request(query, context);
  // What only an index can refuse, there being none, nobody does.
  if (checked || checked.error().type == "query_shard_exception") return {};
  return std::unexpected(std::move(checked.error()));
}

}  // namespace sluice::rest
