#include "io/store/writing/indexer.h"

#include <chrono>
#include <utility>
#include <vector>

#include "io/store/catalog/create_index.h"
#include "io/store/catalog/index_blocks.h"
#include "io/store/catalog/index_names.h"
#include "io/store/writing/timestamp_check.h"

namespace sluice::store {

namespace {

constexpr std::size_t kLongestId = 512;
/// How often a document is checked again because somebody else changed the mapping in between.
constexpr int kMostExtensions = 10;

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

Status check_id(const IndexItem& item) {
  if (item.write.id.size() <= kLongestId) return {};
  return std::unexpected(validation_error(
      {"id [" + std::string(item.write.id) +
       "] is too long, must be no longer than 512 bytes but was: " + std::to_string(item.write.id.size())}));
}

/// A document that asks for a pipeline must not be written without it. Views of the index's own two; empty: none.
Status check_pipeline(const IndexItem& item, std::string_view default_pipeline, std::string_view final_pipeline) {
  if (item.write.kind == WriteKind::kDelete || item.without_pipelines) return {};
  for (const std::string_view name : {item.pipeline.empty() ? default_pipeline : item.pipeline, final_pipeline}) {
    if (name == "_none" || name.empty()) continue;
    return std::unexpected(illegal_argument("pipeline with id [" + std::string(name) + "] does not exist"));
  }
  return {};
}

/// An alias may say where its documents go.
Status apply_alias_routing(IndexItem& item, const IndexMeta& index) {
  const auto alias = index.aliases.find(item.index);
  if (alias == index.aliases.end() || alias->second.index_routing.empty()) return {};
  const std::string& routing = alias->second.index_routing;
  if (routing.find(',') != std::string::npos) {
    return std::unexpected(illegal_argument("index/alias [" + alias->first + "] provided with routing value [" +
                                            routing +
                                            "] that resolved to several routing values, rejecting operation"));
  }
  if (!item.write.routing.empty() && item.write.routing != routing) {
    return std::unexpected(illegal_argument("Alias [" + alias->first + "] has index routing associated with it [" +
                                            routing + "], and was provided with routing value [" +
                                            std::string(item.write.routing) + "], rejecting operation"));
  }
  item.write.routing = routing;
  return {};
}

/// Adds what became of one write. The time of a group's write is shared by its documents.
void count(OperationCounts& counts, WriteKind kind, const std::optional<Error>& error, std::int64_t nanoseconds) {
  if (error) {
    if (kind == WriteKind::kDelete) return;
    ++counts.index_failed;
    if (error->kind == ErrorKind::kConflict) ++counts.index_conflicts;
    return;
  }
  ++(kind == WriteKind::kDelete ? counts.deleted : counts.indexed);
  (kind == WriteKind::kDelete ? counts.delete_ns : counts.index_ns) += nanoseconds;
}

}  // namespace

/// The items of one index, in their order.
struct Indexer::Group {
  IndexPtr index;
  std::vector<IndexItem*> items;
  std::string default_pipeline{};
  std::string final_pipeline{};
  MappingLimits limits{};  ///< of `index`: reading settings takes longer than checking a small document
};

Durability durability_of(const IndexMeta& index) {
  const std::string text = index.setting("index.translog.durability", "request");
  return text == "async" || text == "ASYNC" ? Durability::kAsync : Durability::kRequest;
}

std::optional<Error> write_block(const IndexMeta& index) {
  Blocks blocks = blocks_of(index, IndexUse::kWrite);
  if (blocks.status == 0) return std::nullopt;
  return Error(ErrorKind::kDocument, blocks.status, "cluster_block_exception", std::move(blocks.reason));
}

void Indexer::set_auto_create(std::string value) {
  const std::scoped_lock lock(mutex_);
  auto_create_ = std::move(value);
}

std::string Indexer::auto_create() const {
  const std::scoped_lock lock(mutex_);
  return auto_create_;
}

Status Indexer::may_create(std::string_view name) const {
  return check_auto_create(*catalog_.state(), name, auto_create());
}

Result<IndexPtr> Indexer::target_of(const IndexItem& item) {
  auto name = resolve_date_math(item.index, now_ms());
  if (!name) return std::unexpected(name.error());
  StatePtr state = catalog_.state();
  if (item.require_alias && !is_alias(*state, *name)) {
    return std::unexpected(Error(ErrorKind::kNotFound, 404, "index_not_found_exception",
                                 "no such index [" + *name + "] and [require_alias] request flag is [true] and [" +
                                     *name + "] is not an alias")
                               .with("index_uuid", "_na_")
                               .with("index", *name));
  }
  auto index = write_index(*state, *name);
  if (!index) return index;
  if (*index == nullptr) {
    // Deletes don't make indices, but those that bring a version from elsewhere do.
    if (item.write.kind == WriteKind::kDelete && item.write.versioning == Versioning::kInternal) {
      return std::unexpected(index_not_found(*name));
    }
    if (auto made = store::auto_create(catalog_, *name, auto_create()); !made) return std::unexpected(made.error());
    state = catalog_.state();
    index = write_index(*state, *name);
    if (!index) return index;
    if (*index == nullptr) return std::unexpected(index_not_found(*name));
  }
  const bool stream = state->data_streams.contains(*name);
  if (item.require_data_stream && !stream) {
    return std::unexpected(Error(ErrorKind::kNotFound, 404, "index_not_found_exception",
                                 "no such index [" + *name +
                                     "] and [require_data_stream] request flag is [true] and [" + *name +
                                     "] is not a data stream")
                               .with("index_uuid", "_na_")
                               .with("index", *name));
  }
  if (stream && item.write.kind != WriteKind::kCreate) {
    return std::unexpected(illegal_argument("only write ops with an op_type of create are allowed in data streams"));
  }
  return index;
}

Status Indexer::ensure_index(std::string_view name, bool require_alias) {
  IndexItem item;
  item.index = name;
  item.require_alias = require_alias;
  item.write.kind = WriteKind::kCreate;
  auto target = target_of(item);
  return target ? Status{} : std::unexpected(target.error());
}

Result<IndexPtr> Indexer::extend(const IndexPtr& index, const MappingPtr& update) {
  IndexPtr newest;
  Status changed = catalog_.update([&](ClusterState& state) -> Status {
    const IndexPtr now = state.find(index->name);
    if (now == nullptr || now->number != index->number) return std::unexpected(index_not_found(index->name));
    auto merged = now->mapping->merge(*update, now->limits());
    if (!merged) return std::unexpected(merged.error());
    auto extended = std::make_shared<IndexMeta>(*now);
    extended->mapping = *merged;
    ++extended->mapping_version;
    newest = extended;
    state.indices.insert_or_assign(extended->name, newest);
    return {};
  });
  if (!changed) return std::unexpected(changed.error());
  return newest;
}

Result<IndexPtr> Indexer::note_ignored(const IndexPtr& index) {
  IndexPtr newest;
  Status changed = catalog_.update([&](ClusterState& state) -> Status {
    const IndexPtr now = state.find(index->name);
    if (now == nullptr || now->number != index->number) return std::unexpected(index_not_found(index->name));
    auto noted = std::make_shared<IndexMeta>(*now);
    noted->has_ignored = true;
    newest = noted;
    state.indices.insert_or_assign(noted->name, newest);
    return {};
  });
  if (!changed) return std::unexpected(changed.error());
  return newest;
}

Status Indexer::check(IndexItem& item, Group& group) {
  IndexPtr& index = group.index;
  if (ingester_ == nullptr) {
    if (auto checked = check_pipeline(item, group.default_pipeline, group.final_pipeline); !checked) return checked;
  }
  if (auto checked = apply_alias_routing(item, *index); !checked) return checked;
  if (item.write.routing.empty() && index->mapping->routing_required()) {
    return std::unexpected(Error(ErrorKind::kDocument, 400, "routing_missing_exception",
                                 "routing is required for [" + index->name + "]/[" + std::string(item.write.id) + "]")
                               .with("index_uuid", index->uuid)
                               .with("index", index->name));
  }
  if (auto checked = check_id(item); !checked) return checked;
  if (item.write.kind == WriteKind::kDelete) return {};
  for (int round = 0; round < kMostExtensions; ++round) {
    auto checked = index->mapping->check(item.write.source, item.write.id, group.limits);
    if (!checked) return std::unexpected(checked.error());
    if (checked->without_routing && item.write.routing.empty()) {
      return std::unexpected(std::move(*checked->without_routing));
    }
    if (!index->data_stream.empty()) {
      if (auto dated = check_timestamp(item.write.source); !dated) return dated;
    }
    if (!checked->ignored.empty() && !index->has_ignored) {
      auto noted = note_ignored(index);
      if (!noted) return std::unexpected(noted.error());
      index = *noted;
    }
    if (checked->update == nullptr) return {};
    auto extended = extend(index, checked->update);
    if (!extended) {
      // Somebody else may have added the field meanwhile, as another type that the document fits too.
      const IndexPtr now = catalog_.state()->find(index->name);
      if (now == nullptr || now->number != index->number || now->mapping == index->mapping) {
        return std::unexpected(extended.error());
      }
      extended = now;
    }
    index = *extended;
    group.limits = index->limits();
  }
  return std::unexpected(
      internal_error("the mapping of [" + index->name + "] changes faster than documents fit into it"));
}

namespace {

/// Why nothing can be written to an index.
std::optional<Error> refusal(const IndexMeta& index) {
  if (!index.open) return index_closed(index);
  return write_block(index);
}

}  // namespace

Status Indexer::write_group(Group& group) {
  const std::optional<Error> refused = refusal(*group.index);
  group.limits = group.index->limits();
  group.default_pipeline = group.index->setting("index.default_pipeline", "");
  group.final_pipeline = group.index->setting("index.final_pipeline", "");
  std::vector<Write> writes;
  std::vector<IndexItem*> items;
  writes.reserve(group.items.size());
  items.reserve(group.items.size());
  for (IndexItem* item : group.items) {
    if (item->write.id.empty() && item->write.kind != WriteKind::kDelete) {
      item->made_id = Documents::new_id();
      item->write.id = item->made_id;
      item->write.fresh_id = true;
    }
    item->target = group.index;
    if (refused) {
      item->written.error = refused;
      continue;
    }
    if (auto checked = check(*item, group); !checked) {
      item->written.error = checked.error();
      count(counts_.of(group.index->number), item->write.kind, item->written.error, 0);
      continue;
    }
    item->target = group.index;
    writes.push_back(item->write);
    items.push_back(item);
  }
  if (writes.empty()) return {};
  std::vector<Written> outcomes(writes.size());
  const auto begin = std::chrono::steady_clock::now();
  views_.before_write(*group.index);
  Status written = documents_.write(group.index->key(), writes, outcomes, durability_of(*group.index));
  views_.after_write(*group.index);
  if (!written) {
    for (IndexItem* item : items) {
      item->written.error = written.error();
      count(counts_.of(group.index->number), item->write.kind, item->written.error, 0);
    }
    return written;
  }
  const std::int64_t each = (std::chrono::steady_clock::now() - begin).count() / std::ssize(items);
  OperationCounts& counts = counts_.of(group.index->number);
  for (std::size_t i = 0; i < items.size(); ++i) {
    items[i]->written = std::move(outcomes[i]);
    count(counts, items[i]->write.kind, items[i]->written.error, each);
  }
  return {};
}

Status Indexer::write(std::span<IndexItem> items) {
  if (ingester_ != nullptr) ingester_->ingest(items);
  std::vector<Group> groups;
  for (IndexItem& item : items) {
    if (item.written.error || item.dropped) continue;
    // Most bulks go to one index: its name is looked up once.
    if (!groups.empty() && !groups.back().items.empty() && !item.require_alias && !item.require_data_stream &&
        groups.back().items.back()->index == item.index && groups.back().items.back()->write.kind == item.write.kind &&
        groups.back().index->data_stream.empty()) {
      groups.back().items.push_back(&item);
      continue;
    }
    auto target = target_of(item);
    if (!target) {
      item.written.error = target.error();
      continue;
    }
    std::size_t at = 0;
    while (at < groups.size() && groups[at].index->number != (*target)->number) ++at;
    if (at == groups.size()) groups.push_back({*target, {}});
    groups[at].items.push_back(&item);
    if (at + 1 != groups.size()) std::swap(groups[at], groups.back());
  }
  Status all;
  for (Group& group : groups) {
    auto written = write_group(group);
    // An index that was deleted meanwhile is no matter of the others.
    if (!written && written.error().kind != ErrorKind::kNotFound) all = std::move(written);
  }
  return all;
}

}  // namespace sluice::store
