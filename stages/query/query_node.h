#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/model/lookup_plan.h"
#include "stages/query/document_fields.h"
#include "stages/query/plan_text.h"

namespace sluice::stages {

/// How dear it is to look at one document, in about nanoseconds: a `bool` looks at its cheapest clauses first.
namespace cost {
inline constexpr double kNothing = 0;
inline constexpr double kId = 1;
inline constexpr double kValue = 10;      ///< a token is compared
inline constexpr double kConverted = 30;  ///< a token is parsed: numbers, dates, addresses
inline constexpr double kPattern = 100;
inline constexpr double kText = 200;  ///< a text is analyzed
inline constexpr double kScript = 1000;
}  // namespace cost

struct BoolClauses;
struct MultiTerms;

/// A clause of the query DSL, compiled for one index. Immutable; any number of threads, each with fields of its own.
class Query {
 public:
  virtual ~Query() = default;
  [[nodiscard]] virtual bool matches(DocumentFields& document) const = 0;
  /// The score of a document that matches, as Lucene gives it; 1 where a query only filters.
  [[nodiscard]] virtual float score(DocumentFields& document) const;
  /// The score of a document if it matches. One that matches by its score computes that once here.
  [[nodiscard]] virtual std::optional<float> match_score(DocumentFields& document) const;
  /// Whether score() is the same for all documents that match.
  [[nodiscard]] virtual bool constant_score() const { return true; }
  /// Whether every document matches, without looking.
  [[nodiscard]] virtual bool matches_all() const { return false; }
  [[nodiscard]] virtual bool matches_none() const { return false; }
  /// Which documents it can match at most, for a store with an index of fields; nothing: that can't be told.
  [[nodiscard]] virtual std::optional<pipeline::LookupPlan> lookup() const { return std::nullopt; }
  /// The clauses of a `bool`, null for others: what minimum_should_match is for.
  [[nodiscard]] virtual const BoolClauses* bool_clauses() const { return nullptr; }
  /// What is boosted, and by how much; null and 1 for others.
  [[nodiscard]] virtual std::pair<std::shared_ptr<const Query>, float> boosted() const { return {nullptr, 1.0F}; }
  /// The words of a field that it stands for, as a span query takes them over; null for others.
  [[nodiscard]] virtual const MultiTerms* multi_terms() const { return nullptr; }
  /// About nanoseconds a document.
  [[nodiscard]] virtual double cost() const = 0;
  /// Says what it reads and how it compares.
  virtual void explain(PlanText& plan) const = 0;
};
using QueryPtr = std::shared_ptr<const Query>;

/// The same query with its scores multiplied. `boost` 1: the query itself.
QueryPtr with_boost(QueryPtr query, float boost);
/// The same query with the score 1.
QueryPtr with_constant_score(QueryPtr query);
/// What matches everything, with this score; and what matches nothing. `why`: for explain().
QueryPtr everything(float score = 1);
QueryPtr nothing(std::string why);

}  // namespace sluice::stages
