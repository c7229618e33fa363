#include "io/store/lookups/lookup_keys.h"

#include "io/store/documents/entries.h"

namespace sluice::store {
namespace {

constexpr char kStates = 's';
constexpr char kEntries = 'e';

/// FNV-1a, 64 bits.
std::uint64_t number_of(std::string_view definition) {
  std::uint64_t hash = 14'695'981'039'346'656'037ULL;
  for (const char c : definition) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211ULL;
  return hash;
}

void append_big_endian(std::string& out, std::uint64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
}

std::string part_of(std::uint32_t index_number, std::uint32_t shard, char kind) {
  return std::string(ShardKey(index_number, shard).view()) + kind;
}

/// The first key behind all that begin with `prefix`, whose last byte is less than 0xFF.
std::string behind(std::string prefix) {
  ++prefix.back();
  return prefix;
}

}  // namespace

FieldPlace::FieldPlace(std::uint32_t index_number, std::uint32_t shard, std::string_view definition)
    : state_key_(state_prefix(index_number, shard)), entries_(part_of(index_number, shard, kEntries)) {
  const std::uint64_t number = number_of(definition);
  append_big_endian(state_key_, number);
  append_big_endian(entries_, number);
}

std::string FieldPlace::entries_end() const { return entries_ + static_cast<char>(kValue + 1); }

FieldPlace::Range FieldPlace::unknown() const { return {entries_ + kUnknown, behind(entries_ + kUnknown), true}; }

FieldPlace::Range FieldPlace::of(const pipeline::KeyRange& keys) const {
  return {entries_ + kValue + keys.begin, keys.end.empty() ? entries_end() : entries_ + kValue + keys.end,
          keys.one_key};
}

std::string state_prefix(std::uint32_t index_number, std::uint32_t shard) {
  return part_of(index_number, shard, kStates);
}

void append_seq_no(std::string& out, std::int64_t seq_no) {
  append_big_endian(out, static_cast<std::uint64_t>(seq_no));
}

std::int64_t entry_seq_no(std::string_view key) {
  std::uint64_t value = 0;
  for (const char c : key.substr(key.size() - FieldPlace::kSeqNoBytes)) {
    value = value << 8 | static_cast<unsigned char>(c);
  }
  return static_cast<std::int64_t>(value);
}

std::string state_bytes(const FieldState& state) {
  std::string bytes;
  append_varint(bytes, static_cast<std::uint64_t>(state.facts.covered));
  append_varint(bytes, state.facts.documents);
  append_varint(bytes, state.facts.with_value);
  append_varint(bytes, state.facts.values);
  append_varint(bytes, state.facts.unknown);
  return bytes + state.definition;
}

std::optional<FieldState> parse_state(std::string_view bytes) {
  FieldState state;
  std::uint64_t covered = 0;
  if (!take_varint(bytes, covered) || !take_varint(bytes, state.facts.documents) ||
      !take_varint(bytes, state.facts.with_value) || !take_varint(bytes, state.facts.values) ||
      !take_varint(bytes, state.facts.unknown)) {
    return std::nullopt;
  }
  state.facts.covered = static_cast<std::int64_t>(covered);
  state.definition = bytes;
  return state;
}

}  // namespace sluice::store
