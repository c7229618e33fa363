#pragma once

#include <memory>

#include "io/store/store.h"

namespace sluice::store {

/// A store that this process has opened for itself, for programs that serve nobody. Any thread.
class StoreFolder {
 public:
  /// Errors: as Documents::open().
  static Result<std::unique_ptr<StoreFolder>> open(const DocumentsOptions& options);

  /// Valid as long as the folder.
  [[nodiscard]] const Store& parts() const { return parts_; }

 private:
  StoreFolder(std::unique_ptr<Documents> documents, std::unique_ptr<Catalog> catalog)
      : documents_(std::move(documents)),
        catalog_(std::move(catalog)),
        views_(*documents_, *catalog_),
        indexer_(*documents_, *catalog_, views_, "true"),
        parts_{*documents_, *catalog_, views_, indexer_} {}

  std::unique_ptr<Documents> documents_;
  std::unique_ptr<Catalog> catalog_;
  SearchViews views_;
  Indexer indexer_;
  Store parts_;
};

}  // namespace sluice::store
