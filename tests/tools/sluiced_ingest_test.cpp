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

TEST(Pipelines, SayWhatADocumentHasToHave) {
  SluicedNode node;
  const auto put = [&](std::string_view processors) {
    EXPECT_EQ(node.ask("PUT", "/_ingest/pipeline/p", R"({"processors":[)" + std::string(processors) + "]}").status,
              200);
    node.ask("PUT", "/i/_doc/1", "{}");
    return node
        .ask("POST", "/_bulk?filter_path=items.*.status,items.*._index,items.*.error.reason",
             "{\"index\":{\"_index\":\"i\",\"_id\":\"1\",\"pipeline\":\"p\"}}\n{\"x\":1}\n")
        .body;
  };
  EXPECT_EQ(put(R"({"set":{"field":"_if_primary_term","value":1}})"),
            R"({"items":[{"index":{"_index":"i","status":200}}]})");
  EXPECT_EQ(put(R"({"set":{"field":"_if_seq_no","value":-2}})"),
            R"({"items":[{"index":{"_index":"i","status":200}}]})");
  EXPECT_THAT(put(R"({"set":{"field":"_if_seq_no","value":900}},{"set":{"field":"_if_primary_term","value":1}})"),
              HasSubstr("required seqNo [900], primary term [1]"));
  EXPECT_THAT(put(R"({"set":{"field":"_if_seq_no","value":-5}})"),
              HasSubstr(R"("status":400,"error":{"reason":"sequence numbers must be non negative. got [-5]."})"));
  EXPECT_THAT(put(R"({"set":{"field":"_id","value":""}})"),
              HasSubstr(R"("status":400,"error":{"reason":"if _id is specified it must not be empty"})"));
  EXPECT_THAT(put(R"({"set":{"field":"_index","value":"Bad"}})"), HasSubstr(R"("index":{"_index":"Bad","status":400)"));
}

// An update of a document that a pipeline let go ended the server.
TEST(Pipelines, RunOnWhatUpdatesWrite) {
  SluicedNode node;
  node.ask("PUT", "/_ingest/pipeline/mark", R"({"processors":[{"script":"ctx.m = (ctx.m ?: 0) + 1"}]})");
  node.ask("PUT", "/_ingest/pipeline/drop", R"({"processors":[{"drop":{}}]})");
  node.ask("PUT", "/i", R"({"settings":{"default_pipeline":"mark"}})");
  const auto source = [&] { return node.ask("GET", "/i/_source/1").body; };
  const std::string bulk = "{\"update\":{\"_index\":\"i\",\"_id\":\"1\"}}\n";
  node.ask("POST", "/i/_update/1", R"({"doc":{"a":1},"doc_as_upsert":true})");
  EXPECT_EQ(source(), R"({"a":1,"m":1})");
  node.ask("POST", "/i/_update/1", R"({"doc":{"a":2}})");
  EXPECT_EQ(source(), R"({"a":2,"m":2})");
  node.ask("POST", "/_bulk", bulk + "{\"doc\":{\"a\":3}}\n");
  EXPECT_EQ(source(), R"({"a":3,"m":2})");
  node.ask("PUT", "/i/_settings", R"({"index.final_pipeline":"drop"})");
  EXPECT_EQ(node.ask("POST", "/i/_update/1?_source=true", R"({"doc":{"a":4}})").body,
            R"({"_index":"i","_id":"1","_version":-3,"result":"noop","_shards":{"total":0,"successful":0,"failed":0},)"
            R"("_seq_no":-2,"_primary_term":0,"get":{"found":true,"_source":{"a":4,"m":2}}})");
  EXPECT_THAT(node.ask("POST", "/i/_update/2", R"({"doc":{"a":4},"doc_as_upsert":true})").body,
              HasSubstr(R"("_version":-4,"result":"noop")"));
  EXPECT_THAT(
      node.ask("POST", "/_bulk", "{\"update\":{\"_index\":\"i\",\"_id\":\"2\"}}\n{\"doc\":{},\"doc_as_upsert\":true}\n")
          .body,
      HasSubstr(R"("_version":-3,"result":"noop")"));
  EXPECT_EQ(source(), R"({"a":3,"m":2})");
}

TEST(Pipelines, FailuresNameTheIndexThatTheyChose) {
  SluicedNode node;
  node.ask("PUT", "/_ingest/pipeline/away", R"({"processors":[{"set":{"field":"_index","value":"z"}}]})");
  node.ask("PUT", "/_ingest/pipeline/fail",
           R"({"processors":[{"set":{"field":"_index","value":"z"}},{"fail":{"message":"no"}}]})");
  const auto index = [&](std::string_view setting, std::string_view pipeline) {
    node.ask("DELETE", "/i");
    node.ask("PUT", "/i", R"({"settings":{")" + std::string(setting) + R"(":")" + std::string(pipeline) + "\"}}");
    return node.ask("POST", "/i/_bulk?filter_path=items.*._index", "{\"index\":{\"_id\":\"1\"}}\n{}\n").body;
  };
  EXPECT_EQ(index("final_pipeline", "away"), R"({"items":[{"index":{"_index":"z"}}]})");
  EXPECT_EQ(index("final_pipeline", "fail"), R"({"items":[{"index":{"_index":"i"}}]})");
  node.ask("PUT", "/_ingest/pipeline/other", R"({"processors":[{"set":{"field":"_id","value":"2"}}]})");
  EXPECT_EQ(
      node.ask("POST", "/i/_bulk?pipeline=other&filter_path=items.*._id", "{\"index\":{\"_id\":\"1\"}}\n{}\n").body,
      R"({"items":[{"index":{"_id":"2"}}]})");
}

TEST(Pipelines, OfABulkAreSaidLineByLine) {
  SluicedNode node;
  node.ask("PUT", "/_ingest/pipeline/p", R"({"processors":[]})");
  const std::string source = "{\"x\":1}\n";
  EXPECT_EQ(node.ask("POST", "/i/_bulk?pipeline=p&filter_path=items.*.executed_pipelines,items.*.status",
                     "{\"index\":{\"list_executed_pipelines\":true}}\n" + source + "{\"index\":{}}\n" + source)
                .body,
            R"({"items":[{"index":{"executed_pipelines":["p"],"status":201}},{"index":{"status":201}}]})");
  EXPECT_THAT(node.ask("POST", "/i/_bulk", "{\"index\":{\"pipeline\":\"\"}}\n" + source).body,
              HasSubstr("Validation Failed: 1: pipeline cannot be an empty string;"));
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
