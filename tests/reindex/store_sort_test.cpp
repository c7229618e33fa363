// source.sort of a store: the order, what max_docs takes of it, and how it goes on.
#include <algorithm>
#include <mutex>
#include <random>

#include <gmock/gmock.h>

#include "io/store/reindexing/sorted_window.h"
#include "tests/reindex/store_runs.h"

namespace sluice {
namespace {

using pipeline::RunStatus;
using testing::ElementsAre;

class StoreSort : public tests::StoreRuns {
 protected:
  /// Documents 0 to n-1 in no order, as `n`.
  void put_numbers(int documents, const std::string& index = "a") {
    std::vector<int> numbers(static_cast<std::size_t>(documents));
    for (int i = 0; i < documents; ++i) numbers[static_cast<std::size_t>(i)] = i;
    std::ranges::shuffle(numbers, std::mt19937(7));
    for (const int n : numbers) put(index, std::to_string(n), "{\"n\":" + std::to_string(n) + "}");
  }

  /// Ids in the order in which they were written; the index has one shard.
  [[nodiscard]] std::vector<std::string> written(const std::string& index) const {
    std::vector<std::string> ids;
    const store::IndexPtr meta = store().catalog.state()->find(index);
    if (meta == nullptr) return {"no such index"};
    auto scan = store().views.view(*meta)->scan(meta->key(), 0, 0, INT64_MAX);
    for (auto next = (*scan)->next(); next && *next != nullptr; next = (*scan)->next()) {
      ids.emplace_back((*next)->id);
    }
    return ids;
  }

  /// Copies `a` to `b`, which is empty, with more members of `source`.
  [[nodiscard]] std::vector<std::string> sorted(const std::string& members) {
    const std::string dest = "b" + std::to_string(++copies_);
    const RunStatus status =
        run(R"({"source":{"index":"a","size":2,)" + members + R"(},"dest":{"index":")" + dest + "\"}}");
    EXPECT_FALSE(status.error) << status.error->message();
    return written(dest);
  }

  static std::vector<std::string> numbers(int from, int to) {
    std::vector<std::string> ids;
    for (int n = from; n != to; n += from < to ? 1 : -1) ids.push_back(std::to_string(n));
    return ids;
  }

  int copies_ = 0;
};

TEST_F(StoreSort, DocumentsComeInTheOrderOfTheKeys) {
  make_index("a", R"({"mappings":{"properties":{"d":{"type":"date"},"k":{"type":"keyword"},"f":{"type":"double"}}}})");
  put("a", "1", R"({"d":"2020-01-02","k":"b","f":-1.5,"n":[5,1]})");
  put("a", "2", R"({"d":"2019-01-02","k":"a","f":3.5,"n":2})");
  put("a", "3", R"({"d":"2021-01-02","k":"ab","f":-7.5})");
  put("a", "4", R"({"k":"b","f":1.5e30,"n":3})");
  EXPECT_THAT(sorted(R"("sort":"d")"), ElementsAre("2", "1", "3", "4"));
  EXPECT_THAT(sorted(R"("sort":{"d":"desc"})"), ElementsAre("3", "1", "2", "4"));
  EXPECT_THAT(sorted(R"("sort":{"d":{"order":"desc","missing":"_first"}})"), ElementsAre("4", "3", "1", "2"));
  EXPECT_THAT(sorted(R"("sort":["k",{"f":"desc"}])"), ElementsAre("2", "3", "4", "1"));
  EXPECT_THAT(sorted(R"("sort":{"k":"desc"})"), ElementsAre("1", "4", "3", "2"));
  EXPECT_THAT(sorted(R"("sort":"f")"), ElementsAre("3", "1", "2", "4"));
  EXPECT_THAT(sorted(R"("sort":"n")"), ElementsAre("1", "2", "4", "3"));
  EXPECT_THAT(sorted(R"("sort":{"n":"desc"})"), ElementsAre("1", "4", "2", "3"));
  EXPECT_THAT(sorted(R"("sort":{"n":{"missing":0}})"), ElementsAre("3", "1", "2", "4"));
  EXPECT_THAT(sorted(R"("sort":{"none":{"unmapped_type":"long"}})"), ElementsAre("1", "2", "3", "4"));
  EXPECT_THAT(sorted(R"("sort":{"_seq_no":"desc"})"), ElementsAre("4", "3", "2", "1"));
  EXPECT_THAT(sorted(R"("sort":{"_script":{"type":"number","script":{"source":"doc['f'].value * doc['f'].value"}}})"),
              ElementsAre("1", "2", "3", "4"));
  EXPECT_THAT(sorted(R"("sort":"f","query":{"term":{"k":"b"}})"), ElementsAre("1", "4"));
}

TEST_F(StoreSort, MaxDocsTakesTheFirst) {
  put_numbers(50);
  RunStatus status = run(R"({"max_docs":12,"source":{"index":"a","size":5,"sort":{"n":"desc"}},"dest":{"index":"b"}})");
  ASSERT_FALSE(status.error) << status.error->message();
  EXPECT_EQ(status.totals.counters.created, 12U);
  EXPECT_EQ(status.totals.total, 12U);
  EXPECT_EQ(written("b"), numbers(49, 37));
  status = run(R"({"max_docs":2,"source":{"index":"a","sort":"n","query":{"range":{"n":{"gte":7}}}},)"
               R"("dest":{"index":"c"}})");
  EXPECT_EQ(written("c"), numbers(7, 9));
}

TEST_F(StoreSort, ShardsAndIndicesAreOneOrder) {
  make_index("a", R"({"settings":{"index.number_of_shards":3}})");
  put_numbers(40);
  make_index("a2", R"({"mappings":{"properties":{"n":{"type":"integer"}}}})");
  put("a2", "x", R"({"n":20})");
  const RunStatus status = run(R"({"source":{"index":["a","a2"],"size":7,"sort":"n"},"dest":{"index":"b"}})");
  ASSERT_FALSE(status.error) << status.error->message();
  std::vector<std::string> expected = numbers(0, 40);
  expected.insert(expected.begin() + 21, "x");
  EXPECT_EQ(written("b"), expected);
}

TEST_F(StoreSort, SlicesAreSortedEach) {
  make_index("a", R"({"settings":{"index.number_of_shards":2}})");
  put_numbers(60);
  for (const int slices : {2, 5}) {
    const std::string dest = "b" + std::to_string(slices);
    auto request =
        parse_request(R"({"source":{"index":"a","size":4,"sort":{"n":"desc"}},"dest":{"index":")" + dest + "\"}}",
                      {{"slices", std::to_string(slices)}, {"refresh", "true"}});
    ASSERT_TRUE(request);
    auto started = reindex(std::move(*request), ends("store:", "store:"));
    ASSERT_TRUE(started);
    const RunStatus status = started->wait();
    ASSERT_FALSE(status.error) << status.error->message();
    EXPECT_EQ(status.totals.total, 60U);
    EXPECT_EQ(documents(dest).size(), 60U);
  }
  // A part that one request reads comes in its order.
  const RunStatus part =
      run(R"({"source":{"index":"a","size":4,"sort":"n","slice":{"id":0,"max":2}},"dest":{"index":"p"}})");
  ASSERT_FALSE(part.error) << part.error->message();
  std::vector<int> numbers;
  for (const std::string& id : written("p")) numbers.push_back(std::stoi(id));
  EXPECT_GT(numbers.size(), 10U);
  EXPECT_LT(numbers.size(), 50U);
  EXPECT_TRUE(std::ranges::is_sorted(numbers));
}

TEST_F(StoreSort, AnyMemoryIsEnough) {
  put_numbers(60);
  for (const std::size_t memory : {std::size_t{1}, std::size_t{700}, std::size_t{1} << 20}) {
    const std::string dest = "b" + std::to_string(memory);
    auto request = parse_request(R"({"source":{"index":"a","size":7,"sort":"n"},"dest":{"index":")" + dest + "\"}}",
                                 {{"refresh", "true"}});
    ASSERT_TRUE(request);
    RunOptions options = ends("store:", "store:");
    options.sort_memory = memory;
    auto started = reindex(std::move(*request), std::move(options));
    ASSERT_TRUE(started);
    const RunStatus status = started->wait();
    ASSERT_FALSE(status.error) << status.error->message();
    EXPECT_EQ(status.totals.total, 60U);
    EXPECT_EQ(written(dest), numbers(0, 60));
  }
}

TEST_F(StoreSort, GoesOnWhereItWas) {
  put_numbers(50);
  const std::string source = R"({"source":{"index":"a","size":10,"sort":{"n":"desc"}},"dest":{"index":")";
  ResumePoint point;
  std::mutex mutex;
  RunOptions first = ends("store:", "store:");
  first.on_open = [&](std::uint32_t, const std::string& plan) { point.plan = plan; };
  first.on_checkpoint = [&](std::uint32_t, const pipeline::SliceCheckpoint& checkpoint) {
    const std::scoped_lock lock(mutex);
    if (checkpoint.counters.created == 20) point.slices = {checkpoint};
  };
  auto whole = reindex(*parse_request(source + "b\"}}", {}), std::move(first));
  ASSERT_TRUE(whole);
  ASSERT_FALSE(whole->wait().error);
  ASSERT_EQ(point.slices.size(), 1U);
  point.opened = true;
  RunOptions second = ends("store:", "store:");
  second.resume = point;
  auto rest = reindex(*parse_request(source + "c\"}}", {{"refresh", "true"}}), std::move(second));
  ASSERT_TRUE(rest);
  const RunStatus status = rest->wait();
  ASSERT_FALSE(status.error) << status.error->message();
  EXPECT_EQ(status.totals.counters.created, 50U);
  EXPECT_EQ(written("c"), numbers(29, -1));
}

TEST(SortedWindow, PassesMakeOneOrder) {
  std::mt19937 random(3);
  std::vector<store::SortedPlace> all;
  for (int i = 0; i < 300; ++i) {
    std::string key;
    for (auto length = random() % 4; length > 0; --length) key += static_cast<char>(random());
    all.push_back({.key = key, .part = static_cast<std::uint32_t>(random() % 3), .seq_no = i});
  }
  std::vector<store::SortedPlace> expected = all;
  std::ranges::sort(expected);
  store::SortedWindow window(1000);
  std::vector<store::SortedPlace> taken;
  int passes = 0;
  do {
    window.begin(taken.empty() ? std::nullopt : std::optional(taken.back()));
    for (const store::SortedPlace& place : all) window.offer(place);
    window.finish();
    while (auto place = window.take()) taken.push_back(*place);
    ++passes;
  } while (!window.complete());
  EXPECT_EQ(taken, expected);
  EXPECT_GT(passes, 3);
  EXPECT_LT(passes, 60);
}

TEST(SortedWindow, PlacesAreTexts) {
  const store::SortedPlace place{.key = std::string("\0\xFFq\n", 4), .part = 4'000'000'000, .seq_no = -5};
  EXPECT_EQ(place.text(), "4000000000 -5 00ff710a");
  EXPECT_EQ(store::SortedPlace::read(place.text()), place);
  EXPECT_EQ(store::SortedPlace::read("1 2 "), (store::SortedPlace{.key = "", .part = 1, .seq_no = 2}));
  for (const char* const wrong : {"", "1", "1 2", "x 2 00", "1 x 00", "1 2 0", "1 2 0g"}) {
    EXPECT_FALSE(store::SortedPlace::read(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace sluice
