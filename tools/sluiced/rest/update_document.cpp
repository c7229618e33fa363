#include "tools/sluiced/rest/update_document.h"

#include <chrono>

#include "io/store/catalog/index_names.h"
#include "pipeline/base/json_text.h"
#include "stages/source_filter/source_filter.h"
#include "tools/sluiced/rest/document_reply.h"
#include "tools/sluiced/rest/merge_document.h"
#include "tools/sluiced/rest/scripts.h"

namespace sluice::rest {

namespace {

/// `[id]: document missing` and the like, with the shard that says it.
Error of_document(const store::IndexMeta& index, const UpdateRequest& request, int status, std::string type,
                  const std::string& what) {
  const std::uint32_t shard = store::Documents::shard_of(index.key(), request.id, request.routing);
  return Error(status == 404 ? ErrorKind::kNotFound : ErrorKind::kBadRequest, status, std::move(type),
               "[" + std::string(request.id) + "]: " + what)
      .with("index_uuid", index.uuid)
      .with("shard", std::to_string(shard))
      .with("index", index.name);
}

Error document_missing(const store::IndexMeta& index, const UpdateRequest& request) {
  return of_document(index, request, 404, "document_missing_exception", "document missing");
}

Error sequence_conflict(const store::IndexMeta& index, const UpdateRequest& request,
                        const store::StoredDocument& document) {
  return Error(ErrorKind::kConflict, 409, "version_conflict_engine_exception",
               "[" + std::string(request.id) + "]: version conflict, required seqNo [" +
                   std::to_string(request.if_seq_no.value_or(0)) + "], primary term [" +
                   std::to_string(request.if_primary_term.value_or(0)) + "]. current document has seqNo [" +
                   std::to_string(document.seq_no) + "] and primary term [" + std::to_string(document.primary_term) +
                   "]")
      .with("index_uuid", index.uuid)
      .with("shard", std::to_string(document.shard))
      .with("index", index.name);
}

/// What a write goes through; the source has padding behind it.
Result<store::IndexItem> write_item(Services& services, const UpdateRequest& request, store::Write write) {
  store::IndexItem item;
  item.index = request.index;
  item.require_alias = request.require_alias;
  item.write = write;
  item.without_pipelines = write.kind != store::WriteKind::kCreate && !request.runs_pipelines;
  item.write.id = request.id;
  if (auto written = services.indexer.write({&item, 1}); !written) return std::unexpected(written.error());
  return item;
}

/// What a round is going to do.
struct Prepared {
  UpdateOutcome outcome;
  store::Write write;
};

std::int64_t now_milliseconds() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

Result<stages::ScriptedUpdate> run_script(Services& services, const UpdateRequest& request, UpdateScripts& scripts,
                                          const stages::UpdateContext& context) {
  auto script = compiled_script(services, *request.script, "update");
  if (!script) return std::unexpected(stages::failed_script(std::move(script.error())));
  return scripts.of(std::move(*script)).run(request.script->params, context);
}

/// There is no document.
Status prepare_upsert(Services& services, const UpdateRequest& request, UpdateScripts& scripts, Prepared& prepared) {
  UpdateOutcome& outcome = prepared.outcome;
  const std::string_view fresh = request.doc_as_upsert ? request.doc : request.upsert;
  if (fresh.empty() || request.if_seq_no) return std::unexpected(document_missing(*outcome.index, request));
  outcome.source = fresh;
  prepared.write.kind = store::WriteKind::kCreate;
  if (!request.scripted_upsert || !request.script) return {};
  auto update = run_script(services, request, scripts,
                           {.index = outcome.index->name,
                            .id = request.id,
                            .routing = {},
                            .source = request.upsert,
                            .now = now_milliseconds(),
                            .upsert = true});
  if (!update) return std::unexpected(std::move(update.error()));
  outcome.source = std::move(update->source);
  if (update->operation == stages::UpdateOperation::kWrite) return {};
  outcome.noop = true;
  outcome.exists = false;
  outcome.written.version = -1;
  outcome.written.seq_no = -2;
  outcome.written.primary_term = 0;
  return {};
}

Status prepare_script(Services& services, const UpdateRequest& request, UpdateScripts& scripts,
                      const store::StoredDocument& document, Prepared& prepared) {
  UpdateOutcome& outcome = prepared.outcome;
  auto update = run_script(services, request, scripts,
                           {.index = outcome.index->name,
                            .id = request.id,
                            .routing = document.routing,
                            .source = document.source,
                            .version = document.version,
                            .now = now_milliseconds()});
  if (!update) return std::unexpected(std::move(update.error()));
  outcome.noop = update->operation == stages::UpdateOperation::kNothing;
  if (update->operation == stages::UpdateOperation::kWrite) {
    outcome.source = std::move(update->source);
    return {};
  }
  outcome.shown = std::move(update->source);
  if (outcome.noop) outcome.source = document.source;
  if (!outcome.noop) prepared.write.kind = store::WriteKind::kDelete;
  return {};
}

Status prepare_update(Services& services, const UpdateRequest& request, UpdateScripts& scripts,
                      const store::StoredDocument& document, Prepared& prepared) {
  UpdateOutcome& outcome = prepared.outcome;
  if (request.if_seq_no &&
      (document.seq_no != *request.if_seq_no || document.primary_term != request.if_primary_term.value_or(0))) {
    return std::unexpected(sequence_conflict(*outcome.index, request, document));
  }
  if (!outcome.index->mapping->source_enabled()) {
    return std::unexpected(
        of_document(*outcome.index, request, 400, "document_source_missing_exception", "document source missing"));
  }
  outcome.written.version = document.version;
  outcome.written.seq_no = document.seq_no;
  outcome.written.primary_term = document.primary_term;
  outcome.written.result = store::WriteResult::kUpdated;
  if (prepared.write.routing.empty()) prepared.write.routing = document.routing;
  prepared.write.if_seq_no = document.seq_no;
  prepared.write.if_primary_term = document.primary_term;
  if (request.script) return prepare_script(services, request, scripts, document, prepared);
  auto merged = merge_document(document.source, request.doc);
  if (!merged) return std::unexpected(merged.error());
  outcome.source = std::move(merged->json);
  outcome.noop = request.detect_noop && !merged->changed;
  return {};
}

/// One round; nothing: somebody else was faster.
Result<std::optional<UpdateOutcome>> try_update(Services& services, const UpdateRequest& request,
                                                UpdateScripts& scripts, bool last) {
  GetRequest get;
  get.index = request.index;
  get.id = request.id;
  get.routing = request.routing;
  auto got = get_document_for(services, get, false);
  if (!got) return std::unexpected(got.error());
  Prepared prepared;
  UpdateOutcome& outcome = prepared.outcome;
  outcome.index = got->index;
  outcome.fresh = got->found == nullptr;
  prepared.write.routing = request.routing;
  Status ready = got->found == nullptr ? prepare_upsert(services, request, scripts, prepared)
                                       : prepare_update(services, request, scripts, got->found->document(), prepared);
  if (!ready) return std::unexpected(std::move(ready.error()));
  if (outcome.noop) return std::move(outcome);
  Buffer padded(outcome.source.size());
  padded.append(outcome.source);
  prepared.write.source = padded.view();
  auto item = write_item(services, request, prepared.write);
  if (!item) return std::unexpected(item.error());
  if (item->written.error) {
    if (item->written.error->kind == ErrorKind::kConflict && !last) return std::nullopt;
    return std::unexpected(*item->written.error);
  }
  if (item->dropped) {
    outcome.dropped = true;
    return std::move(outcome);
  }
  outcome.index = item->target;
  outcome.written = item->written;
  return std::move(outcome);
}

/// Updates make a missing index, even if there is nothing to update in it.
Status make_index(Services& services, const UpdateRequest& request) {
  const store::StatePtr state = services.catalog.state();
  auto index = store::write_index(*state, request.index);
  if (!index) return std::unexpected(index.error());
  if (*index != nullptr && !request.require_alias) return {};
  return services.indexer.ensure_index(request.index, request.require_alias);
}

}  // namespace

stages::UpdateScript& UpdateScripts::of(std::shared_ptr<const painless::Script> script) {
  if (last_ == nullptr || last_->script() != script.get()) {
    last_ = std::make_unique<stages::UpdateScript>(std::move(script));
  }
  return *last_;
}

Result<UpdateOutcome> update_document(Services& services, const UpdateRequest& request, UpdateScripts& scripts) {
  if (auto made = make_index(services, request); !made) return std::unexpected(made.error());
  for (int round = 0;; ++round) {
    auto outcome = try_update(services, request, scripts, round >= request.retry_on_conflict);
    if (!outcome) return std::unexpected(outcome.error());
    if (*outcome) return std::move(**outcome);
  }
}

void write_update_dropped(JsonWriter& out, const UpdateRequest& request, const UpdateOutcome& outcome,
                          std::int64_t version) {
  write_dropped_members(out, outcome.index->name, request.id, version);
  if (!outcome.fresh) write_update_get(out, request, outcome);
}

void write_update_get(JsonWriter& out, const UpdateRequest& request, const UpdateOutcome& outcome) {
  if (!outcome.exists) {  // shown whether it was asked for or not
    out.key("get").begin_object().member("found", false).end_object();
    return;
  }
  if (request.source.json.empty() || !request.source.enabled) return;
  out.key("get").begin_object();
  if (!outcome.dropped)
    out.member("_seq_no", outcome.written.seq_no).member("_primary_term", outcome.written.primary_term);
  out.member("found", true);
  if (request.source.everything()) {
    if (!outcome.source.empty()) out.key("_source").raw(outcome.source);
  } else {
    const std::string& shown = outcome.shown.empty() ? outcome.source : outcome.shown;
    out.key("_source").raw(stages::SourceFilter(request.source.includes, request.source.excludes).filtered(shown));
  }
  out.end_object();
}

}  // namespace sluice::rest
