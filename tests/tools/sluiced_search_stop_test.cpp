// Searches that end before they are done.
#include <atomic>
#include <memory>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tools/sluiced_node.h"

namespace sluice::tests {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

/// Searches whose hits are in the order of shards, by values, by scores that need to know all documents, and of joins.
constexpr std::string_view kBodies[] = {
    R"({"query":{"script":{"script":"doc['n'].value >= 0"}})", R"({"query":{"range":{"n":{"gte":0}}},"sort":["n"])",
    R"({"query":{"match":{"text":"some"}})", R"({"query":{"parent_id":{"type":"part","id":"1"}})"};

void fill(SluicedNode& node) {
  ASSERT_EQ(
      node.ask("PUT", "/a", R"({"mappings":{"properties":{"join":{"type":"join","relations":{"whole":"part"}}}}})")
          .status,
      200);
  for (int i = 0; i < 20; ++i) {
    const std::string document = R"({"text":"some text","join":{"name":"part","parent":"1"},"n":)" + std::to_string(i);
    ASSERT_EQ(node.ask("PUT", "/a/_doc/" + std::to_string(i) + "?routing=1", document + "}").status, 201);
  }
  ASSERT_EQ(node.ask("POST", "/a/_refresh").status, 200);
}

std::string with(std::string_view body, std::string_view members) {
  return std::string(body) + "," + std::string(members) + "}";
}

TEST(SearchStop, ATimeoutGivesWhatWasFound) {
  SluicedNode node;
  fill(node);
  for (const std::string_view body : kBodies) {
    const auto late =
        node.ask("POST", "/a/_search?filter_path=timed_out,hits.total,hits.hits._id", with(body, R"("timeout":"0ms")"));
    EXPECT_EQ(late.body, R"({"timed_out":true,"hits":{"total":{"value":0,"relation":"eq"}}})") << body;
    for (const std::string_view timeout : {R"("timeout":"-1")", R"("timeout":"1h")"}) {
      const auto whole = node.ask("POST", "/a/_search?filter_path=timed_out,hits.total", with(body, timeout));
      EXPECT_EQ(whole.body, R"({"timed_out":false,"hits":{"total":{"value":20,"relation":"eq"}}})") << body;
    }
  }
  EXPECT_THAT(node.ask("GET", "/a/_search?timeout=0ms&q=n:1").body, HasSubstr("\"timed_out\":true"));
}

TEST(SearchStop, WhoWantsNoPartOfTheHitsGetsNone) {
  SluicedNode node;
  fill(node);
  const auto refused =
      node.ask("POST", "/a/_search?allow_partial_search_results=false", with(kBodies[0], R"("timeout":"0ms")"));
  EXPECT_EQ(refused.status, 429);
  EXPECT_THAT(refused.body, HasSubstr("search_timeout_exception"));
  EXPECT_THAT(refused.body, HasSubstr("Time exceeded"));
}

TEST(SearchStop, SearchesThatNameNoTimeoutHaveTheServers) {
  SluicedNode node;
  fill(node);
  ASSERT_EQ(node.ask("PUT", "/_cluster/settings", R"({"persistent":{"search.default_search_timeout":"0ms"}})").status,
            200);
  const auto timed_out = [&node](std::string_view body) {
    return node.ask("POST", "/a/_search?filter_path=timed_out", body).body;
  };
  EXPECT_EQ(timed_out(R"({"sort":["n"]})"), R"({"timed_out":true})");
  EXPECT_EQ(timed_out(R"({"sort":["n"],"timeout":"-1"})"), R"({"timed_out":false})");
}

TEST(SearchStop, ATimeoutIsATime) {
  SluicedNode node;
  fill(node);
  const auto wrong = node.ask("POST", "/a/_search", R"({"timeout":"soon"})");
  EXPECT_EQ(wrong.status, 400);
  EXPECT_THAT(wrong.body, HasSubstr("failed to parse setting [timeout] with value [soon]"));
}

TEST(SearchStop, AScrollGoesOnAfterAPageWhoseTimeWasOver) {
  SluicedNode node;
  fill(node);
  const auto first =
      node.ask("POST", "/a/_search?scroll=1m&filter_path=_scroll_id,timed_out", with(kBodies[0], R"("timeout":"0ms")"));
  EXPECT_THAT(first.body, HasSubstr("\"timed_out\":true"));
  const std::string id = first.body.substr(first.body.find(':') + 1, first.body.find(',') - first.body.find(':') - 1);
  EXPECT_THAT(node.ask("POST", "/_search/scroll", R"({"scroll":"1m","scroll_id":)" + id + "}").body,
              HasSubstr("\"timed_out\":true"))
      << "it has not ended";
}

TEST(SearchStop, ASearchThatNobodyWaitsForEnds) {
  SluicedNode node;
  fill(node);
  const auto ask = [&](std::string target, std::string_view body, bool abandoned) {
    serve::HttpRequest request;
    request.method = "POST";
    request.target = std::move(target);
    request.headers.emplace_back("Content-Type", "application/json");
    request.body.append(body);
    request.abandoned = std::make_shared<const std::atomic<bool>>(abandoned);
    return rest::answer(std::move(request), node.services());
  };
  for (const std::string_view body : kBodies) {
    EXPECT_THAT(ask("/a/_search", with(body, R"("from":0)"), true).body, HasSubstr("task cancelled [channel closed]"));
    EXPECT_EQ(ask("/a/_search", with(body, R"("from":0)"), false).status, 200);
  }
  const std::string count = R"({"query":{"script":{"script":"doc['n'].value >= 0"}}})";
  EXPECT_THAT(ask("/a/_count", count, true).body, HasSubstr("task_cancelled_exception"));
  EXPECT_THAT(ask("/a/_count", count, false).body, StartsWith("{\"count\":20,"));
  EXPECT_THAT(ask("/_msearch", "{\"index\":\"a\"}\n" + count + "\n", true).body, HasSubstr("task_cancelled_exception"));
}

}  // namespace
}  // namespace sluice::tests
