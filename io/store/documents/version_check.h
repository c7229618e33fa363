#pragma once

#include <cstdint>
#include <expected>
#include <string>

#include "io/store/documents/documents.h"
#include "io/store/documents/entries.h"

namespace sluice::store {

/// The version that a write gives its document, or why it may not happen: the part of a conflict's reason behind
/// `[id]: version conflict, `. `current` is what is known of the id, a tombstone included; null: nothing. The rules of
/// Elasticsearch's InternalEngine and VersionType; a missing version is its MATCH_ANY (-3).
std::expected<std::int64_t, std::string> check_version(const Write& write, const IdEntry* current);

/// `version_conflict_engine_exception`, 409, with the details in Elasticsearch's order.
Error version_conflict(const IndexKey& index, std::uint32_t shard, std::string_view id, const std::string& why);

}  // namespace sluice::store
