#include "io/cluster/search_request.h"

#include <gtest/gtest.h>

namespace sluice::io {
namespace {

const Dialect kElastic8{Distribution::kElasticsearch, {8, 19, 0}, "8.19.0"};
const Dialect kElastic9{Distribution::kElasticsearch, {9, 4, 3}, "9.4.3"};
const Dialect kElastic5{Distribution::kElasticsearch, {5, 6, 16}, "5.6.16"};
const Dialect kElastic1{Distribution::kElasticsearch, {1, 7, 6}, "1.7.6"};
const Dialect kOpen3{Distribution::kOpenSearch, {3, 6, 0}, "3.6.0"};

SearchQuery query() { return {.indices = {"a", "<b-{now/d}>"}, .query = R"({"term": {"x": 1.0}})"}; }

TEST(SearchRequest, OpensAndClosesAPointInTimeInEachDistribution) {
  EXPECT_EQ(open_pit_call(kElastic8, query()).target, "/a,%3Cb-%7Bnow%2Fd%7D%3E/_pit?keep_alive=5m");
  EXPECT_EQ(open_pit_call(kOpen3, query()).target,
            "/a,%3Cb-%7Bnow%2Fd%7D%3E/_search/point_in_time?keep_alive=5m&allow_partial_pit_creation=false");
  EXPECT_EQ(open_pit_call(kElastic8, {}).target, "/*/_pit?keep_alive=5m");
  const ClusterCall closing = close_pit_call(kElastic8, "id\"1");
  EXPECT_EQ(closing.method, "DELETE");
  EXPECT_EQ(closing.body, R"({"id":"id\"1"})");
  EXPECT_TRUE(closing.even_after_abort);
  EXPECT_EQ(close_pit_call(kOpen3, "p").body, R"({"pit_id":["p"]})");
}

TEST(SearchRequest, WritesAPageOfAPointInTimeInElasticsearchsOrder) {
  SearchPage page{.size = 10, .pit_id = "p"};
  EXPECT_EQ(pit_page_call(kElastic8, query(), page).target, "/_search?allow_partial_search_results=false");
  EXPECT_EQ(pit_page_call(kElastic8, query(), page).body,
            R"({"pit":{"id":"p","keep_alive":"5m"},"size":10,"version":false,"sort":[{"_shard_doc":"asc"}],)"
            R"("query":{"term": {"x": 1.0}},"_source":true,"track_total_hits":true})");
  page.search_after = "[42]";
  page.slice = ManualSlice{1, 3, ""};
  page.extra_keep_alive = std::chrono::seconds(30);
  SearchQuery more = query();
  more.want_version = true;
  EXPECT_EQ(
      pit_page_call(kElastic8, more, page).body,
      R"({"pit":{"id":"p","keep_alive":"330s"},"size":10,"version":true,"sort":[{"_shard_doc":"asc"}],)"
      R"("query":{"term": {"x": 1.0}},"_source":true,"slice":{"id":1,"max":3},"search_after":[42],"track_total_hits":false})");
}

TEST(SearchRequest, TakesRuntimeFieldsAlong) {
  SearchQuery search = query();
  search.runtime_mappings = R"({"r":{"type":"long"}})";
  EXPECT_TRUE(
      pit_page_call(kElastic8, search, {.pit_id = "p"}).body.contains(R"("runtime_mappings":{"r":{"type":"long"}})"));
  EXPECT_FALSE(pit_page_call(kElastic8, query(), {.pit_id = "p"}).body.contains("runtime_mappings"));
}

std::string sort_of(const Dialect& dialect, const std::string& sort, bool one_index = false) {
  SearchQuery search = query();
  search.sort = sort;
  search.one_index = one_index;
  const std::string body = pit_page_call(dialect, search, {}).body;
  const std::size_t begin = body.find("\"sort\":") + 7;
  return body.substr(begin, body.find(",\"query\"") - begin);
}

TEST(SearchRequest, MakesEveryOrderTotal) {
  EXPECT_EQ(sort_of(kOpen3, ""), R"(["_doc","_shard_doc"])");
  EXPECT_EQ(sort_of(kOpen3, "[]"), R"(["_doc","_shard_doc"])");
  EXPECT_EQ(sort_of(kOpen3, R"([{"n":"desc"}])"), R"([{"n":"desc"},"_shard_doc"])");
  EXPECT_EQ(sort_of(kElastic8, R"([{"n":"desc"}])"), R"([{"n":"desc"}])");
  EXPECT_EQ(sort_of(kOpen3, R"({"n":"desc"})"), R"([{"n":"desc"},"_shard_doc"])");
  EXPECT_EQ(sort_of(kOpen3, R"(["_id"])"), R"(["_id","_shard_doc"])");
  EXPECT_EQ(sort_of(kOpen3, R"(["_id"])", true), R"(["_id"])");
  EXPECT_EQ(sort_of(kOpen3, R"([{"_index":"asc"},{"_id":"asc"}])"), R"([{"_index":"asc"},{"_id":"asc"}])");
}

TEST(SearchRequest, IsNotFooledByAFieldThatOnlyMentionsId) {
  SearchQuery search{.sort = R"([{"n":{"missing":"_id"}}])", .one_index = true};
  EXPECT_FALSE(total_order(search));
}

TEST(SearchRequest, AsksForVectorsWhereTheyAreHidden) {
  SearchQuery search = query();
  const auto source = [&](const std::string& filter) {
    search.source_filter = filter;
    const std::string body = pit_page_call(kElastic9, search, {}).body;
    const std::size_t begin = body.find("\"_source\":") + 10;
    return body.substr(begin, body.find(",\"track") - begin);
  };
  EXPECT_EQ(source(""), R"({"exclude_vectors":false})");
  EXPECT_EQ(source("true"), R"({"exclude_vectors":false})");
  EXPECT_EQ(source("false"), "false");
  EXPECT_EQ(source(R"(["a"])"), R"({"exclude_vectors":false,"includes":["a"]})");
  EXPECT_EQ(source(R"({ "excludes":["b"]})"), R"({"exclude_vectors":false,"excludes":["b"]})");
  EXPECT_EQ(source("{}"), R"({"exclude_vectors":false})");
}

TEST(SearchRequest, WritesScrollsForEachVersion) {
  SearchPage page{.size = 10, .slice = ManualSlice{0, 2, ""}};
  const ClusterCall five = open_scroll_call(kElastic5, query(), page);
  EXPECT_EQ(five.target, "/a,%3Cb-%7Bnow%2Fd%7D%3E/_search?scroll=5m&size=10&version=false&sort=_doc:asc");
  EXPECT_EQ(five.body, R"({"query":{"term": {"x": 1.0}},"_source":true,"slice":{"id":0,"max":2}})");
  const ClusterCall one = open_scroll_call(kElastic1, {.indices = {"a"}}, {.size = 10});
  EXPECT_EQ(one.target, "/a/_search?scroll=300000ms&size=10&version=false&sort=_doc:asc&fields=_parent,_routing,_ttl");
  EXPECT_EQ(one.body, R"({"query":{"match_all":{}},"_source":true})");
  SearchQuery sorted = query();
  sorted.sort = R"({"n":"asc"})";
  EXPECT_EQ(open_scroll_call(kElastic8, sorted, {.size = 1}).body,
            R"({"query":{"term": {"x": 1.0}},"_source":true,"sort":[{"n":"asc"}]})");
}

TEST(SearchRequest, SendsOldServersTheBareScrollId) {
  const ClusterCall next = scroll_page_call(kElastic1, query(), "abc", {});
  EXPECT_EQ(next.body, "abc");
  EXPECT_EQ(next.content_type, "text/plain");
  EXPECT_EQ(scroll_page_call(kElastic5, query(), "abc", {}).body, R"({"scroll_id":"abc"})");
  EXPECT_EQ(clear_scroll_call(kElastic1, "abc").body, "abc");
  EXPECT_EQ(clear_scroll_call(kElastic5, "abc").body, R"({"scroll_id":["abc"]})");
}

}  // namespace
}  // namespace sluice::io
