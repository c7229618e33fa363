#include <algorithm>
#include <cctype>

#include "pipeline/base/json_text.h"
#include "stages/query/bool.h"
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
  float boost = 1;
};

Status read_parameter(const JsonMember& member, const ClauseContext& context, Match& match) {
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
    auto known = read_boost_or_name(member, "match", match.boost);
    if (!known) return std::unexpected(known.error());
    if (!*known) return std::unexpected(query_does_not_support(context, "match", member));
  }
  return {};
}

Result<Match> read_match(const FieldClause& clause, std::string_view body, const ClauseContext& context) {
  Match match;
  match.boost = clause.boost;
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

Result<QueryPtr> compile_match(std::string_view body, const ClauseContext& context) {
  auto clause = read_field_clause("match", body, context);
  if (!clause) return std::unexpected(clause.error());
  auto match = read_match(*clause, body, context);
  if (!match) return std::unexpected(match.error());
  const pipeline::FieldSchema* field = context.find(clause->field);
  if (field == nullptr || field->kind != pipeline::FieldKind::kText) {
    auto term = term_query(clause->field, {match->text, false, match->number}, context);
    if (!term && match->lenient) return nothing("[" + clause->field + "] can't be [" + match->text + "]");
    if (!term) return term;
    return with_boost(std::move(*term), match->boost);
  }
  auto analyzer = search_analyzer(*field, /*quoted=*/false, context);
  if (!analyzer) return std::unexpected(analyzer.error());
  std::vector<Token> tokens;
  if (auto read = (*analyzer)->analyze(match->text, tokens); !read) return std::unexpected(read.error());
  if (tokens.empty()) return nothing("no words to look for");
  BoolClauses clauses;
  for (Token& token : tokens) {
    auto word = word_query(*field, std::move(token.text), context);
    if (!word) return word;
    clauses.should.push_back(std::move(*word));
  }
  clauses.least = match->all ? clauses.should.size() : 1;
  if (!match->minimum.empty() && !match->all) {
    auto asked = minimum_should_match(match->minimum, clauses.should.size());
    if (!asked) return std::unexpected(asked.error());
    clauses.least = std::max<std::size_t>(*asked, 1);
  }
  return with_boost(bool_query(std::move(clauses)), match->boost);
}

}  // namespace sluice::stages
