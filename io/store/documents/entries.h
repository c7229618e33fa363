#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "io/store/documents/documents.h"

namespace sluice::store {

/// What the store knows of an id without reading its document: enough for every version check. Of a deleted document
/// it stays as a tombstone for a while, so that its version goes on.
struct IdEntry {
  std::int64_t seq_no = 0;
  std::int64_t version = 0;
  std::int64_t primary_term = 1;
  std::uint64_t source_bytes = 0;          ///< of a live document
  std::optional<std::int64_t> deleted_at;  ///< milliseconds since 1970; nothing: it is live
  /// Whether the tombstone is so old that the id counts as never used.
  [[nodiscard]] bool forgotten(std::int64_t now_ms, std::int64_t keep_ms) const {
    return deleted_at && now_ms - *deleted_at > keep_ms;
  }
  bool operator==(const IdEntry&) const = default;
};
void append_id_entry(std::string& out, const IdEntry& entry);
/// Nothing: the bytes are damaged.
std::optional<IdEntry> parse_id_entry(std::string_view bytes);

/// The bytes in front of a document's `_source`.
void append_document_header(std::string& out, std::string_view id, std::string_view routing, std::int64_t version,
                            std::int64_t primary_term);
/// Views point into `bytes`; `seq_no` and `shard` are left to the caller, who has the key. False: the bytes are
/// damaged.
bool parse_document(std::string_view bytes, StoredDocument& out);

inline bool operator==(const ShardFacts& a, const ShardFacts& b) {
  return a.documents == b.documents && a.deleted == b.deleted && a.max_seq_no == b.max_seq_no &&
         a.source_bytes == b.source_bytes;
}

/// A shard as it is kept beside its documents, in the same step as each write.
struct ShardEntry {
  ShardFacts facts;
  std::uint64_t first_open = 0;  ///< which opening of the store made the shard; its primary term counts from there
  bool operator==(const ShardEntry&) const = default;
};
void append_shard_entry(std::string& out, const ShardEntry& entry);
/// Nothing: the bytes are damaged.
std::optional<ShardEntry> parse_shard_entry(std::string_view bytes);

/// A number in 7-bit groups, lowest first, as protocol buffers have it.
void append_varint(std::string& out, std::uint64_t value);
/// Takes a number off the front. False: there is none.
bool take_varint(std::string_view& bytes, std::uint64_t& value);

}  // namespace sluice::store
