#include "io/store/documents/table_file.h"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <map>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <rocksdb/snapshot.h>
#include <rocksdb/sst_file_writer.h>

#include "io/store/documents/store_error.h"

namespace sluice::store {
namespace {

constexpr std::string_view kDoing = "writing a table file";

std::filesystem::path folder_of(const std::string& store_path) {
  return std::filesystem::path(store_path) / "table-files";
}

}  // namespace

TableFile::TableFile(const Database& database, Family family) : database_(database), family_(family) {}

TableFile::TableFile(TableFile&& other) noexcept
    : database_(other.database_),
      family_(other.family_),
      path_(std::exchange(other.path_, {})),
      writer_(std::move(other.writer_)) {}

TableFile::~TableFile() {
  writer_.reset();
  if (path_.empty()) return;
  std::error_code ignored;  // it is not there where it was taken in; else the next opening removes it
  std::filesystem::remove(path_, ignored);
}

Status TableFile::open() {
  static std::atomic<std::uint64_t> number = 0;
  std::error_code ignored;  // opening the file tells what is wrong
  std::filesystem::create_directories(folder_of(database_.path()), ignored);
  path_ = (folder_of(database_.path()) / fmt::format("{}.sst", ++number)).string();
  auto* const family = database_.family(family_);
  const rocksdb::Options options = database_.db().GetOptions(family);
  constexpr bool kForgetPages = false;  // who has written documents reads them
  writer_ = std::make_unique<rocksdb::SstFileWriter>(rocksdb::EnvOptions(options), options, family, kForgetPages);
  const auto status = writer_->Open(path_);
  if (!status.ok()) return std::unexpected(store_error(status, kDoing, database_.path()));
  return {};
}

Status TableFile::put(rocksdb::Slice key, rocksdb::Slice value) {
  if (!writer_) {
    if (auto opened = open(); !opened) return opened;
  }
  const auto status = writer_->Put(key, value);
  if (!status.ok()) return std::unexpected(store_error(status, kDoing, database_.path()));
  return {};
}

Status TableFile::finish() {
  if (!writer_) return {};
  const auto status = writer_->Finish();
  writer_.reset();
  if (!status.ok()) return std::unexpected(store_error(status, kDoing, database_.path()));
  return {};
}

Status TableFile::take_in(const Database& database, std::span<const TableFile> files, std::string_view doing) {
  std::map<Family, std::vector<std::string>> of_family;
  for (const TableFile& file : files) {
    if (!file.path_.empty()) of_family[file.family_].push_back(file.path_);
  }
  std::vector<rocksdb::IngestExternalFileArg> parts;
  for (auto& [family, paths] : of_family) {
    rocksdb::IngestExternalFileArg& part = parts.emplace_back();
    part.column_family = database.family(family);
    part.external_files = std::move(paths);
    part.options.move_files = true;
    part.options.write_global_seqno = false;
  }
  // While there is a snapshot all files get a number in RocksDB's order, which grows; else one that is made meanwhile
  // might see some of them, and Snapshot::sequence() would say nothing of them.
  const rocksdb::ManagedSnapshot ordered(&database.db());
  auto status = database.db().IngestExternalFiles(parts);
  if (status.IsIOError() && !status.IsNoSpace() && !database.guard().log_broken()) {
    for (auto& part : parts) part.options.move_files = false;  // not every file system has links
    status = database.db().IngestExternalFiles(parts);
  }
  if (!status.ok()) return std::unexpected(store_error(status, doing, database.path()));
  return {};
}

void TableFile::remove_leftovers(const std::string& store_path) {
  std::error_code ignored;
  std::filesystem::remove_all(folder_of(store_path), ignored);
}

}  // namespace sluice::store
