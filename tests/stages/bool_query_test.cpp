// What recorded queries can't ask of a bool: how often it asks its clauses.
#include <memory>
#include <optional>
#include <utility>

#include <gtest/gtest.h>

#include "stages/query/bool.h"

namespace sluice::stages {
namespace {

/// Matches by its score, and counts how often it is asked.
class Counted final : public Query {
 public:
  [[nodiscard]] bool matches(DocumentFields& document) const override { return match_score(document).has_value(); }
  [[nodiscard]] std::optional<float> match_score(DocumentFields& /*document*/) const override {
    ++asked;
    return 2.0F;
  }
  [[nodiscard]] bool constant_score() const override { return false; }
  [[nodiscard]] double cost() const override { return cost::kScript; }
  void explain(PlanText& plan) const override { plan.leaf("counted"); }
  mutable int asked = 0;
};

TEST(BoolQuery, AsksWhatMatchesByItsScoreOnce) {
  const auto must = std::make_shared<const Counted>();
  const auto should = std::make_shared<const Counted>();
  BoolClauses clauses;
  clauses.must = {must};
  clauses.should = {should};
  clauses.least = 1;
  DocumentFields document;
  EXPECT_EQ(bool_query(std::move(clauses))->match_score(document), 4.0F);
  EXPECT_EQ(must->asked, 1);
  EXPECT_EQ(should->asked, 1);
}

}  // namespace
}  // namespace sluice::stages
