#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "io/store/catalog/catalog.h"
#include "io/store/documents/documents.h"
#include "io/store/writing/operation_counts.h"
#include "io/store/writing/search_views.h"
#include "pipeline/base/buffer.h"

namespace sluice::store {

/// The texts of a document that pipelines have changed.
struct IngestedTexts {
  std::string index;
  std::string id;
  std::string routing;
  Buffer source;
};

/// One document to write to an index by its name, and what became of it.
struct IndexItem {
  std::string_view index;  ///< a name, an alias, a data stream, date math; not an expression
  Write write;             ///< an empty id: one is made, and kept in `made_id`
  bool require_alias = false;
  bool require_data_stream = false;
  std::string_view pipeline;       ///< an ingest pipeline; empty: the index's own, `_none`: none but its last one
  bool without_pipelines = false;  ///< no pipeline runs, whatever the index says: changes of documents that are there

  bool dropped = false;          ///< by a pipeline: it is not written, and that is no error
  bool ingest_failed = false;    ///< `written.error` is a pipeline's
  std::int64_t ingest_ns = 0;    ///< how long its pipelines took; 0: none ran
  bool lists_pipelines = false;  ///< whether `executed_pipelines` is wanted
  std::vector<std::string> executed_pipelines{};
  /// What a pipeline made of the document; `index` and `write` point into it.
  std::shared_ptr<const IngestedTexts> ingested;

  IndexPtr target;      ///< where it went; null where that could not be told
  std::string made_id;  ///< backs `write.id` where the store made it
  Written written;      ///< `written.error` is set for every document that was not written, whatever the reason
};

/// Runs ingest pipelines on documents before they are written. Any thread.
class Ingester {
 public:
  virtual ~Ingester() = default;
  /// Changes items in place; `written.error` of those that fail, `dropped` of those that go no further.
  virtual void ingest(std::span<IndexItem> items) = 0;
};

/// Writes documents as Elasticsearch's index API does: finds or makes the index, checks the document against the
/// mapping and extends it, applies an alias' routing, refuses what a closed or blocked index refuses. Any thread.
class Indexer {
 public:
  Indexer(Documents& documents, Catalog& catalog, SearchViews& views, std::string auto_create)
      : documents_(documents), catalog_(catalog), views_(views), auto_create_(std::move(auto_create)) {}

  /// Writes the items; those of one index keep their order, and those with an error already are left alone. Where the
  /// store refuses those of an index, each of them has the error, and the others are written. An error means that the
  /// store itself failed, and not only an index was deleted meanwhile.
  Status write(std::span<IndexItem> items);

  /// Makes the index that a write to `name` would make; nothing where it is there. Errors: as write()'s.
  Status ensure_index(std::string_view name, bool require_alias);

  /// Whether a write to `name`, which is not there, would make an index. Errors: check_auto_create()'s.
  [[nodiscard]] Status may_create(std::string_view name) const;

  /// Who runs pipelines; it outlives the indexer's last write. Set once, before there are other threads. Without one a
  /// document that asks for a pipeline is refused.
  void set_ingester(Ingester* ingester) { ingester_ = ingester; }

  /// `action.auto_create_index`; a change acts on the next write.
  void set_auto_create(std::string value);

  /// What `_stats` tells; writes count themselves, whoever reads or searches counts that.
  IndexCounts& counts() { return counts_; }

 private:
  struct Group;
  Result<IndexPtr> target_of(const IndexItem& item);
  Status check(IndexItem& item, Group& group);
  /// Notes that a document of the index has values that were ignored.
  Result<IndexPtr> note_ignored(const IndexPtr& index);
  Result<IndexPtr> extend(const IndexPtr& index, const MappingPtr& update);
  Status write_group(Group& group);
  std::string auto_create() const;

  Documents& documents_;
  Catalog& catalog_;
  SearchViews& views_;
  IndexCounts counts_;
  Ingester* ingester_ = nullptr;
  mutable std::mutex mutex_;
  std::string auto_create_;
};

/// `index.translog.durability`.
Durability durability_of(const IndexMeta& index);

/// cluster_block_exception for an index whose `index.blocks.*` keep writes away: 403, or 429 where only
/// `read_only_allow_delete` does; nothing: it may be written.
std::optional<Error> write_block(const IndexMeta& index);

}  // namespace sluice::store
