// Searches: pages that are too large to be made at once, and so are made while they are sent; what they are sorted by.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tools/sluiced_node.h"

namespace sluice::tests {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr int kDocuments = 3000;

/// Documents of about 300 bytes: 3000 of them are several pieces.
void fill(SluicedNode& node) {
  ASSERT_EQ(node.ask("PUT", "/large", R"({"settings":{"number_of_shards":2}})").status, 200);
  std::string bulk;
  for (int i = 0; i < kDocuments; ++i) {
    bulk += R"({"index":{"_id":")" + std::to_string(i) + "\"}}\n" + R"({"n":)" + std::to_string(i) + R"(,"text":")" +
            std::string(280, static_cast<char>('a' + i % 26)) + "\"}\n";
  }
  ASSERT_EQ(node.ask("POST", "/large/_bulk?refresh=true", bulk, {{"Content-Type", "application/x-ndjson"}}).status,
            200);
}

std::string whole(serve::HttpResponse response) {
  while (response.stream != nullptr) {
    const auto more = response.stream->next(response.body);
    EXPECT_TRUE(more.has_value());
    if (!more || !*more) break;
  }
  return response.body;
}

/// What stands between the brackets of the hits.
std::string hits_of(const std::string& answer) {
  const std::size_t begin = answer.find(R"("hits":[)") + 8;
  EXPECT_THAT(answer, EndsWith("]}}"));
  return answer.substr(begin, answer.size() - 3 - begin);
}

std::string part(const std::string& text, const std::string& before, char end) {
  const std::size_t begin = text.rfind(before) + before.size();
  return text.substr(begin, text.find(end, begin) - begin);
}

/// All hits of a sort, by pages that are small enough to be made at once.
std::string small_pages(SluicedNode& node, const std::string& sort) {
  std::string all;
  std::string after;
  for (;;) {
    auto response = node.ask("POST", "/large/_search?size=100", R"({"sort":[)" + sort + "]" + after + "}");
    EXPECT_EQ(response.stream, nullptr);
    const std::string hits = hits_of(response.body);
    if (hits.empty()) return all;
    all += (all.empty() ? "" : ",") + hits;
    after = R"(,"search_after":[)" + part(hits, R"("sort":[)", ']') + "]";
  }
}

TEST(SearchPages, ALargePageIsStreamedAndTheSameAsManySmallOnes) {
  SluicedNode node;
  fill(node);
  for (const std::string sort : {R"("_doc")", R"({"n":"desc"})"}) {
    auto large = node.ask("POST", "/large/_search?size=10000", R"({"sort":[)" + sort + "]}");
    EXPECT_EQ(large.status, 200);
    EXPECT_NE(large.stream, nullptr) << sort;
    const std::string answer = whole(std::move(large));
    EXPECT_THAT(answer,
                HasSubstr(R"("total":{"value":3000,"relation":"eq"},"max_score":null,"hits":[{"_index":"large")"));
    EXPECT_TRUE(hits_of(answer) == small_pages(node, sort)) << sort;
  }
}

TEST(SearchPages, AStreamedPageEndsWhereItsSizeSays) {
  SluicedNode node;
  fill(node);
  const std::string answer = whole(node.ask("POST", "/large/_search?size=2000&from=500", ""));
  std::size_t count = 0;
  for (std::size_t at = 0; (at = answer.find(R"({"_index")", at)) != std::string::npos; ++at) ++count;
  EXPECT_EQ(count, 2000U);
  EXPECT_THAT(answer, HasSubstr(R"("max_score":1.0)"));
}

TEST(SearchPages, WhatHasToSeeTheWholeAnswerSeesIt) {
  SluicedNode node;
  fill(node);
  const auto pretty = node.ask("POST", "/large/_search?size=10000&pretty", "");
  EXPECT_EQ(pretty.stream, nullptr);
  EXPECT_THAT(pretty.body, EndsWith("    ]\n  }\n}\n"));
  const auto filtered = node.ask("POST", "/large/_search?size=10000&filter_path=hits.hits._id", "");
  EXPECT_THAT(filtered.body, StartsWith(R"({"hits":{"hits":[{"_id":")"));
  EXPECT_THAT(filtered.body, Not(HasSubstr("_source")));
  const auto many = node.ask("POST", "/_msearch", "{\"index\":\"large\"}\n{\"size\":10000}\n",
                             {{"Content-Type", "application/x-ndjson"}});
  EXPECT_EQ(many.stream, nullptr);
  EXPECT_THAT(many.body, EndsWith(R"(]},"status":200}]})"));
}

TEST(SearchPages, AScrollOfStreamedPagesBringsEveryDocumentOnce) {
  SluicedNode node;
  fill(node);
  for (const std::string sort : {R"("_doc")", R"({"n":"desc"})"}) {
    std::string answer = whole(node.ask("POST", "/large/_search?size=1300&scroll=1m", R"({"sort":[)" + sort + "]}"));
    std::string all;
    for (std::string hits = hits_of(answer); !hits.empty(); hits = hits_of(answer)) {
      all += (all.empty() ? "" : ",") + hits;
      const std::string id = part(answer, R"("_scroll_id":")", '"');
      answer = whole(node.ask("POST", "/_search/scroll", R"({"scroll":"1m","scroll_id":")" + id + "\"}"));
      EXPECT_THAT(answer, HasSubstr(R"("total":{"value":3000,"relation":"eq"})"));
    }
    EXPECT_TRUE(all == small_pages(node, sort)) << sort;
  }
}

TEST(SearchPages, AScrollPageThatWasBrokenOffIsAnsweredAgain) {
  SluicedNode node;
  fill(node);
  const std::string first = whole(node.ask("POST", "/large/_search?size=100&scroll=1m&sort=_doc", ""));
  const std::string body = R"({"scroll":"1m","scroll_id":")" + part(first, R"("_scroll_id":")", '"') + "\"}";
  // A page of a scroll is as large as its first one, which is made at once: so this one is of another scroll.
  auto broken = node.ask("POST", "/large/_search?size=2500&scroll=1m&sort=_doc", "");
  ASSERT_NE(broken.stream, nullptr);
  std::string piece;
  ASSERT_TRUE(broken.stream->next(piece).has_value());
  broken.stream.reset();
  const std::string id = part(piece, R"("_scroll_id":")", '"');
  const std::string again = whole(node.ask("POST", "/_search/scroll", R"({"scroll":"1m","scroll_id":")" + id + "\"}"));
  EXPECT_TRUE(hits_of(again).starts_with(hits_of(first)));
  EXPECT_FALSE(hits_of(whole(node.ask("POST", "/_search/scroll", body))).empty());
}

TEST(SearchPages, NobodyWaitsForAScrollsPageThatIsStillBeingSent) {
  SluicedNode node;
  fill(node);
  auto slow = node.ask("POST", "/large/_search?size=2500&scroll=1m&sort=_doc", "");
  ASSERT_NE(slow.stream, nullptr);
  std::string piece;
  ASSERT_TRUE(slow.stream->next(piece).has_value());
  const std::string body = R"({"scroll":"1m","scroll_id":")" + part(piece, R"("_scroll_id":")", '"') + "\"}";
  const auto refused = node.ask("POST", "/_search/scroll", body);
  EXPECT_EQ(refused.status, 429);
  EXPECT_THAT(refused.body, HasSubstr("is busy with the page before: read that to its end"));
  whole(std::move(slow));
  EXPECT_FALSE(hits_of(whole(node.ask("POST", "/_search/scroll", body))).empty());
}

TEST(SearchPages, APageOutlivesItsPointInTime) {
  SluicedNode node;
  fill(node);
  const auto opened = node.ask("POST", "/large/_pit?keep_alive=1m", "");
  const std::string id = part(opened.body, R"("id":")", '"');
  auto page = node.ask("POST", "/_search", R"({"size":10000,"pit":{"id":")" + id + R"("},"sort":["_doc"]})");
  ASSERT_NE(page.stream, nullptr);
  EXPECT_EQ(node.ask("DELETE", "/_pit", R"({"id":")" + id + "\"}").status, 200);
  EXPECT_EQ(node.ask("DELETE", "/large", "").status, 200);
  const std::string answer = whole(std::move(page));
  EXPECT_THAT(answer, StartsWith(R"({"pit_id":")" + id));
  EXPECT_THAT(answer, EndsWith("]}]}}"));
}

TEST(SearchPages, ASliceWithoutANumberOfSlicesIsAllAndNoneIsRounded) {
  SluicedNode node;
  ASSERT_EQ(node.ask("PUT", "/sliced", "").status, 200);
  const auto ask = [&](const std::string& slice) {
    return node.ask("POST", "/sliced/_search?scroll=1m", R"({"slice":)" + slice + "}");
  };
  EXPECT_EQ(ask(R"({"id":0})").status, 200);
  EXPECT_EQ(ask("{}").status, 200);
  for (const char* slice : {R"({"id":0,"max":4294967296})", R"({"id":0,"max":4294967298})"}) {
    const auto answer = ask(slice);
    EXPECT_EQ(answer.status, 400) << slice;
    EXPECT_THAT(answer.body, HasSubstr("out of range of"));
  }
}

TEST(SearchSorts, NumbersAreAsTheirFieldsKeepThem) {
  SluicedNode node;
  node.ask("PUT", "/i",
           R"({"mappings":{"properties":{"h":{"type":"half_float","ignore_malformed":true},)"
           R"("l":{"type":"long","ignore_malformed":true}}}})");
  for (const char* source : {R"({"h":1.1,"l":1})", R"({"h":"NaN","l":"NaN"})",
                             R"({"h":[3.0005,"nan"],"l":[3.7,"inf"]})", R"({"h":"infinity","l":"-infinity"})"}) {
    node.ask("POST", "/i/_doc?refresh", source);
  }
  const auto sorts = [&](const std::string& sort) {
    return node.ask("POST", "/i/_search?filter_path=hits.hits.sort", R"({"sort":)" + sort + "}").body;
  };
  EXPECT_EQ(sorts(R"([{"h":{"missing":9}}])"),
            R"({"hits":{"hits":[{"sort":[1.0996094]},{"sort":[3.0]},{"sort":[9.0]},{"sort":[9.0]}]}})");
  EXPECT_EQ(sorts(R"([{"h":{"missing":9,"mode":"avg"}}])"),
            R"({"hits":{"hits":[{"sort":[1.0996094]},{"sort":[3.0]},{"sort":[9.0]},{"sort":[9.0]}]}})");
  EXPECT_EQ(sorts(R"([{"l":{"missing":9,"mode":"median"}}])"),
            R"({"hits":{"hits":[{"sort":[1]},{"sort":[3]},{"sort":[9]},{"sort":[9]}]}})");
}

// What OpenSearch 3.6 answers to the same.
TEST(SearchSorts, WhatAScriptSortMayHaveIsCheckedOnceItsScriptAndTypeAreThere) {
  SluicedNode node;
  node.ask("PUT", "/x", "{}");
  const auto refused = [&](const std::string& sort) {
    const auto answer = node.ask("POST", "/x/_search", R"({"sort":{"_script":)" + sort + "}}");
    EXPECT_EQ(answer.status, 400);
    return answer.body;
  };
  const std::string cause =
      R"("caused_by":{"type":"illegal_argument_exception","reason":"script sort of type [string] doesn't support mode [sum]"}})";
  EXPECT_EQ(refused(R"({"type":"string","script":{"source":"\"a\""},"mode":"sum"})"),
            R"({"error":{"root_cause":[{"type":"x_content_parse_exception","reason":"[1:72] [_script] failed to parse )"
            R"(field [mode]"}],"type":"x_content_parse_exception","reason":"[1:72] [_script] failed to parse field )"
            R"([mode]",)" +
                cause + R"(,"status":400})");
  const auto late = [&](const std::string& mode, const std::string& last) {
    return R"({"error":{"root_cause":[{"type":"x_content_parse_exception","reason":")" + mode +
           R"( [_script] failed to parse field [mode]"}],"type":"x_content_parse_exception","reason":")" + last +
           R"(","caused_by":{"type":"x_content_parse_exception","reason":")" + mode +
           R"( failed to build [_script] after last required field arrived",)"
           R"("caused_by":{"type":"x_content_parse_exception","reason":")" +
           mode + R"( [_script] failed to parse field [mode]",)" + cause + R"(}},"status":400})";
  };
  EXPECT_EQ(refused(R"({"type":"string","mode":"sum","script":{"source":"\"a\""}})"),
            late("[1:44]", "[1:76] [_script] failed to parse field [script]"));
  EXPECT_EQ(refused(R"({"mode":"sum","script":{"source":"\"a\""},"type":"string"})"),
            late("[1:28]", "[1:69] [_script] failed to parse field [type]"));
  EXPECT_THAT(refused(R"({"order":"bad","mode":"bad","script":{"source":"\"a\""},"type":"string"})"),
              HasSubstr(R"("reason":"[1:42] [_script] failed to parse field [mode]"}],)"));
}

}  // namespace
}  // namespace sluice::tests
