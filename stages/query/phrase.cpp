#include "stages/query/phrase.h"

#include <algorithm>

#include <fmt/format.h>

#include "stages/query/multi_term.h"

namespace sluice::stages {

namespace {

class Phrase final : public Query {
 public:
  Phrase(WordSource source, std::vector<PhrasePart> parts, std::uint32_t slop)
      : source_(std::move(source)), parts_(std::move(parts)), matcher_(parts_, slop), slop_(slop) {}

  /// Counts what patterns stand for, and with `scored` the words too.
  void count(ScoreStatistics& statistics, std::size_t expansions, bool scored) {
    field_ = statistics.field(source_);
    for (const PhrasePart& part : parts_) {
      std::vector<std::uint32_t>& terms = terms_.emplace_back();
      if (scored) {
        for (const std::string& word : part.words) terms.push_back(statistics.term(field_, word));
      }
      expansions_.push_back(part.pattern == nullptr ? 0 : statistics.expansion(field_, part.pattern, expansions));
    }
    statistics_ = &statistics;
    scored_ = scored;
  }

  [[nodiscard]] bool matches(DocumentFields& document) const override { return frequency(document) > 0; }

  [[nodiscard]] float score(DocumentFields& document) const override {
    if (!scored_) return 1;
    const std::uint32_t shard = document.document().shard;
    double idf = 0;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      for (const std::uint32_t term : terms_[i]) idf += static_cast<double>(statistics_->idf(term, shard));
      if (parts_[i].pattern == nullptr) continue;
      const auto add = [&](const std::string& /*term*/, const TermExpansion::Found& found) {
        idf += static_cast<double>(statistics_->idf_of(field_, shard, found.documents));
      };
      statistics_->expansion(expansions_[i]).each(shard, add);
    }
    return statistics_->score(field_, shard, static_cast<float>(idf), frequency(document),
                              document.words(source_).length);
  }

  [[nodiscard]] bool constant_score() const override { return !scored_; }
  [[nodiscard]] double cost() const override { return cost::kText + cost::kPattern; }

  void explain(PlanText& plan) const override {
    std::string text;
    for (const PhrasePart& part : parts_) {
      std::string words = part.pattern == nullptr ? "" : "what " + part.pattern->explain();
      for (const std::string& word : part.words) words += (words.empty() ? "" : " or ") + word;
      text += (text.empty() ? "" : ", ") + words;
    }
    plan.leaf(fmt::format("[{}] has the phrase {}; {} moves at most", source_.access.path(), text, slop_));
  }

 private:
  [[nodiscard]] bool stands_at(std::size_t part, const std::string& word, std::uint32_t shard) const {
    const PhrasePart& which = parts_[part];
    if (std::ranges::find(which.words, word) != which.words.end()) return true;
    if (which.pattern == nullptr) return false;
    if (statistics_ == nullptr || !statistics_->counted()) return which.pattern->fit(word).has_value();
    return statistics_->expansion(expansions_[part]).find(word, shard) != nullptr;
  }

  [[nodiscard]] float frequency(DocumentFields& document) const {
    static thread_local std::vector<std::vector<std::uint32_t>> positions;
    const std::uint32_t shard = document.document().shard;
    const Words& words = document.words(source_);
    positions.resize(parts_.size());
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      positions[i].clear();
      for (const Word& word : words) {
        if (stands_at(i, word.text, shard)) positions[i].push_back(word.position);
      }
      if (positions[i].empty()) return 0;
    }
    return matcher_.frequency(positions);
  }

  WordSource source_;
  std::vector<PhrasePart> parts_;
  PhraseMatcher matcher_;
  std::uint32_t slop_;
  const ScoreStatistics* statistics_ = nullptr;
  std::uint32_t field_ = 0;
  std::vector<std::vector<std::uint32_t>> terms_;  ///< of each part
  std::vector<std::uint32_t> expansions_;          ///< likewise
  bool scored_ = false;
};

class Synonyms final : public Query {
 public:
  Synonyms(WordSource source, std::vector<std::string> words) : source_(std::move(source)), words_(std::move(words)) {}

  void count(ScoreStatistics& statistics) {
    field_ = statistics.field(source_);
    for (const std::string& word : words_) terms_.push_back(statistics.term(field_, word));
    statistics_ = &statistics;
  }

  [[nodiscard]] bool matches(DocumentFields& document) const override {
    return std::ranges::any_of(document.words(source_), [this](const Word& word) { return is_one(word); });
  }

  [[nodiscard]] float score(DocumentFields& document) const override {
    if (statistics_ == nullptr) return 1;
    const std::uint32_t shard = document.document().shard;
    std::uint64_t having = 0;
    for (const std::uint32_t term : terms_) having = std::max(having, statistics_->documents(term, shard));
    const Words& words = document.words(source_);
    const auto count = std::ranges::count_if(words, [this](const Word& word) { return is_one(word); });
    return statistics_->score(field_, shard, statistics_->idf_of(field_, shard, having), static_cast<float>(count),
                              words.length);
  }

  [[nodiscard]] bool constant_score() const override { return statistics_ == nullptr; }
  [[nodiscard]] double cost() const override { return cost::kText; }
  void explain(PlanText& plan) const override {
    plan.leaf(
        fmt::format("a word of [{}] is one of {}, which score as one", source_.access.path(), fmt::join(words_, ", ")));
  }

 private:
  [[nodiscard]] bool is_one(const Word& word) const { return std::ranges::find(words_, word.text) != words_.end(); }

  WordSource source_;
  std::vector<std::string> words_;
  const ScoreStatistics* statistics_ = nullptr;
  std::uint32_t field_ = 0;
  std::vector<std::uint32_t> terms_;
};

}  // namespace

Result<QueryPtr> phrase_query(const pipeline::FieldSchema& field, std::vector<PhrasePart> parts, std::uint32_t slop,
                              std::size_t expansions, const ClauseContext& context) {
  if (field.kind != pipeline::FieldKind::kText) {
    return std::unexpected(
        illegal_argument("Can only use phrase queries on text fields - not on " + field_and_type(field)));
  }
  if (!field.positions) {
    return std::unexpected(
        illegal_argument("field:[" + field.path + "] was indexed without position data; cannot run PhraseQuery"));
  }
  auto source = words_of(field, context);
  if (!source) return std::unexpected(source.error());
  const bool patterns = std::ranges::any_of(parts, [](const PhrasePart& part) { return part.pattern != nullptr; });
  auto query = std::make_shared<Phrase>(std::move(*source), std::move(parts), slop);
  if (context.scored || patterns) query->count(*context.statistics, expansions, context.scored);
  return query;
}

Result<QueryPtr> synonym_query(const pipeline::FieldSchema& field, std::vector<std::string> words,
                               const ClauseContext& context) {
  auto source = words_of(field, context);
  if (!source) return std::unexpected(source.error());
  auto query = std::make_shared<Synonyms>(std::move(*source), std::move(words));
  if (context.scored) query->count(*context.statistics);
  return query;
}

}  // namespace sluice::stages
