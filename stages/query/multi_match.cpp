#include "stages/query/multi_match.h"

#include <algorithm>
#include <array>

#include "stages/query/bool.h"
#include "stages/query/match_parameters.h"
#include "stages/query/value_test.h"

namespace sluice::stages {

namespace {

struct TypeRow {
  std::string_view name;
  MultiMatchType type;
  MatchKind kind;
  float tie_breaker;
};

constexpr auto kTypes = std::to_array<TypeRow>({
    {"best_fields", MultiMatchType::kBestFields, MatchKind::kWords, 0},
    {"most_fields", MultiMatchType::kMostFields, MatchKind::kWords, 1},
    {"cross_fields", MultiMatchType::kCrossFields, MatchKind::kWords, 0},
    {"phrase", MultiMatchType::kPhrase, MatchKind::kPhrase, 0},
    {"phrase_prefix", MultiMatchType::kPhrasePrefix, MatchKind::kPhraseAndPrefix, 0},
    {"bool_prefix", MultiMatchType::kBoolPrefix, MatchKind::kWordsAndPrefix, 1},
});

const TypeRow& row_of(MultiMatchType type) { return *std::ranges::find(kTypes, type, &TypeRow::type); }

struct MultiMatchClause {
  std::optional<std::string> text;
  std::vector<FieldName> fields;
  MultiMatch match;
  float boost = 1;
  bool lenient_given = false;
  bool slop_given = false;
};

Status read_parameter(const JsonMember& member, const ClauseContext& context, MultiMatchClause& clause) {
  const std::string name = member.name();
  if (name == "fields") {
    if (!member.value.starts_with('[') && !json_text_value(member.value)) {
      return std::unexpected(query_does_not_support(context, "multi_match", member));
    }
    auto fields = parse_field_names(member.value, "multi_match");
    if (!fields) return std::unexpected(fields.error());
    clause.fields = std::move(*fields);
    return {};
  }
  if (member.value.starts_with('[') || member.value.starts_with('{')) {
    return std::unexpected(query_parsing_error(
        context, member.value.data(),
        "[multi_match] unknown token [" + std::string(json_token_name(member.value)) + "] after [" + name + "]"));
  }
  if (name == "query") {
    clause.text = json_text_value(member.value);
    clause.match.search.number = !member.value.starts_with('"');
    return {};
  }
  if (name == "type") {
    auto type = parse_multi_match_type(json_text_value(member.value).value_or(""));
    if (!type) return std::unexpected(type.error());
    clause.match.type = *type;
    return {};
  }
  if (name == "tie_breaker") {
    float value = 0;
    const JsonMember as_boost{"\"boost\"", member.value};
    if (auto read = read_boost_or_name(as_boost, "multi_match", value); !read) return std::unexpected(read.error());
    clause.match.tie_breaker = value;
    return {};
  }
  clause.lenient_given |= name == "lenient";
  clause.slop_given |= name == "slop";
  auto shared = read_match_parameter(member, context, clause.match.search);
  if (!shared) return std::unexpected(shared.error());
  if (*shared) return {};
  auto known = read_boost_or_name(member, "multi_match", clause.boost);
  if (!known) return std::unexpected(known.error());
  if (!*known) return std::unexpected(query_does_not_support(context, "multi_match", member));
  return {};
}

Status check(const MultiMatchClause& clause, std::string_view body, const ClauseContext& context) {
  const MultiMatchType type = clause.match.type;
  const auto wrong = [&](const std::string& reason) {
    return std::unexpected(query_parsing_error(context, end_of(body), reason));
  };
  if (!clause.text) return wrong("No text specified for multi_match query");
  const bool no_fuzziness =
      type == MultiMatchType::kCrossFields || type == MultiMatchType::kPhrase || type == MultiMatchType::kPhrasePrefix;
  if (clause.match.search.fuzziness && no_fuzziness) {
    return wrong("Fuzziness not allowed for type [" + std::string(name_of(type)) + "]");
  }
  if (clause.slop_given && clause.match.search.slop != 0 && type == MultiMatchType::kBoolPrefix) {
    return wrong("[slop] not allowed for type [" + std::string(name_of(type)) + "]");
  }
  return {};
}

}  // namespace

Result<MultiMatchType> parse_multi_match_type(std::string_view text) {
  const auto row = std::ranges::find(kTypes, text, &TypeRow::name);
  if (row != kTypes.end()) return row->type;
  return std::unexpected(
      request_error(Error(ErrorKind::kBadRequest, 400, "parse_exception",
                          "failed to parse [multi_match] query type [" + std::string(text) + "]. unknown type.")));
}

std::string_view name_of(MultiMatchType type) { return row_of(type).name; }
MatchKind kind_of(MultiMatchType type) { return row_of(type).kind; }

Result<QueryPtr> search_fields(const std::vector<BoostedField>& fields, std::string_view text, const MultiMatch& match,
                               const ClauseContext& context) {
  std::vector<QueryPtr> queries;
  MultiMatch one = match;
  one.search.kind = kind_of(match.type);
  if (match.type == MultiMatchType::kCrossFields) {
    auto crossed = cross_fields(fields, text, one, context);
    if (!crossed) return std::unexpected(crossed.error());
    queries = std::move(*crossed);
  } else {
    for (const BoostedField& each : fields) {
      auto query = search_text(*each.field, text, one.search, context);
      if (!query) return query;
      if (*query != nullptr) queries.push_back(with_boost(std::move(*query), each.boost));
    }
  }
  if (queries.empty()) return zero_terms_query(match.search.zero_terms);
  return best_of(std::move(queries), match.tie_breaker.value_or(row_of(match.type).tie_breaker));
}

Result<QueryPtr> compile_multi_match(std::string_view body, const ClauseContext& context) {
  auto members = json_members(body, "[multi_match]");
  if (!members) return std::unexpected(members.error());
  MultiMatchClause clause;
  clause.match.search.query = "multi_match";
  for (const JsonMember& member : *members) {
    if (auto read = read_parameter(member, context, clause); !read) return std::unexpected(read.error());
  }
  if (auto checked = check(clause, body, context); !checked) return std::unexpected(checked.error());
  if (clause.fields.empty()) clause.fields.push_back({"*", 1});
  if (names_all(clause.fields) && !clause.lenient_given) clause.match.search.lenient = true;
  const std::vector<BoostedField> fields = fields_of(clause.fields, {}, context);
  if (fields.empty()) return nothing("there are none of the fields");
  auto query = search_fields(fields, *clause.text, clause.match, context);
  if (!query) return std::unexpected(as_shard_error(context, query.error()));
  return with_boost(std::move(*query), clause.boost);
}

}  // namespace sluice::stages
