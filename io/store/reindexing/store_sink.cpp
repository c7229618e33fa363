#include "io/store/reindexing/store_sink.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "io/store/catalog/index_names.h"
#include "pipeline/base/json_text.h"
#include "pipeline/model/document_failure.h"
#include "pipeline/model/stored_page.h"
#include "pipeline/model/version_rule.h"

namespace sluice::store {

namespace {

using pipeline::Batch;
using pipeline::Document;
using pipeline::Operation;
using pipeline::Outcome;
using pipeline::Settlement;

/// The text of a token, in the arena where it has escapes.
std::string_view text_of(std::string_view token, Arena& arena) {
  if (token.size() < 2 || token.front() != '"') return token;
  if (has_escape(token)) return arena.copy(json_unquoted(token));
  return token.substr(1, token.size() - 2);
}

/// Checking a document reads a little behind its end. That is safe in a page, and not in the arena, where edited
/// documents are: those move to `scratch`, which has room for them.
std::string_view padded(std::string_view source, const Batch& batch, Buffer& scratch) {
  const std::string_view page = batch.page.text();
  const std::less_equal<> before;
  if (before(page.data(), source.data()) && before(source.data() + source.size(), page.data() + page.size())) {
    return source;
  }
  const std::size_t begin = scratch.size();
  scratch.append(source);
  return {scratch.data() + begin, source.size()};
}

WriteKind kind_of(const Document& document, bool create) {
  if (document.operation == Operation::kDelete) return WriteKind::kDelete;
  return document.operation == Operation::kCreate || create ? WriteKind::kCreate : WriteKind::kIndex;
}

constexpr pipeline::VersionTerms<Versioning> kVersionTerms{Versioning::kInternal, Versioning::kExternal,
                                                           Versioning::kExternalGte};

/// What Elasticsearch refuses before it looks at the index. Source: DocWriteRequest.
std::optional<Error> refused_beforehand(const Document& document, std::string_view id, Versioning versioning) {
  if (!document.id.empty() && id.empty()) return illegal_argument("if _id is specified it must not be empty");
  if (versioning != Versioning::kInternal && document.version < 0) {
    const char* type = versioning == Versioning::kExternal ? "EXTERNAL" : "EXTERNAL_GTE";
    return illegal_argument("illegal version value [" + std::to_string(document.version) + "] for version type [" +
                            type + "]");
  }
  return std::nullopt;
}

Outcome outcome_of(const Written& written) {
  if (written.error) return written.error->status == 409 ? Outcome::kConflict : Outcome::kFailed;
  switch (written.result) {
    case WriteResult::kCreated:
      return Outcome::kCreated;
    case WriteResult::kUpdated:
      return Outcome::kUpdated;
    case WriteResult::kDeleted:
    case WriteResult::kNotFound:  // Elasticsearch counts a delete of what is not there as deleted
      break;
  }
  return Outcome::kDeleted;
}

/// unavailable_shards_exception, 503, where an index is asked for more copies of its shards than the one there is.
std::optional<Error> too_few_copies(const IndexMeta& index, const IndexItem& item, const StoreSinkOptions& options) {
  std::uint32_t wanted = index.replicas() + 1;
  const std::string& text = options.active_shards;
  if (text != "all") std::from_chars(text.data(), text.data() + text.size(), wanted);
  if (wanted <= 1) return std::nullopt;
  const std::uint32_t shard = Documents::shard_of(index.key(), item.write.id, item.write.routing);
  const std::string place = "[" + index.name + "][" + std::to_string(shard) + "]";
  return Error(ErrorKind::kThrottled, 503, "unavailable_shards_exception",
               place + " Not enough active copies to meet shard count of [" +
                   (text == "all" ? "ALL" : std::to_string(wanted)) + "] (have 1, needed " + std::to_string(wanted) +
                   "). Timeout: [" + options.timeout + "], request: [a write to " + place +
                   "]; the embedded store keeps one copy of a shard");
}

/// Whether documents were made, as far as they were written, and none was there already.
bool all_new(std::span<const IndexItem> items) {
  return std::ranges::all_of(items, [](const IndexItem& item) {
    if (item.written.error) return item.written.error->kind != ErrorKind::kConflict;
    return item.dropped || item.written.result == WriteResult::kCreated;
  });
}

pipeline::Failure failure_of(const Batch& batch, std::uint32_t number, const IndexItem& item) {
  pipeline::Failure failure = pipeline::document_failure(batch, number, *item.written.error);
  failure.index = item.target == nullptr ? std::string(item.index) : item.target->name;
  return failure;
}

}  // namespace

StoreSink::StoreSink(const Store& store, StoreSinkOptions options) : store_(store), options_(std::move(options)) {}

StoreSink::~StoreSink() = default;

void StoreSink::open(pipeline::Done done) {
  workers_ = store_.workers;
  if (workers_ == nullptr) {
    own_workers_ = std::make_unique<WorkerPool>(options_.threads);
    workers_ = own_workers_.get();
  }
  done({});
}

std::uint32_t StoreSink::write_together() {
  if (options_.unchanged_only) return 0;  // every document is there already
  groups_.begin_grouping();
  return kDocumentsInFlight;
}

/// The bulk is the documents themselves: only which of them is decided here.
Status StoreSink::encode(Batch& batch) {
  batch.bulk.items.clear();
  batch.bulk.error.reset();
  std::size_t bytes = 0;
  for (std::uint32_t i = 0; i < batch.documents.size(); ++i) {
    const Document& document = batch.documents[i];
    if (document.outcome != Outcome::kPending) continue;
    bytes += document.source.size();
    if (bytes > options_.bulk_bytes && !batch.bulk.items.empty()) break;
    batch.bulk.items.push_back(i);
  }
  return {};
}

void StoreSink::send(const pipeline::BatchPtr& batch, Task done) {
  if (batch->bulk.items.empty()) return done();
  ++batch->bulk.attempts;
  start(groups_.add({batch, std::move(done)}));
}

void StoreSink::start(std::vector<BatchGroup> groups) {
  for (BatchGroup& group : groups) {
    workers_->run([this, group = std::move(group)]() mutable {
      write(group);
      start(groups_.written());
      for (WaitingBatch& each : group) each.done();  // behind the last one the sink may be gone
    });
  }
}

void StoreSink::write(const BatchGroup& group) {
  std::vector<IndexItem> items;
  std::size_t documents = 0;
  for (const WaitingBatch& each : group) documents += each.batch->bulk.items.size();
  items.reserve(documents);
  for (const WaitingBatch& each : group) add_items(*each.batch, items);
  if (Status written = write_items(group, items); !written) {
    for (const WaitingBatch& each : group) each.batch->bulk.error = written.error();
    return groups_.stop_grouping();
  }
  std::span<IndexItem> rest(items);
  for (const WaitingBatch& each : group) {
    const std::size_t count = each.batch->bulk.items.size();
    take_outcomes(*each.batch, rest.first(count));
    rest = rest.subspan(count);
  }
  if (!all_new(items)) groups_.stop_grouping();
  if (options_.refresh) keep_targets(items);
}

void StoreSink::add_items(Batch& batch, std::vector<IndexItem>& items) {
  Buffer& scratch = batch.bulk.body;
  scratch.clear();
  std::size_t bytes = 0;
  for (const std::uint32_t i : batch.bulk.items) bytes += batch.documents[i].source.size();
  scratch.reserve(bytes);  // views into it stay valid
  for (const std::uint32_t i : batch.bulk.items) {
    const Document& document = batch.documents[i];
    IndexItem& item = items.emplace_back();
    item.index = document.index.empty() ? std::string_view(options_.index) : text_of(document.index, batch.arena);
    item.pipeline = options_.pipeline;
    item.write.kind = kind_of(document, options_.create);
    item.write.id = text_of(document.id, batch.arena);
    item.write.routing = text_of(document.routing, batch.arena);
    item.write.source = padded(document.source, batch, scratch);
    item.write.versioning = pipeline::version_type_of(document, kVersionTerms, options_.versioning);
    const bool compares = item.write.versioning != Versioning::kInternal ||
                          (document.version_rule != pipeline::VersionRule::kOfRun && document.version >= 0);
    if (compares) item.write.version = document.version;
    if (const pipeline::WriteCondition* condition = batch.condition_of(i)) {
      item.write.if_seq_no = condition->if_seq_no;
      item.write.if_primary_term = condition->if_primary_term;
    }
    if (options_.unchanged_only) {
      const auto record = pipeline::stored_record_at(batch.page.text(), document.offset);
      item.write.if_seq_no = record.seq_no;
      item.write.if_primary_term = record.primary_term;
    }
    item.written.error = refused_beforehand(document, item.write.id, item.write.versioning);
  }
}

Status StoreSink::write_items(const BatchGroup& group, std::vector<IndexItem>& items) {
  if (aborted_) return std::unexpected(cancelled());
  if (!options_.active_shards.empty()) check_copies(items);
  std::span<IndexItem> rest(items);
  for (const WaitingBatch& each : group) {
    const std::size_t count = each.batch->bulk.items.size();
    if (each.batch->sequence < options_.replayed_batches) {
      if (Status found = find_replayed(*each.batch, rest.first(count)); !found) return found;
    }
    rest = rest.subspan(count);
  }
  return store_.indexer.write(items);
}

void StoreSink::take_outcomes(Batch& batch, std::span<IndexItem> items) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::uint32_t number = batch.bulk.items[i];
    batch.bytes_written += batch.documents[number].source.size();
    if (batch.documents[number].outcome != Outcome::kPending) continue;  // written by an earlier run
    // Elasticsearch counts what a pipeline has dropped as updated.
    batch.documents[number].outcome = items[i].dropped ? Outcome::kUpdated : outcome_of(items[i].written);
    if (items[i].written.error) batch.failures.push_back(failure_of(batch, number, items[i]));
  }
}

Status StoreSink::find_replayed(Batch& batch, std::span<IndexItem> items) {
  const StatePtr state = store_.catalog.state();
  for (std::size_t i = 0; i < items.size(); ++i) {
    IndexItem& item = items[i];
    const Write& write = item.write;
    if (item.written.error || write.id.empty() || write.if_seq_no) continue;
    auto target = write_index(*state, item.index);
    if (!target || *target == nullptr) continue;
    auto there = store_.documents.get((*target)->key(), write.id, write.routing);
    if (!there) return std::unexpected(std::move(there.error()));
    Document& document = batch.documents[batch.bulk.items[i]];
    if (write.kind == WriteKind::kDelete) {
      if (*there == nullptr) document.outcome = Outcome::kDeleted;
    } else if (*there != nullptr) {
      const StoredDocument& stored = (*there)->document();
      const bool same = stored.source == write.source && stored.routing == write.routing &&
                        (!write.version || stored.version == *write.version);
      if (same) document.outcome = Outcome::kCreated;
    }
    // An item with an error is left alone by the store.
    if (document.outcome != Outcome::kPending) item.written.error = cancelled();
  }
  return {};
}

void StoreSink::check_copies(std::vector<IndexItem>& items) {
  std::string_view name;
  IndexPtr index;
  for (IndexItem& item : items) {
    if (item.written.error) continue;
    if (item.index != name || index == nullptr) {
      // What can't be made fails when it is written.
      if (!store_.indexer.ensure_index(item.index, false)) continue;
      auto target = write_index(*store_.catalog.state(), item.index);
      if (!target || *target == nullptr) continue;
      name = item.index;
      index = std::move(*target);
    }
    item.written.error = too_few_copies(*index, item, options_);
    if (item.written.error) item.target = index;
  }
}

void StoreSink::keep_targets(const std::vector<IndexItem>& items) {
  const std::scoped_lock lock(mutex_);
  const IndexMeta* last = nullptr;
  for (const IndexItem& item : items) {
    if (item.target == nullptr || item.target.get() == last || item.written.error) continue;
    last = item.target.get();
    written_.insert_or_assign(item.target->number, item.target);
  }
}

Result<Settlement> StoreSink::settle(Batch& batch) {
  if (batch.bulk.error) return std::unexpected(*batch.bulk.error);
  const bool pending = std::ranges::any_of(
      batch.documents, [](const Document& document) { return document.outcome == Outcome::kPending; });
  return Settlement{pending ? Settlement::Next::kWrite : Settlement::Next::kDone, {}, false};
}

void StoreSink::close(bool complete, pipeline::Done done) {
  own_workers_.reset();
  if (complete && options_.refresh) {
    for (const auto& [number, index] : written_) store_.views.refresh(*index);
  }
  done({});
}

}  // namespace sluice::store
