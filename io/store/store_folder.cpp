#include "io/store/store_folder.h"

namespace sluice::store {

Result<std::unique_ptr<StoreFolder>> StoreFolder::open(const DocumentsOptions& options) {
  auto documents = Documents::open(options);
  if (!documents) return std::unexpected(std::move(documents.error()));
  auto catalog = Catalog::open(**documents);
  if (!catalog) return std::unexpected(std::move(catalog.error()));
  return std::unique_ptr<StoreFolder>(new StoreFolder(std::move(*documents), std::move(*catalog)));
}

}  // namespace sluice::store
