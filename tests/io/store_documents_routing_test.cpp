// Shards and ids. The shards are what `_search_shards?routing=` of real nodes answered.
#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "io/store/documents/documents.h"
#include "io/store/documents/murmur3.h"

namespace sluice::store {
namespace {

const std::array<std::string, 10> texts{"1",      "2",  "hello", "AVx_-9",      "ü",
                                        "日本語", "😀", "a😀b",  "user-123456", std::string(40, 'z')};

std::vector<std::uint32_t> shards_of(std::uint32_t shards, std::uint32_t routing_shards) {
  const IndexKey index{1, shards, routing_shards, "i", "u"};
  std::vector<std::uint32_t> all;
  for (const std::string& text : texts) all.push_back(Documents::shard_of(index, text, {}));
  return all;
}
using Shards = std::vector<std::uint32_t>;

// Elasticsearch 9.4.3: the remainder by the number of shards, whatever number_of_routing_shards is.
TEST(Routing, IsElasticsearch9s) {
  EXPECT_EQ(shards_of(1, 1), (Shards{0, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
  EXPECT_EQ(shards_of(2, 2), (Shards{1, 1, 1, 0, 1, 1, 1, 0, 0, 0}));
  EXPECT_EQ(shards_of(3, 3), (Shards{2, 0, 1, 2, 0, 1, 0, 2, 1, 0}));
  EXPECT_EQ(shards_of(5, 5), (Shards{3, 2, 1, 1, 4, 1, 3, 2, 3, 4}));
  EXPECT_EQ(shards_of(7, 7), (Shards{2, 5, 5, 2, 6, 2, 6, 0, 6, 1}));
  EXPECT_EQ(shards_of(12, 12), (Shards{11, 3, 1, 8, 9, 1, 9, 8, 4, 6}));
}

// OpenSearch 3 and Elasticsearch 8: the remainder by number_of_routing_shards, and that divided.
TEST(Routing, IsOpenSearchs) {
  EXPECT_EQ(shards_of(1, 1024), (Shards{0, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
  EXPECT_EQ(shards_of(2, 1024), (Shards{0, 0, 0, 1, 1, 0, 1, 0, 1, 0}));
  EXPECT_EQ(shards_of(3, 768), (Shards{2, 1, 2, 0, 1, 2, 0, 2, 0, 0}));
  EXPECT_EQ(shards_of(5, 640), (Shards{4, 3, 4, 4, 0, 2, 2, 1, 3, 2}));
  EXPECT_EQ(shards_of(7, 896), (Shards{0, 3, 5, 0, 0, 2, 6, 1, 0, 3}));
  EXPECT_EQ(shards_of(12, 768), (Shards{8, 5, 10, 0, 7, 8, 0, 11, 3, 2}));
}

TEST(Routing, ARoutingIsTakenInsteadOfTheId) {
  const IndexKey index{1, 12, 12, "i", "u"};
  EXPECT_EQ(Documents::shard_of(index, "1", "2"), 3U);
  EXPECT_EQ(Documents::shard_of(index, "2", "1"), 11U);
}

TEST(Routing, TextThatIsNotUtf8HashesAsReplacementCharacters) {
  EXPECT_EQ(murmur3_of_text("\xff"), murmur3_of_text("\xef\xbf\xbd"));
  EXPECT_EQ(murmur3_of_text("a\xc3"), murmur3_of_text("a\xef\xbf\xbd"));
  EXPECT_EQ(murmur3_of_text("\xe6\x97z"), murmur3_of_text("\xef\xbf\xbd\xef\xbf\xbdz"));
}

TEST(NewId, IsTwentyUrlSafeCharacters) {
  const std::string id = Documents::new_id();
  EXPECT_EQ(id.size(), 20U);
  EXPECT_EQ(id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
            std::string::npos);
}

TEST(NewId, IsNeverGivenTwice) {
  std::array<std::vector<std::string>, 4> made;
  {
    std::vector<std::jthread> threads;
    for (auto& mine : made) {
      threads.emplace_back([&mine] {
        for (int i = 0; i < 20'000; ++i) mine.push_back(Documents::new_id());
      });
    }
  }
  std::set<std::string> all;
  for (const auto& mine : made) all.insert(mine.begin(), mine.end());
  EXPECT_EQ(all.size(), 80'000U);
}

TEST(NewId, ThoseMadeTogetherBeginAlike) {
  EXPECT_EQ(Documents::new_id().substr(0, 4), Documents::new_id().substr(0, 4));
}

}  // namespace
}  // namespace sluice::store
