#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <rocksdb/slice.h>

#include "io/store/documents/database.h"
#include "pipeline/base/error.h"

namespace rocksdb {
class SstFileWriter;
}

namespace sluice::store {

/// A sorted file that becomes a part of a family as it is: what is in it costs neither the log nor the memtables
/// anything, and waits for the disk a few times. Removed again where it was not taken in. One thread.
class TableFile {
 public:
  TableFile(const Database& database, Family family);
  ~TableFile();
  TableFile(TableFile&&) noexcept;
  TableFile& operator=(TableFile&&) = delete;

  /// Keys ascend, and none comes twice. Errors: the disk.
  Status put(rocksdb::Slice key, rocksdb::Slice value);
  /// Puts it on the disk; one without keys is none. Errors: the disk.
  Status finish();

  /// Takes in files that are finished, all of them or, after an error, none: also after a crash. They are on the disk
  /// when it returns. Files of one family must not overlap.
  static Status take_in(const Database& database, std::span<const TableFile> files, std::string_view doing);
  /// Removes what was interrupted before it was taken in.
  static void remove_leftovers(const std::string& store_path);

 private:
  Status open();

  const Database& database_;
  Family family_;
  std::string path_;  ///< empty: there is no file
  std::unique_ptr<rocksdb::SstFileWriter> writer_;
};

}  // namespace sluice::store
