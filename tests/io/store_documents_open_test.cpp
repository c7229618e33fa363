// Stores that can't be opened or written, and what is said about it.
#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <rocksdb/db.h>
#include <sys/wait.h>
#include <unistd.h>

#include "io/store/documents/disk_guard.h"
#include "tests/file_size_limit.h"
#include "tests/io/store_documents_fixture.h"

namespace sluice::store {
namespace {

class OpenTest : public StoreTest {
 protected:
  std::string refusal() {
    const auto opened = Documents::open(options_);
    return opened ? "opened" : opened.error().reason;
  }
  /// Changes the closed store's files with RocksDB itself.
  void with_rocksdb(const std::function<void(rocksdb::DB&)>& change) {
    documents_.reset();
    std::vector<std::string> names;
    ASSERT_TRUE(rocksdb::DB::ListColumnFamilies({}, options_.path, &names).ok());
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (const auto& name : names) families.emplace_back(name, rocksdb::ColumnFamilyOptions());
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* raw = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open({}, options_.path, families, &handles, &raw).ok());
    const std::unique_ptr<rocksdb::DB> db(raw);
    change(*db);
    for (auto* handle : handles) ASSERT_TRUE(db->DestroyColumnFamilyHandle(handle).ok());
  }
};

#define EXPECT_SAYS(text, part) EXPECT_NE((text).find(part), std::string::npos) << (text)

TEST_F(OpenTest, TwiceInOneProcess) {
  const auto second = Documents::open(options_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().type, "store_in_use_exception");
  EXPECT_SAYS(second.error().reason,
              "the store [" + options_.path + "] is in use: another process, or another part of");
}

TEST_F(OpenTest, InAnotherProcess) {
  std::array<int, 2> said{};
  ASSERT_EQ(pipe(said.data()), 0);
  documents_.reset();
  const pid_t child = fork();
  if (child == 0) {
    dup2(said[1], STDOUT_FILENO);
    execl(SLUICE_CRASH_WRITER, SLUICE_CRASH_WRITER, "write", options_.path.c_str(), nullptr);
    _exit(127);
  }
  close(said[1]);
  char first = 0;
  ASSERT_EQ(::read(said[0], &first, 1), 1) << "it tells what it wrote";
  EXPECT_SAYS(refusal(), "is in use");
  ASSERT_EQ(kill(child, SIGKILL), 0);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  close(said[0]);
  EXPECT_EQ(refusal(), "opened") << "what a dead process had open is free";
}

TEST_F(OpenTest, ANewerFormat) {
  with_rocksdb([](rocksdb::DB& db) { ASSERT_TRUE(db.Put({}, "format", "2").ok()); });
  EXPECT_EQ(refusal(),
            "the store [" + options_.path +
                "] was written by a newer sluice: it has format 2, this one reads format 1. Use that sluice, "
                "or another folder");
}

TEST_F(OpenTest, ANewerFormatWithFamiliesOfItsOwn) {
  with_rocksdb([](rocksdb::DB& db) {
    rocksdb::ColumnFamilyHandle* handle = nullptr;
    ASSERT_TRUE(db.CreateColumnFamily({}, "vectors", &handle).ok());
    ASSERT_TRUE(db.DestroyColumnFamilyHandle(handle).ok());
  });
  EXPECT_SAYS(refusal(), "it has a family [vectors], this one reads format 1");
}

TEST_F(OpenTest, AFormatThatIsNoNumber) {
  with_rocksdb([](rocksdb::DB& db) { ASSERT_TRUE(db.Put({}, "format", "x").ok()); });
  EXPECT_SAYS(refusal(), "the number [format] in the store");
}

TEST_F(OpenTest, DamagedFiles) {
  write_one(put("1"));
  documents_.reset();
  for (const auto& entry : std::filesystem::directory_iterator(options_.path)) {
    if (!entry.path().filename().string().starts_with("MANIFEST")) continue;
    std::ofstream(entry.path(), std::ios::trunc) << "this is no manifest";
  }
  const auto opened = Documents::open(options_);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().type, "store_damaged_exception");
  EXPECT_SAYS(opened.error().reason, "restore the folder from a copy, or start with an empty one");
}

TEST_F(OpenTest, ADamagedDocumentIsNotGivenOut) {
  std::minstd_rand random(1);
  std::string noise(100'000, '\0');
  for (char& c : noise) c = static_cast<char>(random());
  write_one(put("1", noise));
  documents_.reset();
  for (const auto& entry : std::filesystem::directory_iterator(options_.path)) {
    if (entry.path().extension() != ".sst" || entry.file_size() < noise.size()) continue;
    std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(50'000);
    file << "damaged";
  }
  open();
  const auto found = documents_->get(index(), "1", {});
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().type, "store_damaged_exception");
}

TEST_F(OpenTest, AFileInPlaceOfTheFolder) {
  documents_.reset();
  std::filesystem::remove_all(options_.path);
  std::ofstream(options_.path) << "x";
  EXPECT_NE(refusal(), "opened");
  options_.path += "/below";
  EXPECT_SAYS(refusal(), "the folder [" + options_.path + "] of the store can't be made");
}

TEST_F(OpenTest, AWriteThatTheDiskRefusesCountsNothing) {
  write({put("1", "first")});
  const ShardFacts before = counted_facts();
  {
    const tests::FileSizeLimit limit(64 << 10);
    const std::string large(1 << 20, 'x');
    const std::vector<Write> writes{put("1", large), put("2", large)};
    std::vector<Written> outcomes(writes.size());
    const auto done = documents_->write(index(), writes, outcomes, Durability::kAsync);
    ASSERT_FALSE(done);
    EXPECT_SAYS(done.error().reason, "writing in the store [" + options_.path + "] failed");
  }
  EXPECT_EQ(source_of("1"), "first");
  EXPECT_EQ(source_of("2"), "-");
  EXPECT_EQ(counted_facts().max_seq_no, before.max_seq_no);
  EXPECT_EQ(counted_facts().source_bytes, before.source_bytes);
  const auto refused = documents_->put_records(std::vector<Documents::Record>{{"a", "b"}});
  ASSERT_FALSE(refused);
  EXPECT_SAYS(refused.error().reason, "takes no writes since the disk refused one. Everything acknowledged is kept");
  EXPECT_FALSE(documents_->sync());
  open();
  EXPECT_EQ(source_of("1"), "first");
  const Written after = write_one(put("1", "second"));
  EXPECT_EQ(after.version, 2);
  EXPECT_EQ(after.seq_no, 1);
}

TEST_F(OpenTest, ADiskThatIsNearlyFullIsLeftAlone) {
  const DiskGuard guard(options_.path, UINT64_C(1) << 60);
  const auto refused = guard.check(1000);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().type, "disk_full_exception");
  EXPECT_EQ(refused.error().status, 429);
  EXPECT_SAYS(refused.error().reason, "in reserve, and there is");
  EXPECT_TRUE(DiskGuard(options_.path, 0).check(1));
}

TEST_F(OpenTest, ADiskThatIsNearlyFullTakesWhatMakesRoom) {
  const std::uint64_t free = std::filesystem::space(options_.path).available;
  // Others write to the disk too: far from the limits.
  const DiskGuard half(options_.path, free + free / 2);
  EXPECT_FALSE(half.check(1));
  EXPECT_TRUE(half.check(1, Room::kDeletes));
  EXPECT_TRUE(half.check(1, Room::kSmall));
  const DiskGuard little(options_.path, 8 * free);
  EXPECT_FALSE(little.check(1, Room::kDeletes));
  EXPECT_TRUE(little.check(1, Room::kSmall));
  EXPECT_FALSE(DiskGuard(options_.path, 32 * free).check(1, Room::kSmall));
}

TEST_F(OpenTest, AFullDiskRefusesDocumentsAndTakesDeletes) {
  write({put("1"), put("2")});
  write_one(put("1"), index(2));
  const std::uint64_t free = std::filesystem::space(options_.path).available;
  options_.disk_reserve = free + free / 2;
  open();
  const auto refusal = [&](const Write& one) {
    Written outcome;
    const Status done = documents_->write(index(), {&one, 1}, {&outcome, 1}, Durability::kAsync);
    return done ? std::string() : done.error().type;
  };
  EXPECT_EQ(refusal(put("3")), "disk_full_exception");
  EXPECT_EQ(refusal(remove("1")), "");
  EXPECT_TRUE(documents_->put_records(std::vector<Documents::Record>{{"a", "b"}}));
  EXPECT_TRUE(documents_->drop(index(2)));
  EXPECT_EQ(source_of("1"), "-");
  EXPECT_EQ(source_of("2"), "{}");
  EXPECT_EQ(source_of("1", index(2)), "-");
}

}  // namespace
}  // namespace sluice::store
