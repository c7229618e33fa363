// Many new documents at once, which become table files beside the log, and all that may come in between.
#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <sys/resource.h>

#include "io/store/documents/entries.h"
#include "io/store/documents/id_filter.h"
#include "tests/io/store_documents_fixture.h"

namespace sluice::store {
namespace {

constexpr std::size_t kMany = 400;
constexpr std::size_t kFirst = 8;  ///< documents that each shard is begun with, about

class TableWrites : public StoreTest {
 protected:
  void SetUp() override {
    options_.fewest_in_tables = kMany;
    StoreTest::SetUp();
  }

  /// Documents `prefix`0, `prefix`1, ..., whose views live as long as this.
  struct Many {
    explicit Many(const std::string& prefix, std::size_t count = kMany) {
      for (std::size_t i = 0; i < count; ++i) ids.push_back(prefix + std::to_string(i));
      for (const std::string& id : ids) writes.push_back(put(id, source));
    }
    std::string source = R"({"text":")" + std::string(500, 'x') + R"("})";
    std::vector<std::string> ids{};
    std::vector<Write> writes{};
  };

  /// Whether a write went through the log.
  bool logged(const std::vector<Write>& writes, const IndexKey& key = index()) {
    const std::uintmax_t before = log_bytes();
    last_ = write(writes, key);
    return log_bytes() - before > writes.size() * 500;
  }
  /// A shard that was never written is begun through the log.
  void begin(const IndexKey& key = index()) {
    Many first("first", kFirst * key.shards);
    write(first.writes, key);
  }
  [[nodiscard]] std::uintmax_t log_bytes() const {
    std::uintmax_t bytes = 0;
    for (const auto& file : std::filesystem::directory_iterator(options_.path)) {
      if (file.path().extension() == ".log") bytes += file.file_size();
    }
    return bytes;
  }
  [[nodiscard]] std::size_t files_left() const {
    const std::filesystem::path folder = std::filesystem::path(options_.path) / "table-files";
    if (!std::filesystem::exists(folder)) return 0;
    return static_cast<std::size_t>(std::ranges::distance(std::filesystem::directory_iterator(folder)));
  }

  std::vector<Written> last_;
};

TEST_F(TableWrites, AreNumberedAndCountedLikeAnyOther) {
  const IndexKey key = index(1, 2);
  begin(key);
  const std::int64_t before[] = {counted_facts(key, 0).max_seq_no, counted_facts(key, 1).max_seq_no};
  const Many many("a");
  EXPECT_FALSE(logged(many.writes, key));
  std::int64_t next[] = {before[0] + 1, before[1] + 1};
  for (const Written& written : last_) {
    EXPECT_FALSE(written.error);
    EXPECT_EQ(written.result, WriteResult::kCreated);
    EXPECT_EQ(written.version, 1);
    EXPECT_EQ(written.primary_term, 1);
    EXPECT_EQ(written.seq_no, next[written.shard]++);
  }
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(counted_facts(key, 0).documents + counted_facts(key, 1).documents, kMany + 2 * kFirst);
    EXPECT_EQ(counted_facts(key, 0).max_seq_no, next[0] - 1);
    for (const std::string& id : many.ids) EXPECT_EQ(source_of(id, key), many.source);
    open();
  }
  EXPECT_EQ(write_one(put("a7"), key).version, 2);
  EXPECT_EQ(write_one(remove("a8"), key).version, 2);
  EXPECT_EQ(counted_facts(key, 0).documents + counted_facts(key, 1).documents, kMany + 2 * kFirst - 1);
  EXPECT_EQ(files_left(), 0U);
}

TEST_F(TableWrites, AreNotSeenByOlderPictures) {
  begin();
  const ViewPtr before = documents_->view();
  EXPECT_FALSE(logged(Many("a").writes));
  EXPECT_EQ(scanned(*before).size(), kFirst);
  EXPECT_EQ(before->facts(index(), 0)->documents, kFirst);
  EXPECT_FALSE(*before->get(index(), "a0", {}));
  EXPECT_EQ(scanned(*documents_->view()).size(), kMany + kFirst);
}

TEST_F(TableWrites, AreThereForNewShardsToo) {
  ViewPtr before = documents_->view();
  EXPECT_FALSE(logged(Many("a").writes));
  EXPECT_TRUE(scanned(*before).empty());
  before.reset();  // it keeps the store open
  EXPECT_EQ(scanned(*documents_->view()).size(), kMany);
  EXPECT_EQ(counted_facts().max_seq_no, kMany - 1);
  open();
  EXPECT_EQ(counted_facts().documents, kMany);
}

TEST_F(TableWrites, GoThroughTheLogWhereADocumentIsThereAlready) {
  begin();
  write({put("a5", "old")});
  const Many many("a");
  EXPECT_TRUE(logged(many.writes));
  EXPECT_EQ(last_[5].result, WriteResult::kUpdated);
  EXPECT_EQ(last_[5].version, 2);
  EXPECT_EQ(source_of("a5"), many.source);
  EXPECT_EQ(counted_facts().documents, kMany + kFirst);
  EXPECT_EQ(files_left(), 0U);
}

TEST_F(TableWrites, GoThroughTheLogWhereADeletedDocumentHasAVersion) {
  begin();
  write({put("a5"), remove("a5")});
  EXPECT_TRUE(logged(Many("a").writes));
  EXPECT_EQ(last_[5].result, WriteResult::kCreated);
  EXPECT_EQ(last_[5].version, 3);
}

TEST_F(TableWrites, GoThroughTheLogWhereAnIdComesTwice) {
  begin();
  Many many("a");
  many.writes[9].id = many.ids[8];
  EXPECT_TRUE(logged(many.writes));
  EXPECT_EQ(last_[8].version, 1);
  EXPECT_EQ(last_[9].version, 2);
  EXPECT_EQ(counted_facts().documents, kMany + kFirst - 1);
}

TEST_F(TableWrites, FindConflicts) {
  begin();
  write({put("a5", "old")});
  Many many("a");
  for (Write& write : many.writes) write.kind = WriteKind::kCreate;
  EXPECT_TRUE(logged(many.writes));
  EXPECT_EQ(std::ranges::count_if(last_, [](const Written& written) { return written.error.has_value(); }), 1);
  ASSERT_TRUE(last_[5].error);
  EXPECT_EQ(last_[5].error->type, "version_conflict_engine_exception");
  EXPECT_EQ(source_of("a5"), "old");
}

TEST_F(TableWrites, KeepVersionsFromElsewhere) {
  begin();
  Many many("a");
  for (Write& write : many.writes) write = external(write, 17);
  EXPECT_FALSE(logged(many.writes));
  EXPECT_EQ(last_[5].version, 17);
  EXPECT_TRUE(write_one(external(put("a5"), 17)).error);
}

TEST_F(TableWrites, AreRefusedAfterADrop) {
  begin();
  ASSERT_TRUE(documents_->drop(index()));
  const Many many("a");
  std::vector<Written> outcomes(many.writes.size());
  const auto done = documents_->write(index(), many.writes, outcomes, Durability::kAsync);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().type, "index_not_found_exception");
  EXPECT_EQ(files_left(), 0U);
}

TEST_F(TableWrites, OfManyWritersKeepTheirOrder) {
  constexpr int kThreads = 3;
  constexpr int kRounds = 12;
  const IndexKey key = index(1, 2);
  begin(key);
  std::atomic<int> strangers = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&, t] {
        for (int round = 0; round < kRounds; ++round) {
          const Many many(std::to_string(t) + "-" + std::to_string(round) + "-");
          for (const Written& written : write(many.writes, key)) EXPECT_EQ(written.version, 1);
          if (round % 3 != 0) continue;
          write_one(put("stranger " + std::to_string(++strangers)), key);
        }
      });
    }
  }
  const std::uint64_t documents = counted_facts(key, 0).documents + counted_facts(key, 1).documents;
  EXPECT_EQ(documents, kThreads * kRounds * kMany + static_cast<std::size_t>(strangers) + 2 * kFirst);
  EXPECT_EQ(files_left(), 0U);
}

TEST_F(TableWrites, OfTheSameIdsAreEachWrittenOnce) {
  constexpr int kThreads = 3;
  begin();
  std::array<std::vector<Written>, kThreads> outcomes;
  {
    std::vector<std::jthread> threads;
    for (std::size_t t = 0; t < kThreads; ++t) {
      threads.emplace_back([&, t] {
        const Many many("a");
        outcomes[t] = write(many.writes);
      });
    }
  }
  std::set<std::int64_t> seq_nos;
  for (std::size_t i = 0; i < kMany; ++i) {
    std::set<std::int64_t> versions;
    for (const auto& mine : outcomes) {
      versions.insert(mine[i].version);
      EXPECT_TRUE(seq_nos.insert(mine[i].seq_no).second);
    }
    EXPECT_EQ(versions, (std::set<std::int64_t>{1, 2, 3}));
  }
  EXPECT_EQ(counted_facts().documents, kMany + kFirst);
}

TEST_F(TableWrites, ThatADiskRefusesLeaveNothing) {
  begin();
  const ShardFacts before = counted_facts();
  Many many("a");
  std::vector<Written> outcomes(many.writes.size());
  {
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    rlimit unlimited{};
    getrlimit(RLIMIT_FSIZE, &unlimited);
    const rlimit limited{256, unlimited.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limited);
    const auto done = documents_->write(index(), many.writes, outcomes, Durability::kAsync);
    setrlimit(RLIMIT_FSIZE, &unlimited);
    std::signal(SIGXFSZ, handler);
    ASSERT_FALSE(done);
    EXPECT_NE(done.error().reason.find("writing a table file in the store [" + options_.path + "] failed"),
              std::string::npos)
        << done.error().reason;
  }
  EXPECT_EQ(files_left(), 0U);
  EXPECT_EQ(counted_facts(), before);
  EXPECT_EQ(source_of("a0"), "-");
  EXPECT_FALSE(logged(many.writes));  // the log has seen nothing of it, so the store goes on
  EXPECT_EQ(last_[0].seq_no, before.max_seq_no + 1);
}

TEST_F(TableWrites, ThatWereInterruptedAreRemovedByTheNextOpening) {
  documents_.reset();
  const std::filesystem::path folder = std::filesystem::path(options_.path) / "table-files";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "1.sst") << "half of a file";
  open();
  EXPECT_EQ(files_left(), 0U);
}

TEST(IdFilter, ForgetsNothingAndSaysYesToFewOthers) {
  IdFilter filter;
  constexpr int kIds = 100'000;
  for (int i = 0; i < kIds; ++i) filter.add(IdFilter::hash_of(std::to_string(i)));
  int others = 0;
  for (int i = 0; i < kIds; ++i) {
    ASSERT_TRUE(filter.may_have(IdFilter::hash_of(std::to_string(i))));
    others += filter.may_have(IdFilter::hash_of("other " + std::to_string(i))) ? 1 : 0;
  }
  EXPECT_LT(others, kIds / 20);
  EXPECT_LT(filter.bytes(), std::size_t{5} * kIds);
}

}  // namespace
}  // namespace sluice::store
