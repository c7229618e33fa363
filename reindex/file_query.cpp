#include "reindex/file_query.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <limits>
#include <set>
#include <utility>
#include <vector>

#include <sys/stat.h>

#include "io/ndjson/null_sink.h"
#include "io/store/mappings/mapping.h"
#include "pipeline/base/buffer.h"
#include "pipeline/base/json_text.h"
#include "pipeline/graph/run_graph.h"
#include "reindex/source_mapping.h"
#include "stages/parse/parse.h"
#include "stages/query/compile.h"
#include "stages/query/query_stage.h"

namespace sluice {

namespace {

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

/// A schema that remembers what a query asked of it.
class AskedSchema final : public pipeline::Schema {
 public:
  explicit AskedSchema(store::MappingPtr mapping) : mapping_(std::move(mapping)) {}
  [[nodiscard]] const pipeline::FieldSchema* find(std::string_view path) const override {
    names_.emplace(path);
    return mapping_->find(path);
  }
  [[nodiscard]] const pipeline::FieldSchema* join() const override { return mapping_->join(); }
  [[nodiscard]] std::vector<const pipeline::FieldSchema*> scripted() const override { return mapping_->scripted(); }
  [[nodiscard]] std::vector<const pipeline::FieldSchema*> matching(std::string_view pattern) const override {
    if (pattern.find('*') == std::string_view::npos) {
      names_.emplace(pattern);
    } else {
      patterns_ = true;
    }
    return mapping_->matching(pattern);
  }
  /// Whether nothing that further documents bring can change what was asked. Objects may get more fields.
  [[nodiscard]] bool is_settled(const store::Mapping& mapping) const {
    if (patterns_) return false;
    return std::ranges::all_of(names_, [&](const std::string& name) {
      const pipeline::FieldSchema* field = mapping.find(name);
      return field != nullptr && field->kind != pipeline::FieldKind::kObject;
    });
  }

 private:
  store::MappingPtr mapping_;
  mutable std::set<std::string, std::less<>> names_;
  mutable bool patterns_ = false;
};

/// Dynamic mapping, document by document, until `settled` says that it is enough.
class LearnFields final : public pipeline::Stage {
 public:
  LearnFields(store::MappingPtr mapping, const AskedSchema& asked, const std::atomic<bool>& cancelled)
      : mapping_(std::move(mapping)), asked_(asked), cancelled_(cancelled) {}
  [[nodiscard]] std::string_view name() const override { return "learn_fields"; }
  Status apply(pipeline::Batch& batch) const override {
    for (const pipeline::Document& document : batch.documents) {
      if (document.outcome != pipeline::Outcome::kPending || document.source.empty()) continue;
      if (asked_.is_settled(*mapping_) || cancelled_) return std::unexpected(enough());
      auto checked = mapping_->check(document.source, {}, limits_);
      // A document that an index would refuse adds nothing to its mapping.
      if (!checked || checked->update == nullptr) continue;
      auto merged = mapping_->merge(*checked->update, limits_);
      if (merged) mapping_ = std::move(*merged);
    }
    return {};
  }
  [[nodiscard]] const store::MappingPtr& mapping() const { return mapping_; }
  /// What ends the reading once enough is known.
  static Error enough() { return {ErrorKind::kCancelled, 503, "task_cancelled_exception", "all fields are known"}; }

 private:
  mutable store::MappingPtr mapping_;  ///< one batch at a time: the graph has one token
  const AskedSchema& asked_;
  const std::atomic<bool>& cancelled_;
  /// A file is no index: it may have any number of fields.
  store::MappingLimits limits_{.total_fields = std::numeric_limits<std::uint32_t>::max(),
                               .depth = 1000,
                               .nested_fields = std::numeric_limits<std::uint32_t>::max()};
};

Result<stages::CompiledQueryPtr> compile(const std::string& json, const pipeline::Schema& schema,
                                         const stages::Analysis* analysis, std::int64_t now, const std::string& index) {
  Buffer padded(json.size());
  padded.append(json);
  const stages::QueryContext context{
      .schema = schema, .index = index, .index_uuid = "_na_", .analysis = analysis, .now_ms = now};
  return stages::compile_query(padded.view(), context);
}

struct Opened {
  std::unique_ptr<pipeline::Source> source;
  pipeline::SourceFacts facts;
};

Result<Opened> open(const io::FileSourceOptions& file) {
  auto source = io::make_file_source(file);
  if (!source) return std::unexpected(std::move(source.error()));
  std::promise<Result<pipeline::SourceFacts>> opened;
  (*source)->open([&](Result<pipeline::SourceFacts> facts) { opened.set_value(std::move(facts)); });
  auto facts = opened.get_future().get();
  if (!facts) return std::unexpected(std::move(facts.error()));
  return Opened{std::move(*source), *facts};
}

/// One batch at a time, so that the first document that has a field decides what it is. Lines that are no JSON are the
/// run's business.
pipeline::GraphOptions learning_options() {
  pipeline::GraphOptions options;
  options.tokens_per_lane = 1;
  options.max_failures = pipeline::FailureBudget::documents(std::numeric_limits<std::uint64_t>::max());
  options.threads = 1;
  return options;
}

bool can_be_read_twice(const std::string& path) {
  struct stat facts{};
  if (path == "-") return false;
  // One that is not there is told about when it is opened.
  return ::stat(path.c_str(), &facts) != 0 || S_ISREG(facts.st_mode);
}

class MappedQuery final : public FileQuery {
 public:
  MappedQuery(std::string query, SourceMapping mapping, bool learn, io::FileSourceOptions file, std::string index,
              std::size_t max_document)
      : query_(std::move(query)),
        mapping_(std::move(mapping)),
        learn_(learn),
        file_(std::move(file)),
        index_(std::move(index)),
        max_document_(max_document) {
    file_.slices = 1;
    file_.part.reset();
  }

  Result<std::unique_ptr<pipeline::Stage>> prepare(io::EventLoop& loop, const std::atomic<bool>& cancelled) override {
    auto query = compiled(loop, cancelled);
    if (!query) return std::unexpected(std::move(query.error()));
    if (Status checked = (*query)->check_without_statistics(); !checked) {
      return std::unexpected(std::move(checked.error()));
    }
    for (std::size_t pass = 0; pass < (*query)->passes(); ++pass) {
      if (Status passed = pass_over(*query, pass, loop, cancelled); !passed) {
        return std::unexpected(std::move(passed.error()));
      }
    }
    return std::make_unique<stages::QueryStage>(
        stages::QueryStageOptions{.query = std::move(*query), .keeps = kept_, .index = index_});
  }

  Result<std::string> explain(io::EventLoop& loop) override {
    const std::atomic<bool> cancelled = false;
    auto query = compiled(loop, cancelled);
    if (!query) return std::unexpected(std::move(query.error()));
    return (*query)->explain();
  }

 private:
  Result<stages::CompiledQueryPtr> compiled(io::EventLoop& loop, const std::atomic<bool>& cancelled) {
    if (learn_) {
      if (Status learned = learn(loop, cancelled); !learned) return std::unexpected(std::move(learned.error()));
    }
    kept_ = std::make_shared<const SourceMapping>(mapping_);
    return compile(query_, *kept_->mapping, kept_->analysis.get(), now_, index_);
  }

  Status learn(io::EventLoop& loop, const std::atomic<bool>& cancelled) {
    const AskedSchema asked(mapping_.mapping);
    if (auto compiled = compile(query_, asked, mapping_.analysis.get(), now_, index_); !compiled) {
      return std::unexpected(std::move(compiled.error()));
    }
    if (asked.is_settled(*mapping_.mapping)) return {};
    const LearnFields fields(mapping_.mapping, asked, cancelled);
    if (Status read = read_file(fields, loop, cancelled);
        !read && read.error().reason != LearnFields::enough().reason) {
      return read;
    }
    mapping_.mapping = fields.mapping();
    return {};
  }

  /// Shows all documents to a query that joins, once.
  Status pass_over(const stages::CompiledQueryPtr& query, std::size_t pass, io::EventLoop& loop,
                   const std::atomic<bool>& cancelled) const {
    if (!can_be_read_twice(file_.path)) {
      return std::unexpected(
          illegal_argument("[source.query] joins documents, and a stream can't be read twice to find "
                           "what belongs together: write it to a file first"));
    }
    const stages::QueryStage look({.query = query, .keeps = kept_, .index = index_, .pass = pass});
    return read_file(look, loop, cancelled);
  }

  /// Reads the whole file through a stage, one batch at a time.
  Status read_file(const pipeline::Stage& stage, io::EventLoop& loop, const std::atomic<bool>& cancelled) const {
    auto opened = open(file_);
    if (!opened) return std::unexpected(std::move(opened.error()));
    io::NullSink nowhere;
    const stages::Parse parse(
        {.source_name = opened->source->name(), .keep_structurals = true, .max_document = max_document_});
    pipeline::RunGraph graph(*opened->source, nowhere, {&parse, &stage}, loop, opened->facts.slices,
                             learning_options());
    graph.run();
    if (cancelled) {
      return std::unexpected(Error(ErrorKind::kCancelled, 503, "task_cancelled_exception", "the run was cancelled"));
    }
    const pipeline::RunStatus status = graph.status();
    return status.error ? Status(std::unexpected(*status.error)) : Status();
  }

  std::string query_;
  SourceMapping mapping_;
  std::shared_ptr<const SourceMapping> kept_;  ///< what the compiled query looks at
  bool learn_;
  io::FileSourceOptions file_;
  std::string index_;
  std::size_t max_document_;
  std::int64_t now_ = now_ms();
};

/// Whether another mapping may take the query.
bool is_of_a_field(const Error& error) { return stages::is_shard_error(error); }

}  // namespace

Result<std::unique_ptr<FileQuery>> FileQuery::make(const Request& request, const RunOptions& options,
                                                   io::FileSourceOptions file) {
  auto mapping = SourceMapping::parse(options.source_mapping);
  if (!mapping) return std::unexpected(std::move(mapping.error()));
  if (const std::string_view runtime = request.source.other_key("runtime_mappings"); !runtime.empty()) {
    auto with_runtime = mapping->mapping->with_runtime(runtime);
    if (!with_runtime) return std::unexpected(std::move(with_runtime.error()));
    mapping->mapping = std::move(*with_runtime);
  }
  // What is wrong with it whatever the fields are shows before anything is read.
  const AskedSchema asked(mapping->mapping);
  auto compiled = compile(request.source.query, asked, nullptr, now_ms(), {});
  if (!compiled && !is_of_a_field(compiled.error())) return std::unexpected(std::move(compiled.error()));
  const bool learn = options.source_mapping.empty() && !asked.is_settled(*mapping->mapping);
  if (learn && !can_be_read_twice(file.path)) {
    return std::unexpected(
        illegal_argument("[source.query] needs to know what the fields of [" + file.path +
                         "] are, and a stream can't be read twice to learn it: give its mapping with --mapping FILE"));
  }
  std::string index = request.source.indices.empty() ? std::string() : request.source.indices.front();
  return std::make_unique<MappedQuery>(request.source.query, std::move(*mapping), learn, std::move(file),
                                       std::move(index), options.max_document);
}

Result<std::string> explain_query(const Request& request, const RunOptions& options) {
  io::FileSourceOptions file;
  file.path = options.source.starts_with("file:") ? options.source.substr(5) : options.source;
  file.format = options.source_format;
  file.max_document = options.max_document;
  auto query = FileQuery::make(request, options, std::move(file));
  if (!query) return std::unexpected(std::move(query.error()));
  io::EventLoop loop;
  return (*query)->explain(loop);
}

}  // namespace sluice
