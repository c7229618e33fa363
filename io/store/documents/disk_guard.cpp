#include "io/store/documents/disk_guard.h"

#include <cstdarg>
#include <utility>

#include <fmt/format.h>
#include <sys/statvfs.h>

#include "pipeline/base/units.h"

namespace sluice::store {
namespace {

class SilentLogger : public rocksdb::Logger {
 public:
  SilentLogger() : rocksdb::Logger(rocksdb::InfoLogLevel::FATAL_LEVEL) {}
  using rocksdb::Logger::Logv;
  void Logv(const char* /*format*/, va_list /*arguments*/) override {}
};

/// Whether the error struck the log, or the list of files: a flush or a compaction that failed can be tried again.
bool strikes_log(rocksdb::BackgroundErrorReason reason, const rocksdb::Status& status) {
  return reason == rocksdb::BackgroundErrorReason::kWriteCallback ||
         reason == rocksdb::BackgroundErrorReason::kMemTable ||
         (reason == rocksdb::BackgroundErrorReason::kManifestWrite && !status.IsNoSpace());
}

/// What of the reserve is left alone.
std::uint64_t left_alone(std::uint64_t reserve, Room room) {
  switch (room) {
    case Room::kGrows:
      return reserve;
    case Room::kDeletes:
      return reserve / 2;
    case Room::kSmall:
      return reserve / 16;
  }
  return reserve;
}

}  // namespace

Status DiskGuard::check(std::size_t bytes, Room room) const {
  if (log_broken()) {
    return std::unexpected(Error(ErrorKind::kInternal, 500, "store_exception",
                                 fmt::format("the store [{}] takes no writes since the disk refused one. Everything "
                                             "acknowledged is kept: see to the disk, then open the store again",
                                             path_)));
  }
  struct statvfs disk{};
  if (statvfs(path_.c_str(), &disk) != 0) return {};  // the write itself will tell
  const std::uint64_t free = std::uint64_t{disk.f_bavail} * disk.f_frsize;
  const std::uint64_t kept = left_alone(reserve_, room);
  if (free >= kept + bytes) return {};
  return std::unexpected(Error(
      ErrorKind::kThrottled, 429, "disk_full_exception",
      fmt::format(
          "writing in the store [{}] needs {} of free disk space, {} of it in reserve, and there is {}. Free some "
          "and try again",
          path_, human_bytes(kept + bytes), human_bytes(kept), human_bytes(free))));
}

void DiskGuard::OnBackgroundError(rocksdb::BackgroundErrorReason reason, rocksdb::Status* status) {
  if (strikes_log(reason, *status)) log_broken_ = true;
}

void DiskGuard::OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason reason, rocksdb::Status status, bool* recover) {
  if (strikes_log(reason, status)) *recover = false;
}

std::shared_ptr<rocksdb::Logger> silent_logger() { return std::make_shared<SilentLogger>(); }

}  // namespace sluice::store
