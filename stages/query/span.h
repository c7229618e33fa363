#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "stages/query/score_statistics.h"
#include "stages/query/word_test.h"

namespace sluice::stages {

/// Where something stands in a text: from the position `start` to before `end`.
struct Span {
  std::int32_t start = 0;
  std::int32_t end = 0;
  std::int32_t width = 0;  ///< positions between its parts, which make it count less
};
using SpanList = std::vector<Span>;

/// What a span query looks for. Immutable; any thread. Source: Lucene's Spans, each run to its end.
class SpanSource {
 public:
  explicit SpanSource(std::string field) : field_(std::move(field)) {}
  virtual ~SpanSource() = default;
  SpanSource(const SpanSource&) = delete;
  SpanSource& operator=(const SpanSource&) = delete;

  /// Appends the spans of a document, by their starts.
  virtual void find(DocumentFields& document, SpanList& out) const = 0;
  /// As Lucene prints the query.
  [[nodiscard]] virtual std::string text() const = 0;
  /// The field that it stands for.
  [[nodiscard]] const std::string& field() const { return field_; }
  /// The field whose statistics count where it stands alone.
  [[nodiscard]] virtual const std::string& scored_field() const { return field_; }
  /// Positions that stand for nothing (span_gap), also fewer than none; nothing: it is not one of these.
  [[nodiscard]] virtual std::optional<std::int32_t> gap() const { return std::nullopt; }

 private:
  std::string field_;
};
using SpanSourcePtr = std::shared_ptr<const SpanSource>;
using SpanSources = std::vector<SpanSourcePtr>;

/// The terms of an expansion that count in a shard; empty: all.
struct SpanExpansion {
  const ScoreStatistics* statistics = nullptr;
  std::uint32_t number = 0;
};

SpanSourcePtr span_words(std::string field, WordTest test, SpanExpansion expansion, std::string text);
SpanSourcePtr span_nothing(std::string field, std::string text);
SpanSourcePtr span_gap(std::string field, std::int32_t width);
SpanSourcePtr span_any(std::string field, SpanSources clauses);
/// All of the clauses with `slop` positions between them at most.
SpanSourcePtr span_near(std::string field, SpanSources clauses, std::int32_t slop, bool in_order);
/// Those that end at the position `end` at the latest.
SpanSourcePtr span_first(SpanSourcePtr match, std::int32_t end);
/// Those that no excluded one overlaps, even when it is `before` positions longer at its end and `behind` at its start.
SpanSourcePtr span_not(SpanSourcePtr include, SpanSourcePtr exclude, std::int32_t before, std::int32_t behind);
/// Those of `big` that hold one of `little`; or of `little` that lie in one of `big`.
SpanSourcePtr span_containing(SpanSourcePtr big, SpanSourcePtr little);
SpanSourcePtr span_within(SpanSourcePtr big, SpanSourcePtr little);
/// The same, as if it were in another field.
SpanSourcePtr span_masked(SpanSourcePtr query, std::string field);

}  // namespace sluice::stages
