#include "io/store/lookups/entry_run.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>
#include <rocksdb/sst_file_writer.h>

#include "io/store/documents/store_error.h"
#include "io/store/lookups/lookup_keys.h"

namespace sluice::store {
namespace {

/// Fewer entries than these are written through the log: a file of its own waits for the disk.
constexpr std::size_t kFewEntries = 20'000;
constexpr std::string_view kDoing = "writing the index of a field";

std::filesystem::path folder_of(const std::string& store_path) {
  return std::filesystem::path(store_path) / "lookup-files";
}

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
  static std::atomic<std::uint64_t> number = 0;
  std::error_code ignored;  // opening the file tells what is wrong
  std::filesystem::create_directories(folder_of(database.path()), ignored);
  const std::string name = (folder_of(database.path()) / fmt::format("{}.sst", ++number)).string();
  auto* const family = database.family(Family::kLookups);
  rocksdb::SstFileWriter writer(rocksdb::EnvOptions(), database.db().GetOptions(family), family);
  auto status = writer.Open(name);
  std::string key = prefix_;
  for (const Entry& entry : entries_) {
    if (!status.ok()) break;
    key.resize(prefix_.size());
    key.append(bytes_of(entry));
    status = writer.Put(key, rocksdb::Slice());
  }
  if (status.ok()) status = writer.Finish();
  if (!status.ok()) {
    std::filesystem::remove(name, ignored);
    return std::unexpected(store_error(status, kDoing, database.path()));
  }
  file_ = name;
  return {};
}

Status EntryRun::write(const Database& database) {
  if (entries_.empty()) return {};
  auto* const family = database.family(Family::kLookups);
  if (!file_.empty()) {
    rocksdb::IngestExternalFileOptions options;
    options.move_files = true;
    const auto status = database.db().IngestExternalFile(family, {file_}, options);
    std::error_code ignored;
    std::filesystem::remove(file_, ignored);  // only where it was not moved
    file_.clear();
    if (!status.ok()) return std::unexpected(store_error(status, kDoing, database.path()));
    return {};
  }
  rocksdb::WriteBatch batch;
  std::string key = prefix_;
  for (const Entry& entry : entries_) {
    key.resize(prefix_.size());
    key.append(bytes_of(entry));
    const auto status = batch.Put(family, key, rocksdb::Slice());
    if (!status.ok()) return std::unexpected(store_error(status, kDoing, database.path()));
  }
  return write_batch(database, batch, kDoing);
}

void EntryRun::clear() {
  bytes_.clear();
  entries_.clear();
}

void EntryRun::remove_leftovers(const std::string& store_path) {
  std::error_code ignored;
  std::filesystem::remove_all(folder_of(store_path), ignored);
}

}  // namespace sluice::store
