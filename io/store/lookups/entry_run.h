#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "io/store/documents/database.h"
#include "io/store/documents/table_file.h"

namespace sluice::store {

/// Entries that are gathered, sorted and then written at once: many of them as a file of their own, which costs neither
/// the log nor the memtables anything, few of them like any other write. One thread.
class EntryRun {
 public:
  /// `prefix`: what all keys begin with.
  explicit EntryRun(std::string prefix) : prefix_(std::move(prefix)) {}

  void add(char kind, std::string_view key, std::int64_t seq_no);
  [[nodiscard]] bool full() const { return bytes_.size() >= kMostBytes; }

  /// Sorts them and puts them where write() finds them. Errors: the disk.
  Status prepare(const Database& database);
  /// Writes them; the store may lose them together with what is written later, but not without it. Errors: the disk.
  Status write(const Database& database);
  void clear();

 private:
  struct Entry {
    std::uint64_t first = 0;  ///< the first bytes of its key, as a number
    std::uint32_t begin = 0;
    std::uint32_t size = 0;
  };
  [[nodiscard]] std::string_view bytes_of(const Entry& entry) const {
    return std::string_view(bytes_).substr(entry.begin, entry.size);
  }
  void sort();
  Status write_file(const Database& database);

  static constexpr std::size_t kMostBytes = std::size_t{24} << 20;

  std::string prefix_;
  std::string bytes_;
  std::vector<Entry> entries_;
  std::vector<TableFile> file_;  ///< that was written; empty: none
};

}  // namespace sluice::store
