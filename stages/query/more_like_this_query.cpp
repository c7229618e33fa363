#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>

#include <fmt/format.h>

#include "stages/query/minimum_should_match.h"
#include "stages/query/more_like_this.h"

namespace sluice::stages {

namespace {

/// Documents with enough of the words that tell most about what is liked: those that are frequent there and rare in
/// the shard. Source: Lucene's MoreLikeThis as Elasticsearch has it. Of words that are worth the same it may take
/// others.
class MoreLikeThis final : public Query {
 public:
  MoreLikeThis(std::vector<LikedFields> parts, const MoreLikeThisClause& clause, const ScoreStatistics& statistics)
      : parts_(std::move(parts)), clause_(clause), statistics_(statistics) {}

  [[nodiscard]] bool matches(DocumentFields& document) const override { return match_score(document).has_value(); }
  [[nodiscard]] float score(DocumentFields& document) const override { return match_score(document).value_or(0); }
  [[nodiscard]] std::optional<float> match_score(DocumentFields& document) const override {
    if (!statistics_.counted()) return std::nullopt;
    const std::vector<Choice>& choices = choices_of(document.document().shard);
    double sum = 0;
    bool any = false;
    for (const Choice& choice : choices) {
      double part = 0;
      std::size_t found = 0;
      for (const Chosen& chosen : choice.terms) {
        const auto score = score_of(chosen, document);
        if (!score) continue;
        ++found;
        part += static_cast<double>(*score);
      }
      if (found == 0 || found < choice.least) continue;
      any = true;
      sum += static_cast<double>(static_cast<float>(part));
    }
    return any ? std::optional(static_cast<float>(sum)) : std::nullopt;
  }
  [[nodiscard]] bool constant_score() const override { return false; }
  [[nodiscard]] double cost() const override { return cost::kText + cost::kPattern; }
  void explain(PlanText& plan) const override {
    std::size_t words = 0;
    for (const LikedFields& part : parts_) {
      for (const LikedField& field : part) words += field.terms.size();
    }
    plan.leaf(
        fmt::format("has {} of the {} of {} words that tell most", clause_.minimum, clause_.max_query_terms, words));
  }

 private:
  struct Chosen {
    const LikedField* field;
    const LikedField::Term* term;
    float worth;
    float boost = 1;
  };
  struct Choice {
    std::vector<Chosen> terms;
    std::size_t least = 0;
  };

  std::optional<float> score_of(const Chosen& chosen, DocumentFields& document) const {
    const Words& words = document.words(chosen.field->source);
    const auto count = std::ranges::count(words, chosen.term->text, &Word::text);
    if (count == 0) return std::nullopt;
    const std::uint32_t shard = document.document().shard;
    const float frequency = chosen.field->source.frequencies ? static_cast<float>(count) : 1.0F;
    return chosen.boost * statistics_.score(chosen.field->field, shard, statistics_.idf(chosen.term->number, shard),
                                            frequency, words.length);
  }

  /// The same for all documents of a shard: made once.
  const std::vector<Choice>& choices_of(std::uint32_t shard) const {
    const std::lock_guard lock(mutex_);
    const auto known = choices_.find(shard);
    if (known != choices_.end()) return known->second;
    std::vector<Choice> choices;
    for (const LikedFields& part : parts_) {
      Choice& choice = choices.emplace_back();
      for (const LikedField& field : part) choose(field, shard, choice.terms);
      choice.least = minimum_should_match(clause_.minimum, choice.terms.size()).value_or(0);
    }
    return choices_.emplace(shard, std::move(choices)).first->second;
  }

  void choose(const LikedField& field, std::uint32_t shard, std::vector<Chosen>& out) const {
    std::vector<Chosen> all;
    const auto documents = static_cast<double>(statistics_.documents_in(shard));
    for (const LikedField::Term& term : field.terms) {
      const auto having = static_cast<std::int64_t>(statistics_.documents(term.number, shard));
      if (term.frequency < clause_.min_term_freq || having == 0 || having < clause_.min_doc_freq ||
          having > clause_.max_doc_freq) {
        continue;
      }
      const auto idf = static_cast<float>(std::log((documents + 1) / static_cast<double>(having + 1)) + 1);
      all.push_back({&field, &term, static_cast<float>(term.frequency) * idf});
    }
    std::ranges::stable_sort(all, std::greater<>(), &Chosen::worth);
    const auto most = static_cast<std::size_t>(clause_.max_query_terms);
    if (all.size() > most) all.resize(most);
    // Lucene boosts by what is worth least.
    const float least = all.empty() ? 1 : all.back().worth;
    for (Chosen& chosen : all) {
      if (clause_.boost_terms != 0) chosen.boost = clause_.boost_terms * chosen.worth / least;
    }
    out.insert(out.end(), all.begin(), all.end());
  }

  std::vector<LikedFields> parts_;
  MoreLikeThisClause clause_;
  const ScoreStatistics& statistics_;
  mutable std::mutex mutex_;
  mutable std::map<std::uint32_t, std::vector<Choice>> choices_;
};

/// All but one document: what is liked need not be found.
class OtherDocuments final : public Query {
 public:
  OtherDocuments(QueryPtr query, std::vector<std::string> ids) : query_(std::move(query)), ids_(std::move(ids)) {}
  [[nodiscard]] bool matches(DocumentFields& document) const override {
    return !is_one(document) && query_->matches(document);
  }
  [[nodiscard]] float score(DocumentFields& document) const override { return query_->score(document); }
  [[nodiscard]] std::optional<float> match_score(DocumentFields& document) const override {
    return is_one(document) ? std::nullopt : query_->match_score(document);
  }
  [[nodiscard]] bool constant_score() const override { return query_->constant_score(); }
  [[nodiscard]] double cost() const override { return query_->cost(); }
  void explain(PlanText& plan) const override {
    plan.begin("is another document, and");
    query_->explain(plan);
    plan.end();
  }

 private:
  [[nodiscard]] bool is_one(const DocumentFields& document) const {
    return std::ranges::find(ids_, document.document().id) != ids_.end();
  }

  QueryPtr query_;
  std::vector<std::string> ids_;
};

}  // namespace

QueryPtr more_like_this_query(std::vector<LikedFields> parts, const MoreLikeThisClause& clause,
                              const ScoreStatistics& statistics) {
  return std::make_shared<const MoreLikeThis>(std::move(parts), clause, statistics);
}

QueryPtr without_documents(QueryPtr query, std::vector<std::string> ids) {
  return std::make_shared<const OtherDocuments>(std::move(query), std::move(ids));
}

}  // namespace sluice::stages
