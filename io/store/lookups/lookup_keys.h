#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "io/store/documents/documents.h"
#include "io/store/documents/keys.h"

namespace sluice::store {

/// A field of a shard by the number that its definition hashes to: where its entries lie in the family of lookups.
///
/// An entry is a key alone: the shard, `e`, the field's number (u64), `v` and a value's key (or `u`: the document may
/// have any value), `_seq_no` (u64), numbers big-endian. The state of a field stands at the shard, `s` and its number.
class FieldPlace {
 public:
  FieldPlace(std::uint32_t index_number, std::uint32_t shard, std::string_view definition);

  [[nodiscard]] const std::string& state_key() const { return state_key_; }
  /// What all entries begin with, and the first key behind them.
  [[nodiscard]] const std::string& entries() const { return entries_; }
  [[nodiscard]] std::string entries_end() const;
  /// The entries of documents that may have any value, from `begin` up to `end`.
  struct Range {
    std::string begin;
    std::string end;
    bool one_key = false;  ///< entries are in the order of their documents
  };
  [[nodiscard]] Range unknown() const;
  [[nodiscard]] Range of(const pipeline::KeyRange& keys) const;

  static constexpr char kValue = 'v';
  static constexpr char kUnknown = 'u';
  static constexpr std::size_t kSeqNoBytes = 8;

 private:
  std::string state_key_;
  std::string entries_;
};

/// What the states of a shard's fields begin with.
std::string state_prefix(std::uint32_t index_number, std::uint32_t shard);

void append_seq_no(std::string& out, std::int64_t seq_no);
/// The `_seq_no` that an entry ends in.
std::int64_t entry_seq_no(std::string_view key);

/// What was done of a field's index: all documents below `covered` that were there then have their entries.
struct FieldState {
  FieldFacts facts;
  std::string definition;
};
std::string state_bytes(const FieldState& state);
/// Nothing: the bytes are damaged.
std::optional<FieldState> parse_state(std::string_view bytes);

}  // namespace sluice::store
