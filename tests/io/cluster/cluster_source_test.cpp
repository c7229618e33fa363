#include "io/cluster/cluster_source.h"

#include <atomic>
#include <future>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/io/http/fake_server.h"

namespace sluice::io {
namespace {

using pipeline::Page;
using pipeline::PageRequest;
using pipeline::SourceFacts;
using testing::FakeReply;
using testing::FakeRequest;
using testing::FakeServer;
using ::testing::HasSubstr;
using testing::json_reply;

constexpr auto kElastic8 = R"({"version":{"number":"8.19.0"}})";
constexpr auto kElastic7 = R"({"version":{"number":"7.10.2"}})";
constexpr auto kElastic1 = R"({"version":{"number":"1.7.6"}})";
constexpr auto kPage = R"({"_scroll_id":"s1","pit_id":"p2","hits":{"hits":[{"_id":"1","_source":{},"sort":[1]}]}})";
constexpr auto kContextMissing =
    R"({"error":{"root_cause":[{"type":"search_context_missing_exception","reason":"No search context found"}],"type":"search_phase_execution_exception","reason":"all shards failed"},"status":404})";

class ClusterSourceTest : public ::testing::Test {
 protected:
  /// A server that introduces itself with `root` and leaves everything else to `rest`.
  FakeServer& serve(std::string root, FakeServer::Handler rest) {
    server_ = std::make_unique<FakeServer>(
        [root, rest](const FakeRequest& r) { return r.target == "/" ? json_reply(200, root) : rest(r); });
    return *server_;
  }
  ClusterSource& source(ClusterSourceOptions options = {}) {
    options.cluster.endpoint = *parse_endpoint(server_->url());
    options.cluster.first_backoff = std::chrono::milliseconds(1);
    if (options.search.indices.empty()) options.search.indices = {"src"};
    source_ = std::make_unique<ClusterSource>(loop_, std::move(options));
    return *source_;
  }
  Result<SourceFacts> open() {
    std::promise<Result<SourceFacts>> promise;
    source_->open([&](Result<SourceFacts> facts) { promise.set_value(std::move(facts)); });
    return promise.get_future().get();
  }
  std::future<Result<Page>> start(PageRequest request = {}) {
    auto promise = std::make_shared<std::promise<Result<Page>>>();
    auto future = promise->get_future();
    source_->fetch(std::move(request), {}, [promise](Result<Page> page) { promise->set_value(std::move(page)); });
    return future;
  }
  Result<Page> fetch(PageRequest request = {}) { return start(std::move(request)).get(); }
  Status close() {
    std::promise<Status> promise;
    source_->close([&](Status status) { promise.set_value(std::move(status)); });
    return promise.get_future().get();
  }
  static PageRequest after(std::string values) {
    PageRequest request;
    request.cursor.documents = 1;
    request.cursor.after = std::move(values);
    return request;
  }
  std::vector<FakeRequest> seen() const { return server_->requests(); }

  EventLoop loop_;
  std::unique_ptr<FakeServer> server_;
  std::unique_ptr<ClusterSource> source_;
};

TEST_F(ClusterSourceTest, PagesAPointInTimeAndClosesItWithItsNewestId) {
  serve(kElastic8, [](const FakeRequest& r) {
    return r.target.starts_with("/src/_pit") ? json_reply(200, R"({"id":"p1"})") : json_reply(200, kPage);
  });
  source();
  const auto facts = open();
  ASSERT_TRUE(facts) << facts.error().reason;
  EXPECT_EQ(facts->slices, 1U);
  auto page = fetch();
  ASSERT_TRUE(page) << page.error().reason;
  EXPECT_EQ(page->bytes.view(), kPage);
  EXPECT_EQ(page->format, pipeline::PageFormat::kSearchResponse);
  pipeline::Batch batch;
  batch.facts.pit_id = "p2";
  batch.page = std::move(*page);
  source_->parsed(batch);
  ASSERT_TRUE(fetch(after("[1]")));
  ASSERT_TRUE(close());
  EXPECT_THAT(seen().at(2).body, HasSubstr(R"("pit":{"id":"p1")"));
  EXPECT_THAT(seen().at(3).body, HasSubstr(R"("pit":{"id":"p2")"));
  EXPECT_THAT(seen().at(3).body, HasSubstr(R"("search_after":[1])"));
  EXPECT_EQ(seen().at(4).method, "DELETE");
  EXPECT_EQ(seen().at(4).body, R"({"id":"p2"})");
}

TEST_F(ClusterSourceTest, FallsBackToAScrollWhereAPointInTimeIsRefused) {
  serve(kElastic8, [](const FakeRequest& r) {
    return r.target.starts_with("/src/_pit") ? json_reply(405, R"({"error":"no handler","status":405})")
                                             : json_reply(200, kPage);
  });
  source();
  ASSERT_TRUE(open());
  EXPECT_FALSE(source_->uses_point_in_time());
  ASSERT_TRUE(fetch());
  PageRequest next;
  next.cursor.context = "s1";
  next.cursor.documents = 1;
  ASSERT_TRUE(fetch(next));
  ASSERT_TRUE(close());
  EXPECT_THAT(seen().at(2).target, HasSubstr("/src/_search?scroll=5m"));
  EXPECT_EQ(seen().at(3).body, R"({"scroll_id":"s1"})");
  EXPECT_EQ(seen().at(4).method, "DELETE");
  EXPECT_EQ(seen().at(4).body, R"({"scroll_id":["s1"]})");
}

TEST_F(ClusterSourceTest, TellsThatTheIndexIsNotThere) {
  serve(kElastic8, [](const FakeRequest&) {
    return json_reply(
        404,
        R"({"error":{"root_cause":[],"type":"index_not_found_exception","reason":"no such index [src]"},"status":404})");
  });
  source();
  const auto facts = open();
  ASSERT_FALSE(facts);
  EXPECT_EQ(facts.error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(facts.error().reason, "no such index [src]");
}

TEST_F(ClusterSourceTest, CountsTheShardsOfTheIndexWithTheFewest) {
  serve(kElastic7, [](const FakeRequest&) {
    return json_reply(
        200,
        R"({"shards":[[{"index":"a","shard":0},{"index":"a","shard":0}],[{"index":"a","shard":1}],[{"index":"a","shard":2}],
      [{"index":"b","shard":0}],[{"index":"b","shard":1}]]})");
  });
  source({.auto_slices = true});
  const auto facts = open();
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->slices, 2U);
}

TEST_F(ClusterSourceTest, CapsAutomaticSlicesAtTwenty) {
  serve(kElastic7, [](const FakeRequest&) {
    std::string shards;
    for (int i = 0; i < 30; ++i)
      shards += std::string(i == 0 ? "" : ",") + R"([{"index":"a","shard":)" + std::to_string(i) + "}]";
    return json_reply(200, R"({"shards":[)" + shards + "]}");
  });
  source({.auto_slices = true});
  EXPECT_EQ(open()->slices, 20U);
}

TEST_F(ClusterSourceTest, RefusesToReadAnIndexThatIsWrittenToo) {
  serve(kElastic7,
        [](const FakeRequest&) { return json_reply(200, R"({"shards":[[{"index":"behind-an-alias","shard":0}]]})"); });
  ClusterSourceOptions options;
  options.search.written_index = "behind-an-alias";
  source(std::move(options));
  const auto facts = open();
  ASSERT_FALSE(facts);
  EXPECT_EQ(facts.error().type, "action_request_validation_exception");
  EXPECT_THAT(facts.error().reason, HasSubstr("cannot write into an index its reading from [behind-an-alias]"));
}

TEST_F(ClusterSourceTest, RefusesSlicesWhereTheServerHasNone) {
  serve(kElastic1, [](const FakeRequest&) { return json_reply(200, kPage); });
  source({.slices = 2});
  const auto facts = open();
  ASSERT_FALSE(facts);
  EXPECT_EQ(facts.error().kind, ErrorKind::kBadRequest);
  EXPECT_THAT(facts.error().reason, HasSubstr("is Elasticsearch 1.7.6, which can't be read in slices"));
  source({.auto_slices = true});
  EXPECT_EQ(open()->slices, 1U);
}

TEST_F(ClusterSourceTest, AsksAgainWhenTheClusterIsBusyAndCountsIt) {
  auto busy = std::make_shared<std::atomic<int>>(3);
  serve(kElastic8, [busy](const FakeRequest& r) {
    if (r.target.starts_with("/src/_pit")) return json_reply(200, R"({"id":"p1"})");
    static constexpr int kStatus[] = {0, 429, 503, 502};
    const int left = busy->fetch_sub(1);
    return left > 0 ? json_reply(kStatus[left], R"({"error":{"type":"x","reason":"busy"},"status":429})")
                    : json_reply(200, kPage);
  });
  source();
  ASSERT_TRUE(open());
  const auto page = fetch();
  ASSERT_TRUE(page) << page.error().reason;
  EXPECT_EQ(page->retries, 3U);
}

TEST_F(ClusterSourceTest, GivesUpWhenTheTimeForRetriesIsOver) {
  serve(kElastic8, [](const FakeRequest& r) {
    if (r.target.starts_with("/src/_pit")) return json_reply(200, R"({"id":"p1"})");
    return json_reply(429,
                      R"({"error":{"type":"es_rejected_execution_exception","reason":"queue full"},"status":429})");
  });
  source({.cluster = {.retry_for = std::chrono::milliseconds(20)}});
  // open() and everything else may be retried: only the search is refused
  ASSERT_TRUE(open());
  const auto page = fetch();
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().status, 429);
  EXPECT_EQ(page.error().reason, "queue full");
}

TEST_F(ClusterSourceTest, NeverAsksAScrollTwiceForAPageThatMayHaveBeenServed) {
  for (const int status : {502, 503, 504}) {
    auto calls = std::make_shared<std::atomic<int>>(0);
    serve(kElastic7, [calls, status](const FakeRequest&) {
      ++*calls;
      return json_reply(status, R"({"error":{"type":"x","reason":"gateway"},"status":503})");
    });
    source();
    ASSERT_TRUE(open());
    PageRequest next;
    next.cursor.context = "s1";
    const auto page = fetch(next);
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().status, status);
    EXPECT_EQ(*calls, 1);
  }
}

TEST_F(ClusterSourceTest, AsksForLessWhenAPageIsTooLarge) {
  serve(kElastic8, [](const FakeRequest& r) {
    if (r.target.starts_with("/src/_pit")) return json_reply(200, R"({"id":"p1"})");
    const bool small = r.body.find(R"("size":6,)") != std::string::npos;
    return json_reply(200, small ? std::string(kPage) : std::string(5000, ' ') + kPage);
  });
  source();
  ASSERT_TRUE(open());
  PageRequest request;
  request.max_documents = 100;
  request.max_bytes = 1000;
  ASSERT_TRUE(fetch(request));
  ASSERT_EQ(seen().size(), 5U);
  EXPECT_THAT(seen().at(2).body, HasSubstr(R"("size":100,)"));
  EXPECT_THAT(seen().at(3).body, HasSubstr(R"("size":25,)"));
  EXPECT_THAT(seen().at(4).body, HasSubstr(R"("size":6,)"));
}

TEST_F(ClusterSourceTest, FindsThePageSizeThatFitsAndKeepsIt) {
  auto refused = std::make_shared<std::atomic<int>>(0);
  serve(kElastic8, [refused](const FakeRequest& r) {
    if (r.target.starts_with("/src/_pit")) return json_reply(200, R"({"id":"p1"})");
    const std::size_t size = std::stoul(r.body.substr(r.body.find(R"("size":)") + 7));
    if (size > 600) ++*refused;
    return json_reply(200, std::string(100 * size - std::string_view(kPage).size(), ' ') + kPage);
  });
  source();
  ASSERT_TRUE(open());
  PageRequest request;
  request.max_documents = 1000;
  request.max_bytes = 60'000;
  std::size_t documents = 0;
  for (int i = 0; i < 20; ++i) {
    auto page = fetch(request);
    ASSERT_TRUE(page) << page.error().reason;
    pipeline::Batch batch;
    documents = page->bytes.size() / 100;
    batch.documents.resize(documents);
    batch.page = std::move(*page);
    source_->parsed(batch);
  }
  EXPECT_EQ(*refused, 1);
  EXPECT_GE(documents, 500U);
}

TEST_F(ClusterSourceTest, ASliceThatHasNotBegunExpectsWhatOthersHaveShown) {
  serve(kElastic7, [](const FakeRequest&) { return json_reply(200, std::string(50'000, ' ') + kPage); });
  source({.slices = 2});
  ASSERT_TRUE(open());
  auto page = fetch();
  ASSERT_TRUE(page);
  pipeline::Batch batch;
  batch.documents.resize(1);
  batch.page = std::move(*page);
  source_->parsed(batch);
  for (const std::uint32_t slice : {0U, 1U}) EXPECT_GE(source_->page_estimate(slice, 1000), 50'000'000U) << slice;
}

TEST_F(ClusterSourceTest, TellsThatOneDocumentIsTooLarge) {
  serve(kElastic8, [](const FakeRequest& r) {
    return r.target.starts_with("/src/_pit") ? json_reply(200, R"({"id":"p1"})")
                                             : json_reply(200, std::string(5000, ' ') + kPage);
  });
  source();
  ASSERT_TRUE(open());
  PageRequest request;
  request.max_documents = 3;
  request.max_bytes = 1000;
  const auto page = fetch(request);
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().kind, ErrorKind::kTooLarge);
  EXPECT_THAT(page.error().reason, HasSubstr("One document of"));
}

TEST_F(ClusterSourceTest, AScrollsPageThatIsTooLargeNamesTheSize) {
  serve(kElastic7, [](const FakeRequest&) { return json_reply(200, std::string(5000, ' ') + kPage); });
  source();
  ASSERT_TRUE(open());
  PageRequest request;
  request.max_documents = 100;
  request.max_bytes = 1000;
  const auto page = fetch(request);
  ASSERT_FALSE(page);
  EXPECT_THAT(page.error().reason, HasSubstr("Use a smaller batch size. Set source.size below 100"));
  EXPECT_EQ(page.error().status, 400);
}

TEST_F(ClusterSourceTest, ALostPointInTimeEndsTheRunAndSaysWhy) {
  serve(kElastic8, [](const FakeRequest& r) {
    return r.target.starts_with("/src/_pit")                  ? json_reply(200, R"({"id":"p1"})")
           : r.body.find("search_after") != std::string::npos ? json_reply(404, kContextMissing)
                                                              : json_reply(200, kPage);
  });
  source();
  ASSERT_TRUE(open());
  ASSERT_TRUE(fetch());
  const auto page = fetch(after("[1]"));
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().status, 404);
  EXPECT_EQ(page.error().type, "search_context_missing_exception");
  EXPECT_THAT(page.error().reason, HasSubstr("the point in time over"));
  EXPECT_THAT(page.error().reason, HasSubstr("keep-alive of 5m"));
}

TEST_F(ClusterSourceTest, ALostScrollEndsTheRunAndSaysWhy) {
  serve(kElastic7, [](const FakeRequest&) { return json_reply(404, kContextMissing); });
  source();
  ASSERT_TRUE(open());
  PageRequest next;
  next.cursor.context = "s1";
  const auto page = fetch(next);
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().kind, ErrorKind::kNotFound);
  EXPECT_THAT(page.error().reason, HasSubstr("the scroll over"));
}

TEST_F(ClusterSourceTest, SharesOnePointInTimeAmongSlices) {
  serve(kElastic8, [](const FakeRequest& r) {
    return r.target.starts_with("/src/_pit") ? json_reply(200, R"({"id":"p1"})") : json_reply(200, kPage);
  });
  source({.slices = 3});
  ASSERT_EQ(open()->slices, 3U);
  PageRequest request;
  request.slice = 2;
  ASSERT_TRUE(fetch(request));
  EXPECT_THAT(seen().back().body, HasSubstr(R"("slice":{"id":2,"max":3})"));
  EXPECT_EQ(seen().size(), 3U);
}

TEST_F(ClusterSourceTest, ReadsOneManualSlice) {
  serve(kElastic7, [](const FakeRequest&) { return json_reply(200, kPage); });
  source({.search = {.slice = ManualSlice{1, 4, "n"}}});
  ASSERT_EQ(open()->slices, 1U);
  ASSERT_TRUE(fetch());
  EXPECT_THAT(seen().back().body, HasSubstr(R"("slice":{"field":"n","id":1,"max":4})"));
}

TEST_F(ClusterSourceTest, ALostPointInTimeIsReopenedWhereTheOrderIsTotal) {
  auto opened = std::make_shared<std::atomic<int>>(0);
  serve(kElastic8, [opened](const FakeRequest& r) {
    if (r.target.starts_with("/src/_search_shards"))
      return json_reply(200, R"({"shards":[[{"index":"src","shard":0}]]})");
    if (r.target.starts_with("/src/_pit")) return json_reply(200, R"({"id":"p)" + std::to_string(++*opened) + "\"}");
    return r.body.find(R"("id":"p1")") != std::string::npos ? json_reply(404, kContextMissing) : json_reply(200, kPage);
  });
  source({.search = {.sort = R"(["_id"])"}});
  ASSERT_TRUE(open());
  const auto page = fetch(after(R"(["a"])"));
  ASSERT_TRUE(page) << page.error().reason;
  EXPECT_EQ(*opened, 2);
  EXPECT_THAT(seen().back().body, HasSubstr(R"("search_after":["a"])"));
}

TEST_F(ClusterSourceTest, RefusesAnEarlierRunsPositionThatMeansNothingNow) {
  serve(kElastic8, [](const FakeRequest&) { return json_reply(200, R"({"id":"p1"})"); });
  source();
  ASSERT_TRUE(open());
  const auto page = fetch(after("[7]"));
  ASSERT_FALSE(page);
  EXPECT_THAT(page.error().reason, HasSubstr("where an earlier run stopped"));
}

TEST_F(ClusterSourceTest, AbortEndsFetchesAndCloseStillGivesThePointInTimeBack) {
  std::promise<void> arrived;
  serve(kElastic8, [&arrived](const FakeRequest& r) {
    if (r.method == "DELETE") return json_reply(200, "{}");
    if (r.target.starts_with("/src/_pit")) return json_reply(200, R"({"id":"p1"})");
    arrived.set_value();
    return FakeReply{};
  });
  source();
  ASSERT_TRUE(open());
  auto page = start();
  arrived.get_future().get();
  source_->abort();
  EXPECT_EQ(page.get().error().kind, ErrorKind::kCancelled);
  EXPECT_EQ(fetch().error().kind, ErrorKind::kCancelled);
  EXPECT_TRUE(close());
  EXPECT_EQ(seen().back().method, "DELETE");
}

TEST_F(ClusterSourceTest, AbortEndsTheWaitForARetry) {
  std::promise<void> arrived;
  serve(kElastic8, [&arrived](const FakeRequest& r) {
    if (r.target.starts_with("/src/_pit")) return json_reply(200, R"({"id":"p1"})");
    arrived.set_value();
    return json_reply(429, R"({"error":{"type":"x","reason":"busy"},"status":429})");
  });
  ClusterSourceOptions options;
  options.search.indices = {"src"};
  options.cluster.endpoint = *parse_endpoint(server_->url());
  options.cluster.first_backoff = std::chrono::hours(1);
  options.cluster.retry_for = std::chrono::hours(100);
  source_ = std::make_unique<ClusterSource>(loop_, options);
  ASSERT_TRUE(open());
  auto page = start();
  arrived.get_future().get();
  source_->abort();
  EXPECT_EQ(page.get().error().kind, ErrorKind::kCancelled);
}

TEST_F(ClusterSourceTest, ClosesAPointInTimeThatIsGoneAlready) {
  serve(kElastic8, [](const FakeRequest& r) {
    return r.method == "DELETE" ? json_reply(404, R"({"succeeded":true,"num_freed":0})")
                                : json_reply(200, R"({"id":"p1"})");
  });
  source();
  ASSERT_TRUE(open());
  EXPECT_TRUE(close());
  EXPECT_TRUE(close());
  EXPECT_EQ(seen().size(), 3U);
}

TEST_F(ClusterSourceTest, RepeatsWhatTheClusterSaysAboutAccess) {
  for (const int status : {401, 403}) {
    server_ = std::make_unique<FakeServer>([status](const FakeRequest&) {
      return json_reply(status, R"({"error":{"type":"security_exception","reason":"no permissions"},"status":403})");
    });
    source();
    const auto facts = open();
    ASSERT_FALSE(facts);
    EXPECT_EQ(facts.error().kind, ErrorKind::kUnauthorized);
    EXPECT_EQ(facts.error().reason, "no permissions");
  }
}

TEST_F(ClusterSourceTest, TellsThatAPageIsNotJson) {
  serve(kElastic8, [](const FakeRequest& r) {
    return r.target.starts_with("/src/_pit")
               ? json_reply(200, R"({"id":"p1"})")
               : FakeReply{{"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>"}};
  });
  source();
  ASSERT_TRUE(open());
  const auto page = fetch();
  ASSERT_FALSE(page);
  EXPECT_THAT(page.error().reason, HasSubstr("was answered with text/html: body=<html>"));
}

TEST_F(ClusterSourceTest, LearnsHowLargePagesAre) {
  serve(kElastic8, [](const FakeRequest&) { return json_reply(200, R"({"id":"p1"})"); });
  source();
  ASSERT_TRUE(open());
  pipeline::Batch batch;
  batch.page.bytes.append(std::string(100'000, 'x'));
  batch.documents.resize(10);
  for (int i = 0; i < 20; ++i) source_->parsed(batch);
  EXPECT_NEAR(static_cast<double>(source_->page_estimate(0, 100)), 1'000'000, 20'000);
}

}  // namespace
}  // namespace sluice::io
