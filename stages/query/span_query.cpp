#include <algorithm>
#include <limits>
#include <mutex>
#include <set>

#include <fmt/format.h>

#include "stages/query/field_alias.h"
#include "stages/query/multi_term.h"
#include "stages/query/span.h"
#include "stages/query/span_clause.h"

namespace sluice::stages {

namespace {

using pipeline::FieldKind;
using pipeline::FieldSchema;
using Kind = SpanClause::Kind;

/// The terms whose rarity counts for a score: of fields and expansions in the statistics.
struct SpanTerms {
  struct Term {
    std::uint32_t field;
    std::uint32_t number;
    std::string text;
  };
  std::vector<Term> terms;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> expansions;  ///< their fields, and they
};

/// That a field has spans; scored by BM25, with the sum of what its terms are worth, for how many and how narrow they
/// are. Source: Lucene's SpanWeight and SpanScorer.
class SpanQuery final : public Query {
 public:
  SpanQuery(SpanSourcePtr source, SpanTerms terms) : source_(std::move(source)), terms_(std::move(terms)) {}

  /// `field`: whose lengths count; nothing: there is none, and the score is 0.
  void score_by(ScoreStatistics& statistics, std::optional<WordSource> field) {
    statistics_ = &statistics;
    if (field) field_ = statistics.field(*field);
    lengths_ = std::move(field);
  }

  [[nodiscard]] bool matches(DocumentFields& document) const override { return !find(document).empty(); }
  [[nodiscard]] float score(DocumentFields& document) const override { return score_of(find(document), document); }
  [[nodiscard]] std::optional<float> match_score(DocumentFields& document) const override {
    const SpanList& found = find(document);
    return found.empty() ? std::nullopt : std::optional(score_of(found, document));
  }
  [[nodiscard]] bool constant_score() const override { return statistics_ == nullptr; }
  [[nodiscard]] double cost() const override { return cost::kText + cost::kPattern; }
  void explain(PlanText& plan) const override {
    plan.leaf(fmt::format("[{}] has spans of {}", source_->field(), source_->text()));
  }

 private:
  const SpanList& find(DocumentFields& document) const {
    static thread_local SpanList list;
    list.clear();
    source_->find(document, list);
    return list;
  }

  float score_of(const SpanList& spans, DocumentFields& document) const {
    if (statistics_ == nullptr) return 1;
    if (!lengths_) return 0;
    float frequency = 0;
    for (const Span& span : spans) frequency += 1.0F / (1.0F + static_cast<float>(span.width));
    const std::uint32_t shard = document.document().shard;
    return statistics_->score(field_, shard, weight(shard), frequency, document.words(*lengths_).length);
  }

  /// The same for all documents of a shard: computed once.
  float weight(std::uint32_t shard) const {
    const std::lock_guard lock(mutex_);
    if (weights_.size() <= shard) weights_.resize(shard + 1);
    if (!weights_[shard]) weights_[shard] = weight_of(shard);
    return *weights_[shard];
  }

  float weight_of(std::uint32_t shard) const {
    std::set<std::pair<std::uint32_t, std::string>> counted;
    double sum = 0;
    const auto add = [&](std::uint32_t field, const std::string& text, std::uint64_t having) {
      if (having != 0 && counted.emplace(field, text).second) {
        sum += static_cast<double>(statistics_->idf_of(field_, shard, having));
      }
    };
    for (const SpanTerms::Term& term : terms_.terms) {
      add(term.field, term.text, statistics_->documents(term.number, shard));
    }
    for (const auto& [field, expansion] : terms_.expansions) {
      statistics_->expansion(expansion).each(
          shard, [&, of = field](const std::string& term, const TermExpansion::Found& found) {
            add(of, term, found.documents);
          });
    }
    return static_cast<float>(sum);
  }

  SpanSourcePtr source_;
  SpanTerms terms_;
  const ScoreStatistics* statistics_ = nullptr;
  std::optional<WordSource> lengths_;
  std::uint32_t field_ = 0;
  mutable std::mutex mutex_;
  mutable std::vector<std::optional<float>> weights_;  ///< by shard
};

/// Makes what a clause looks for.
class SpanBuilder {
 public:
  explicit SpanBuilder(const ClauseContext& context) : context_(context) {}

  Result<SpanSourcePtr> build(const SpanClause& clause) {
    switch (clause.kind) {
      case Kind::kTerm:
        return term(clause);
      case Kind::kMulti:
        return multi(clause);
      case Kind::kGap:
        return std::unexpected(gap_elsewhere());
      case Kind::kNear:
        return near(clause);
      case Kind::kOr:
        return any(clause);
      case Kind::kNot:
        return without(clause);
      case Kind::kFirst: {
        auto match = build(clause.clauses[0]);
        return match ? span_first(std::move(*match), clause.end) : match;
      }
      case Kind::kMasking: {
        auto query = build(clause.clauses[0]);
        return query ? span_masked(std::move(*query), name_of(clause.field)) : query;
      }
      default:
        return holding(clause);
    }
  }

  SpanTerms take_terms() { return std::move(terms_); }

 private:
  /// An alias stands for its target.
  [[nodiscard]] std::string name_of(const std::string& field) const {
    const FieldSchema* const found = context_.find(field);
    return found == nullptr ? field : own_name(*found);
  }

  static std::string unmapped(const std::string& field) {
    return "SpanMatchNoDocsQuery(\"unmapped field: " + field + "\")";
  }

  Result<SpanSourcePtr> term(const SpanClause& clause) {
    const FieldSchema* const field = context_.find(clause.field);
    if (field == nullptr) {
      // Words of a nested object are none of the document's.
      const bool nested = context_.schema.find(clause.field) != nullptr;
      return span_nothing(clause.field, nested ? clause.field + ":" + clause.value.text : unmapped(clause.field));
    }
    if (field->kind != FieldKind::kText || !field->positions) {
      return std::unexpected(illegal_argument("Span term query requires position data, but field " + clause.field +
                                              " was indexed without position data"));
    }
    auto words = words_of(*field, context_);
    if (!words) return std::unexpected(std::move(words.error()));
    const std::string& text = clause.value.text;
    if (context_.scored) {
      const std::uint32_t number = context_.statistics->field(*words);
      terms_.terms.push_back({number, context_.statistics->term(number, text), text});
    }
    return span_words(own_name(*field), {std::move(*words), text, nullptr}, {}, own_name(*field) + ":" + text);
  }

  Result<SpanSourcePtr> multi(const SpanClause& clause) {
    const FieldSchema* const field = context_.find(clause.multi_field);
    if (field == nullptr || clause.multi->matches_none()) {
      return span_nothing(name_of(clause.multi_field), unmapped(clause.multi_field));
    }
    QueryPtr query = clause.multi;
    while (query->boosted().first != nullptr) query = query->boosted().first;
    const MultiTerms* const terms = query->multi_terms();
    if (clause.multi_name == "prefix" && field->kind != FieldKind::kText) {
      return std::unexpected(illegal_argument("Can only use span prefix queries on text fields - not on [" +
                                              field->path + "] which is of type [" + field->type + "]"));
    }
    if (terms == nullptr) {
      return std::unexpected(Error(ErrorKind::kBadRequest, 400, "unsupported_operation_exception",
                                   "unsupported inner query, should be org.apache.lucene.search.MultiTermQuery but was "
                                   "org.apache.lucene.search.IndexOrDocValuesQuery"));
    }
    if (field->kind != FieldKind::kText || !field->positions) {
      return std::unexpected(illegal_argument("field \"" + field->path +
                                              "\" was indexed without position data; cannot run SpanTermQuery"));
    }
    SpanExpansion expansion;
    const bool limited = terms->most != std::numeric_limits<std::size_t>::max();
    if (limited || context_.scored) {
      const std::uint32_t number = context_.statistics->field(terms->source);
      expansion = {context_.statistics, context_.statistics->expansion(number, terms->pattern, terms->most)};
      terms_.expansions.emplace_back(number, expansion.number);
    }
    const std::string text = "SpanMultiTermQueryWrapper(" + field->path + ":" + terms->pattern->explain() + ")";
    return span_words(own_name(*field), {terms->source, {}, terms->pattern}, expansion, text);
  }

  /// An exception without a message.
  static Error gap_elsewhere() {
    Error error(ErrorKind::kBadRequest, 400, "unsupported_operation_exception", "null");
    error.reason_is_null = true;
    return error;
  }

  /// Of a span_near, which may have gaps.
  Result<SpanSourcePtr> part(const SpanClause& clause) {
    if (clause.kind == Kind::kGap) return span_gap(name_of(clause.field), clause.width);
    return build(clause);
  }

  Result<SpanSourcePtr> near(const SpanClause& clause) {
    auto sources = all_of(clause.clauses, &SpanBuilder::part);
    if (!sources) return std::unexpected(std::move(sources.error()));
    if (sources->size() == 1) return std::move(sources->front());
    const std::string field = sources->front()->field();
    for (const SpanSourcePtr& source : *sources) {
      if (source->gap() && !clause.in_order) {
        return std::unexpected(illegal_argument("Gaps can only be added to ordered near queries"));
      }
      if (source->field() == field) continue;
      return std::unexpected(source->gap() ? illegal_argument("[span_near] clauses must have same field")
                                           : illegal_argument("Cannot add clause " + source->text() +
                                                              " to SpanNearQuery for field " + field));
    }
    return span_near(field, std::move(*sources), clause.slop, clause.in_order);
  }

  Result<SpanSourcePtr> any(const SpanClause& clause) {
    auto sources = all_of(clause.clauses, &SpanBuilder::build);
    if (!sources) return std::unexpected(std::move(sources.error()));
    const std::string field = sources->front()->field();
    for (const SpanSourcePtr& source : *sources) {
      if (source->field() != field) return std::unexpected(illegal_argument("Clauses must have same field."));
    }
    return span_any(field, std::move(*sources));
  }

  Result<SpanSourcePtr> without(const SpanClause& clause) {
    auto include = build(clause.clauses[0]);
    if (!include) return include;
    // What is excluded counts for nothing.
    const SpanTerms counted = terms_;
    auto exclude = build(clause.clauses[1]);
    if (!exclude) return exclude;
    terms_ = counted;
    if ((*include)->field() != (*exclude)->field()) {
      return std::unexpected(illegal_argument("Clauses must have same field."));
    }
    return span_not(std::move(*include), std::move(*exclude), clause.before, clause.behind);
  }

  Result<SpanSourcePtr> holding(const SpanClause& clause) {
    auto big = build(clause.clauses[0]);
    if (!big) return big;
    auto little = build(clause.clauses[1]);
    if (!little) return little;
    if ((*big)->field() != (*little)->field())
      return std::unexpected(illegal_argument("big and little not same field"));
    if (clause.kind == Kind::kWithin) return span_within(std::move(*big), std::move(*little));
    return span_containing(std::move(*big), std::move(*little));
  }

  Result<SpanSources> all_of(const std::vector<SpanClause>& clauses,
                             Result<SpanSourcePtr> (SpanBuilder::*make)(const SpanClause&)) {
    SpanSources sources;
    for (const SpanClause& each : clauses) {
      auto built = (this->*make)(each);
      if (!built) return std::unexpected(std::move(built.error()));
      sources.push_back(std::move(*built));
    }
    return sources;
  }

  const ClauseContext& context_;
  SpanTerms terms_;
};

Result<QueryPtr> compile_span(std::string_view name, std::string_view body, const ClauseContext& context) {
  auto clause = read_span_clause(name, body, context);
  if (!clause) return std::unexpected(std::move(clause.error()));
  SpanBuilder builder(context);
  auto source = builder.build(*clause);
  if (!source) return std::unexpected(as_shard_error(context, std::move(source.error())));
  // A field that masks another one may be none.
  const FieldSchema* const field = context.find((*source)->scored_field());
  auto query = std::make_shared<SpanQuery>(std::move(*source), builder.take_terms());
  if (context.scored) {
    std::optional<WordSource> lengths;
    if (field != nullptr) {
      auto words = words_of(*field, context);
      if (!words) return std::unexpected(std::move(words.error()));
      lengths = std::move(*words);
    }
    query->score_by(*context.statistics, std::move(lengths));
  }
  return with_boost(std::move(query), clause->boost);
}

}  // namespace

Result<QueryPtr> compile_span_containing(std::string_view body, const ClauseContext& context) {
  return compile_span("span_containing", body, context);
}
Result<QueryPtr> compile_span_field_masking(std::string_view body, const ClauseContext& context) {
  return compile_span("span_field_masking", body, context);
}
Result<QueryPtr> compile_field_masking_span(std::string_view body, const ClauseContext& context) {
  return compile_span("field_masking_span", body, context);
}
Result<QueryPtr> compile_span_first(std::string_view body, const ClauseContext& context) {
  return compile_span("span_first", body, context);
}
/// Stands within span_near only: a node takes it for a query, and then can't ask it.
Result<QueryPtr> compile_span_gap(std::string_view body, const ClauseContext& context) {
  if (auto clause = read_span_clause("span_gap", body, context); !clause) {
    return std::unexpected(std::move(clause.error()));
  }
  return std::unexpected(Error(
      ErrorKind::kBadRequest, 500, "illegal_state_exception",
      "provided query builder [class org.elasticsearch.index.query.SpanNearQueryBuilder$SpanGapQueryBuilder] class "
      "should inherit from AbstractQueryBuilder, but it doesn't"));
}
Result<QueryPtr> compile_span_multi(std::string_view body, const ClauseContext& context) {
  return compile_span("span_multi", body, context);
}
Result<QueryPtr> compile_span_near(std::string_view body, const ClauseContext& context) {
  return compile_span("span_near", body, context);
}
Result<QueryPtr> compile_span_not(std::string_view body, const ClauseContext& context) {
  return compile_span("span_not", body, context);
}
Result<QueryPtr> compile_span_or(std::string_view body, const ClauseContext& context) {
  return compile_span("span_or", body, context);
}
Result<QueryPtr> compile_span_term(std::string_view body, const ClauseContext& context) {
  return compile_span("span_term", body, context);
}
Result<QueryPtr> compile_span_within(std::string_view body, const ClauseContext& context) {
  return compile_span("span_within", body, context);
}

}  // namespace sluice::stages
