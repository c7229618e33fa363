#include "stages/query/value_test.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "pipeline/base/ascii_case.h"
#include "pipeline/base/json_text.h"
#include "stages/analysis/analysis.h"
#include "stages/query/field_keys.h"
#include "stages/query/interval.h"
#include "stages/query/key_bytes.h"
#include "stages/query/multi_term.h"
#include "stages/query/range_field.h"
#include "stages/query/text_set.h"

namespace sluice::stages {

namespace {

using pipeline::FieldKind;
using pipeline::FieldSchema;

/// Without regard to the case of ASCII letters, which is all that Lucene does for `case_insensitive`.
std::vector<std::string> folded(std::vector<std::string> texts) {
  std::ranges::transform(texts, texts.begin(), ascii_lower_case);
  return texts;
}

bool is_scalar(std::string_view token) { return !token.starts_with('{') && !token.starts_with('['); }

/// Strings that are kept whole.
class TextsTest final : public ValueTest {
 public:
  TextsTest(AnalyzerPtr normalizer, const std::vector<TermValue>& values, std::vector<std::string> texts)
      : normalizer_(std::move(normalizer)),
        fold_(std::ranges::any_of(values, &TermValue::case_insensitive)),
        texts_(fold_ ? folded(std::move(texts)) : std::move(texts)),
        set_(texts_) {
    if (texts_.size() == 1) single_ = texts_.front();
  }
  bool operator()(std::string_view token) const override {
    if (!is_scalar(token)) return false;
    if (has_escape(token)) return holds(json_unquoted(token));
    return holds(token.starts_with('"') ? token.substr(1, token.size() - 2) : token);
  }
  [[nodiscard]] double cost() const override {
    return normalizer_ == nullptr ? (set_.size() == 1 ? cost::kValue : cost::kConverted) : cost::kPattern;
  }
  [[nodiscard]] std::string explain() const override {
    const char* const how = normalizer_ != nullptr ? "once normalized"
                            : fold_                ? "ASCII letters in any case"
                                                   : "byte for byte";
    if (set_.size() == 1) return fmt::format("is [{}], {}", texts_.front(), how);
    return fmt::format("is one of {} texts, in a hash table, {}", set_.size(), how);
  }
  [[nodiscard]] std::optional<std::vector<pipeline::KeyRange>> keys() const override {
    if (fold_) return std::nullopt;
    std::vector<pipeline::KeyRange> ranges;
    ranges.reserve(texts_.size());
    for (const std::string& text : texts_) ranges.push_back(keys_equal(key_of(text)));
    std::ranges::sort(ranges, {}, &pipeline::KeyRange::begin);
    return ranges;
  }

 private:
  [[nodiscard]] bool holds(std::string_view text) const {
    if (normalizer_ == nullptr && !fold_) return single_ ? *single_ == text : set_.contains(text);
    std::string normal(text);
    if (normalizer_ != nullptr) normal = normalizer_->normalize(text).value_or(std::string());
    return set_.contains(fold_ ? ascii_lower_case(normal) : normal);
  }

  AnalyzerPtr normalizer_;
  bool fold_;
  std::vector<std::string> texts_;
  TextSet set_;
  std::optional<std::string_view> single_;
};

class AnythingTest final : public ValueTest {
 public:
  bool operator()(std::string_view /*token*/) const override { return true; }
  [[nodiscard]] double cost() const override { return cost::kValue; }
  [[nodiscard]] std::string explain() const override { return "has a value"; }
};

/// What a reader can read: malformed values are in no index.
template <typename Reader>
class ReadableTest final : public ValueTest {
 public:
  explicit ReadableTest(Reader reader) : reader_(std::move(reader)) {}
  bool operator()(std::string_view token) const override { return is_scalar(token) && reader_(token).has_value(); }
  [[nodiscard]] std::string explain() const override { return "has a value that its type takes"; }

 private:
  Reader reader_;
};

/// The plan of a test of a field's values.
std::optional<pipeline::LookupPlan> plan_of(const pipeline::FieldKeysPtr& field, const ValueTest& test) {
  if (field == nullptr) return std::nullopt;
  auto ranges = test.keys();
  if (!ranges) return std::nullopt;
  return field_plan(field, std::move(*ranges));
}

class FieldQuery final : public Query {
 public:
  FieldQuery(FieldAccess access, ValueTestPtr test, pipeline::FieldKeysPtr keys)
      : access_(std::move(access)), test_(std::move(test)), keys_(std::move(keys)) {}
  [[nodiscard]] bool matches(DocumentFields& document) const override {
    return access_.any(document, [this](std::string_view token) { return (*test_)(token); });
  }
  [[nodiscard]] double cost() const override { return access_.is_computed() ? cost::kScript : test_->cost(); }
  [[nodiscard]] std::optional<pipeline::LookupPlan> lookup() const override { return plan_of(keys_, *test_); }
  void explain(PlanText& plan) const override { plan.leaf("[" + access_.path() + "] " + test_->explain()); }

 private:
  FieldAccess access_;
  ValueTestPtr test_;
  pipeline::FieldKeysPtr keys_;
};

/// Words that pass a test, as terms.
class PassingTerms final : public TermPattern {
 public:
  explicit PassingTerms(std::shared_ptr<const ValueTest> test) : test_(std::move(test)) {}
  [[nodiscard]] std::optional<float> fit(std::string_view term) const override {
    return (*test_)(json_string(term)) ? std::optional(1.0F) : std::nullopt;
  }
  [[nodiscard]] std::string explain() const override { return test_->explain(); }

 private:
  std::shared_ptr<const ValueTest> test_;
};

/// A test of JSON tokens, for the words of analyzed text.
class WordsQuery final : public Query {
 public:
  WordsQuery(WordSource source, ValueTestPtr test)
      : source_(std::move(source)), test_(std::move(test)), terms_{source_, std::make_shared<PassingTerms>(test_)} {}
  [[nodiscard]] bool matches(DocumentFields& document) const override {
    return std::ranges::any_of(document.words(source_),
                               [this](const Word& word) { return (*test_)(json_string(word.text)); });
  }
  [[nodiscard]] double cost() const override { return cost::kText; }
  void explain(PlanText& plan) const override {
    plan.leaf("a word of [" + source_.access.path() + "] " + test_->explain());
  }
  [[nodiscard]] std::optional<pipeline::LookupPlan> lookup() const override { return plan_of(source_.keys, *test_); }
  [[nodiscard]] const MultiTerms* multi_terms() const override { return &terms_; }

 private:
  WordSource source_;
  std::shared_ptr<const ValueTest> test_;
  MultiTerms terms_;
};

/// One word of a text is the one that is looked for.
class WordQuery final : public Query {
 public:
  struct Scores {
    const ScoreStatistics* statistics = nullptr;  ///< null: nobody asks for scores
    std::uint32_t field = 0;
    std::uint32_t term = 0;
  };
  WordQuery(WordSource source, std::string text, Scores scores)
      : source_(std::move(source)), text_(std::move(text)), scores_(scores) {}
  [[nodiscard]] bool matches(DocumentFields& document) const override {
    return std::ranges::any_of(document.words(source_), [this](const Word& word) { return word.text == text_; });
  }
  [[nodiscard]] float score(DocumentFields& document) const override {
    if (scores_.statistics == nullptr) return 1;
    const Words& words = document.words(source_);
    const auto count = std::ranges::count(words, text_, &Word::text);
    const std::uint32_t shard = document.document().shard;
    return scores_.statistics->score(scores_.field, shard, scores_.statistics->idf(scores_.term, shard),
                                     source_.frequencies ? static_cast<float>(count) : 1.0F, words.length);
  }
  [[nodiscard]] bool constant_score() const override { return scores_.statistics == nullptr; }
  [[nodiscard]] double cost() const override { return source_.whole ? cost::kConverted : cost::kText; }
  [[nodiscard]] std::optional<pipeline::LookupPlan> lookup() const override {
    return field_plan(source_.keys, {word_keys(source_, text_)});
  }
  void explain(PlanText& plan) const override {
    plan.leaf((source_.whole ? "[" : "a word of [") + source_.access.path() + "] is [" + text_ + "]" +
              (scores_.statistics == nullptr ? "" : ", scored by BM25"));
  }

 private:
  WordSource source_;
  std::string text_;
  Scores scores_;
};

Error not_searchable(const FieldSchema& field) {
  return illegal_argument("Cannot search on field [" + field.path + "] since it is not indexed nor has doc values.");
}

std::vector<RangeBounds> equal_to(const std::vector<TermValue>& values) {
  std::vector<RangeBounds> bounds;
  for (const TermValue& value : values) {
    RangeBounds one;
    one.low = Bound{value.text, true, value.number};
    one.high = one.low;
    bounds.push_back(std::move(one));
  }
  return bounds;
}

Result<ValueTestPtr> test_texts(const FieldSchema& field, const std::vector<TermValue>& values,
                                const ClauseContext& context) {
  auto normalizer = normalizer_of(field, context);
  if (!normalizer) return std::unexpected(normalizer.error());
  std::vector<std::string> texts;
  for (const TermValue& value : values) {
    auto text = normalized(field, value.text, context);
    if (!text) return std::unexpected(text.error());
    texts.push_back(std::move(*text));
  }
  return std::make_unique<const TextsTest>(std::move(*normalizer), values, std::move(texts));
}

}  // namespace

Result<AnalyzerPtr> normalizer_of(const FieldSchema& field, const ClauseContext& context) {
  if (field.kind != FieldKind::kKeyword || field.normalizer.empty()) return AnalyzerPtr();
  return analysis_of(context).normalizer(field.normalizer);
}

Result<std::string> normalized(const FieldSchema& field, std::string_view text, const ClauseContext& context) {
  auto normalizer = normalizer_of(field, context);
  if (!normalizer) return std::unexpected(normalizer.error());
  if (*normalizer == nullptr) return std::string(text);
  return (*normalizer)->normalize(text);
}

Result<ValueTestPtr> test_exists(const FieldSchema& field, const ClauseContext& context) {
  if (!field.ignores_malformed.value_or(context.ignores_malformed)) return std::make_unique<const AnythingTest>();
  const auto readable = [](auto reader) {
    return std::make_unique<const ReadableTest<decltype(reader)>>(std::move(reader));
  };
  switch (field.kind) {
    case FieldKind::kInteger:
    case FieldKind::kUnsigned:
      return readable(WholeReader(field));
    case FieldKind::kFloating:
      return readable(FloatingReader(field));
    case FieldKind::kBoolean:
      return readable(BooleanReader());
    case FieldKind::kDate: {
      auto format = date_format_of(field.value_format());
      if (!format) return std::unexpected(format.error());
      return readable(DateReader(std::move(*format), field.type == "date_nanos"));
    }
    case FieldKind::kIp:
      return readable(AddressReader());
    default:
      return std::make_unique<const AnythingTest>();
  }
}

QueryPtr field_query(const FieldSchema& field, ValueTestPtr test, const ClauseContext& context) {
  FieldAccess access(field, context.scope, *context.reads);
  const bool scalars = field.kind <= FieldKind::kIp;
  if (!scalars) access.add(field, context.scope, *context.reads, Take::kObjects);
  return std::make_shared<const FieldQuery>(std::move(access), std::move(test), field_keys(field, context));
}

Result<QueryPtr> words_query(const FieldSchema& field, ValueTestPtr test, const ClauseContext& context) {
  auto source = words_of(field, context);
  if (!source) return std::unexpected(source.error());
  return std::make_shared<const WordsQuery>(std::move(*source), std::move(test));
}

Result<QueryPtr> word_query(const FieldSchema& field, std::string text, const ClauseContext& context) {
  auto source = words_of(field, context);
  if (!source) return std::unexpected(source.error());
  WordQuery::Scores scores;
  if (context.scored && !field.runtime) {
    scores.field = context.statistics->field(*source);
    scores.term = context.statistics->term(scores.field, text);
    scores.statistics = context.statistics;
  }
  return std::make_shared<const WordQuery>(std::move(*source), std::move(text), scores);
}

Result<ValueTestPtr> test_terms(const FieldSchema& field, const std::vector<TermValue>& values,
                                const ClauseContext& context) {
  if (!field.indexed && !field.doc_values) return std::unexpected(not_searchable(field));
  switch (field.kind) {
    case FieldKind::kText:
    case FieldKind::kKeyword:
    case FieldKind::kFlattened:
      return test_texts(field, values, context);
    case FieldKind::kInteger:
    case FieldKind::kUnsigned:
    case FieldKind::kFloating:
    case FieldKind::kBoolean:
    case FieldKind::kDate:
    case FieldKind::kIp:
      return test_intervals(field, equal_to(values), /*exact=*/true, context);
    case FieldKind::kRange:
      return test_range_field(field, equal_to(values), context);
    case FieldKind::kGeoPoint:
    case FieldKind::kGeoShape: {
      const std::string reason =
          "Geometry fields do not support exact searching, use dedicated geometry queries instead: [" + field.path +
          "]";
      if (field.runtime) return std::unexpected(illegal_argument(reason));
      return std::unexpected(query_shard_error(context, reason));
    }
    default:
      return std::unexpected(
          unsupported("queries on the field [" + field.path + "] of type [" + field.type + "] are not supported yet"));
  }
}

Result<ValueTestPtr> test_range(const FieldSchema& field, const RangeBounds& bounds, const ClauseContext& context) {
  if (!field.indexed && !field.doc_values) return std::unexpected(not_searchable(field));
  if (field.kind == FieldKind::kRange) return test_range_field(field, {&bounds, 1}, context);
  // `format` and `time_zone` mean nothing to other types than dates, and Elasticsearch lets them be.
  return test_intervals(field, {&bounds, 1}, /*exact=*/false, context);
}

}  // namespace sluice::stages
