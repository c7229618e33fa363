// What hits show beside their source: what is refused, and what no case of tests/cases/parity can show.

#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tools/sluiced_node.h"

namespace sluice::rest {
namespace {

using testing::HasSubstr;

class Hits : public testing::Test {
 protected:
  Hits() {
    node_.ask("PUT", "/i", R"-({"mappings":{"properties":{"c":{"type":"nested"},"n":{"type":"long"}}}})-");
    node_.ask("PUT", "/i/_doc/1?refresh=true", R"-({"n":1,"c":[{"w":"a"},{"w":"b"}]})-");
  }
  /// The answer to a search whose nested query has these inner_hits.
  serve::HttpResponse inner(std::string_view options) {
    return node_.ask(
        "POST", "/i/_search",
        R"-({"query":{"nested":{"path":"c","query":{"match_all":{}},"inner_hits":)-" + std::string(options) + "}}}");
  }
  tests::SluicedNode node_;
};

TEST_F(Hits, WithinHitsRefuseByNameWhatIsNotThere) {
  for (const std::string_view part : {"collapse", "highlight"}) {
    const auto refused = inner("{\"" + std::string(part) + "\":{}}");
    EXPECT_EQ(refused.status, 501);
    EXPECT_THAT(refused.body, HasSubstr("[" + std::string(part) + "] in a search is not supported"));
  }
  const auto explained = inner(R"-({"explain":true})-");
  EXPECT_EQ(explained.status, 501);
  EXPECT_THAT(explained.body, HasSubstr("[explain] in a search is not supported"));
  EXPECT_EQ(inner(R"-({"explain":false})-").status, 200);
}

TEST_F(Hits, OfNestedObjectsHaveNoScripts) {
  const auto scripted = inner(R"-({"script_fields":{"x":{"script":"1"}}})-");
  EXPECT_EQ(scripted.status, 501);
  EXPECT_THAT(scripted.body, HasSubstr("[script_fields] in [inner_hits] of [nested] is not supported"));
  const auto sorted = inner(R"-({"sort":[{"_script":{"type":"number","script":"1"}}]})-");
  EXPECT_EQ(sorted.status, 501);
  EXPECT_THAT(sorted.body, HasSubstr("[sort] in [inner_hits] of [nested] takes fields, [_score] and [_doc]"));
}

TEST_F(Hits, ByScriptNeedAScript) {
  const auto refused = node_.ask("POST", "/i/_search", R"-({"script_fields":{"x":{}}})-");
  EXPECT_EQ(refused.status, 400);
  EXPECT_THAT(refused.body, HasSubstr("[script_fields] [x] has no [script]"));
}

TEST_F(Hits, CountLessThanNothingInNoIndex) {
  const auto refused = node_.ask("POST", "/i/_search", R"-({"indices_boost":[{"i":-1}]})-");
  EXPECT_EQ(refused.status, 400);
  EXPECT_THAT(refused.body, HasSubstr("negative [boost] are not allowed in [indices_boost] of [i]"));
}

TEST_F(Hits, OfAScrollShowWhatIsWithinThemOnEveryPage) {
  node_.ask("PUT", "/i/_doc/2?refresh=true", R"-({"n":2,"c":{"w":"a"}})-");
  const std::string search =
      R"-({"size":1,"_source":false,"query":{"nested":{"path":"c","query":{"term":{"c.w.keyword":"a"}},"inner_hits":{}}}})-";
  const std::string first = node_.ask("POST", "/i/_search?scroll=1m", search).body;
  EXPECT_THAT(first, HasSubstr(R"-("inner_hits":{"c":{"hits":{"total":{"value":1,)-"));
  const std::string key = R"-("_scroll_id":")-";
  const std::size_t begin = first.find(key) + key.size();
  const std::string id = first.substr(begin, first.find('"', begin) - begin);
  const std::string second =
      node_.ask("POST", "/_search/scroll", R"-({"scroll":"1m","scroll_id":")-" + id + "\"}").body;
  EXPECT_THAT(second, HasSubstr(R"-("inner_hits":{"c":{"hits":{"total":{"value":1,)-"));
  EXPECT_THAT(second, HasSubstr(R"-("_id":"2")-"));
}

TEST_F(Hits, ShowNothingOfRunsThatAskForWhatIsWithin) {
  const std::string request =
      R"-({"source":{"index":"i","query":{"nested":{"path":"c","query":{"match_all":{}},"inner_hits":{}}}},"dest":{"index":"j"}})-";
  EXPECT_THAT(node_.ask("POST", "/_reindex", request).body, HasSubstr(R"-("created":1)-"));
}

}  // namespace
}  // namespace sluice::rest
