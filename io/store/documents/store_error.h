#pragma once

#include <string_view>

#include <rocksdb/status.h>

#include "pipeline/base/error.h"

namespace sluice::store {

/// RocksDB's status as an error: what could not be done, where, why, and what to do about it. A full disk is
/// kThrottled (429: the same may succeed later), damage and everything else kInternal (500).
Error store_error(const rocksdb::Status& status, std::string_view doing, std::string_view path);

/// An entry that can't be read: `store_damaged_exception`, 500.
Error damaged_entry(std::string_view what, std::string_view path);

}  // namespace sluice::store
