#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/base/buffer.h"

namespace sluice::pipeline {

/// How the bytes of a page are to be read.
enum class PageFormat : std::uint8_t {
  kSearchResponse,  ///< one JSON object, as `_search` and `_search/scroll` answer
  kHits,            ///< NDJSON, a search hit a line
  kBulk,            ///< NDJSON, an action line and, but for deletes, a source line
  kDocs,            ///< NDJSON, a bare `_source` a line
  kStored,          ///< records of the embedded store: stored_page.h
};

/// A position in a slice: everything a source needs to go on behind a batch. What a checkpoint holds.
struct Cursor {
  /// Files: the byte behind the last document, in the uncompressed stream. A store: the sequence number to go on with.
  std::uint64_t offset = 0;
  std::uint32_t part = 0;       ///< a store: which of the slice's parts of shards
  std::uint64_t documents = 0;  ///< read in this slice so far
  std::string context;          ///< clusters: the newest scroll id; a point in time's id belongs to the source
  std::string after;            ///< clusters: raw JSON array, the `sort` values of the last hit
};

/// What one read returned: raw bytes, as they came.
struct Page {
  Buffer bytes;
  PageFormat format = PageFormat::kSearchResponse;
  Cursor begin;  ///< where it starts
  /// Files: the number of the first line in the slice's stream, from 1; 0: ask Source::line_at.
  std::uint64_t line = 0;
  bool last = false;  ///< files: nothing comes behind it in this slice
  /// Files: not 0 where the page is the beginning of one document that is over the limit; what follows it starts here.
  std::uint64_t oversized_end = 0;
  /// The content. Buffer::kPadding bytes behind it are readable.
  [[nodiscard]] std::string_view text() const { return bytes.view(); }
  std::uint32_t retries = 0;  ///< times the source had to ask again for it
};

}  // namespace sluice::pipeline
