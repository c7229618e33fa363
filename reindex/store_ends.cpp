#include "reindex/store_ends.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <limits>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "io/store/catalog/index_names.h"
#include "io/store/reindexing/store_sink.h"
#include "io/store/reindexing/store_source.h"
#include "pipeline/base/json_text.h"
#include "pipeline/base/parse_number.h"
#include "reindex/index_analysis.h"
#include "reindex/index_query.h"
#include "reindex/stored_source.h"
#include "stages/query/compile.h"
#include "stages/query/query_filter.h"
#include "stages/sort/document_order.h"

namespace sluice {

namespace {

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

/// Whether a query fails where it is run, and not where it is read.
bool of_a_shard(const Error& error) {
  return error.kind == ErrorKind::kScript || error.type == "query_shard_exception";
}

/// What a test looks at.
stages::QueryDocument seen(const store::IndexMeta& index, const store::StoredDocument& document) {
  return {.id = document.id,
          .index = index.name,
          .routing = document.routing,
          .source = document.source,
          .shard = document.shard,
          .seq_no = document.seq_no,
          .version = document.version};
}

/// What the run asks of its indices, compiled for each of them, as its fields mean something else in each.
class IndexTests {
 public:
  IndexTests(const Request& request, const store::Store& store, const RunOptions& options)
      : query_(request.source.query),
        runtime_(request.source.other_key("runtime_mappings")),
        sort_(sorts_by_doc(request.source.sort) ? "" : request.source.sort),
        store_(store),
        max_clauses_(options.max_clauses),
        compile_script_(options.compile_query_script),
        refused_(options.query_refused) {}

  Result<store::IndexTest> operator()(const store::IndexPtr& index, const std::vector<std::string>& filters) const {
    auto analysis = index_analysis(*index);
    if (!analysis) return std::unexpected(std::move(analysis.error()));
    auto mapping =
        runtime_.empty() ? Result<store::MappingPtr>(index->mapping) : index->mapping->with_runtime(runtime_);
    if (!mapping && mapping.error().kind == ErrorKind::kUnsupported) return std::unexpected(std::move(mapping.error()));
    if (!mapping) return std::unexpected(refuse(index, std::nullopt, std::move(mapping.error())));
    stages::QueryContext context = index_query(*index, **mapping, analysis->get(), max_clauses_);
    context.source_of = stored_source(store_.catalog, store_.documents);
    context.now_ms = now_;
    context.compile_script = compile_script_;
    store::IndexTest made;
    if (Status added = add_query(index, *mapping, filters, context, made); !added) {
      return std::unexpected(of_index(index, context, std::move(added.error())));
    }
    if (Status added = add_order(index, *mapping, context, made); !added)
      return std::unexpected(std::move(added.error()));
    return made;
  }

 private:
  [[nodiscard]] Error refuse(const store::IndexPtr& index, std::optional<std::uint32_t> shard, Error cause) const {
    return refused_ ? refused_(index->name, shard, std::move(cause)) : std::move(cause);
  }
  [[nodiscard]] Error of_index(const store::IndexPtr& index, const stages::QueryContext& context, Error cause) const {
    const bool refused = stages::is_shard_error(cause);
    if (refused) cause = stages::as_told_by_shard(context, std::move(cause));
    return refused || of_a_shard(cause) ? refuse(index, std::nullopt, std::move(cause)) : std::move(cause);
  }

  /// The mapping is the schema that is looked at. What is wrong with a document is the shard's to say: scripts, scores
  /// below 0.
  Status add_query(const store::IndexPtr& index, const store::MappingPtr& mapping,
                   const std::vector<std::string>& filters, const stages::QueryContext& context,
                   store::IndexTest& made) const {
    auto filter = stages::QueryFilter::compile(query_, filters, context);
    if (!filter) return std::unexpected(std::move(filter.error()));
    if (filter->matches_all()) return {};
    made.plan = filter->lookup();
    const auto shared = std::make_shared<const stages::QueryFilter>(std::move(*filter));
    made.test = [*this, index, mapping, shared](const store::StoredDocument& document) -> Result<bool> {
      auto matched = shared->matches(seen(*index, document));
      if (!matched) return std::unexpected(refuse(index, document.shard, std::move(matched.error())));
      return matched;
    };
    made.passes = shared->passes();
    made.look = [*this, index, mapping, shared](std::size_t pass, const store::StoredDocument& document) -> Status {
      auto looked = shared->look(pass, seen(*index, document));
      if (!looked) return std::unexpected(refuse(index, document.shard, std::move(looked.error())));
      return looked;
    };
    return {};
  }

  Status add_order(const store::IndexPtr& index, const store::MappingPtr& mapping, const stages::QueryContext& context,
                   store::IndexTest& made) const {
    if (sort_.empty()) return {};
    auto order = stages::DocumentOrder::compile(sort_, context);
    if (!order) {
      // What is wrong whatever the index is, the request has been refused for.
      const bool of_fields = order.error().kind == ErrorKind::kBadRequest || of_a_shard(order.error());
      return std::unexpected(of_fields ? refuse(index, std::nullopt, std::move(order.error()))
                                       : std::move(order.error()));
    }
    made.order = [*this, index, mapping,
                  order = std::move(*order)](const store::StoredDocument& document) -> Result<std::string> {
      auto key = order.key(seen(*index, document));
      if (!key) return std::unexpected(refuse(index, document.shard, std::move(key.error())));
      return key;
    };
    return {};
  }

  std::string query_;
  std::string runtime_;  ///< `runtime_mappings`, raw; empty: none
  std::string sort_;
  store::Store store_;
  std::size_t max_clauses_;
  decltype(RunOptions::compile_query_script) compile_script_;
  decltype(RunOptions::query_refused) refused_;
  std::int64_t now_ = now_ms();
};

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ",") + name;
  return text;
}

/// More than a slice has on their way that is written batch by batch.
constexpr std::uint64_t kFewOnTheirWay = 16;

/// How many batches of a slice may have been written before the run was interrupted.
std::uint64_t replayed_batches(const Request& request, const RunOptions& options) {
  if (!options.resume || !options.resume->opened) return 0;
  if (options.resume->plan.empty()) return std::numeric_limits<std::uint64_t>::max();
  const std::size_t slices = options.resume->slices.size();
  // Those that are on their way, and those behind them that were written while one of them was late.
  return std::max<std::uint64_t>(
      kFewOnTheirWay,
      std::uint64_t{2} * batches_of_slice(store::StoreSink::kDocumentsInFlight, request.source.size, slices));
}

/// Names that don't exist are the business of the search itself, which runs later.
Status check_not_read(const Request& request, const store::ClusterState& state, const std::string& target) {
  store::IndexOptions searched;
  searched.other_clusters = true;
  searched.ignore_unavailable = request.source.expansion.ignore_unavailable;
  const auto read = store::resolve_indices(state, request.source.indices, searched);
  if (!read) return std::unexpected(read.error());
  for (const store::ResolvedIndex& each : *read) {
    if (each.index->name != target) continue;
    return std::unexpected(validation_error({"reindex cannot write into an index its reading from [" + target + "]"}));
  }
  return {};
}

}  // namespace

std::uint32_t batches_of_slice(std::uint32_t documents, std::uint64_t batch_size, std::size_t slices) {
  constexpr std::uint64_t kMost = 96;
  const std::uint64_t round = std::max<std::uint64_t>(1, batch_size * slices);  // a batch of each slice
  return static_cast<std::uint32_t>(std::min(kMost, documents / round));
}

bool sorts_by_doc(std::string_view sort) {
  if (sort.empty()) return true;
  std::string bare;
  for (const char c : sort) {
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') bare += c;
  }
  return bare == R"("_doc")" || bare == R"(["_doc"])" || bare == R"({"_doc":"asc"})" || bare == R"([{"_doc":"asc"}])" ||
         bare == R"({"_doc":{"order":"asc"}})" || bare == R"([{"_doc":{"order":"asc"}}])" || bare == "[]";
}

Result<const store::Store*> RunStores::find(const std::string& address, const RunOptions& options) {
  if (address.empty()) {
    if (options.store != nullptr) return options.store;
    return std::unexpected(illegal_argument("[store:] names no folder: say store:DIR"));
  }
  std::error_code problem;
  // Absolute first: a folder that is not there yet must have the name that it has afterwards.
  std::string path = std::filesystem::weakly_canonical(std::filesystem::absolute(address, problem), problem).string();
  if (problem || path.empty()) path = address;
  auto [at, added] = folders_.try_emplace(path);
  if (added) {
    auto folder = store::StoreFolder::open({.path = address});
    if (!folder) return std::unexpected(std::move(folder.error()));
    at->second.folder = std::move(*folder);
    store::Catalog& catalog = at->second.folder->parts().catalog;
    at->second.ingest = std::make_unique<StoreIngest>(
        catalog, store_environment(catalog, at->second.folder->parts().documents, databases_of_store(path)));
    at->second.folder->parts().indexer.set_ingester(at->second.ingest.get());
  }
  return &at->second.folder->parts();
}

store::IndexOptions index_options(const RequestIndices& expansion) {
  return {.ignore_unavailable = expansion.ignore_unavailable,
          .allow_no_indices = expansion.allow_no_indices,
          .expand_open = expansion.expand_open,
          .expand_closed = expansion.expand_closed,
          .expand_hidden = expansion.expand_hidden};
}

Result<std::unique_ptr<pipeline::Source>> make_store_source(const Request& request, const RunOptions& options,
                                                            const store::Store& store, const std::string& address) {
  if (const std::string_view key = request.source.unsupported_key(kTerminateAfter); !key.empty()) {
    return std::unexpected(
        unsupported(fmt::format("[source.{}] is not supported by the embedded store: leave it out", key)));
  }
  store::StoreSourceOptions source;
  source.name = fmt::format("store:{} [{}]", address, joined(request.source.indices));
  source.indices = request.source.indices;
  source.expansion = index_options(request.source.expansion);
  source.shards.routing = request.source.routing;
  if (Status read = store::read_preference(request.source.preference, source.shards); !read) {
    return std::unexpected(std::move(read.error()));
  }
  source.make_test = IndexTests(request, store, options);
  source.slices = request.slices;
  source.sort_memory = options.sort_memory;
  if (const auto most = parse_number<std::uint64_t>(json_unquoted(request.source.other_key(kTerminateAfter)))) {
    source.most_of_part = *most;
  }
  source.names_only = request.kind == RequestKind::kDeleteByQuery;
  source.bounded = request.kind != RequestKind::kReindex;
  if (options.resume) source.plan = options.resume->plan;
  if (const auto& slice = request.source.slice) {
    source.part = store::SlicePart{static_cast<std::uint32_t>(slice->id), static_cast<std::uint32_t>(slice->max)};
  }
  return std::make_unique<store::StoreSource>(store, std::move(source));
}

Result<std::unique_ptr<pipeline::Sink>> make_store_sink(const Request& request, const RunOptions& options,
                                                        const store::Store& store, const std::string& address) {
  store::StoreSinkOptions sink;
  sink.name = fmt::format("store:{} [{}]", address, request.dest.index);
  sink.index = request.dest.index;
  sink.pipeline = request.dest.pipeline;
  sink.create = request.dest.create;
  sink.versioning = static_cast<store::Versioning>(request.dest.version_type);
  sink.active_shards = request.wait_for_active_shards;
  sink.timeout = request.timeout.text;
  sink.refresh = request.refresh;
  sink.bulk_bytes = options.bulk_bytes;
  sink.replayed_batches = replayed_batches(request, options);
  return std::make_unique<store::StoreSink>(store, std::move(sink));
}

std::unique_ptr<pipeline::Sink> make_by_query_sink(const Request& request, const RunOptions& options,
                                                   const store::Store& store, const std::string& address) {
  store::StoreSinkOptions sink;
  sink.name = fmt::format("store:{} [{}]", address, joined(request.source.indices));
  sink.unchanged_only = true;
  sink.pipeline = request.dest.pipeline;
  sink.active_shards = request.wait_for_active_shards;
  sink.timeout = request.timeout.text;
  sink.refresh = request.refresh;
  sink.bulk_bytes = options.bulk_bytes;
  return std::make_unique<store::StoreSink>(store, std::move(sink));
}

Status check_store_dest(const Request& request, const store::Store& store, bool read_too) {
  if (request.source.remote || request.dest.index.empty()) return {};
  auto name = store::resolve_date_math(request.dest.index, now_ms());
  if (!name) return std::unexpected(std::move(name.error()));
  const store::StatePtr state = store.catalog.state();
  if (request.require_alias && !store::is_alias(*state, *name)) {
    return std::unexpected(Error(ErrorKind::kNotFound, 404, "index_not_found_exception",
                                 "no such index [" + *name + "] and [require_alias] request flag is [true] and [" +
                                     *name + "] is not an alias")
                               .with("index_uuid", "_na_")
                               .with("index", *name));
  }
  auto index = store::write_index(*state, *name);
  if (!index) return std::unexpected(std::move(index.error()));
  if (*index == nullptr) {
    if (auto allowed = store.indexer.may_create(*name); !allowed) return allowed;
  }
  if (!read_too) return {};
  return check_not_read(request, *state, *index == nullptr ? *name : (*index)->name);
}

}  // namespace sluice
