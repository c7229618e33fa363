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

Status check_parameters(std::string_view name, std::string_view body) {
  auto members = json_members(body, "[" + std::string(name) + "]");
  if (!members) return std::unexpected(members.error());
  for (const JsonMember& member : *members) {
    auto known = read_boost_or_name(member, name);
    if (!known) return std::unexpected(known.error());
    if (!*known) {
      return std::unexpected(
          x_content_parse_error("[" + std::string(name) + "] unknown field [" + member.name() + "]"));
    }
  }
  return {};
}

}  // namespace

Result<QueryPtr> compile_match_all(std::string_view body, const QueryContext& /*context*/) {
  if (body != "{}") {
    if (auto checked = check_parameters("match_all", body); !checked) return std::unexpected(checked.error());
  }
  return std::make_shared<const MatchAll>();
}

Result<QueryPtr> compile_match_none(std::string_view body, const QueryContext& /*context*/) {
  if (auto checked = check_parameters("match_none", body); !checked) return std::unexpected(checked.error());
  return std::make_shared<const MatchNone>();
}

/// Scores are the query issue's: until then it is its filter.
Result<QueryPtr> compile_constant_score(std::string_view body, const QueryContext& context) {
  auto members = json_members(body, "[constant_score]");
  if (!members) return std::unexpected(members.error());
  QueryPtr filter;
  for (const JsonMember& member : *members) {
    if (member.key == "\"filter\"") {
      auto compiled = compile_query(member.value, context);
      if (!compiled) return compiled;
      filter = *compiled;
      continue;
    }
    auto known = read_boost_or_name(member, "constant_score");
    if (!known) return std::unexpected(known.error());
    if (!*known) return std::unexpected(query_does_not_support("constant_score", member.name()));
  }
  if (filter == nullptr) return std::unexpected(query_parsing_error("[constant_score] requires a 'filter' element"));
  return filter;
}

}  // namespace sluice::stages
