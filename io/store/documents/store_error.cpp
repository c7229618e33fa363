#include "io/store/documents/store_error.h"

#include <fmt/format.h>

namespace sluice::store {
namespace {

constexpr std::string_view kRestore = "restore the folder from a copy, or start with an empty one";

bool is_lock(const rocksdb::Status& status) {
  return status.IsIOError() && status.ToString().find("lock") != std::string::npos &&
         status.ToString().find("LOCK") != std::string::npos;
}

}  // namespace

Error store_error(const rocksdb::Status& status, std::string_view doing, std::string_view path) {
  const std::string why = status.ToString();
  if (is_lock(status)) {
    return {ErrorKind::kThrottled, 503, "store_in_use_exception",
            fmt::format("the store [{}] is in use: another process, or another part of this one, has it open. Stop it, "
                        "or use another folder ({})",
                        path, why)};
  }
  if (status.IsNoSpace()) {
    return {
        ErrorKind::kThrottled, 429, "disk_full_exception",
        fmt::format("{} in the store [{}] failed: the disk is full. Free space and try again ({})", doing, path, why)};
  }
  if (status.IsCorruption()) {
    return {ErrorKind::kInternal, 500, "store_damaged_exception",
            fmt::format("{} in the store [{}] failed: its files are damaged; {} ({})", doing, path, kRestore, why)};
  }
  return {
      ErrorKind::kInternal, 500, "store_exception",
      fmt::format("{} in the store [{}] failed: {}. Check the disk and the folder's permissions", doing, path, why)};
}

Error damaged_entry(std::string_view what, std::string_view path) {
  return {ErrorKind::kInternal, 500, "store_damaged_exception",
          fmt::format("{} in the store [{}] can't be read: its files are damaged; {}", what, path, kRestore)};
}

}  // namespace sluice::store
