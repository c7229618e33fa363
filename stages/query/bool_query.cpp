#include <algorithm>
#include <functional>
#include <ranges>

#include <fmt/format.h>

#include "stages/query/bool.h"
#include "stages/query/minimum_should_match.h"

namespace sluice::stages {

namespace {

using Queries = std::vector<QueryPtr>;
using pipeline::LookupPlan;

/// Documents that one of the queries can match; nothing where one of them has no plan.
std::optional<LookupPlan> plan_of_any(const Queries& queries) {
  LookupPlan plan;
  for (const QueryPtr& query : queries) {
    auto part = query->lookup();
    if (!part) return std::nullopt;
    plan.parts.push_back(std::move(*part));
  }
  return plan;
}

double total_cost(const Queries& queries) {
  double sum = 0;
  for (const QueryPtr& query : queries) sum += query->cost();
  return sum;
}

void explain_all(PlanText& plan, std::string_view title, const Queries& queries) {
  if (queries.empty()) return;
  plan.begin(title);
  for (const QueryPtr& query : queries) query->explain(plan);
  plan.end();
}

class Bool final : public Query {
 public:
  explicit Bool(BoolClauses clauses) : clauses_(std::move(clauses)) {
    for (const QueryPtr& query : clauses_.filter) required_.push_back({query, false});
    for (const QueryPtr& query : clauses_.must) required_.push_back({query, true});
    std::ranges::stable_sort(required_, {}, [](const Required& each) { return each.query->cost(); });
    std::ranges::stable_sort(clauses_.must_not, {}, [](const QueryPtr& query) { return query->cost(); });
    enough_ = clauses_.should;
    std::ranges::stable_sort(enough_, {}, [](const QueryPtr& query) { return query->cost(); });
  }

  [[nodiscard]] bool matches(DocumentFields& document) const override {
    const auto fits = [&](const QueryPtr& query) { return query->matches(document); };
    if (!std::ranges::all_of(required_, fits, &Required::query)) return false;
    if (std::ranges::any_of(clauses_.must_not, fits)) return false;
    std::size_t missing = clauses_.least;
    for (auto at = enough_.begin(); missing != 0 && at != enough_.end(); ++at) {
      if (fits(*at)) --missing;
    }
    return missing == 0;
  }

  [[nodiscard]] float score(DocumentFields& document) const override {
    double sum = 0;
    for (const QueryPtr& query : clauses_.must) sum += static_cast<double>(query->score(document));
    for (const QueryPtr& query : clauses_.should) {
      if (const auto score = query->match_score(document)) sum += static_cast<double>(*score);
    }
    return static_cast<float>(sum);
  }

  /// Clauses that score are asked once for both: some match by their scores.
  [[nodiscard]] std::optional<float> match_score(DocumentFields& document) const override {
    double sum = 0;
    for (const Required& each : required_) {
      const auto score = each.scores ? each.query->match_score(document) : filtered(*each.query, document);
      if (!score) return std::nullopt;
      sum += static_cast<double>(*score);
    }
    const auto fits = [&](const QueryPtr& query) { return query->matches(document); };
    if (std::ranges::any_of(clauses_.must_not, fits)) return std::nullopt;
    std::size_t found = 0;
    for (const QueryPtr& query : clauses_.should) {
      const auto score = query->match_score(document);
      if (!score) continue;
      sum += static_cast<double>(*score);
      ++found;
    }
    return found >= clauses_.least ? std::optional(static_cast<float>(sum)) : std::nullopt;
  }

  [[nodiscard]] bool constant_score() const override {
    if (clauses_.should.size() > 1 || (clauses_.should.size() == 1 && clauses_.least == 0)) return false;
    const auto constant = [](const QueryPtr& query) { return query->constant_score(); };
    return std::ranges::all_of(clauses_.must, constant) && std::ranges::all_of(clauses_.should, constant);
  }

  [[nodiscard]] bool matches_all() const override {
    return clauses_.must_not.empty() && clauses_.least == 0 &&
           std::ranges::all_of(required_, [](const Required& each) { return each.query->matches_all(); });
  }

  [[nodiscard]] bool matches_none() const override {
    const auto none = [](const QueryPtr& query) { return query->matches_none(); };
    const auto possible = static_cast<std::size_t>(std::ranges::count_if(enough_, std::not_fn(none)));
    return std::ranges::any_of(required_, none, &Required::query) || possible < clauses_.least ||
           std::ranges::any_of(clauses_.must_not, [](const QueryPtr& query) { return query->matches_all(); });
  }

  [[nodiscard]] const BoolClauses* bool_clauses() const override { return &clauses_; }

  [[nodiscard]] std::optional<LookupPlan> lookup() const override {
    std::vector<LookupPlan> parts;
    for (const Required& each : required_) {
      if (auto part = each.query->lookup()) parts.push_back(std::move(*part));
    }
    if (clauses_.least != 0) {
      if (auto part = plan_of_any(enough_)) parts.push_back(std::move(*part));
    }
    return LookupPlan::all_of(std::move(parts));
  }

  [[nodiscard]] double cost() const override {
    return total_cost(clauses_.filter) + total_cost(clauses_.must) + total_cost(clauses_.must_not) +
           total_cost(enough_);
  }

  void explain(PlanText& plan) const override {
    plan.begin("bool, cheapest clauses first");
    Queries required;
    for (const Required& each : required_) required.push_back(each.query);
    explain_all(plan, "all of", required);
    explain_all(plan, "none of", clauses_.must_not);
    explain_all(plan, fmt::format("at least {} of", clauses_.least), enough_);
    plan.end();
  }

 private:
  struct Required {
    QueryPtr query;
    bool scores;
  };
  static std::optional<float> filtered(const Query& query, DocumentFields& document) {
    return query.matches(document) ? std::optional(0.0F) : std::nullopt;
  }

  BoolClauses clauses_;
  std::vector<Required> required_;  ///< filter and must, the cheapest first
  Queries enough_;                  ///< should, the cheapest first
};

class BestOf final : public Query {
 public:
  BestOf(Queries queries, float tie_breaker) : queries_(std::move(queries)), tie_breaker_(tie_breaker) {}
  [[nodiscard]] bool matches(DocumentFields& document) const override {
    return std::ranges::any_of(queries_, [&](const QueryPtr& query) { return query->matches(document); });
  }
  [[nodiscard]] float score(DocumentFields& document) const override {
    float best = 0;
    double others = 0;
    for (const QueryPtr& query : queries_) {
      const auto score = query->match_score(document);
      if (!score) continue;
      if (*score > best) {
        others += static_cast<double>(best);
        best = *score;
      } else {
        others += static_cast<double>(*score);
      }
    }
    return static_cast<float>(static_cast<double>(best) + others * static_cast<double>(tie_breaker_));
  }
  [[nodiscard]] bool constant_score() const override { return false; }
  [[nodiscard]] bool matches_none() const override {
    return std::ranges::all_of(queries_, [](const QueryPtr& query) { return query->matches_none(); });
  }
  [[nodiscard]] bool matches_all() const override {
    return std::ranges::any_of(queries_, [](const QueryPtr& query) { return query->matches_all(); });
  }
  [[nodiscard]] std::optional<LookupPlan> lookup() const override { return plan_of_any(queries_); }
  [[nodiscard]] double cost() const override { return total_cost(queries_); }
  void explain(PlanText& plan) const override {
    explain_all(plan, fmt::format("one of; scores as the best, and {} times the others", tie_breaker_), queries_);
  }

 private:
  Queries queries_;
  float tie_breaker_;
};

}  // namespace

QueryPtr bool_query(BoolClauses clauses) { return std::make_shared<const Bool>(std::move(clauses)); }

Result<QueryPtr> with_minimum_should_match(QueryPtr query, std::string_view minimum) {
  const BoolClauses* const clauses = query == nullptr ? nullptr : query->bool_clauses();
  if (minimum.empty() || clauses == nullptr) return query;
  auto least = minimum_should_match(minimum, clauses->should.size());
  if (!least) return std::unexpected(least.error());
  if (*least == 0) return query;
  BoolClauses changed = *clauses;
  changed.least = *least;
  return bool_query(std::move(changed));
}

QueryPtr any_of(std::vector<QueryPtr> queries) {
  if (queries.size() == 1) return std::move(queries.front());
  BoolClauses clauses;
  clauses.should = std::move(queries);
  clauses.least = 1;
  return bool_query(std::move(clauses));
}

QueryPtr best_of(std::vector<QueryPtr> queries, float tie_breaker) {
  if (queries.size() == 1) return std::move(queries.front());
  return std::make_shared<const BestOf>(std::move(queries), tie_breaker);
}

}  // namespace sluice::stages
