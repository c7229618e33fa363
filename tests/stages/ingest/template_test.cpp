// The mustache language of pipelines: what is refused, and what does not depend on the steps before.
#include <string>

#include <gtest/gtest.h>

#include "tests/stages/ingest/run_pipeline.h"

namespace {

using sluice::tests::after_pipeline;

std::string set_to(const std::string& text) { return R"({"set":{"field":"r","value":")" + text + R"("}})"; }

std::string nested(std::size_t deep, char sign) {
  std::string front;
  std::string back;
  for (std::size_t i = 0; i < deep; ++i) {
    front += std::string("{{") + sign + "a}}";
    back += "{{/a}}";
  }
  return front + "x" + back;
}

TEST(IngestTemplate, SectionsAreNotNestedWithoutEnd) {
  EXPECT_EQ(after_pipeline(set_to(nested(100, '#')), R"({"a":1})"), R"({"a":1,"r":"x"})");
  EXPECT_EQ(after_pipeline(set_to(nested(100, '^')), "{}"), R"({"r":"x"})");
  for (const char sign : {'#', '^'}) {
    EXPECT_EQ(after_pipeline(set_to(nested(200'000, sign)), "{}"),
              "A template may have [100] sections in each other, 'a' is one too many @[query-template:1]");
  }
}

TEST(IngestTemplate, LongNamesAreFollowedToTheirEnd) {
  std::string name = "m";
  for (int i = 0; i < 20'000; ++i) name += ".m";
  const std::string holds_itself =
      R"({"script":{"source":"Map m = new HashMap(); m.put('m', m); m.put('v', 7); ctx.m = m"}},)";
  EXPECT_EQ(after_pipeline(holds_itself + set_to("{{" + name + ".v}}") + R"(,{"remove":{"field":"m"}})", "{}"),
            R"({"r":"7"})");
}

// Source: OpenSearch's answers where an index is written to.
TEST(IngestTemplate, MetadataAreThereWhetherAScriptHasRunOrNot) {
  for (const std::string script : {"", R"({"script":"ctx.b = ctx._index"},{"remove":{"field":"b"}},)"}) {
    const auto written = [&](const std::string& text) { return after_pipeline(script + set_to(text), R"({"a":1})"); };
    EXPECT_EQ(written("{{_version}}"), R"({"a":1,"r":"-3"})") << script;
    EXPECT_EQ(written("{{^_version}}none{{/_version}}"), R"({"a":1,"r":""})") << script;
    EXPECT_EQ(written("{{_index.x}}"), R"({"a":1,"r":""})") << script;
    EXPECT_EQ(written("{{_source._index}} {{_source._version}}"), R"({"a":1,"r":"i -3"})") << script;
    EXPECT_EQ(written("{{#_source}}{{_index}} {{a}}{{/_source}}"), R"({"a":1,"r":"i 1"})") << script;
    EXPECT_EQ(written("{{#toJson}}_source{{/toJson}}"), R"({"a":1,"r":"{\"a\":1,\"_index\":\"i\",\"_version\":-3}"})")
        << script;
    EXPECT_EQ(
        written("{{#toJson}}.{{/toJson}}"),
        R"({"a":1,"r":"{\"a\":1,\"_index\":\"i\",\"_version\":-3,\"_source\":{\"a\":1,\"_index\":\"i\",\"_version\":-3},)"
        R"(\"_ingest\":{\"timestamp\":\"1970-01-01T00:00:00.000Z\",\"pipeline\":\"p\"}}"})")
        << script;
  }
}

}  // namespace
