// Pipelines of the server: which of them are compiled anew, and when.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tools/sluiced_node.h"

namespace sluice::tests {
namespace {

using testing::HasSubstr;

class PipelinesWithScripts : public testing::Test {
 protected:
  PipelinesWithScripts() { put_script("1"); }
  void put_script(const std::string& value) {
    EXPECT_EQ(
        node.ask("PUT", "/_scripts/s", R"({"script":{"lang":"painless","source":"ctx.n = )" + value + R"("}})").status,
        200);
  }
  void put_pipeline(const std::string& key) {
    EXPECT_EQ(node.ask("PUT", "/_ingest/pipeline/p", R"({"processors":[{"script":{")" + key + R"(":"s"}}]})").status,
              200);
  }
  std::string ingested() {
    EXPECT_LT(node.ask("PUT", "/i/_doc/1?pipeline=p", "{}").status, 300);
    return node.ask("GET", "/i/_source/1").body;
  }
  std::shared_ptr<const ingest::Pipeline> compiled() { return node.services().ingest.find("p"); }

  SluicedNode node;
};

TEST_F(PipelinesWithScripts, AreReadAnewOnceTheyHaveChanged) {
  for (const char* key : {"id", R"(\u0069d)"}) {
    put_script("1");
    put_pipeline(key);
    EXPECT_EQ(ingested(), R"({"n":1})");
    put_script("2");
    EXPECT_EQ(ingested(), R"({"n":2})");
    node.ask("DELETE", "/_scripts/s");
    EXPECT_THAT(node.ask("PUT", "/i/_doc/1?pipeline=p", "{}").body, HasSubstr("unable to find script [s]"));
    put_script("3");
    EXPECT_EQ(ingested(), R"({"n":3})");
  }
}

TEST_F(PipelinesWithScripts, LeaveTheirPipelinesCompiled) {
  put_pipeline("id");
  const auto first = compiled();
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(compiled(), first);
  node.ask("PUT", "/_scripts/other", R"({"script":{"lang":"painless","source":"1"}})");
  node.ask("PUT", "/other", "{}");
  EXPECT_EQ(compiled(), first);
  put_script("2");
  EXPECT_NE(compiled(), first);
}

TEST_F(PipelinesWithScripts, OfAnotherLanguageAreRefused) {
  ASSERT_TRUE(node.services().catalog.update([](store::ClusterState& state) -> Status {
    state.scripts["s"] = R"({"lang":"mustache","source":"{{x}}"})";
    return {};
  }));
  EXPECT_THAT(node.ask("PUT", "/_ingest/pipeline/p", R"({"processors":[{"script":{"id":"s"}}]})").body,
              HasSubstr("script_lang not supported [mustache]"));
  EXPECT_THAT(node.ask("POST", "/i/_update_by_query", R"({"script":{"id":"s"}})").body,
              HasSubstr("script_lang not supported [mustache]"));
}

TEST(Pipelines, OfIndicesThatTakeTurnsAreEachIndexsOwn) {
  SluicedNode node;
  for (const char* name : {"a", "b"}) {
    node.ask("PUT", std::string("/_ingest/pipeline/of_") + name,
             std::string(R"({"processors":[{"set":{"field":"by","value":")") + name + R"("}}]})");
    node.ask("PUT", std::string("/") + name,
             std::string(R"({"settings":{"index.default_pipeline":"of_)") + name + R"(","index.final_pipeline":"of_)" +
                 name + R"("}})");
  }
  std::string bulk;
  for (int i = 0; i < 3; ++i) {
    for (const char* name : {"a", "b", "c"}) {
      bulk += R"({"index":{"_index":")" + std::string(name) + R"(","_id":")" + std::to_string(i) + "\"}}\n{}\n";
    }
  }
  const auto answer = node.ask("POST", "/_bulk?list_executed_pipelines=true&filter_path=items.*.executed_pipelines",
                               bulk, {{"Content-Type", "application/x-ndjson"}});
  EXPECT_THAT(answer.body, HasSubstr(R"({"index":{"executed_pipelines":["of_a","of_a"]}},)"
                                     R"({"index":{"executed_pipelines":["of_b","of_b"]}},)"
                                     R"({"index":{"executed_pipelines":[]}})"));
  EXPECT_EQ(node.ask("GET", "/a/_source/2").body, R"({"by":"a"})");
  EXPECT_EQ(node.ask("GET", "/b/_source/2").body, R"({"by":"b"})");
  EXPECT_EQ(node.ask("GET", "/c/_source/2").body, "{}");
}

}  // namespace
}  // namespace sluice::tests
