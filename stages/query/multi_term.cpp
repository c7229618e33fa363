#include "stages/query/multi_term.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "pipeline/base/parse_number.h"
#include "stages/query/field_keys.h"
#include "stages/query/key_bytes.h"

namespace sluice::stages {

namespace {

class MultiTerm final : public Query {
 public:
  MultiTerm(WordSource source, TermPatternPtr pattern, Rewrite rewrite)
      : source_(std::move(source)),
        pattern_(std::move(pattern)),
        rewrite_(rewrite),
        terms_{source_, pattern_, rewrite.most} {}

  /// Its terms are counted before scores are asked for, and only the best of them count.
  void expand(ScoreStatistics& statistics) {
    field_ = statistics.field(source_);
    expansion_ = statistics.expansion(field_, pattern_, rewrite_.most);
    statistics_ = &statistics;
  }

  [[nodiscard]] bool matches(DocumentFields& document) const override {
    const bool limited = statistics_ != nullptr && statistics_->counted();
    const std::uint32_t shard = document.document().shard;
    return std::ranges::any_of(document.words(source_), [&](const Word& word) {
      return limited ? expansion().find(word.text, shard) != nullptr : pattern_->fit(word.text).has_value();
    });
  }

  [[nodiscard]] float score(DocumentFields& document) const override {
    if (rewrite_.kind == Rewrite::Kind::kConstant || statistics_ == nullptr) return 1;
    const std::uint32_t shard = document.document().shard;
    const Words& words = document.words(source_);
    std::map<std::string_view, std::ptrdiff_t> counts;
    for (const Word& word : words) {
      if (expansion().find(word.text, shard) != nullptr) ++counts[word.text];
    }
    double sum = 0;
    for (const auto& [text, count] : counts) {
      sum += static_cast<double>(score_of(*expansion().find(text, shard), count, words, shard));
    }
    return static_cast<float>(sum);
  }

  [[nodiscard]] bool constant_score() const override { return rewrite_.kind == Rewrite::Kind::kConstant; }
  [[nodiscard]] double cost() const override { return source_.whole ? cost::kPattern : cost::kText + cost::kPattern; }
  [[nodiscard]] std::optional<pipeline::LookupPlan> lookup() const override {
    if (pattern_->beginning().empty()) return std::nullopt;
    return field_plan(source_.keys, {keys_of_prefix(pattern_->beginning())});
  }
  [[nodiscard]] const MultiTerms* multi_terms() const override { return &terms_; }
  void explain(PlanText& plan) const override {
    plan.leaf((source_.whole ? "[" : "a word of [") + source_.access.path() + "] " + pattern_->explain());
  }

 private:
  [[nodiscard]] const TermExpansion& expansion() const { return statistics_->expansion(expansion_); }

  [[nodiscard]] float score_of(const TermExpansion::Found& found, std::ptrdiff_t count, const Words& words,
                               std::uint32_t shard) const {
    const float fit = std::max(found.fit, 0.0F);
    if (rewrite_.kind == Rewrite::Kind::kFit) return fit;
    const bool blended = rewrite_.kind == Rewrite::Kind::kBlended;
    const float idf = statistics_->idf_of(field_, shard, blended ? expansion().most_documents(shard) : found.documents);
    return fit *
           statistics_->score(field_, shard, idf, source_.frequencies ? static_cast<float>(count) : 1.0F, words.length);
  }

  WordSource source_;
  TermPatternPtr pattern_;
  Rewrite rewrite_;
  MultiTerms terms_;
  const ScoreStatistics* statistics_ = nullptr;
  std::uint32_t field_ = 0;
  std::uint32_t expansion_ = 0;
};

class AnyPattern final : public TermPattern {
 public:
  explicit AnyPattern(std::vector<TermPatternPtr> patterns) : patterns_(std::move(patterns)) {}
  [[nodiscard]] std::optional<float> fit(std::string_view term) const override {
    for (const TermPatternPtr& pattern : patterns_) {
      if (const auto fits = pattern->fit(term)) return fits;
    }
    return std::nullopt;
  }
  [[nodiscard]] std::string explain() const override {
    std::string text;
    for (const TermPatternPtr& pattern : patterns_) text += (text.empty() ? "" : " or ") + pattern->explain();
    return text;
  }

 private:
  std::vector<TermPatternPtr> patterns_;
};

}  // namespace

TermPatternPtr any_pattern(std::vector<TermPatternPtr> patterns) {
  return std::make_shared<const AnyPattern>(std::move(patterns));
}

Result<Rewrite> Rewrite::parse(std::string_view text) {
  if (text.empty() || text == "constant_score" || text == "constant_score_blended" ||
      text == "constant_score_boolean") {
    return Rewrite{};
  }
  if (text == "scoring_boolean") return Rewrite{Kind::kOwn, std::numeric_limits<std::size_t>::max()};
  const std::size_t digit = std::min(text.find_first_of("0123456789"), text.size());
  const std::string_view name = text.substr(0, digit);
  const auto most = parse_number<std::int32_t>(text.substr(digit));
  const auto rewrite = [&](Kind kind) { return Rewrite{kind, static_cast<std::size_t>(*most)}; };
  if (most && name == "top_terms_") return rewrite(Kind::kOwn);
  if (most && name == "top_terms_boost_") return rewrite(Kind::kFit);
  if (most && name == "top_terms_blended_freqs_") return rewrite(Kind::kBlended);
  return std::unexpected(illegal_argument("Failed to parse rewrite_method [" + std::string(text) + "]"));
}

Result<QueryPtr> multi_term_query(const pipeline::FieldSchema& field, TermPatternPtr pattern, Rewrite rewrite,
                                  const ClauseContext& context) {
  auto source = words_of(field, context);
  if (!source) return std::unexpected(source.error());
  if (rewrite.most == 0) return nothing("no terms count");
  if (field.runtime) rewrite = Rewrite{};
  if (!context.scored && rewrite.most == std::numeric_limits<std::size_t>::max())
    rewrite.kind = Rewrite::Kind::kConstant;
  const bool plain = rewrite.kind == Rewrite::Kind::kConstant;
  auto query = std::make_shared<MultiTerm>(std::move(*source), std::move(pattern), rewrite);
  if (!plain) query->expand(*context.statistics);
  return query;
}

Error as_shard_error(const QueryContext& context, Error error) {
  const bool done = error.type == "query_shard_exception" || error.kind != ErrorKind::kBadRequest;
  return done ? error : failed_to_create(context, std::move(error));
}

std::string wrong_field(std::string_view query, const pipeline::FieldSchema& field) {
  const bool wildcards = query == "prefix" || query == "wildcard";
  return fmt::format("Can only use {} queries on keyword{} fields - not on {}", query,
                     wildcards ? ", text and wildcard" : " and text", field_and_type(field));
}

std::string field_and_type(const pipeline::FieldSchema& field) {
  return fmt::format("[{}] which is {}of type [{}]", field.path, field.runtime ? "a runtime field " : "", field.type);
}

Error wrong_field_error(std::string_view query, const pipeline::FieldSchema& field, const QueryContext& context) {
  if (field.runtime) return failed_to_create(context, illegal_argument(wrong_field(query, field)));
  if (field.kind != pipeline::FieldKind::kFlattened) return query_shard_error(context, wrong_field(query, field));
  return unsupported(fmt::format("a {} query on [{}] of type [flattened] is not supported by this version of sluice",
                                 query, field.path));
}

const pipeline::FieldSchema* metadata_field(std::string_view name) {
  static const pipeline::FieldSchema index = [] {
    pipeline::FieldSchema field;
    field.path = field.type = "_index";
    return field;
  }();
  if (name == "_index") return &index;
  return name == "_id" ? &id_field() : nullptr;
}

const pipeline::FieldSchema& id_field() {
  static const pipeline::FieldSchema field = [] {
    pipeline::FieldSchema id;
    id.path = id.type = "_id";
    return id;
  }();
  return field;
}

bool has_texts(const pipeline::FieldSchema& field) {
  return field.kind == pipeline::FieldKind::kKeyword || field.kind == pipeline::FieldKind::kText;
}

}  // namespace sluice::stages
