#include "io/store/documents/database.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "io/store/documents/database_options.h"
#include "io/store/documents/store_error.h"
#include "io/store/documents/table_file.h"
#include "io/store/documents/unseen_by_tsan.h"

namespace sluice::store {
namespace {

constexpr std::uint64_t kFormat = 1;
/// Room for the memtables that are written out and for one more compaction.
constexpr std::uint64_t kReservedWriteBuffers = 3;
constexpr std::string_view kFormatKey = "format";
constexpr std::string_view kOpensKey = "opens";

Error newer_format(const std::string& path, const std::string& found) {
  return {ErrorKind::kUnsupported, 500, "store_format_exception",
          fmt::format("the store [{}] was written by a newer sluice: it has {}, this one reads format {}. Use that "
                      "sluice, or another folder",
                      path, found, kFormat)};
}

/// A number in the family of the store itself; `missing` where it is not there.
Result<std::uint64_t> meta_number(const Database& database, std::string_view key, std::uint64_t missing) {
  std::string text;
  const auto status =
      database.db().Get({}, database.family(Family::kMeta), rocksdb::Slice(key.data(), key.size()), &text);
  if (status.IsNotFound()) return missing;
  if (!status.ok()) return std::unexpected(store_error(status, "opening", database.path()));
  std::uint64_t value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc{} || end != text.data() + text.size()) {
    return std::unexpected(damaged_entry(fmt::format("the number [{}]", key), database.path()));
  }
  return value;
}

/// A newer format may have families that this one can't even open.
Status check_families(const std::string& path, const std::vector<rocksdb::ColumnFamilyDescriptor>& known) {
  std::vector<std::string> names;
  const auto status = rocksdb::DB::ListColumnFamilies({}, path, &names);
  if (!status.ok()) return {};  // nothing there yet, or damage that opening it names
  for (const std::string& name : names) {
    if (std::ranges::none_of(known, [&](const auto& family) { return family.name == name; })) {
      return std::unexpected(newer_format(path, fmt::format("a family [{}]", name)));
    }
  }
  return {};
}

}  // namespace

Status write_batch(const Database& database, rocksdb::WriteBatch& batch, std::string_view doing, Room room) {
  if (auto checked = database.guard().check(batch.GetDataSize(), room); !checked) return checked;
  const UnseenByTsan unseen;
  const auto status = database.db().Write({}, &batch);
  if (!status.ok()) return std::unexpected(store_error(status, doing, database.path()));
  return {};
}

Status sync_log(const Database& database) {
  if (database.guard().log_broken()) return database.guard().check(0);
  const auto status = database.db().SyncWAL();
  if (!status.ok()) return std::unexpected(store_error(status, "syncing", database.path()));
  return {};
}

std::uint64_t approximate_bytes(const Database& database, Family family, const IndexRange& range) {
  const rocksdb::Range slices(range.begin, range.end);
  rocksdb::SizeApproximationOptions options;
  options.include_memtables = true;
  options.include_files = true;
  std::uint64_t bytes = 0;
  const auto status = database.db().GetApproximateSizes(options, database.family(family), &slices, 1, &bytes);
  return status.ok() ? bytes : 0;
}

std::int64_t wall_clock_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

Result<std::shared_ptr<Database>> Database::open(const DocumentsOptions& options) {
  std::error_code code;
  std::filesystem::create_directories(options.path, code);
  if (code) {
    return std::unexpected(Error(ErrorKind::kInternal, 500, "store_exception",
                                 fmt::format("the folder [{}] of the store can't be made: {}. Check the path and its "
                                             "permissions",
                                             options.path, code.message())));
  }
  const auto families = family_descriptors(options);
  if (auto checked = check_families(options.path, families); !checked) return std::unexpected(checked.error());
  std::shared_ptr<Database> database(new Database());
  database->path_ = options.path;
  database->keep_tombstones_ms_ =
      std::chrono::duration_cast<std::chrono::milliseconds>(options.forget_deletes_after).count();
  database->guard_ = std::make_shared<DiskGuard>(
      options.path, options.disk_reserve.value_or(kReservedWriteBuffers * options.write_buffer));
  database->fewest_in_tables_ = options.fewest_in_tables;
  auto db_options = database_options(options);
  db_options.listeners.push_back(database->guard_);
  rocksdb::DB* db = nullptr;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  const auto status = rocksdb::DB::Open(db_options, options.path, families, &handles, &db);
  if (!status.ok()) return std::unexpected(store_error(status, "opening", options.path));
  database->db_.reset(db);
  TableFile::remove_leftovers(options.path);
  std::ranges::copy(handles, database->handles_.begin());
  if (auto checked = database->check_format(); !checked) return std::unexpected(checked.error());
  if (auto counted = database->count_opening(); !counted) return std::unexpected(counted.error());
  return database;
}

Status Database::check_format() {
  const auto format = meta_number(*this, kFormatKey, kFormat);
  if (!format) return std::unexpected(format.error());
  if (*format > kFormat) return std::unexpected(newer_format(path_, fmt::format("format {}", *format)));
  return {};
}

// Counted before anything is written, so that no two openings ever give the same primary term.
Status Database::count_opening() {
  const auto before = meta_number(*this, kOpensKey, 0);
  if (!before) return std::unexpected(before.error());
  opens_ = *before + 1;
  rocksdb::WriteBatch batch;
  auto status =
      batch.Put(family(Family::kMeta), rocksdb::Slice(kFormatKey.data(), kFormatKey.size()), std::to_string(kFormat));
  if (status.ok()) {
    status =
        batch.Put(family(Family::kMeta), rocksdb::Slice(kOpensKey.data(), kOpensKey.size()), std::to_string(opens_));
  }
  rocksdb::WriteOptions durable;
  durable.sync = true;
  if (status.ok()) status = db_->Write(durable, &batch);
  if (!status.ok()) return std::unexpected(store_error(status, "opening", path_));
  return {};
}

Database::~Database() {
  if (!db_) return;
  // What is in memory would be read from the log by the next opening, which should be quick. The log has it all: where
  // this fails nothing is lost.
  rocksdb::FlushOptions flush;
  std::vector<rocksdb::ColumnFamilyHandle*> open;
  std::ranges::copy_if(handles_, std::back_inserter(open), [](auto* handle) { return handle != nullptr; });
  if (!guard_->log_broken()) db_->Flush(flush, open).PermitUncheckedError();
  for (auto* handle : open) db_->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
  db_->Close().PermitUncheckedError();
}

}  // namespace sluice::store
