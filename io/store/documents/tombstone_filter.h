#pragma once

#include <cstdint>
#include <memory>

#include <rocksdb/compaction_filter.h>

namespace sluice::store {

/// Drops tombstones of ids that are older than `keep_ms` while files are rewritten anyway.
std::shared_ptr<rocksdb::CompactionFilterFactory> make_tombstone_filters(std::int64_t keep_ms);

}  // namespace sluice::store
