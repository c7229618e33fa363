#include <chrono>

#include "io/store/catalog/index_names.h"
#include "pipeline/base/json_text.h"
#include "tools/sluiced/rest/broken_json.h"
#include "tools/sluiced/rest/bulk_request.h"
#include "tools/sluiced/rest/document_reply.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/rest/update_document.h"

namespace sluice::rest {

namespace {

constexpr std::string_view kNames[] = {"index", "create", "delete", "update"};

/// What holds for a whole bulk.
struct BulkOptions {
  bool require_alias = false;
  bool require_data_stream = false;
  bool list_executed = false;
  Refresh refresh = Refresh::kNo;
  SourceFields source;  ///< of updates
};

/// Runs the actions in their order, runs of plain writes together, and writes the items of the answer.
class BulkRun {
 public:
  BulkRun(Services& services, const BulkOptions& options) : services_(services), options_(options) {
    out_.begin_array();
  }

  Status run(const BulkRequest& request) {
    make_indices(request);
    for (std::size_t at = 0; at < request.actions.size();) {
      if (request.actions[at].kind == BulkKind::kUpdate) {
        if (auto updated = update(request.actions[at]); !updated) return updated;
        ++at;
        continue;
      }
      std::size_t end = at;
      while (end < request.actions.size() && request.actions[end].kind != BulkKind::kUpdate) ++end;
      write({request.actions.data() + at, end - at});
      at = end;
    }
    out_.end_array();
    if (options_.refresh == Refresh::kNo) return {};
    for (const store::IndexPtr& index : touched_) services_.views.refresh(*index);
    return {};
  }

  [[nodiscard]] bool errors() const { return errors_; }
  /// Nothing: no pipeline ran.
  [[nodiscard]] std::optional<std::int64_t> ingest_took_ms() const {
    return ingested_ ? std::optional<std::int64_t>(ingest_ns_ / 1'000'000) : std::nullopt;
  }
  [[nodiscard]] const std::string& items() const { return out_.text(); }

 private:
  /// Indices are made before anything is written: a delete finds the index that a later action makes. What is wrong
  /// with a name, its own action tells.
  void make_indices(const BulkRequest& request) {
    const store::StatePtr state = services_.catalog.state();
    std::vector<std::string_view> missing;
    for (const BulkAction& action : request.actions) {
      if (action.kind != BulkKind::kDelete) continue;
      const auto index = store::write_index(*state, action.index);
      if (index && *index == nullptr) missing.push_back(action.index);
    }
    if (missing.empty()) return;
    for (const BulkAction& action : request.actions) {
      if (action.kind == BulkKind::kDelete || std::ranges::find(missing, action.index) == missing.end()) continue;
      const Status made = services_.indexer.ensure_index(action.index, action.require_alias.value_or(false));
      if (made) std::erase(missing, action.index);
    }
  }

  void write(std::span<const BulkAction> actions) {
    std::vector<store::IndexItem> items(actions.size());
    for (std::size_t i = 0; i < actions.size(); ++i) fill(actions[i], items[i]);
    [[maybe_unused]] const auto done = services_.indexer.write(items);  // each item tells what became of it
    for (std::size_t i = 0; i < actions.size(); ++i) answer(actions[i], items[i]);
  }

  void fill(const BulkAction& action, store::IndexItem& item) const {
    item.index = action.index;
    item.pipeline = action.pipeline;
    item.lists_pipelines = action.list_executed.value_or(options_.list_executed);
    item.require_alias = action.require_alias.value_or(options_.require_alias);
    item.require_data_stream = action.require_data_stream.value_or(options_.require_data_stream);
    store::Write& write = item.write;
    write.kind = action.kind == BulkKind::kDelete   ? store::WriteKind::kDelete
                 : action.kind == BulkKind::kCreate ? store::WriteKind::kCreate
                                                    : store::WriteKind::kIndex;
    write.id = action.id;
    write.routing = action.routing;
    write.source = action.source;
    write.versioning = action.versioning;
    write.version = action.version;
    write.if_seq_no = action.if_seq_no;
    write.if_primary_term = action.if_primary_term;
    if (action.has_id && action.id.empty()) {
      item.written.error = illegal_argument("if _id is specified it must not be empty");
    }
  }

  void touch(const store::IndexPtr& index) {
    if (options_.refresh == Refresh::kNo || index == nullptr) return;
    if (touched_.empty() || touched_.back()->number != index->number) touched_.push_back(index);
  }

  void failed(std::string_view kind, std::string_view index, std::optional<std::string_view> id, const Error& error) {
    errors_ = true;
    out_.begin_object().key(kind).begin_object().member("_index", index).key("_id");
    if (id) {
      out_.string(*id);
    } else {
      out_.null();
    }
    out_.member("status", error.status).key("error");
    error.write(out_);
    out_.end_object().end_object();
  }

  /// What a pipeline has let go.
  void dropped(std::string_view kind, const BulkAction& action) {
    out_.begin_object().key(kind).begin_object();
    write_dropped_members(out_, action.index, action.id, action.kind == BulkKind::kCreate ? -4 : -3);
    out_.member("status", 200).end_object().end_object();
  }

  void write_executed(const store::IndexItem& item) {
    if (!item.lists_pipelines) return;
    out_.key("executed_pipelines").begin_array();
    for (const std::string& id : item.executed_pipelines) out_.string(id);
    out_.end_array();
  }

  void answer(const BulkAction& action, const store::IndexItem& item) {
    const std::string_view kind = kNames[static_cast<std::size_t>(action.kind)];
    ingested_ = ingested_ || item.ingest_ns != 0 || item.ingest_failed;
    ingest_ns_ += item.ingest_ns;
    if (item.dropped) return dropped(kind, action);
    if (item.written.error) {
      std::optional<std::string_view> id;
      if (!item.write.id.empty() || action.has_id) id = item.write.id;
      if (item.ingest_failed && !id) id = "auto-generated";
      failed(kind, item.target == nullptr ? item.index : std::string_view(item.target->name), id,
             exact_document_error(*item.written.error, action.source));
      return;
    }
    touch(item.target);
    out_.begin_object().key(kind).begin_object();
    write_reply_members(out_, {*item.target, item.write.id, item.written, "", options_.refresh == Refresh::kNow});
    if (action.kind != BulkKind::kDelete) write_executed(item);
    out_.member("status", result_status(item.written.result)).end_object().end_object();
  }

  Status update(const BulkAction& action) {
    UpdateRequest request;
    request.index = action.index;
    request.id = action.id;
    request.routing = action.routing;
    request.retry_on_conflict = action.retry_on_conflict;
    request.if_seq_no = action.if_seq_no;
    request.if_primary_term = action.if_primary_term;
    request.has_version = action.version.has_value();
    request.require_alias = action.require_alias.value_or(options_.require_alias);
    // What is wrong in an update's body refuses the whole bulk: Elasticsearch reads it with the lines.
    if (auto read = read_update_body(action.source, request); !read) return read;
    if (!options_.source.json.empty()) request.source = options_.source;
    if (action.fields) request.source = *action.fields;
    if (const auto problems = update_problems(request); !problems.empty()) {
      return std::unexpected(validation_error(problems));
    }
    auto outcome = update_document(services_, request, scripts_);
    if (!outcome) {
      failed("update", action.index, action.id, outcome.error());
      return {};
    }
    if (outcome->dropped) {
      out_.begin_object().key("update").begin_object();
      write_update_dropped(out_, request, *outcome, -3);
      out_.member("status", 200).end_object().end_object();
      return {};
    }
    touch(outcome->index);
    out_.begin_object().key("update").begin_object();
    write_reply_members(out_, {*outcome->index, request.id, outcome->written, outcome->noop ? "noop" : "",
                               options_.refresh == Refresh::kNow, true});
    write_update_get(out_, request, *outcome);
    const int status = outcome->noop ? 200 : result_status(outcome->written.result);
    out_.member("status", status).end_object().end_object();
    return {};
  }

  Services& services_;
  const BulkOptions& options_;
  UpdateScripts scripts_;
  JsonWriter out_;
  std::vector<store::IndexPtr> touched_;
  bool errors_ = false;
  bool ingested_ = false;
  std::int64_t ingest_ns_ = 0;
};

Result<BulkOptions> bulk_options_of(const Call& call) {
  BulkOptions options;
  auto require_alias = call.flag("require_alias", false);
  if (!require_alias) return std::unexpected(require_alias.error());
  options.require_alias = *require_alias;
  auto require_stream = call.flag("require_data_stream", false);
  if (!require_stream) return std::unexpected(require_stream.error());
  options.require_data_stream = *require_stream;
  auto list_executed = call.flag("list_executed_pipelines", false);
  if (!list_executed) return std::unexpected(list_executed.error());
  options.list_executed = *list_executed;
  auto refresh = refresh_of(call);
  if (!refresh) return std::unexpected(refresh.error());
  options.refresh = *refresh;
  if (auto read = read_source_parameters(call, options.source); !read) return std::unexpected(read.error());
  return options;
}

}  // namespace

Result<Reply> bulk(Call& call, Services& services) {
  const auto began = std::chrono::steady_clock::now();
  if (!call.has_body()) {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "parse_exception", "request body is required"));
  }
  auto options = bulk_options_of(call);
  if (!options) return std::unexpected(options.error());
  const BulkDefaults defaults{call.text_or("index", ""), call.text_or("routing", ""), call.text_or("pipeline", "")};
  if (call.text("pipeline") && call.text_or("pipeline", "").empty())
    return std::unexpected(validation_error({"pipeline cannot be an empty string"}));
  auto request = read_bulk(call.body(), defaults);
  if (!request) return std::unexpected(request.error());
  if (const auto problems = bulk_problems(*request); !problems.empty()) {
    return std::unexpected(validation_error(problems));
  }
  BulkRun run(services, *options);
  if (auto done = run.run(*request); !done) return std::unexpected(done.error());
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
  JsonWriter out;
  out.begin_object().member("errors", run.errors()).member("took", static_cast<std::int64_t>(took.count()));
  if (const auto ingest_took = run.ingest_took_ms()) out.member("ingest_took", *ingest_took);
  out.key("items").raw(run.items()).end_object();
  return Reply::json(out.take());
}

}  // namespace sluice::rest
