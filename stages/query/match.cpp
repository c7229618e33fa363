#include <algorithm>
#include <cctype>

#include "pipeline/base/json_text.h"
#include "stages/query/field_values.h"
#include "stages/query/minimum_should_match.h"
#include "stages/query/value_test.h"

namespace sluice::stages {

namespace {

struct Match {
  std::string text;
  bool number = false;
  bool all = false;  ///< operator `and`
  std::string minimum;
  bool lenient = false;
};

/// Enough of the words are among those of the field's values.
class WordsQuery final : public Query {
 public:
  WordsQuery(const pipeline::FieldSchema& field, std::vector<std::string> words, std::size_t least)
      : paths_{field.source_path}, words_(std::move(words)), least_(least) {
    paths_.insert(paths_.end(), field.copied_from.begin(), field.copied_from.end());
  }
  [[nodiscard]] bool matches(const QueryDocument& document) const override {
    std::vector<bool> found(words_.size());
    const auto note = [&](std::string_view token) {
      if (token == "null" || token.starts_with('{')) return false;
      for (const std::string& word : standard_words(json_unquoted(token))) {
        const auto at = std::ranges::find(words_, word);
        if (at != words_.end()) found[static_cast<std::size_t>(at - words_.begin())] = true;
      }
      return false;
    };
    for (const std::string& path : paths_) any_value(document, path, note);
    return static_cast<std::size_t>(std::ranges::count(found, true)) >= least_;
  }

 private:
  std::vector<std::string> paths_;
  std::vector<std::string> words_;
  std::size_t least_;
};

Status read_parameter(const JsonMember& member, const QueryContext& context, Match& match) {
  const std::string name = member.name();
  const std::string text = json_text_value(member.value).value_or("");
  if (name == "operator") {
    if (text != "and" && text != "AND" && text != "or" && text != "OR") {
      std::string upper = text;
      std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
      return std::unexpected(illegal_argument("No enum constant org.elasticsearch.index.query.Operator." + upper));
    }
    match.all = text == "and" || text == "AND";
  } else if (name == "minimum_should_match") {
    match.minimum = text;
  } else if (name == "lenient") {
    match.lenient = text == "true";
  } else if (name == "fuzziness" || name == "analyzer" || name == "prefix_length" || name == "max_expansions" ||
             name == "fuzzy_transpositions" || name == "fuzzy_rewrite" || name == "zero_terms_query" ||
             name == "cutoff_frequency") {
    return std::unexpected(unsupported("[" + name + "] in a match query is not supported by this version of sluice"));
  } else if (name != "auto_generate_synonyms_phrase_query") {
    auto known = read_boost_or_name(member, "match");
    if (!known) return std::unexpected(known.error());
    if (!*known) return std::unexpected(query_does_not_support(context, "match", member));
  }
  return {};
}

Result<Match> read_match(const FieldClause& clause, std::string_view body, const QueryContext& context) {
  Match match;
  std::string_view value = clause.value;
  if (clause.object) {
    value = {};
    for (const JsonMember& member : clause.parameters) {
      if (member.key == "\"query\"") {
        value = member.value;
      } else if (auto read = read_parameter(member, context, match); !read) {
        return std::unexpected(read.error());
      }
    }
  }
  if (value.starts_with('[')) {
    if (!clause.object) return std::unexpected(expected_text(context, value));
    return std::unexpected(
        query_parsing_error(context, value.data(), "[match] unknown token [START_ARRAY] after [query]"));
  }
  auto text = json_text_value(value);
  if (!text) return std::unexpected(query_parsing_error(context, end_of(body), "No text specified for text query"));
  match.text = std::move(*text);
  match.number = !value.starts_with('"');
  return match;
}

}  // namespace

/// Text by its standard words; every other type as a term query. Analyzers come with the query issue.
Result<QueryPtr> compile_match(std::string_view body, const QueryContext& context) {
  auto clause = read_field_clause("match", body, context);
  if (!clause) return std::unexpected(clause.error());
  auto match = read_match(*clause, body, context);
  if (!match) return std::unexpected(match.error());
  const pipeline::FieldSchema* field = context.schema.find(clause->field);
  if (field == nullptr && clause->field != "_id" && clause->field != "_index" && clause->field != "_routing") {
    return compile_match_none("{}", context);
  }
  if (field == nullptr || field->kind != pipeline::FieldKind::kText) {
    auto term = term_query(clause->field, {match->text, false, match->number}, context);
    if (!term && match->lenient) return compile_match_none("{}", context);
    return term;
  }
  if (!field->analyzer.empty() && field->analyzer != "standard" && field->analyzer != "default") {
    return std::unexpected(unsupported("a match query on [" + field->path + "], which has the analyzer [" +
                                       field->analyzer + "], is not supported by this version of sluice"));
  }
  std::vector<std::string> words = standard_words(match->text);
  if (words.empty()) return compile_match_none("{}", context);
  std::ranges::sort(words);
  words.erase(std::ranges::unique(words).begin(), words.end());
  std::size_t least = match->all ? words.size() : 1;
  if (!match->minimum.empty() && !match->all) {
    auto asked = minimum_should_match(match->minimum, words.size());
    if (!asked) return std::unexpected(asked.error());
    least = std::max<std::size_t>(*asked, 1);
  }
  return std::make_shared<const WordsQuery>(*field, std::move(words), least);
}

}  // namespace sluice::stages
