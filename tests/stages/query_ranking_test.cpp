// Queries that no node at hand has: rank_feature and pinned. Expected numbers are Lucene's formulas, by hand.
#include <map>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/store/mappings/mapping.h"
#include "pipeline/base/buffer.h"
#include "stages/query/query.h"

namespace sluice::stages {
namespace {

using testing::FloatNear;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

constexpr std::string_view kMapping =
    R"({"properties":{"r":{"type":"rank_feature"},"less":{"type":"rank_feature","positive_score_impact":false},)"
    R"("rs":{"type":"rank_features"},"n":{"type":"long"},"k":{"type":"keyword"}}})";
const std::vector<std::string> kDocuments = {R"({"r":3.5,"less":10,"rs":{"a":1,"b.c":2},"k":"x"})",
                                             R"({"r":100,"k":"y"})", R"({"n":5,"k":"x"})"};

/// What a query gives each document that it finds, by their numbers from 1; or its error.
class Ranking {
 public:
  explicit Ranking(std::string_view query) {
    const store::MappingPtr mapping = *store::Mapping::parse(kMapping);
    Buffer text(query.size());
    text.append(query);
    auto compiled =
        compile_query(text.view(), {.schema = *mapping, .index = "index", .index_uuid = "u", .scored = true});
    if (!compiled) {
      error = compiled.error().reason;
      return;
    }
    for (const bool counting : {true, false}) look(**compiled, counting);
  }

  std::map<std::string, float> scores;
  std::string error;

 private:
  void look(const CompiledQuery& query, bool counting) {
    for (std::size_t i = 0; i < kDocuments.size(); ++i) {
      Buffer source(kDocuments[i].size());
      source.append(kDocuments[i]);
      Structurals structurals;
      ASSERT_EQ(structurals.build(source.view()), Structurals::Problem::kNone);
      const std::string id = std::to_string(i + 1);
      QueryDocument document{.id = id, .index = "index", .source = source.view()};
      document.set_structurals(structurals);
      float score = 0;
      if (counting) {
        ASSERT_TRUE(query.add_statistics(document).has_value());
      } else if (query.matches(document, score).value()) {
        scores[id] = score;
      }
    }
  }
};

constexpr float kClose = 1e-5F;
auto scored(const char* id, float score) { return Pair(std::string(id), FloatNear(score, kClose)); }

TEST(RankFeature, SaturatesAtItsPivot) {
  const Ranking ranking(R"({"rank_feature":{"field":"r","saturation":{"pivot":8}}})");
  EXPECT_THAT(ranking.scores, UnorderedElementsAre(scored("1", 0.304348F), scored("2", 0.925926F)));
}

TEST(RankFeature, TheAverageFeatureIsThePivotWhereNoneIsGiven) {
  // 3.5 and 100 are kept as 32960 and 34192; the average of these stands for 18.5.
  const Ranking ranking(R"({"rank_feature":{"field":"r"}})");
  EXPECT_THAT(ranking.scores, UnorderedElementsAre(scored("1", 0.159091F), scored("2", 0.843882F)));
}

TEST(RankFeature, HasOtherCurves) {
  EXPECT_THAT(Ranking(R"({"rank_feature":{"field":"r","log":{"scaling_factor":4}}})").scores,
              UnorderedElementsAre(scored("1", 2.014903F), scored("2", 4.644391F)));
  EXPECT_THAT(Ranking(R"({"rank_feature":{"field":"r","linear":{},"boost":2}})").scores,
              UnorderedElementsAre(scored("1", 7), scored("2", 200)));
  EXPECT_THAT(Ranking(R"({"rank_feature":{"field":"r","sigmoid":{"pivot":7,"exponent":0.6}}})").scores,
              UnorderedElementsAre(scored("1", 0.397501F), scored("2", 0.831396F)));
}

TEST(RankFeature, OfANegativeImpactIsOneOverTheFeatureAsItIsKept) {
  EXPECT_THAT(Ranking(R"({"rank_feature":{"field":"less","linear":{}}})").scores,
              UnorderedElementsAre(scored("1", 0.0998535F)));
  EXPECT_THAT(Ranking(R"({"rank_feature":{"field":"less","log":{"scaling_factor":4}}})").error,
              HasSubstr("Cannot use the [log] function with a field that has a negative score impact"));
}

TEST(RankFeature, IsOneOfManyInAFieldOfFeatures) {
  EXPECT_THAT(Ranking(R"({"rank_feature":{"field":"rs.a","linear":{}}})").scores, UnorderedElementsAre(scored("1", 1)));
  EXPECT_THAT(Ranking(R"({"rank_feature":{"field":"rs.zz"}})").scores, IsEmpty());
  EXPECT_THAT(Ranking(R"({"rank_feature":{"field":"nope"}})").scores, IsEmpty());
}

TEST(RankFeature, RefusesWhatItCantDo) {
  EXPECT_THAT(Ranking(R"({"rank_feature":{"field":"n"}})").error,
              HasSubstr("[rank_feature] query only works on [rank_feature] fields and features of [rank_features]"));
  EXPECT_EQ(Ranking(R"({"rank_feature":{}})").error, "Required [field]");
  EXPECT_EQ(Ranking(R"({"rank_feature":{"field":"r","log":{}}})").error, "Required [scaling_factor]");
  EXPECT_EQ(Ranking(R"({"rank_feature":{"field":"r","linear":{},"log":{"scaling_factor":1}}})").error,
            "Can only specify one of [log], [saturation], [sigmoid] and [linear]");
  EXPECT_THAT(Ranking(R"({"rank_feature":{"field":"r","saturation":{"pivot":-1}}})").error,
              HasSubstr("pivot must be > 0, got: -1.0"));
}

TEST(Pinned, ComesFirstInItsOrderAndTheOrganicOnesFollow) {
  const Ranking ranking(R"({"pinned":{"ids":["3","2","none"],"organic":{"term":{"k":"x"}}}})");
  ASSERT_EQ(ranking.scores.size(), 3U) << ranking.error;
  EXPECT_GT(ranking.scores.at("3"), ranking.scores.at("2"));
  EXPECT_GT(ranking.scores.at("2"), 1.7e38F);
  EXPECT_LT(ranking.scores.at("1"), 10);
}

TEST(Pinned, DocumentsOfOtherIndicesAreNotPinned) {
  const Ranking ranking(
      R"({"pinned":{"docs":[{"_index":"other","_id":"1"},{"_index":"index","_id":"2"}],"organic":{"match_none":{}}}})");
  EXPECT_THAT(ranking.scores, UnorderedElementsAre(Pair("2", testing::Gt(1.7e38F))));
}

TEST(Pinned, RefusesWhatItCantDo) {
  EXPECT_EQ(Ranking(R"({"pinned":{"ids":["1"]}})").error, "Required [organic]");
  EXPECT_EQ(Ranking(R"({"pinned":{"organic":{"match_all":{}}}})").error, "ids and docs cannot both be null");
  EXPECT_EQ(Ranking(R"({"pinned":{"ids":["1"],"docs":[{"_id":"1"}],"organic":{"match_all":{}}}})").error,
            "[ids] and [docs] cannot both be used");
  EXPECT_THAT(Ranking(R"({"pinned":{"ids":["1"],"organic":{"foo":{}}}})").error,
              HasSubstr("failed to parse field [organic]"));
}

}  // namespace
}  // namespace sluice::stages
