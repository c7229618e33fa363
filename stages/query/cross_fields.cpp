#include <algorithm>
#include <map>
#include <numeric>

#include <fmt/format.h>

#include "stages/query/bool.h"
#include "stages/query/multi_match.h"
#include "stages/query/value_test.h"

namespace sluice::stages {

namespace {

/// One word in several fields, which all score as if it were as common as in the field where it is commonest.
class BlendedWord final : public Query {
 public:
  struct Place {
    WordSource source;
    std::string text;
    float boost;
    std::uint32_t field = 0;
    std::uint32_t term = 0;
  };

  BlendedWord(std::vector<Place> places, float tie_breaker) : places_(std::move(places)), tie_breaker_(tie_breaker) {}

  void count(ScoreStatistics& statistics) {
    for (Place& place : places_) {
      place.field = statistics.field(place.source);
      place.term = statistics.term(place.field, place.text);
    }
    statistics_ = &statistics;
  }

  [[nodiscard]] bool matches(DocumentFields& document) const override {
    return std::ranges::any_of(places_, [&](const Place& place) { return occurrences(place, document) != 0; });
  }

  [[nodiscard]] float score(DocumentFields& document) const override {
    if (statistics_ == nullptr) return 1;
    const std::vector<std::uint64_t> having = blended(document.document().shard);
    float best = 0;
    double others = 0;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      const float score = score_of(places_[i], having[i], document);
      others += static_cast<double>(std::min(best, score));
      best = std::max(best, score);
    }
    return static_cast<float>(static_cast<double>(best) + others * static_cast<double>(tie_breaker_));
  }

  [[nodiscard]] bool constant_score() const override { return statistics_ == nullptr; }
  [[nodiscard]] double cost() const override { return cost::kText * static_cast<double>(places_.size()); }
  void explain(PlanText& plan) const override {
    std::string fields;
    for (const Place& place : places_) fields += (fields.empty() ? "" : ", ") + place.source.access.path();
    plan.leaf(fmt::format("one of [{}] has [{}]", fields, places_.front().text));
  }

 private:
  static std::ptrdiff_t occurrences(const Place& place, DocumentFields& document) {
    return std::ranges::count(document.words(place.source), place.text, &Word::text);
  }

  /// How many documents have the word, blended. Source: Elasticsearch's BlendedTermQuery.
  [[nodiscard]] std::vector<std::uint64_t> blended(std::uint32_t shard) const {
    std::vector<std::uint64_t> having;
    std::uint64_t limit = statistics_->documents_in(shard);
    for (const Place& place : places_) {
      having.push_back(statistics_->documents(place.term, shard));
      if (having.back() != 0) limit = std::min(limit, statistics_->words_in(place.field, shard));
    }
    if (places_.size() == 1) return having;
    std::vector<std::size_t> order(places_.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, std::ranges::greater(), [&](std::size_t i) { return having[i]; });
    std::uint64_t before = having[order.front()];
    std::uint64_t now = std::min(limit, before);
    for (const std::size_t i : order) {
      if (having[i] == 0) break;
      if (before > having[i]) ++now;
      before = having[i];
      having[i] = std::min({limit, now, statistics_->documents_with(places_[i].field, shard)});
    }
    return having;
  }

  float score_of(const Place& place, std::uint64_t having, DocumentFields& document) const {
    const auto count = occurrences(place, document);
    if (count == 0) return 0;
    const std::uint32_t shard = document.document().shard;
    return place.boost * statistics_->score(place.field, shard, statistics_->idf_of(place.field, shard, having),
                                            place.source.frequencies ? static_cast<float>(count) : 1.0F,
                                            document.words(place.source).length);
  }

  std::vector<Place> places_;
  float tie_breaker_;
  const ScoreStatistics* statistics_ = nullptr;
};

/// Some words that stand at one place of the text, in all fields of a group.
Result<QueryPtr> blend(const std::vector<BoostedField>& fields, const std::vector<std::string>& words,
                       const MultiMatch& match, const ClauseContext& context) {
  std::vector<BlendedWord::Place> places;
  std::vector<QueryPtr> others;
  for (const BoostedField& each : fields) {
    for (const std::string& word : words) {
      if (has_texts(*each.field)) {
        auto source = words_of(*each.field, context);
        if (!source) return std::unexpected(source.error());
        places.push_back({std::move(*source), word, each.boost});
        continue;
      }
      auto query = term_query(each.field->path, {.text = word, .number = match.search.number}, context);
      if (!query && (!match.search.lenient || query.error().kind != ErrorKind::kBadRequest)) return query;
      if (query) others.push_back(with_boost(std::move(*query), each.boost));
    }
  }
  const float tie_breaker = match.tie_breaker.value_or(0);
  if (!places.empty()) {
    auto blended = std::make_shared<BlendedWord>(std::move(places), tie_breaker);
    if (context.scored) blended->count(*context.statistics);
    others.push_back(std::move(blended));
  }
  if (others.empty()) return nothing("no field can have it");
  return best_of(std::move(others), tie_breaker);
}

/// A group of fields whose texts are analyzed alike. Null: the text has no words.
Result<QueryPtr> search_group(const std::vector<BoostedField>& fields, std::string_view text, const MultiMatch& match,
                              const ClauseContext& context) {
  if (fields.size() == 1) {
    auto query = search_text(*fields.front().field, text, match.search, context);
    if (!query || *query == nullptr) return query;
    return with_boost(std::move(*query), fields.front().boost);
  }
  auto tokens = tokens_of(*fields.front().field, text, match.search, context);
  if (!tokens) return std::unexpected(tokens.error());
  std::vector<QueryPtr> queries;
  for (const WordsAtPlace& place : by_place(std::move(*tokens))) {
    auto query = blend(fields, place.words, match, context);
    if (!query) return query;
    queries.push_back(std::move(*query));
  }
  if (queries.empty()) return zero_terms_query(match.search.zero_terms);
  if (queries.size() == 1) return std::move(queries.front());
  return with_minimum_should_match(combined(std::move(queries), match.search.all), match.search.minimum);
}

}  // namespace

Result<std::vector<QueryPtr>> cross_fields(const std::vector<BoostedField>& fields, std::string_view text,
                                           const MultiMatch& match, const ClauseContext& context) {
  std::vector<std::pair<std::string, std::vector<BoostedField>>> groups;
  for (const BoostedField& each : fields) {
    auto analyzer = text_analyzer(*each.field, match.search, context);
    if (!analyzer) return std::unexpected(analyzer.error());
    const std::string name = *analyzer != nullptr ? "analyzer " + (*analyzer)->name()
                             : each.field->kind == pipeline::FieldKind::kKeyword
                                 ? "normalizer " + each.field->normalizer
                                 : "normalizer ";
    auto group = std::ranges::find(groups, name, &std::pair<std::string, std::vector<BoostedField>>::first);
    if (group == groups.end()) group = groups.insert(groups.end(), {name, {}});
    group->second.push_back(each);
  }
  std::vector<QueryPtr> queries;
  for (const auto& [name, group] : groups) {
    auto query = search_group(group, text, match, context);
    if (!query) return std::unexpected(query.error());
    if (*query != nullptr) queries.push_back(std::move(*query));
  }
  return queries;
}

}  // namespace sluice::stages
