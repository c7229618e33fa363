#pragma once

#include <vector>

#include <rocksdb/db.h>

#include "io/store/documents/documents.h"

namespace sluice::store {

/// What RocksDB is told. The reasons stand beside the values; the figures behind them in
/// benchmarks/micro/documents.cpp.
rocksdb::DBOptions database_options(const DocumentsOptions& options);

/// The families in the order of Family.
std::vector<rocksdb::ColumnFamilyDescriptor> family_descriptors(const DocumentsOptions& options);

}  // namespace sluice::store
