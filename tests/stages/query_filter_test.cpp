#include "stages/query/query_filter.h"

#include <gtest/gtest.h>

#include "io/store/mappings/mapping.h"
#include "pipeline/base/buffer.h"

namespace sluice::stages {
namespace {

class QueryFilterTest : public testing::Test {
 protected:
  Result<QueryFilter> compile(const std::string& query, const std::vector<std::string>& filters = {}) {
    auto mapping = store::Mapping::parse(R"({"properties":{"n":{"type":"long"},"tag":{"type":"keyword"}}})");
    EXPECT_TRUE(mapping);
    mapping_ = *mapping;
    return QueryFilter::compile(query, filters, QueryContext{.schema = *mapping_, .index = "i", .index_uuid = "u"});
  }
  static bool matches(const QueryFilter& filter, const std::string& source) {
    Buffer padded(source.size());
    padded.append(source);
    return filter.matches({.id = "1", .index = "i", .source = padded.view()}).value_or(false);
  }

 private:
  store::MappingPtr mapping_;
};

TEST_F(QueryFilterTest, NothingAskedForIsEverything) {
  EXPECT_TRUE(compile("")->matches_all());
  EXPECT_TRUE(compile(R"({"match_all":{}})")->matches_all());
  EXPECT_TRUE(compile("", {R"({"term":{"n":1}})", R"({"match_all":{}})"})->matches_all());
  EXPECT_FALSE(compile("", {R"({"term":{"n":1}})"})->matches_all());
}

TEST_F(QueryFilterTest, OneOfTheFiltersAndTheQueryHaveToMatch) {
  const auto filter = compile(R"({"range":{"n":{"gte":5}}})", {R"({"term":{"tag":"a"}})", R"({"term":{"tag":"b"}})"});
  ASSERT_TRUE(filter);
  EXPECT_TRUE(matches(*filter, R"({"n":5,"tag":"a"})"));
  EXPECT_TRUE(matches(*filter, R"({"n":6,"tag":["x","b"]})"));
  EXPECT_FALSE(matches(*filter, R"({"n":4,"tag":"a"})"));
  EXPECT_FALSE(matches(*filter, R"({"n":5,"tag":"c"})"));
  EXPECT_FALSE(matches(*filter, R"({"n":5})"));
}

TEST_F(QueryFilterTest, WhatIsNoJsonDoesNotMatch) {
  EXPECT_FALSE(matches(*compile(R"({"term":{"n":1}})"), R"({"n":1,"open)"));
}

TEST_F(QueryFilterTest, ErrorsAreTheQuerys) {
  const auto query = compile(R"({"nothing":{}})");
  ASSERT_FALSE(query);
  EXPECT_EQ(query.error().reason, "unknown query [nothing]");
  EXPECT_FALSE(compile("", {R"({"nothing":{}})"}));
}

}  // namespace
}  // namespace sluice::stages
