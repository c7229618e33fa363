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
      for (const ChosenField& field : choice.fields) found += add_scores(field, document, part);
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
    const LikedField::Term* term;
    float worth;
    float boost = 1;
  };
  struct ChosenField {
    const LikedField* field;
    std::map<std::string_view, Chosen> terms;  ///< by their texts
  };
  struct Choice {
    std::vector<ChosenField> fields;
    std::size_t least = 0;
  };

  /// Adds what the document's words are worth. How many of the chosen ones it has.
  std::size_t add_scores(const ChosenField& chosen, DocumentFields& document, double& sum) const {
    const LikedField& field = *chosen.field;
    const Words& words = document.words(field.source);
    std::map<std::string_view, std::ptrdiff_t> counts;
    for (const Word& word : words) {
      if (chosen.terms.contains(word.text)) ++counts[word.text];
    }
    const std::uint32_t shard = document.document().shard;
    for (const auto& [text, count] : counts) {
      const Chosen& term = chosen.terms.at(text);
      const float frequency = field.source.frequencies ? static_cast<float>(count) : 1.0F;
      const float score =
          statistics_.score(field.field, shard, statistics_.idf(term.term->number, shard), frequency, words.length);
      sum += static_cast<double>(term.boost * score);
    }
    return counts.size();
  }

  /// The same for all documents of a shard: made once.
  const std::vector<Choice>& choices_of(std::uint32_t shard) const {
    const std::lock_guard lock(mutex_);
    const auto known = choices_.find(shard);
    if (known != choices_.end()) return known->second;
    std::vector<Choice> choices;
    for (const LikedFields& part : parts_) {
      Choice& choice = choices.emplace_back();
      std::size_t count = 0;
      for (const LikedField& field : part) {
        choice.fields.push_back({&field, choose(field, shard)});
        count += choice.fields.back().terms.size();
      }
      choice.least = minimum_should_match(clause_.minimum, count).value_or(0);
    }
    return choices_.emplace(shard, std::move(choices)).first->second;
  }

  std::map<std::string_view, Chosen> choose(const LikedField& field, std::uint32_t shard) const {
    std::vector<Chosen> all;
    const auto documents = static_cast<double>(statistics_.documents_in(shard));
    for (const LikedField::Term& term : field.terms) {
      const auto having = static_cast<std::int64_t>(statistics_.documents(term.number, shard));
      if (term.frequency < clause_.min_term_freq || having == 0 || having < clause_.min_doc_freq ||
          having > clause_.max_doc_freq) {
        continue;
      }
      const auto idf = static_cast<float>(std::log((documents + 1) / static_cast<double>(having + 1)) + 1);
      all.push_back({&term, static_cast<float>(term.frequency) * idf});
    }
    std::ranges::stable_sort(all, std::greater<>(), &Chosen::worth);
    const auto most = static_cast<std::size_t>(clause_.max_query_terms);
    if (all.size() > most) all.resize(most);
    // Lucene boosts by what is worth least.
    const float least = all.empty() ? 1 : all.back().worth;
    std::map<std::string_view, Chosen> by_text;
    for (Chosen& chosen : all) {
      if (clause_.boost_terms != 0) chosen.boost = clause_.boost_terms * chosen.worth / least;
      by_text.emplace(chosen.term->text, chosen);
    }
    return by_text;
  }

  std::vector<LikedFields> parts_;
  MoreLikeThisClause clause_;
  const ScoreStatistics& statistics_;
  mutable std::mutex mutex_;
  mutable std::map<std::uint32_t, std::vector<Choice>> choices_;
};

/// All but some documents: what is liked need not be found.
class OtherDocuments final : public Query {
 public:
  OtherDocuments(QueryPtr query, std::vector<std::string> ids) : query_(std::move(query)), ids_(std::move(ids)) {
    std::ranges::sort(ids_);
  }
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
    return std::ranges::binary_search(ids_, document.document().id);
  }

  QueryPtr query_;
  std::vector<std::string> ids_;  ///< ascending
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
