#include "stages/query/match_parameters.h"
#include "stages/query/value_test.h"

namespace sluice::stages {

namespace {

/// A query of the match family on one field.
struct Match {
  std::string text;
  TextSearch search;
  float boost = 1;
};

Status read_parameter(const JsonMember& member, const ClauseContext& context, Match& match) {
  const std::string& query = match.search.query;
  auto shared = read_match_parameter(member, context, match.search);
  if (!shared) return std::unexpected(shared.error());
  if (*shared) return {};
  auto read = read_boost_or_name(member, query, match.boost);
  if (!read) return std::unexpected(read.error());
  if (!*read) return std::unexpected(query_does_not_support(context, query, member));
  return {};
}

/// No query text: each of the family says it in its own way.
Error no_text(const std::string& query, std::string_view body, const ClauseContext& context) {
  if (query == "match") return query_parsing_error(context, end_of(body), "No text specified for text query");
  return illegal_argument("[" + query + "] requires query value");
}

Result<Match> read_match(const FieldClause& clause, std::string_view body, std::string_view query, MatchKind kind,
                         const ClauseContext& context) {
  Match match;
  match.boost = clause.boost;
  match.search.kind = kind;
  match.search.query = query;
  std::string_view value = clause.value;
  if (clause.object) {
    value = {};
    for (const JsonMember& member : clause.parameters) {
      if (member.key == "\"query\"") {
        value = member.value;
        if (!value.starts_with('[') && !value.starts_with('{')) continue;
        return std::unexpected(query_parsing_error(
            context, value.data(),
            "[" + match.search.query + "] unknown token [" + std::string(json_token_name(value)) + "] after [query]"));
      }
      if (auto read = read_parameter(member, context, match); !read) return std::unexpected(read.error());
    }
  }
  if (value.starts_with('[')) return std::unexpected(expected_text(context, value));
  auto text = json_text_value(value);
  if (!text) return std::unexpected(no_text(match.search.query, body, context));
  match.text = std::move(*text);
  match.search.number = !value.starts_with('"');
  return match;
}

Result<QueryPtr> compile_family(std::string_view body, std::string_view query, MatchKind kind,
                                const ClauseContext& context) {
  auto clause = read_field_clause(query, body, context);
  if (!clause) return std::unexpected(clause.error());
  auto match = read_match(*clause, body, query, kind, context);
  if (!match) return std::unexpected(match.error());
  const pipeline::FieldSchema* field = context.find(clause->field);
  if (field == nullptr) {
    if (clause->field.starts_with('_')) {
      auto term = term_query(clause->field, {.text = match->text, .number = match->search.number}, context);
      return term ? with_boost(std::move(*term), match->boost) : term;
    }
    return nothing("there is no field [" + clause->field + "]");
  }
  auto found = search_text(*field, match->text, match->search, context);
  if (!found) return std::unexpected(as_shard_error(context, found.error()));
  return with_boost(std::move(*found), match->boost);
}

}  // namespace

Result<QueryPtr> compile_match(std::string_view body, const ClauseContext& context) {
  return compile_family(body, "match", MatchKind::kWords, context);
}

Result<QueryPtr> compile_match_bool_prefix(std::string_view body, const ClauseContext& context) {
  return compile_family(body, "match_bool_prefix", MatchKind::kWordsAndPrefix, context);
}

Result<QueryPtr> compile_match_phrase(std::string_view body, const ClauseContext& context) {
  return compile_family(body, "match_phrase", MatchKind::kPhrase, context);
}

Result<QueryPtr> compile_match_phrase_prefix(std::string_view body, const ClauseContext& context) {
  return compile_family(body, "match_phrase_prefix", MatchKind::kPhraseAndPrefix, context);
}

}  // namespace sluice::stages
