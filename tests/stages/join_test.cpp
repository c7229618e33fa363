// What recorded queries can't ask of joins: passes that nobody makes, and limits.
#include "stages/query/join.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "io/store/mappings/mapping.h"
#include "pipeline/base/buffer.h"
#include "stages/parse/structurals.h"
#include "tests/padded.h"

namespace sluice::stages {
namespace {

using tests::padded;

const store::Mapping& mapping() {
  static const store::MappingPtr parsed = *store::Mapping::parse(
      R"({"properties":{"j":{"type":"join","relations":{"p":"c","c":"g"}},"t":{"type":"text"}}})");
  return *parsed;
}

CompiledQueryPtr compiled(std::string_view query) {
  const Buffer text = padded(query);
  return *compile_query(text.view(), {.schema = mapping(), .index = "index", .index_uuid = "uuid"});
}

TEST(Join, IsRefusedWhereNobodyMakesItsPass) {
  const Buffer source = padded(R"({"j":"p"})");
  Structurals structurals;
  ASSERT_EQ(structurals.build(source.view()), Structurals::Problem::kNone);
  QueryDocument document{.id = "1", .index = "index", .source = source.view()};
  document.set_structurals(structurals);
  for (const std::string query : {R"({"has_child":{"type":"c","query":{"match_all":{}}}})",
                                  R"({"has_parent":{"parent_type":"p","query":{"match_all":{}}}})"}) {
    const auto matched = compiled(query)->matches(document);
    ASSERT_FALSE(matched.has_value());
    EXPECT_TRUE(
        matched.error().reason.ends_with("query has to see all documents before it can be asked, which nobody "
                                         "does here"));
  }
}

TEST(Join, MakesAPassForEachLevel) {
  EXPECT_EQ(compiled(R"({"parent_id":{"type":"c","id":"1"}})")->passes(), 0U);
  EXPECT_EQ(compiled(R"({"has_child":{"type":"c","query":{"match_all":{}}}})")->passes(), 1U);
  const std::string inner = R"({"has_child":{"type":"g","query":{"match_all":{}}}})";
  EXPECT_EQ(compiled(R"({"has_child":{"type":"c","query":)" + inner + "}}")->passes(), 2U);
  EXPECT_EQ(compiled(R"({"bool":{"must":[)" + inner + "," + inner + "]}}")->passes(), 1U);
}

TEST(Join, AllOfAQueryKeepSoManyIds) {
  const auto budget = std::make_shared<JoinPasses::Budget>(JoinPasses::Budget{3});
  JoinedDocuments other(budget);
  EXPECT_TRUE(other.add(0, "a", 1));
  JoinedDocuments joined(budget);
  EXPECT_TRUE(joined.add(0, "a", 1));
  EXPECT_TRUE(joined.add(1, "a", 2));
  EXPECT_TRUE(joined.add(1, "a", 4));
  EXPECT_FALSE(joined.add(0, "b", 1));
  EXPECT_EQ(joined.find(0, "a")->count, 1U);
  EXPECT_EQ(joined.find(1, "a")->sum, 6);
  EXPECT_EQ(joined.find(2, "a"), nullptr);
}

TEST(Join, SaysThatThereAreTooMany) {
  DocumentFields document;
  fail_too_many("has_child", document);
  EXPECT_EQ(document.take_error()->reason,
            "a [has_child] query joins too many: all joins of a search may keep 4000000 documents; let its [query] "
            "find fewer");
}

}  // namespace
}  // namespace sluice::stages
