#include "reindex/stored_source.h"

#include "io/store/catalog/index_names.h"

namespace sluice {

std::function<Result<std::optional<Buffer>>(const std::string&, const std::string&, const std::string&)> stored_source(
    const store::Catalog& catalog, store::Documents& documents) {
  return [&catalog, &documents](const std::string& index, const std::string& id,
                                const std::string& routing) -> Result<std::optional<Buffer>> {
    const store::StatePtr state = catalog.state();
    auto resolved = store::resolve_indices(*state, index, {});
    if (!resolved) return std::unexpected(std::move(resolved.error()));
    if (resolved->empty()) return std::nullopt;
    auto found = documents.get(resolved->front().index->key(), id, routing);
    if (!found) return std::unexpected(std::move(found.error()));
    if (*found == nullptr) return std::nullopt;
    const std::string_view source = (*found)->document().source;
    Buffer copy(source.size());
    copy.append(source);
    return copy;
  };
}

}  // namespace sluice
