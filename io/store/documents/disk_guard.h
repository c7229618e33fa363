#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include <rocksdb/env.h>
#include <rocksdb/listener.h>

#include "pipeline/base/error.h"

namespace sluice::store {

/// What is written to a disk that is nearly full.
enum class Room : std::uint8_t {
  kGrows,    ///< documents: the whole reserve is left alone
  kDeletes,  ///< documents that go, as in Elasticsearch's flood stage: half of the reserve is left
  kSmall,    ///< indices that go, records: all but a little of it may be used
};

/// Notes when RocksDB's log can't be trusted any more. RocksDB 7.8 takes up a log again in which a write failed, and
/// then fails for good, or aborts where it was built with assertions (its issues 11643 and 12998): so nothing may be
/// written after that until the store is opened again. What was acknowledged is not touched by it. Any thread.
class DiskGuard : public rocksdb::EventListener {
 public:
  DiskGuard(std::string path, std::uint64_t reserve) : path_(std::move(path)), reserve_(reserve) {}

  /// Whether `bytes` may be written: disk_full_exception, 429, where the disk has less than that and what `room` leaves
  /// of the reserve, which RocksDB needs to write out what it has in memory; store_exception, 500, after the log broke.
  [[nodiscard]] Status check(std::size_t bytes, Room room = Room::kGrows) const;
  [[nodiscard]] bool log_broken() const { return log_broken_.load(); }

  void OnBackgroundError(rocksdb::BackgroundErrorReason reason, rocksdb::Status* status) override;
  void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason reason, rocksdb::Status status, bool* recover) override;

 private:
  std::string path_;
  std::uint64_t reserve_;
  std::atomic<bool> log_broken_ = false;
};

/// RocksDB's own log of what it does goes nowhere: it would be the first to fail on a full disk. What matters of it is
/// in the statuses.
std::shared_ptr<rocksdb::Logger> silent_logger();

}  // namespace sluice::store
