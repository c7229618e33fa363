#include "io/store/documents/entries.h"

namespace sluice::store {
namespace {

constexpr char kLive = 0;
constexpr char kTombstone = 1;
constexpr char kHasRouting = 1;

bool take_signed(std::string_view& bytes, std::int64_t& value) {
  std::uint64_t raw = 0;
  if (!take_varint(bytes, raw)) return false;
  value = static_cast<std::int64_t>(raw);
  return true;
}

void append_signed(std::string& out, std::int64_t value) { append_varint(out, static_cast<std::uint64_t>(value)); }

bool take_text(std::string_view& bytes, std::string_view& text) {
  std::uint64_t size = 0;
  if (!take_varint(bytes, size) || size > bytes.size()) return false;
  text = bytes.substr(0, size);
  bytes.remove_prefix(size);
  return true;
}

}  // namespace

void append_varint(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<char>(value | 0x80));
  out.push_back(static_cast<char>(value));
}

bool take_varint(std::string_view& bytes, std::uint64_t& value) {
  value = 0;
  for (unsigned i = 0; i < 10 && i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    value |= std::uint64_t{byte & 0x7fU} << (7 * i);
    if (byte < 0x80) {
      bytes.remove_prefix(i + 1);
      return true;
    }
  }
  return false;
}

void append_id_entry(std::string& out, const IdEntry& entry) {
  out.push_back(entry.deleted_at ? kTombstone : kLive);
  append_signed(out, entry.seq_no);
  append_signed(out, entry.version);
  append_signed(out, entry.primary_term);
  if (entry.deleted_at) {
    append_signed(out, *entry.deleted_at);
  } else {
    append_varint(out, entry.source_bytes);
  }
}

std::optional<IdEntry> parse_id_entry(std::string_view bytes) {
  if (bytes.empty() || (bytes.front() != kLive && bytes.front() != kTombstone)) return std::nullopt;
  const bool deleted = bytes.front() == kTombstone;
  bytes.remove_prefix(1);
  IdEntry entry;
  std::uint64_t last = 0;
  if (!take_signed(bytes, entry.seq_no) || !take_signed(bytes, entry.version) ||
      !take_signed(bytes, entry.primary_term) || !take_varint(bytes, last) || !bytes.empty()) {
    return std::nullopt;
  }
  if (deleted) {
    entry.deleted_at = static_cast<std::int64_t>(last);
  } else {
    entry.source_bytes = last;
  }
  return entry;
}

void append_document_header(std::string& out, std::string_view id, std::string_view routing, std::int64_t version,
                            std::int64_t primary_term) {
  out.push_back(routing.empty() ? char{0} : kHasRouting);
  append_signed(out, version);
  append_signed(out, primary_term);
  append_varint(out, id.size());
  out.append(id);
  if (routing.empty()) return;
  append_varint(out, routing.size());
  out.append(routing);
}

bool parse_document(std::string_view bytes, StoredDocument& out) {
  if (bytes.empty() || (bytes.front() != 0 && bytes.front() != kHasRouting)) return false;
  const bool has_routing = bytes.front() == kHasRouting;
  bytes.remove_prefix(1);
  out.routing = {};
  if (!take_signed(bytes, out.version) || !take_signed(bytes, out.primary_term) || !take_text(bytes, out.id)) {
    return false;
  }
  if (has_routing && !take_text(bytes, out.routing)) return false;
  out.source = bytes;
  return true;
}

void append_shard_entry(std::string& out, const ShardEntry& entry) {
  append_varint(out, entry.first_open);
  append_varint(out, entry.facts.documents);
  append_varint(out, entry.facts.deleted);
  append_signed(out, entry.facts.max_seq_no + 1);
  append_varint(out, entry.facts.source_bytes);
}

std::optional<ShardEntry> parse_shard_entry(std::string_view bytes) {
  ShardEntry entry;
  std::int64_t next_seq_no = 0;
  if (!take_varint(bytes, entry.first_open) || !take_varint(bytes, entry.facts.documents) ||
      !take_varint(bytes, entry.facts.deleted) || !take_signed(bytes, next_seq_no) ||
      !take_varint(bytes, entry.facts.source_bytes) || !bytes.empty()) {
    return std::nullopt;
  }
  entry.facts.max_seq_no = next_seq_no - 1;
  return entry;
}

}  // namespace sluice::store
