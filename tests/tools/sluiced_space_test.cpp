// What is given back to the disk without being asked for.
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tools/sluiced_node.h"
#include "tools/sluiced/search/housekeeping.h"

namespace sluice::tests {
namespace {

using testing::HasSubstr;

std::string id_of(const serve::HttpResponse& response, const std::string& name) {
  const std::string before = "\"" + name + "\":\"";
  const std::size_t begin = response.body.find(before) + before.size();
  return response.body.substr(begin, response.body.find('"', begin) - begin);
}

std::string with(const std::string& name, const std::string& id) { return "{\"" + name + "\":\"" + id + "\"}"; }

TEST(Space, ADroppedIndexGoesThoughOthersAreSearched) {
  SluicedNode node;
  ASSERT_EQ(node.ask("PUT", "/other/_doc/1?refresh=true", "{}").status, 201);
  ASSERT_EQ(node.ask("GET", "/other/_search").status, 200);  // its picture is older than what follows
  ASSERT_EQ(node.ask("PUT", "/a/_doc/1?refresh=true", R"({"text":")" + std::string(2000, 'x') + "\"}").status, 201);
  ASSERT_EQ(node.ask("DELETE", "/a").status, 200);
  const auto waiting = [&] { return node.services().documents.records("dropped/")->size(); };
  EXPECT_EQ(waiting(), 1U);
  std::atomic<bool> stop = false;
  rest::tidy(node.services().documents, node.services().views, node.services().contexts, stop);
  EXPECT_EQ(waiting(), 0U);
  EXPECT_THAT(node.ask("GET", "/other/_count").body, HasSubstr("\"count\":1"));
}

TEST(Space, APictureGoesWhenItsTimeIsOverThoughNobodyAsks) {
  rest::SearchContexts contexts;
  auto context = std::make_shared<rest::SearchContext>();
  const std::weak_ptr<rest::SearchContext> alive = context;
  const auto id = contexts.open(context, {Nanoseconds(1), "1nanos"}, {});
  ASSERT_TRUE(id);
  for (int i = 0; i < 1000; ++i) contexts.let_expired_go();
  EXPECT_FALSE(alive.expired());
  EXPECT_NE(contexts.find(*id, rest::ContextKind::kPointInTime, {}), nullptr) << "somebody still uses it";
  context.reset();
  while (!alive.expired()) contexts.let_expired_go();
  EXPECT_EQ(contexts.find(*id, rest::ContextKind::kPointInTime, {}), nullptr);
}

TEST(Space, AScrollIsNoPointInTime) {
  SluicedNode node;
  ASSERT_EQ(node.ask("PUT", "/a/_doc/1?refresh=true", "{}").status, 201);
  const std::string scroll = id_of(node.ask("POST", "/a/_search?scroll=1m"), "_scroll_id");
  const std::string pit = id_of(node.ask("POST", "/a/_pit?keep_alive=1m"), "id");
  EXPECT_EQ(node.ask("DELETE", "/_pit", with("id", scroll)).status, 404);
  EXPECT_EQ(node.ask("DELETE", "/_search/scroll", with("scroll_id", pit)).status, 404);
  EXPECT_EQ(node.ask("POST", "/_search/scroll", with("scroll_id", pit)).status, 404);
  EXPECT_EQ(node.ask("POST", "/_search", R"({"pit":)" + with("id", scroll) + "}").status, 404);
  EXPECT_EQ(node.ask("DELETE", "/_pit", with("id", pit)).status, 200);
  EXPECT_EQ(node.ask("DELETE", "/_search/scroll", with("scroll_id", scroll)).status, 200);
}

TEST(Space, TheHousekeeperComesAgainAndEndsInTheMiddleOfItsWork) {
  std::atomic<int> times = 0;
  std::atomic<bool> waits = false;
  {
    const rest::Housekeeping housekeeping(
        [&](std::atomic<bool>& stop) {
          if (++times < 3) return;
          waits = true;
          while (!stop) std::this_thread::yield();
        },
        std::chrono::microseconds(1));
    while (!waits) std::this_thread::yield();
  }
  EXPECT_EQ(times, 3);
}

}  // namespace
}  // namespace sluice::tests
