#include "tools/sluiced/rest/index_figures.h"

namespace sluice::rest {

void IndexFigures::add(const IndexFigures& other) {
  docs += other.docs;
  deleted += other.deleted;
  source_bytes += other.source_bytes;
  bytes += other.bytes;
  shards += other.shards;
  indexed += other.indexed;
  index_ns += other.index_ns;
  index_failed += other.index_failed;
  index_conflicts += other.index_conflicts;
  removed += other.removed;
  remove_ns += other.remove_ns;
  got += other.got;
  got_ns += other.got_ns;
  missing += other.missing;
  missing_ns += other.missing_ns;
  queries += other.queries;
  query_ns += other.query_ns;
  refreshes += other.refreshes;
  refresh_ns += other.refresh_ns;
  flushes += other.flushes;
  flush_ns += other.flush_ns;
}

Result<IndexFigures> figures_of(Services& services, const store::IndexMeta& index) {
  IndexFigures figures;
  figures.shards = index.shards();
  const store::ViewPtr view = services.views.view(index);
  for (std::uint32_t shard = 0; shard < index.shards(); ++shard) {
    auto facts = view->facts(index.key(), shard);
    if (!facts) return std::unexpected(facts.error());
    figures.docs += static_cast<std::int64_t>(facts->documents);
    figures.deleted += static_cast<std::int64_t>(facts->deleted);
    figures.source_bytes += static_cast<std::int64_t>(facts->source_bytes);
  }
  figures.bytes = static_cast<std::int64_t>(services.documents.disk_bytes(index.key()));
  const store::OperationCounts& counts = services.indexer.counts().of(index.number);
  figures.indexed = counts.indexed;
  figures.index_ns = counts.index_ns;
  figures.index_failed = counts.index_failed;
  figures.index_conflicts = counts.index_conflicts;
  figures.removed = counts.deleted;
  figures.remove_ns = counts.delete_ns;
  figures.got = counts.got;
  figures.got_ns = counts.got_ns;
  figures.missing = counts.missing;
  figures.missing_ns = counts.missing_ns;
  figures.queries = counts.queries;
  figures.query_ns = counts.query_ns;
  figures.refreshes = counts.refreshes;
  figures.refresh_ns = counts.refresh_ns;
  figures.flushes = counts.flushes;
  figures.flush_ns = counts.flush_ns;
  return figures;
}

std::string_view health_of(const store::IndexMeta& index) { return index.replicas() > 0 ? "yellow" : "green"; }

}  // namespace sluice::rest
