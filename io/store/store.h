#pragma once

#include "io/store/catalog/catalog.h"
#include "io/store/documents/documents.h"
#include "io/store/writing/indexer.h"
#include "io/store/writing/search_views.h"

namespace sluice::store {

class WorkerPool;

/// The parts of an opened store, for whoever reads and writes it as a whole. References: who opened the store keeps it
/// open as long as anybody has them. Any thread.
struct Store {
  Documents& documents;
  Catalog& catalog;
  SearchViews& views;
  Indexer& indexer;
  /// Threads that runs share for what blocks; null: each run has its own.
  WorkerPool* workers = nullptr;
};

}  // namespace sluice::store
