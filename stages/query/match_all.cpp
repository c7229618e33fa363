#include <fmt/format.h>

#include "stages/query/compile.h"

namespace sluice::stages {

namespace {

class MatchAll final : public Query {
 public:
  explicit MatchAll(float score) : score_(score) {}
  [[nodiscard]] bool matches(DocumentFields& /*document*/) const override { return true; }
  [[nodiscard]] float score(DocumentFields& /*document*/) const override { return score_; }
  [[nodiscard]] bool matches_all() const override { return true; }
  [[nodiscard]] double cost() const override { return cost::kNothing; }
  void explain(PlanText& plan) const override { plan.leaf("everything"); }

 private:
  float score_;
};

class MatchNone final : public Query {
 public:
  explicit MatchNone(std::string why) : why_(std::move(why)) {}
  [[nodiscard]] bool matches(DocumentFields& /*document*/) const override { return false; }
  [[nodiscard]] bool matches_none() const override { return true; }
  [[nodiscard]] std::optional<pipeline::LookupPlan> lookup() const override { return pipeline::LookupPlan{}; }
  [[nodiscard]] double cost() const override { return cost::kNothing; }
  void explain(PlanText& plan) const override { plan.leaf("nothing: " + why_); }

 private:
  std::string why_;
};

class Boosted final : public Query {
 public:
  Boosted(QueryPtr query, float boost) : query_(std::move(query)), boost_(boost) {}
  [[nodiscard]] bool matches(DocumentFields& document) const override { return query_->matches(document); }
  [[nodiscard]] float score(DocumentFields& document) const override { return query_->score(document) * boost_; }
  [[nodiscard]] std::optional<float> match_score(DocumentFields& document) const override {
    const auto score = query_->match_score(document);
    return score ? std::optional(*score * boost_) : std::nullopt;
  }
  [[nodiscard]] bool constant_score() const override { return query_->constant_score(); }
  [[nodiscard]] std::pair<QueryPtr, float> boosted() const override { return {query_, boost_}; }
  [[nodiscard]] bool matches_all() const override { return query_->matches_all(); }
  [[nodiscard]] bool matches_none() const override { return query_->matches_none(); }
  [[nodiscard]] std::optional<pipeline::LookupPlan> lookup() const override { return query_->lookup(); }
  [[nodiscard]] double cost() const override { return query_->cost(); }
  void explain(PlanText& plan) const override {
    plan.begin(fmt::format("scores times {}", boost_));
    query_->explain(plan);
    plan.end();
  }

 private:
  QueryPtr query_;
  float boost_;
};

/// A query whose score is 1.
class ConstantScore final : public Query {
 public:
  explicit ConstantScore(QueryPtr filter) : filter_(std::move(filter)) {}
  [[nodiscard]] bool matches(DocumentFields& document) const override { return filter_->matches(document); }
  [[nodiscard]] bool matches_all() const override { return filter_->matches_all(); }
  [[nodiscard]] bool matches_none() const override { return filter_->matches_none(); }
  [[nodiscard]] std::optional<pipeline::LookupPlan> lookup() const override { return filter_->lookup(); }
  [[nodiscard]] double cost() const override { return filter_->cost(); }
  void explain(PlanText& plan) const override { filter_->explain(plan); }

 private:
  QueryPtr filter_;
};

/// `match_all` is read by Elasticsearch's parser of objects, `match_none` by hand.
Result<float> read_parameters(std::string_view name, std::string_view body, const ClauseContext& context) {
  auto members = json_members(body, "[" + std::string(name) + "]");
  if (!members) return std::unexpected(members.error());
  float boost = 1;
  for (const JsonMember& member : *members) {
    auto known = read_boost_or_name(member, name, boost);
    if (!known) return std::unexpected(known.error());
    if (*known) continue;
    if (name == "match_none") return std::unexpected(query_does_not_support(context, name, member));
    Error cause = query_object_error(context, member.key.data(),
                                     "[" + std::string(name) + "] unknown field [" + member.name() + "]");
    Error error = query_parsing_error(context, member.value.data(), cause.reason);
    return std::unexpected(std::move(error).wrapping(std::move(cause)));
  }
  return boost;
}

}  // namespace

QueryPtr everything(float score) { return std::make_shared<const MatchAll>(score); }
QueryPtr nothing(std::string why) { return std::make_shared<const MatchNone>(std::move(why)); }

QueryPtr with_boost(QueryPtr query, float boost) {
  if (boost == 1 || query->matches_none()) return query;
  return std::make_shared<const Boosted>(std::move(query), boost);
}

QueryPtr with_constant_score(QueryPtr query) {
  if (query->matches_none()) return query;
  return std::make_shared<const ConstantScore>(std::move(query));
}

Result<QueryPtr> compile_match_all(std::string_view body, const ClauseContext& context) {
  const auto boost = read_parameters("match_all", body, context);
  if (!boost) return std::unexpected(boost.error());
  return everything(*boost);
}

Result<QueryPtr> compile_match_none(std::string_view body, const ClauseContext& context) {
  const auto boost = read_parameters("match_none", body, context);
  if (!boost) return std::unexpected(boost.error());
  return nothing("match_none");
}

Result<QueryPtr> compile_constant_score(std::string_view body, const ClauseContext& context) {
  auto members = json_members(body, "[constant_score]");
  if (!members) return std::unexpected(members.error());
  QueryPtr filter;
  float boost = 1;
  for (const JsonMember& member : *members) {
    if (member.key == "\"filter\"") {
      if (!member.value.starts_with('{')) {
        return std::unexpected(query_parsing_error(
            context, member.value.data(), "unexpected token [" + std::string(json_token_name(member.value)) + "]"));
      }
      ClauseContext unscored = context;
      unscored.scored = false;
      unscored.filters = true;
      auto compiled = compile_clause(member.value, unscored);
      if (!compiled) return compiled;
      filter = *compiled;
      continue;
    }
    auto known = read_boost_or_name(member, "constant_score", boost);
    if (!known) return std::unexpected(known.error());
    if (!*known) return std::unexpected(query_does_not_support(context, "constant_score", member));
  }
  if (filter == nullptr)
    return std::unexpected(query_parsing_error(context, end_of(body), "[constant_score] requires a 'filter' element"));
  return with_boost(with_constant_score(std::move(filter)), boost);
}

}  // namespace sluice::stages
