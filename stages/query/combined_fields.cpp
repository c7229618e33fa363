#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "pipeline/base/similar_names.h"
#include "stages/query/bool.h"
#include "stages/query/multi_match.h"
#include "stages/query/value_test.h"

namespace sluice::stages {

namespace {

constexpr auto kNames =
    std::to_array<std::string_view>({"_name", "auto_generate_synonyms_phrase_query", "boost", "fields",
                                     "minimum_should_match", "operator", "query", "zero_terms_query"});

/// Words in several fields that score as if these were one, in which a field's words come as often as it counts.
/// Source: Lucene's CombinedFieldQuery (BM25F).
class CombinedWord final : public Query {
 public:
  struct Place {
    WordSource source;
    float weight;
    std::uint32_t field = 0;
    std::vector<std::uint32_t> terms = {};
  };

  CombinedWord(std::vector<Place> places, std::vector<std::string> words)
      : places_(std::move(places)), words_(std::move(words)) {}

  void count(ScoreStatistics& statistics) {
    for (Place& place : places_) {
      place.field = statistics.field(place.source);
      for (const std::string& word : words_) place.terms.push_back(statistics.term(place.field, word));
    }
    statistics_ = &statistics;
  }

  [[nodiscard]] bool matches(DocumentFields& document) const override {
    return std::ranges::any_of(places_, [&](const Place& place) { return occurrences(place, document) != 0; });
  }

  [[nodiscard]] float score(DocumentFields& document) const override {
    if (statistics_ == nullptr) return 1;
    const std::uint32_t shard = document.document().shard;
    std::uint64_t having = 0;
    std::uint64_t documents = 0;
    double words = 0;
    float frequency = 0;
    float length = 0;
    for (const Place& place : places_) {
      for (const std::uint32_t term : place.terms) having = std::max(having, statistics_->documents(term, shard));
      documents = std::max(documents, statistics_->documents_with(place.field, shard));
      words += static_cast<double>(place.weight) * static_cast<double>(statistics_->words_in(place.field, shard));
      frequency += place.weight * static_cast<float>(occurrences(place, document));
      const Words& all = document.words(place.source);
      if (all.count != 0) length += place.weight * static_cast<float>(ScoreStatistics::kept_length(all.length));
    }
    if (having == 0 || documents == 0) return 0;
    const std::uint32_t kept = ScoreStatistics::kept_length(static_cast<std::uint32_t>(std::lround(length)));
    const auto average = static_cast<float>(std::floor(words) / static_cast<double>(documents));
    return ScoreStatistics::score_from(ScoreStatistics::idf_from(documents, having), frequency,
                                       static_cast<float>(kept), average);
  }

  [[nodiscard]] bool constant_score() const override { return statistics_ == nullptr; }
  [[nodiscard]] double cost() const override { return cost::kText * static_cast<double>(places_.size()); }
  void explain(PlanText& plan) const override {
    std::string fields;
    for (const Place& place : places_) fields += (fields.empty() ? "" : ", ") + place.source.access.path();
    plan.leaf(fmt::format("one of [{}], taken as one field, has [{}]", fields, fmt::join(words_, " or ")));
  }

 private:
  std::ptrdiff_t occurrences(const Place& place, DocumentFields& document) const {
    return std::ranges::count_if(document.words(place.source), [this](const Word& word) {
      return std::ranges::find(words_, word.text) != words_.end();
    });
  }

  std::vector<Place> places_;
  std::vector<std::string> words_;
  const ScoreStatistics* statistics_ = nullptr;
};

struct Combined {
  std::optional<std::string> text;
  std::vector<FieldName> fields;
  TextSearch search;
  float boost = 1;
};

Error failed_field(const JsonMember& member, const ClauseContext& context, Error cause) {
  return query_object_error(context, member.value.data(),
                            "[combined_fields] failed to parse field [" + member.name() + "]")
      .wrapping(std::move(cause));
}

Status read_fields(const JsonMember& member, const ClauseContext& context, Combined& combined) {
  auto elements = json_elements(member.value, "[combined_fields]");
  if (!elements) return std::unexpected(elements.error());
  for (const std::string_view element : *elements) {
    auto name = parse_field_name(json_text_value(element).value_or(""));
    JsonMember at = member;
    at.value = std::string_view(end_of(member.value), 1);
    if (!name) return std::unexpected(failed_field(at, context, name.error()));
    if (name->boost < 1) {
      return std::unexpected(
          failed_field(at, context, illegal_argument("[combined_fields] requires field boosts to be >= 1.0")));
    }
    combined.fields.push_back(std::move(*name));
  }
  return {};
}

Status read_parameter(const JsonMember& member, const ClauseContext& context, Combined& combined) {
  const std::string name = member.name();
  const std::string text = json_text_value(member.value).value_or("");
  if (name == "query") {
    combined.text = text;
  } else if (name == "fields") {
    return read_fields(member, context, combined);
  } else if (name == "operator") {
    auto all = parse_operator(text);
    if (!all) return std::unexpected(failed_field(member, context, all.error()));
    combined.search.all = *all;
  } else if (name == "minimum_should_match") {
    combined.search.minimum = text;
  } else if (name == "auto_generate_synonyms_phrase_query") {
    auto flag = json_flag_value(member.value);
    if (!flag) return std::unexpected(failed_field(member, context, flag.error()));
    combined.search.synonym_phrases = *flag;
  } else if (name == "zero_terms_query") {
    const auto zero_terms = parse_zero_terms(text);
    if (!zero_terms) {
      return std::unexpected(
          failed_field(member, context, illegal_argument("Unsupported [zero_terms_query] value [" + text + "]")));
    }
    combined.search.zero_terms = *zero_terms;
  } else {
    auto known = read_boost_or_name(member, "combined_fields", combined.boost);
    if (!known) return std::unexpected(known.error());
    if (!*known) {
      return std::unexpected(query_object_error(
          context, member.key.data(), "[combined_fields] unknown field [" + name + "]" + did_you_mean(name, kNames)));
    }
  }
  return {};
}

Result<QueryPtr> combined_word(const std::vector<BoostedField>& fields, std::vector<std::string> words,
                               const ClauseContext& context) {
  std::vector<CombinedWord::Place> places;
  for (const BoostedField& each : fields) {
    auto source = words_of(*each.field, context);
    if (!source) return std::unexpected(source.error());
    places.push_back({std::move(*source), each.boost});
  }
  auto query = std::make_shared<CombinedWord>(std::move(places), std::move(words));
  if (context.scored) query->count(*context.statistics);
  return query;
}

Result<QueryPtr> search_combined(const std::vector<BoostedField>& fields, const Combined& combined_clause,
                                 const ClauseContext& context) {
  std::string analyzer;
  for (const BoostedField& each : fields) {
    if (each.field->kind != pipeline::FieldKind::kText) {
      return std::unexpected(illegal_argument("Field [" + each.field->path + "] of type [" + each.field->type +
                                              "] does not support [combined_fields] queries"));
    }
    auto own = text_analyzer(*each.field, combined_clause.search, context);
    if (!own) return std::unexpected(own.error());
    if (!analyzer.empty() && analyzer != (*own)->name()) {
      return std::unexpected(
          illegal_argument("All fields in [combined_fields] query must have the same search analyzer, but found [" +
                           analyzer + "] and [" + (*own)->name() + "]"));
    }
    analyzer = (*own)->name();
  }
  auto tokens = tokens_of(*fields.front().field, *combined_clause.text, combined_clause.search, context);
  if (!tokens) return std::unexpected(tokens.error());
  std::vector<QueryPtr> queries;
  for (WordsAtPlace& place : by_place(std::move(*tokens))) {
    auto query = combined_word(fields, std::move(place.words), context);
    if (!query) return query;
    queries.push_back(std::move(*query));
  }
  if (queries.empty()) return zero_terms_query(combined_clause.search.zero_terms);
  if (queries.size() == 1) return std::move(queries.front());
  return with_minimum_should_match(combined(std::move(queries), combined_clause.search.all),
                                   combined_clause.search.minimum);
}

}  // namespace

Result<QueryPtr> compile_combined_fields(std::string_view body, const ClauseContext& context) {
  auto members = json_members(body, "[combined_fields]");
  if (!members) return std::unexpected(members.error());
  Combined clause;
  clause.search.query = "combined_fields";
  for (const JsonMember& member : *members) {
    if (auto read = read_parameter(member, context, clause); !read) return std::unexpected(read.error());
  }
  if (!clause.text) return std::unexpected(illegal_argument("Required [query]"));
  if (clause.fields.empty()) {
    return std::unexpected(
        failed_to_create(context, illegal_argument("In [combined_fields] query, at least one field must be provided")));
  }
  const std::vector<BoostedField> fields = fields_of(clause.fields, {}, context);
  if (fields.empty()) return nothing("there are none of the fields");
  auto query = search_combined(fields, clause, context);
  if (!query) return std::unexpected(as_shard_error(context, query.error()));
  return with_boost(std::move(*query), clause.boost);
}

}  // namespace sluice::stages
