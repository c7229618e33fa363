#pragma once

#include <memory>
#include <optional>

#include <rocksdb/db.h>

#include "io/store/documents/database.h"
#include "io/store/documents/documents.h"

namespace sluice::store {

/// The document of an id, as `options.snapshot` has it, or as it is now. Null: it is not there.
Result<std::unique_ptr<Found>> read_document(const Database& database, const rocksdb::ReadOptions& options,
                                             const IndexKey& index, std::string_view id, std::string_view routing);

class Lookups;

/// A picture of the store as it is now.
ViewPtr make_view(std::shared_ptr<Database> database, std::shared_ptr<Lookups> lookups);

}  // namespace sluice::store
