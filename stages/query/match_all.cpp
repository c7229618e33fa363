#include "stages/query/compile.h"

namespace sluice::stages {

namespace {

class MatchAll final : public Query {
 public:
  [[nodiscard]] bool matches(const QueryDocument& /*document*/) const override { return true; }
  [[nodiscard]] bool matches_all() const override { return true; }
};

class MatchNone final : public Query {
 public:
  [[nodiscard]] bool matches(const QueryDocument& /*document*/) const override { return false; }
  [[nodiscard]] bool matches_none() const override { return true; }
};

/// `match_all` is read by Elasticsearch's parser of objects, `match_none` by hand.
Status check_parameters(std::string_view name, std::string_view body, const QueryContext& context) {
  auto members = json_members(body, "[" + std::string(name) + "]");
  if (!members) return std::unexpected(members.error());
  for (const JsonMember& member : *members) {
    auto known = read_boost_or_name(member, name);
    if (!known) return std::unexpected(known.error());
    if (*known) continue;
    if (name == "match_none") return std::unexpected(query_does_not_support(context, name, member));
    Error cause = query_object_error(context, member.key.data(),
                                     "[" + std::string(name) + "] unknown field [" + member.name() + "]");
    Error error = query_parsing_error(context, member.value.data(), cause.reason);
    return std::unexpected(std::move(error).wrapping(std::move(cause)));
  }
  return {};
}

}  // namespace

Result<QueryPtr> compile_match_all(std::string_view body, const QueryContext& context) {
  if (body != "{}") {
    if (auto checked = check_parameters("match_all", body, context); !checked) return std::unexpected(checked.error());
  }
  return std::make_shared<const MatchAll>();
}

Result<QueryPtr> compile_match_none(std::string_view body, const QueryContext& context) {
  if (auto checked = check_parameters("match_none", body, context); !checked) return std::unexpected(checked.error());
  return std::make_shared<const MatchNone>();
}

/// Scores are the query issue's: until then it is its filter.
Result<QueryPtr> compile_constant_score(std::string_view body, const QueryContext& context) {
  auto members = json_members(body, "[constant_score]");
  if (!members) return std::unexpected(members.error());
  QueryPtr filter;
  for (const JsonMember& member : *members) {
    if (member.key == "\"filter\"") {
      if (!member.value.starts_with('{')) {
        return std::unexpected(query_parsing_error(
            context, member.value.data(), "unexpected token [" + std::string(token_name_of(member.value)) + "]"));
      }
      auto compiled = compile_query(member.value, context);
      if (!compiled) return compiled;
      filter = *compiled;
      continue;
    }
    auto known = read_boost_or_name(member, "constant_score");
    if (!known) return std::unexpected(known.error());
    if (!*known) return std::unexpected(query_does_not_support(context, "constant_score", member));
  }
  if (filter == nullptr)
    return std::unexpected(query_parsing_error(context, end_of(body), "[constant_score] requires a 'filter' element"));
  return filter;
}

}  // namespace sluice::stages
