#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/base/error.h"

namespace sluice::pipeline {

/// Why one document, or one shard of a search, was not copied: an entry of the response's `failures`.
/// Source: reference/reindex.md 2.4.
struct Failure {
  enum class Kind : std::uint8_t { kBulk, kSearch };
  Kind kind = Kind::kBulk;
  std::string index;                  ///< text, not a token; empty: absent
  std::optional<std::string> id;      ///< text; nothing: `null`
  std::string type;                   ///< `_type` where the endpoint has types
  std::string node;                   ///< search failures
  std::optional<std::int64_t> shard;  ///< search failures
  Error cause;                        ///< its status is the entry's status
  std::string_view document;          ///< raw bytes of the hit or line, valid while its batch is
  std::uint64_t document_bytes = 0;   ///< of the whole, where `document` is only its beginning: over the limit; else 0
  std::uint32_t item = 0;             ///< the document's index in its batch
  std::uint32_t column = 0;           ///< in its line, from 1; 0: not a line that is malformed
  std::string place;                  ///< `file.ndjson:12:40` where the source is a file; filled in by the graph
};

}  // namespace sluice::pipeline
