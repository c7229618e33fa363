#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "io/store/catalog/catalog.h"
#include "io/store/documents/documents.h"
#include "io/store/writing/operation_counts.h"
#include "io/store/writing/search_views.h"

namespace sluice::store {

/// One document to write to an index by its name, and what became of it.
struct IndexItem {
  std::string_view index;  ///< a name, an alias, a data stream, date math; not an expression
  Write write;             ///< an empty id: one is made, and kept in `made_id`
  bool require_alias = false;
  bool require_data_stream = false;
  /// An ingest pipeline; empty: the index's own, `_none`: none. There are no pipelines yet, so any name is one that
  /// does not exist, and the document is refused.
  std::string_view pipeline;

  IndexPtr target;      ///< where it went; null where that could not be told
  std::string made_id;  ///< backs `write.id` where the store made it
  Written written;      ///< `written.error` is set for every document that was not written, whatever the reason
};

/// Writes documents as Elasticsearch's index API does: finds or makes the index, checks the document against the
/// mapping and extends it, applies an alias' routing, refuses what a closed or blocked index refuses. Any thread.
class Indexer {
 public:
  Indexer(Documents& documents, Catalog& catalog, SearchViews& views, std::string auto_create)
      : documents_(documents), catalog_(catalog), views_(views), auto_create_(std::move(auto_create)) {}

  /// Writes the items; those of one index keep their order, and those with an error already are left alone. An error
  /// means that the store itself failed: which of the items were written is not known then.
  Status write(std::span<IndexItem> items);

  /// Makes the index that a write to `name` would make; nothing where it is there. Errors: as write()'s.
  Status ensure_index(std::string_view name, bool require_alias);

  /// Whether a write to `name`, which is not there, would make an index. Errors: check_auto_create()'s.
  [[nodiscard]] Status may_create(std::string_view name) const;

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
  mutable std::mutex mutex_;
  std::string auto_create_;
};

/// `index.translog.durability`.
Durability durability_of(const IndexMeta& index);

/// cluster_block_exception, 403, for an index with `index.blocks.write` or `index.blocks.read_only`; nothing: it may be
/// written.
std::optional<Error> write_block(const IndexMeta& index);

}  // namespace sluice::store
