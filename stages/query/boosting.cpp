#include <fmt/format.h>

#include "stages/query/compile.h"

namespace sluice::stages {

namespace {

class Boosting final : public Query {
 public:
  Boosting(QueryPtr positive, QueryPtr negative, float negative_boost)
      : positive_(std::move(positive)), negative_(std::move(negative)), negative_boost_(negative_boost) {}
  [[nodiscard]] bool matches(DocumentFields& document) const override { return positive_->matches(document); }
  [[nodiscard]] float score(DocumentFields& document) const override {
    return diminished(positive_->score(document), document);
  }
  [[nodiscard]] std::optional<float> match_score(DocumentFields& document) const override {
    const auto score = positive_->match_score(document);
    return score ? std::optional(diminished(*score, document)) : std::nullopt;
  }
  [[nodiscard]] bool constant_score() const override { return false; }
  [[nodiscard]] bool matches_all() const override { return positive_->matches_all(); }
  [[nodiscard]] bool matches_none() const override { return positive_->matches_none(); }
  [[nodiscard]] std::optional<pipeline::LookupPlan> lookup() const override { return positive_->lookup(); }
  [[nodiscard]] double cost() const override { return positive_->cost(); }
  void explain(PlanText& plan) const override {
    positive_->explain(plan);
    plan.begin(fmt::format("its score is {} times as high where", negative_boost_));
    negative_->explain(plan);
    plan.end();
  }

 private:
  [[nodiscard]] float diminished(float score, DocumentFields& document) const {
    return negative_->matches(document) ? score * negative_boost_ : score;
  }

  QueryPtr positive_;
  QueryPtr negative_;
  float negative_boost_;
};

}  // namespace

Result<QueryPtr> compile_boosting(std::string_view body, const ClauseContext& context) {
  auto members = json_members(body, "[boosting]");
  if (!members) return std::unexpected(members.error());
  QueryPtr positive;
  QueryPtr negative;
  float negative_boost = -1;
  float boost = 1;
  ClauseContext unscored = context;
  unscored.scored = false;
  for (const JsonMember& member : *members) {
    const bool is_positive = member.key == "\"positive\"";
    if (member.value.starts_with('{') && (is_positive || member.key == "\"negative\"")) {
      auto query = compile_clause(member.value, is_positive ? context : unscored);
      if (!query) return query;
      (is_positive ? positive : negative) = std::move(*query);
      continue;
    }
    if (member.value.starts_with('[')) continue;  // Elasticsearch looks at what is in it only
    if (member.key == "\"negative_boost\"") {
      // A negative one is told from one that is not there no more than there.
      auto number = json_text_value(member.value);
      const bool minus = number && number->starts_with('-');
      const JsonMember as_boost{"\"boost\"", minus ? std::string_view("0") : member.value};
      auto read = read_boost_or_name(as_boost, "boosting", negative_boost);
      if (!read) return std::unexpected(read.error());
      if (minus) negative_boost = -1;
      continue;
    }
    auto known = member.value.starts_with('{') ? Result<bool>(false) : read_boost_or_name(member, "boosting", boost);
    if (!known) return std::unexpected(known.error());
    if (!*known) return std::unexpected(query_does_not_support(context, "boosting", member));
  }
  const auto missing = [&](const char* what) {
    return std::unexpected(
        query_parsing_error(context, end_of(body), std::string("[boosting] query requires ") + what));
  };
  if (positive == nullptr) return missing("'positive' query to be set'");
  if (negative == nullptr) return missing("'negative' query to be set'");
  if (negative_boost < 0) return missing("'negative_boost' to be set to be a positive value'");
  return with_boost(std::make_shared<const Boosting>(std::move(positive), std::move(negative), negative_boost), boost);
}

}  // namespace sluice::stages
