#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <rocksdb/slice.h>

namespace sluice::store {

/// A shard of an index as a key begins with it: the index's number (u32) and the shard (u16), both big-endian, so that
/// keys sort by index, then shard, and a whole index is one range of every family.
constexpr std::size_t kShardPrefixBytes = 6;
/// What stands behind the prefix in the family of documents: `_seq_no`, u64 big-endian.
constexpr std::size_t kDocumentKeyBytes = kShardPrefixBytes + 8;

/// The key of a shard's facts, and what the keys of its documents and ids begin with.
class ShardKey {
 public:
  ShardKey(std::uint32_t index_number, std::uint32_t shard);
  [[nodiscard]] rocksdb::Slice slice() const { return {bytes_.data(), bytes_.size()}; }
  [[nodiscard]] std::string_view view() const { return {bytes_.data(), bytes_.size()}; }

 private:
  std::array<char, kShardPrefixBytes> bytes_;
};

/// The key of a document in the order in which it was written.
class DocumentKey {
 public:
  /// `seq_no` below 0 counts as 0: the start of the shard.
  DocumentKey(const ShardKey& shard, std::int64_t seq_no);
  [[nodiscard]] rocksdb::Slice slice() const { return {bytes_.data(), bytes_.size()}; }
  /// The `_seq_no` of a key; -1 for bytes that are no document's key.
  static std::int64_t seq_no(rocksdb::Slice key);

 private:
  std::array<char, kDocumentKeyBytes> bytes_;
};

/// Appends the key of an id: the shard, then the id as it is.
inline void append_id_key(std::string& out, const ShardKey& shard, std::string_view id) {
  out.append(shard.view()).append(id);
}

/// All keys of an index in any family: `begin` <= key < `end`.
struct IndexRange {
  explicit IndexRange(std::uint32_t index_number);
  std::string begin;
  std::string end;
};

}  // namespace sluice::store
