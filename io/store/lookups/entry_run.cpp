#include "io/store/lookups/entry_run.h"

#include <algorithm>
#include <utility>

#include <rocksdb/write_batch.h>

#include "io/store/documents/store_error.h"
#include "io/store/lookups/lookup_keys.h"

namespace sluice::store {
namespace {

/// Fewer entries than these are written through the log: a file of its own waits for the disk.
constexpr std::size_t kFewEntries = 20'000;
constexpr std::string_view kDoing = "writing the index of a field";

std::uint64_t first_bytes(std::string_view key) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < sizeof value; ++i) {
    value = value << 8 | (i < key.size() ? static_cast<unsigned char>(key[i]) : 0U);
  }
  return value;
}

}  // namespace

void EntryRun::add(char kind, std::string_view key, std::int64_t seq_no) {
  Entry entry;
  entry.begin = static_cast<std::uint32_t>(bytes_.size());
  bytes_.push_back(kind);
  bytes_.append(key);
  append_seq_no(bytes_, seq_no);
  entry.size = static_cast<std::uint32_t>(bytes_.size()) - entry.begin;
  entry.first = first_bytes(bytes_of(entry));
  entries_.push_back(entry);
}

void EntryRun::sort() {
  std::ranges::sort(entries_, [this](const Entry& a, const Entry& b) {
    return a.first != b.first ? a.first < b.first : bytes_of(a) < bytes_of(b);
  });
  const auto same = [this](const Entry& a, const Entry& b) { return bytes_of(a) == bytes_of(b); };
  entries_.erase(std::ranges::unique(entries_, same).begin(), entries_.end());
}

Status EntryRun::prepare(const Database& database) {
  sort();
  if (entries_.size() < kFewEntries) return {};
  if (auto room = database.guard().check(2 * bytes_.size()); !room) return room;
  return write_file(database);
}

Status EntryRun::write_file(const Database& database) {
  TableFile file(database, Family::kLookups);
  std::string key = prefix_;
  for (const Entry& entry : entries_) {
    key.resize(prefix_.size());
    key.append(bytes_of(entry));
    if (auto done = file.put(key, rocksdb::Slice()); !done) return done;
  }
  if (auto done = file.finish(); !done) return done;
  file_.push_back(std::move(file));
  return {};
}

Status EntryRun::write(const Database& database) {
  if (entries_.empty()) return {};
  if (!file_.empty()) {
    const std::vector<TableFile> file = std::exchange(file_, {});
    return TableFile::take_in(database, file, kDoing);
  }
  rocksdb::WriteBatch batch;
  std::string key = prefix_;
  for (const Entry& entry : entries_) {
    key.resize(prefix_.size());
    key.append(bytes_of(entry));
    const auto status = batch.Put(database.family(Family::kLookups), key, rocksdb::Slice());
    if (!status.ok()) return std::unexpected(store_error(status, kDoing, database.path()));
  }
  return write_batch(database, batch, kDoing);
}

void EntryRun::clear() {
  bytes_.clear();
  entries_.clear();
}

}  // namespace sluice::store
