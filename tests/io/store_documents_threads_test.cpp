// Writers at the same time, and the syncs they share.
#include <algorithm>
#include <array>
#include <atomic>
#include <future>
#include <latch>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "io/store/documents/group_sync.h"
#include "tests/io/store_documents_fixture.h"

namespace sluice::store {
namespace {

class ConcurrentWrites : public StoreTest {};

TEST_F(ConcurrentWrites, LoseNoUpdate) {
  constexpr int kThreads = 4;
  constexpr int kRounds = 200;
  const std::array<std::string, 5> ids{"1", "2", "hello", "ü", "😀"};
  const IndexKey key = index(1, 5);
  std::array<std::vector<Written>, kThreads> outcomes;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&, t] {
        std::vector<Write> writes;
        for (std::size_t i = 0; i < ids.size(); ++i)
          writes.push_back(put(ids[(i + static_cast<std::size_t>(t)) % 5], "{}"));
        for (int round = 0; round < kRounds; ++round) {
          auto done = write(writes, key, round % 20 == 0 ? Durability::kRequest : Durability::kAsync);
          outcomes[static_cast<std::size_t>(t)].insert(outcomes[static_cast<std::size_t>(t)].end(), done.begin(),
                                                       done.end());
        }
      });
    }
  }
  std::set<std::pair<std::uint32_t, std::int64_t>> seq_nos;
  for (const auto& mine : outcomes) {
    std::array<std::int64_t, 5> last{};
    for (std::size_t i = 0; i < mine.size(); ++i) {
      EXPECT_TRUE(seq_nos.emplace(mine[i].shard, mine[i].seq_no).second) << "a number given twice";
      EXPECT_GT(mine[i].version, last[i % 5]);
      last[i % 5] = mine[i].version;
    }
  }
  for (const std::string& id : ids) {
    const auto found = documents_->get(key, id, {});
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->document().version, kThreads * kRounds);
  }
  std::uint64_t documents = 0;
  for (std::uint32_t shard = 0; shard < 5; ++shard) documents += counted_facts(key, shard).documents;
  EXPECT_EQ(documents, ids.size());
}

TEST_F(ConcurrentWrites, OnlyOneOfManyCreatesWins) {
  std::atomic<int> created = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < 200; ++i) {
          const std::string id = std::to_string(i);
          if (!write_one(create(id)).error) ++created;
        }
      });
    }
  }
  EXPECT_EQ(created, 200);
  EXPECT_EQ(counted_facts().max_seq_no, 199);
}

TEST_F(ConcurrentWrites, ReadersSeeWholeBulks) {
  write({put("a", "0"), put("b", "0")});
  std::atomic<bool> stop = false;
  std::jthread writer([&] {
    for (int i = 1; !stop; ++i) {
      const std::string source = std::to_string(i);
      write({put("a", source), put("b", source)});
    }
  });
  for (int i = 0; i < 500; ++i) {
    const auto seen = scanned(*documents_->view());
    ASSERT_EQ(seen.size(), 2U);
    EXPECT_EQ(seen[0].substr(2), seen[1].substr(2));
    EXPECT_NE(source_of("a"), "-") << "there is always one, old or new";
  }
  stop = true;
}

TEST(GroupSyncTest, ThoseWhoComeDuringASyncShareTheNext) {
  std::atomic<int> syncs = 0;
  std::promise<void> first_began;
  std::promise<void> let_first_go;
  GroupSync group([&]() -> Status {
    if (++syncs == 1) {
      first_began.set_value();
      let_first_go.get_future().wait();
    }
    return {};
  });
  std::vector<std::jthread> threads;
  threads.emplace_back([&] { EXPECT_TRUE(group.wait()); });
  first_began.get_future().wait();
  std::latch arriving(8);
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      arriving.count_down();
      EXPECT_TRUE(group.wait());
    });
  }
  arriving.wait();
  let_first_go.set_value();
  threads.clear();
  EXPECT_GE(syncs, 2) << "the first began before they came";
  EXPECT_LE(syncs, 9);
}

TEST(GroupSyncTest, OneAfterTheOtherSyncsEachTime) {
  int syncs = 0;
  GroupSync group([&]() -> Status {
    ++syncs;
    return {};
  });
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(group.wait());
  EXPECT_EQ(syncs, 3);
}

TEST(GroupSyncTest, AFailureIsToldOnceToThoseItConcerns) {
  int syncs = 0;
  GroupSync group([&]() -> Status {
    if (++syncs == 2) return std::unexpected(internal_error("the disk is gone"));
    return {};
  });
  EXPECT_TRUE(group.wait());
  const auto failed = group.wait();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().reason, "the disk is gone");
  EXPECT_TRUE(group.wait());
}

TEST(DelayedSyncTest, SyncsOnceForManyAndTellsTheNextWriterOfAFailure) {
  std::promise<void> synced;
  std::atomic<int> syncs = 0;
  GroupSync group([&]() -> Status {
    if (++syncs == 1) synced.set_value();
    return std::unexpected(internal_error("the disk is gone"));
  });
  DelayedSync delayed(group, std::chrono::milliseconds(1));
  auto seen = delayed.request();
  EXPECT_TRUE(seen);
  synced.get_future().wait();
  while (seen) {
    std::this_thread::yield();
    seen = delayed.request();
  }
  EXPECT_EQ(seen.error().reason, "the disk is gone");
}

}  // namespace
}  // namespace sluice::store
