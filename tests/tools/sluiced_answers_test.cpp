// What the REST framework answers by itself. Expected texts are Elasticsearch 9.4.3's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tools/sluiced_node.h"

namespace sluice::tests {
namespace {

using testing::HasSubstr;

TEST(SluicedAnswers, TheRootIsPrettyAndSaysElasticsearch) {
  SluicedNode node;
  const auto root = node.ask("GET", "/");
  EXPECT_EQ(root.status, 200);
  EXPECT_EQ(header_of(root, "X-elastic-product"), "Elasticsearch");
  EXPECT_EQ(root.content_type, "application/json");
  EXPECT_TRUE(root.body.starts_with("{\n  \"name\" : \"node\",\n")) << root.body;
  EXPECT_THAT(root.body, HasSubstr("\"number\" : \"9.4.3\""));
  EXPECT_TRUE(root.body.ends_with("  \"tagline\" : \"You Know, for Search\"\n}\n"));
  EXPECT_EQ(node.ask("GET", "/?filter_path=name&pretty=false").body, R"({"name":"node"})");
}

TEST(SluicedAnswers, WrongMethodsAndPaths) {
  SluicedNode node;
  const auto wrong = node.ask("POST", "/_cluster/health?x=y");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(header_of(wrong, "Allow"), "GET");
  EXPECT_EQ(
      wrong.body,
      R"({"error":"Incorrect HTTP method for uri [/_cluster/health?x=y] and method [POST], allowed: [GET]","status":405})");
  const auto options = node.ask("OPTIONS", "/_cluster/health");
  EXPECT_EQ(options.status, 200);
  EXPECT_EQ(header_of(options, "Allow"), "GET");
  const auto none = node.ask("GET", "/_foo/bar/baz/x?a=b");
  EXPECT_EQ(none.status, 400);
  EXPECT_EQ(none.body, R"({"error":"no handler found for uri [/_foo/bar/baz/x?a=b] and method [GET]"})");
}

TEST(SluicedAnswers, UnknownParameters) {
  SluicedNode node;
  const auto reason = [&](const char* target) { return node.ask("GET", target).body; };
  EXPECT_THAT(
      reason("/_cluster/health?levl=x"),
      HasSubstr("request [/_cluster/health] contains unrecognized parameter: [levl] -> did you mean [level]?\""));
  EXPECT_THAT(reason("/_cluster/health?zzzzzzzz=1"), HasSubstr("contains unrecognized parameter: [zzzzzzzz]\""));
  EXPECT_THAT(reason("/_cluster/health?levle=x&foo=y"),
              HasSubstr("contains unrecognized parameters: [foo], [levle] -> did you mean [level]?\""));
}

TEST(SluicedAnswers, ContentTypes) {
  SluicedNode node;
  const auto ask = [&](const char* type, const char* accept = "") {
    serve::Headers headers{{"Content-Type", type}};
    if (*accept != '\0') headers.emplace_back("Accept", accept);
    return node.ask("PUT", "/_cluster/settings", R"({"persistent":{"search.max_buckets":5}})", std::move(headers));
  };
  EXPECT_EQ(ask("application/json; charset=UTF-8").status, 200);
  const auto text = ask("text/plain");
  EXPECT_EQ(text.status, 406);
  EXPECT_EQ(text.body, R"({"error":"Content-Type header [text/plain] is not supported","status":406})");
  EXPECT_EQ(ask("application/x-ndjson").status, 406);
  EXPECT_THAT(ask("foo").body, HasSubstr("invalid media-type [foo]"));
  const char* const nine = "application/vnd.elasticsearch+json;compatible-with=9";
  const char* const eight = "application/vnd.elasticsearch+json; compatible-with=8";
  EXPECT_EQ(ask(nine, nine).content_type, nine);
  EXPECT_EQ(ask(eight, eight).content_type, "application/vnd.elasticsearch+json;compatible-with=8");
  EXPECT_THAT(ask(eight, nine).body, HasSubstr("the compatible versions must match"));
  const char* const seven = "application/vnd.elasticsearch+json;compatible-with=7";
  EXPECT_THAT(ask(seven, seven).body, HasSubstr("Accept version must be either version 9 or 8, but found 7."));
}

TEST(SluicedAnswers, ABodyInTheUrl) {
  SluicedNode node;
  EXPECT_THAT(node.ask("GET", "/_cluster/health?source=%7B%7D").body,
              HasSubstr("source and source_content_type parameters are required"));
}

TEST(SluicedAnswers, YamlAndOpaqueIds) {
  SluicedNode node;
  const auto yaml = node.ask("GET", "/?format=yaml", "", {{"x-opaque-id", "mine"}});
  EXPECT_EQ(yaml.content_type, "application/yaml");
  EXPECT_TRUE(yaml.body.starts_with("---\nname: \"node\"\n"));
  EXPECT_EQ(header_of(yaml, "X-Opaque-Id"), "mine");
  EXPECT_EQ(node.ask("GET", "/", "", {{"Accept", "application/yaml"}}).content_type, "application/yaml");
  EXPECT_EQ(node.ask("GET", "/?format=cbor").status, 406);
}

TEST(SluicedAnswers, ErrorsAreNotFilteredAndTraceOnDemand) {
  SluicedNode node;
  const auto error = node.ask("GET", "/_cluster/health?level=x&filter_path=status&error_trace");
  EXPECT_EQ(error.status, 400);
  EXPECT_THAT(error.body, HasSubstr("\"root_cause\""));
  EXPECT_THAT(error.body, HasSubstr("\"stack_trace\""));
  EXPECT_THAT(node.ask("GET", "/?pretty=foo").body,
              HasSubstr("Failed to parse value [foo] as only [true] or [false] are allowed."));
  EXPECT_EQ(node.ask("GET", "/%zz").status, 400);
}

TEST(SluicedAnswers, ABulkTellsOfAnIndexThatIsDeletedMeanwhile) {
  SluicedNode node;
  ASSERT_EQ(node.ask("PUT", "/gone").status, 200);
  // A writer that found the index a moment ago finds its documents gone.
  const store::IndexPtr index = node.services().catalog.state()->find("gone");
  ASSERT_TRUE(node.services().documents.drop(index->key()));
  const std::string bulk = R"({"index":{"_index":"a","_id":"1"}})"
                           "\n{}\n"
                           R"({"index":{"_index":"gone","_id":"1"}})"
                           "\n{}\n"
                           R"({"index":{"_index":"z","_id":"1"}})"
                           "\n{}\n";
  const auto answer = node.ask("POST", "/_bulk?filter_path=errors,items.*.status,items.*.error.type", bulk);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body,
            R"({"errors":true,"items":[{"index":{"status":201}},)"
            R"({"index":{"status":404,"error":{"type":"index_not_found_exception"}}},{"index":{"status":201}}]})");
}

}  // namespace
}  // namespace sluice::tests
