#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "io/store/store_folder.h"
#include "reindex/reindex.h"

namespace sluice::tests {

/// Runs between files and a store in a folder of the test's own.
class StoreRuns : public testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;

  [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }
  void write_file(const std::string& name, const std::string& text) const;
  [[nodiscard]] std::string read_file(const std::string& name) const;

  [[nodiscard]] const store::Store& store() const { return opened_->parts(); }
  /// Closes the store, so that others may open its folder.
  void close_store() { opened_.reset(); }
  /// Makes an index; `body` as PUT /name takes it.
  void make_index(const std::string& name, const std::string& body) const;
  /// Writes a document and makes searches see it.
  void put(const std::string& index, const std::string& id, const std::string& source) const;
  void remove(const std::string& index, const std::string& id) const;
  /// What a search of the index sees, `id source` each, sorted.
  [[nodiscard]] std::vector<std::string> documents(const std::string& index) const;

  /// Runs a body; ends are `store:` unless they are given.
  [[nodiscard]] pipeline::RunStatus run(const std::string& body,
                                        const std::string& source = "store:", const std::string& dest = "store:") const;
  [[nodiscard]] RunOptions ends(const std::string& source, const std::string& dest) const;

 private:
  std::filesystem::path folder_;
  std::unique_ptr<store::StoreFolder> opened_;
};

}  // namespace sluice::tests
