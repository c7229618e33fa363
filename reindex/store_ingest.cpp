#include "reindex/store_ingest.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <optional>
#include <utility>

#include "io/store/catalog/index_names.h"
#include "io/store/catalog/template_layers.h"
#include "pipeline/base/json_text.h"
#include "reindex/store_enrich.h"
#include "reindex/stored_script.h"

namespace sluice {

namespace {

constexpr std::string_view kNone = "_none";

std::int64_t now_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

/// The pipelines that an index asks for; empty: none.
struct IndexPipelines {
  std::string first;
  std::string last;
};

std::string named(std::string text) { return text == kNone ? std::string() : std::move(text); }

std::string setting_of(const store::Settings& settings, std::string_view name) {
  const auto found = settings.find(name);
  return found == settings.end() ? std::string() : json_unquoted(found->second);
}

/// Those of an index that is there, or of the templates that one of that name would be made with.
IndexPipelines pipelines_of(const store::ClusterState& state, std::string_view name) {
  const auto resolved = store::resolve_date_math(name, now_ns() / 1'000'000);
  const std::string_view plain = resolved ? std::string_view(*resolved) : name;
  const auto index = store::write_index(state, plain);
  if (index && *index != nullptr) {
    return {named((*index)->setting("index.default_pipeline", "")),
            named((*index)->setting("index.final_pipeline", ""))};
  }
  const auto layers = store::template_layers(state, plain);
  if (!layers) return {};
  return {named(setting_of(layers->settings, "index.default_pipeline")),
          named(setting_of(layers->settings, "index.final_pipeline"))};
}

/// Those of the indices that a bulk names, found once for each.
class NamedIndices {
 public:
  explicit NamedIndices(const store::ClusterState& state) : state_(state) {}

  const IndexPipelines& pipelines(std::string_view name) {
    if (last_ != nullptr && last_->first == name) return last_->second;
    auto at = known_.find(name);
    if (at == known_.end()) at = known_.emplace(name, pipelines_of(state_, name)).first;
    last_ = &*at;
    return at->second;
  }

 private:
  using Known = std::map<std::string, IndexPipelines, std::less<>>;
  const store::ClusterState& state_;
  Known known_;
  const Known::value_type* last_ = nullptr;
};

/// The pipelines of a document, by name; empty: none.
struct Wanted {
  std::string_view first;
  std::string_view last;
};

Error illegal_state(std::string reason) {
  return {ErrorKind::kDocument, 500, "illegal_state_exception", std::move(reason)};
}

ingest::DocumentMetadata metadata_of(const store::IndexItem& item) {
  ingest::DocumentMetadata made;
  made.index = std::string(item.index);
  if (!item.write.id.empty()) made.id = std::string(item.write.id);
  if (!item.write.routing.empty()) made.routing = std::string(item.write.routing);
  made.version = item.write.version.value_or(ingest::DocumentMetadata::kNoVersion);
  constexpr std::string_view kTypes[] = {"internal", "external", "external_gte"};
  made.version_type = std::string(kTypes[static_cast<std::size_t>(item.write.versioning)]);
  made.if_seq_no = item.write.if_seq_no;
  made.if_primary_term = item.write.if_primary_term;
  return made;
}

/// Writes back what pipelines have changed.
void take_over(store::IndexItem& item, const ingest::DocumentMetadata& before, const ingest::DocumentMetadata& after,
               std::optional<std::string> source) {
  auto texts = std::make_shared<store::IngestedTexts>();
  texts->index = after.index.value_or("");
  texts->id = after.id.value_or("");
  texts->routing = after.routing.value_or("");
  item.index = texts->index;
  item.write.id = texts->id;
  item.write.routing = texts->routing;
  if (source) {
    texts->source = Buffer(source->size());
    texts->source.append(*source);
    item.write.source = texts->source.view();
  }
  if (after.version != before.version || after.version_type != before.version_type) {
    const std::string type = after.version_type.value_or("internal");
    item.write.versioning = type == "external"       ? store::Versioning::kExternal
                            : type == "external_gte" ? store::Versioning::kExternalGte
                                                     : store::Versioning::kInternal;
    item.write.version = after.version == ingest::DocumentMetadata::kNoVersion
                             ? std::nullopt
                             : std::optional<std::int64_t>(after.version);
  }
  item.write.if_seq_no = after.has_condition() ? after.if_seq_no : std::nullopt;
  item.write.if_primary_term = after.has_condition() ? after.if_primary_term : std::nullopt;
  item.ingested = std::move(texts);
}

}  // namespace

ingest::CompileEnvironment store_environment(store::Catalog& catalog, store::Documents& documents,
                                             std::string databases) {
  ingest::CompileEnvironment environment;
  environment.stored_script = [&catalog](std::string_view id) { return stored_script_source(*catalog.state(), id); };
  environment.databases = std::move(databases);
  environment.enrich = std::make_shared<const StoreEnrich>(catalog, documents);
  return environment;
}

std::string databases_of_store(const std::string& folder) {
  return (std::filesystem::path(folder) / "ingest-geoip").string();
}

/// A pipeline of a store, and what it was made of.
struct StoreIngest::Compiled {
  std::string body;
  std::map<std::string, std::string> scripts;  ///< the stored ones that it asked for, as they were; empty: not there
  std::shared_ptr<const ingest::Pipeline> pipeline;  ///< null: `error` says why
  Error error;
  /// The newest state of the store that was found to have the same body and scripts: bodies are compared once for each.
  mutable std::atomic<std::uint64_t> same_in = 0;

  [[nodiscard]] bool is_of(const store::ClusterState& state, const std::string& body_now) const {
    if (same_in.load(std::memory_order_relaxed) == state.version) return true;
    if (body != body_now) return false;
    for (const auto& [id, script] : scripts) {
      const auto now = state.scripts.find(id);
      if ((now == state.scripts.end() ? std::string_view() : std::string_view(now->second)) != script) return false;
    }
    same_in.store(state.version, std::memory_order_relaxed);
    return true;
  }
};

/// The pipelines of documents, one after the other; what they are and how often they ran is kept for all of a call.
class StoreIngest::Chain {
 public:
  Chain(StoreIngest& ingest, const store::ClusterState& state, NamedIndices& indices)
      : ingest_(ingest),
        state_(state),
        indices_(indices),
        worker_(ingest.workers_.borrow(make_worker)),
        run_(*worker_) {}
  ~Chain() { ingest_.count(run_); }
  Chain(const Chain&) = delete;
  Chain& operator=(const Chain&) = delete;

  Status apply(store::IndexItem& item, Wanted wanted) {
    const ingest::DocumentMetadata before = metadata_of(item);
    if (Status begun = run_.begin(item.write.source, before, now_ns()); !begun) return begun;
    visited_ = {*before.index};
    chosen_.reset();
    const auto begin = std::chrono::steady_clock::now();
    Status done = run_all(before, wanted);
    item.ingest_ns = std::max<std::int64_t>((std::chrono::steady_clock::now() - begin).count(), 1);
    if (item.lists_pipelines) item.executed_pipelines.assign(executed_.begin(), executed_.end());
    executed_.clear();
    if (!done) {
      if (chosen_) show_chosen(item);
      return done;
    }
    if (run_.dropped()) {
      item.dropped = true;
      return {};
    }
    const ingest::DocumentMetadata after = run_.document().metadata();
    std::optional<std::string> source;
    if (run_.document().source_changed()) {
      if (Status written = run_.document().write_source(source.emplace()); !written) return written;
    }
    if (!source && before == after) return {};
    take_over(item, before, after, std::move(source));
    return check_metadata(after);
  }

 private:
  static std::unique_ptr<ingest::Execution> make_worker() {
    auto made = std::make_unique<ingest::Execution>();
    made->start_counting();
    return made;
  }

  /// Runs the first pipeline of an index, and then its last one, until nobody sends the document elsewhere.
  Status run_all(const ingest::DocumentMetadata& before, Wanted wanted) {
    std::string index = *before.index;
    while (!wanted.first.empty()) {
      if (Status done = run_one(wanted.first); !done || run_.dropped()) return done;
      const std::string now = index_now();
      if (now == index) break;
      if (std::ranges::find(visited_, now) != visited_.end())
        return std::unexpected(cycle(wanted.first, id_now(), now));
      visited_.push_back(now);
      index = now;
      const IndexPipelines& next = indices_.pipelines(now);
      const bool rerouted = run_.rerouted();
      run_.clear_reroute();
      wanted.last = next.last;
      if (!rerouted) break;
      wanted.first = next.first;
    }
    run_.clear_reroute();
    if (wanted.last.empty()) return {};
    if (Status done = run_one(wanted.last); !done || run_.dropped()) return done;
    if (const std::string now = index_now(); now != index) {
      return std::unexpected(illegal_state("final pipeline [" + std::string(wanted.last) +
                                           "] can't change the target index (from [" + index + "] to [" + now +
                                           "]) for document [" + id_now() + "]"));
    }
    return {};
  }

  [[nodiscard]] std::string id_now() { return run_.document().metadata().id.value_or("null"); }
  [[nodiscard]] std::string index_now() { return run_.document().metadata().index.value_or(""); }

  [[nodiscard]] Error cycle(std::string_view pipeline, const std::string& id, const std::string& index) const {
    std::string path;
    for (const std::string& each : visited_) path += each + ", ";
    return illegal_state("index cycle detected while processing pipeline [" + std::string(pipeline) +
                         "] for document [" + id + "]: [" + path + index + "]");
  }

  Status run_one(std::string_view id) {
    auto used = std::ranges::find(used_, id, &Used::id);
    if (used == used_.end()) used = used_.insert(used_.end(), {std::string(id), ingest_.pipeline_named(state_, id)});
    if (!used->pipeline) return std::unexpected(used->pipeline.error());
    executed_.push_back(id);
    Status done = run_.run(**used->pipeline, ingest_);
    if (done && run_.document().fields().metadata_changed()) chosen_ = run_.document().metadata();
    return done;
  }

  /// A failure is told of the index and the id that the pipelines before it chose.
  void show_chosen(store::IndexItem& item) {
    auto texts = std::make_shared<store::IngestedTexts>();
    texts->index = chosen_->index.value_or("");
    texts->id = chosen_->id.value_or("");
    texts->routing = item.write.routing;
    item.index = texts->index;
    item.write.id = texts->id;
    item.write.routing = texts->routing;
    item.ingested = std::move(texts);
  }

  struct Used {
    std::string id;
    Result<std::shared_ptr<const ingest::Pipeline>> pipeline;
  };

  StoreIngest& ingest_;
  const store::ClusterState& state_;
  NamedIndices& indices_;
  const IdlePool<ingest::Execution>::Borrowed worker_;
  ingest::Execution& run_;
  std::vector<Used> used_;
  std::vector<std::string_view> executed_;  ///< of the document
  std::vector<std::string> visited_;
  std::optional<ingest::DocumentMetadata> chosen_;  ///< by the pipelines that succeeded; nothing: as they were
};

StoreIngest::StoreIngest(store::Catalog& catalog, ingest::CompileEnvironment environment)
    : catalog_(catalog), environment_(std::move(environment)) {}

StoreIngest::~StoreIngest() = default;

std::shared_ptr<const StoreIngest::Compiled> StoreIngest::compiled(const store::ClusterState& state,
                                                                   std::string_view id, const std::string& body) const {
  std::shared_ptr<const Compiled> known;
  {
    const std::scoped_lock lock(mutex_);
    const auto found = compiled_.find(id);
    if (found != compiled_.end()) known = found->second;
  }
  if (known != nullptr && known->is_of(state, body)) return known;
  auto made = std::make_shared<Compiled>();
  made->body = body;
  ingest::CompileEnvironment environment = environment_;
  environment.stored_script = [&](std::string_view script) {
    const auto stored = state.scripts.find(script);
    made->scripts.insert_or_assign(std::string(script), stored == state.scripts.end() ? std::string() : stored->second);
    return stored_script_source(state, script);
  };
  auto pipeline = ingest::Pipeline::compile(std::string(id), body, environment);
  if (pipeline) {
    made->pipeline = std::move(*pipeline);
  } else {
    made->error = illegal_state("pipeline with id [" + std::string(id) + "] could not be loaded, caused by [" +
                                pipeline.error().message() + "]");
  }
  made->same_in = state.version;
  const std::scoped_lock lock(mutex_);
  compiled_.insert_or_assign(std::string(id), made);
  return made;
}

Result<std::shared_ptr<const ingest::Pipeline>> StoreIngest::pipeline_named(const store::ClusterState& state,
                                                                            std::string_view id) const {
  const auto kept = state.pipelines.find(id);
  if (kept == state.pipelines.end()) {
    return std::unexpected(illegal_argument("pipeline with id [" + std::string(id) + "] does not exist"));
  }
  const std::shared_ptr<const Compiled> made = compiled(state, id, kept->second.body);
  if (made->pipeline != nullptr) return made->pipeline;
  return std::unexpected(made->error);
}

std::shared_ptr<const ingest::Pipeline> StoreIngest::find(std::string_view id) const {
  auto pipeline = pipeline_named(*catalog_.state(), id);
  return pipeline ? *pipeline : nullptr;
}

void StoreIngest::count(ingest::Execution& run) {
  const auto more = run.take_counts();
  const std::scoped_lock lock(mutex_);
  for (const auto& [id, counts] : more) {
    ingest::PipelineCounts& all = counts_[id];
    all.total.add(counts.total);
    all.steps.resize(std::max(all.steps.size(), counts.steps.size()));
    for (std::size_t i = 0; i < counts.steps.size(); ++i) all.steps[i].add(counts.steps[i]);
  }
}

std::map<std::string, ingest::PipelineCounts> StoreIngest::counts() const {
  const std::scoped_lock lock(mutex_);
  return counts_;
}

void StoreIngest::ingest(std::span<store::IndexItem> items) {
  const store::StatePtr state = catalog_.state();
  std::optional<Chain> chain;
  NamedIndices indices(*state);
  for (store::IndexItem& item : items) {
    if (item.written.error || item.write.kind == store::WriteKind::kDelete || item.without_pipelines) continue;
    const IndexPipelines& of_index = indices.pipelines(item.index);
    Wanted wanted{of_index.first, of_index.last};
    if (!item.pipeline.empty()) wanted.first = item.pipeline == kNone ? std::string_view() : item.pipeline;
    if (wanted.first.empty() && wanted.last.empty()) continue;
    if (!chain) chain.emplace(*this, *state, indices);
    Status done = chain->apply(item, wanted);
    if (done) continue;
    item.written.error = std::move(done.error());
    item.ingest_failed = true;
  }
}

}  // namespace sluice
