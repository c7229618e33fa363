#pragma once

#include <functional>
#include <optional>
#include <string>

#include "io/store/store.h"
#include "pipeline/base/buffer.h"

namespace sluice {

/// Reads the newest `_source` of a document of the store, for queries that look terms up; nothing: it is not there. The
/// store must outlive it. Errors: index_not_found_exception, 404.
std::function<Result<std::optional<Buffer>>(const std::string& index, const std::string& id,
                                            const std::string& routing)>
stored_source(const store::Catalog& catalog, store::Documents& documents);

}  // namespace sluice
