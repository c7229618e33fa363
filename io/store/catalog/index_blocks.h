#pragma once

#include <cstdint>
#include <string>

#include "io/store/catalog/catalog.h"

namespace sluice::store {

/// What a request wants of an index.
enum class IndexUse : std::uint8_t { kRead, kWrite, kReadMetadata, kChangeMetadata };

/// What `index.blocks.*` keep from it.
struct Blocks {
  int status = 0;           ///< of cluster_block_exception: 403, or 429 where only the disk is full; 0: nothing
  std::string reason = {};  ///< `index [i] blocked by: [FORBIDDEN/5/index read-only (api)];`
};

/// Source: Elasticsearch 9, which names blocks from the highest number down.
Blocks blocks_of(const IndexMeta& index, IndexUse use);

}  // namespace sluice::store
