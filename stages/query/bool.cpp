#include "stages/query/bool.h"

#include <algorithm>
#include <array>

#include "pipeline/base/similar_names.h"
#include "stages/query/compile.h"
#include "stages/query/minimum_should_match.h"

namespace sluice::stages {

namespace {

constexpr auto kNames = std::to_array<std::string_view>(
    {"_name", "adjust_pure_negative", "boost", "filter", "minimum_should_match", "must", "must_not", "should"});

Error wrong_kind(const JsonMember& member, const ClauseContext& context) {
  return query_object_error(
      context, member.value.data(),
      "[bool] " + member.name() + " doesn't support values of type: " + std::string(json_token_name(member.value)));
}

Status read_clauses(const JsonMember& member, const ClauseContext& context, std::vector<QueryPtr>& into) {
  std::vector<std::string_view> bodies;
  if (member.value.starts_with('[')) {
    auto elements = json_elements(member.value, "[bool]");
    if (!elements) return std::unexpected(elements.error());
    bodies = std::move(*elements);
  } else if (member.value.starts_with('{')) {
    bodies.push_back(member.value);
  } else {
    return std::unexpected(wrong_kind(member, context));
  }
  for (const std::string_view body : bodies) {
    auto compiled = compile_clause(body, context);
    if (!compiled) return std::unexpected(query_field_error(context, body, "bool", member.name(), compiled.error()));
    into.push_back(std::move(*compiled));
  }
  if (into.size() > context.max_clauses) {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "too_many_clauses",
                                 "maxClauseCount is set to " + std::to_string(context.max_clauses)));
  }
  return {};
}

}  // namespace

Result<QueryPtr> compile_bool(std::string_view body, const ClauseContext& context) {
  auto members = json_members(body, "[bool]");
  if (!members) return std::unexpected(members.error());
  BoolClauses clauses;
  std::optional<std::string> minimum;
  float boost = 1;
  ClauseContext unscored = context;
  unscored.scored = false;
  unscored.filters = true;
  for (const JsonMember& member : *members) {
    const std::string name = member.name();
    Status read;
    if (name == "must") {
      read = read_clauses(member, context, clauses.must);
    } else if (name == "filter") {
      read = read_clauses(member, unscored, clauses.filter);
    } else if (name == "must_not" || name == "mustNot") {
      ClauseContext unwanted = unscored;
      unwanted.inner_hits = nullptr;
      read = read_clauses(member, unwanted, clauses.must_not);
    } else if (name == "should") {
      read = read_clauses(member, context, clauses.should);
    } else if (name == "minimum_should_match") {
      if (member.value.starts_with('[') || member.value.starts_with('{')) {
        return std::unexpected(wrong_kind(member, context));
      }
      minimum = json_text_value(member.value);
    } else {
      auto known = read_boost_or_name(member, "bool", boost);
      if (!known) return std::unexpected(known.error());
      if (name == "adjust_pure_negative") {  // a query of what is not wanted only matches all others either way
        if (auto flag = json_flag_value(member.value); !flag) {
          Error failed =
              query_object_error(context, member.value.data(), "[bool] failed to parse field [adjust_pure_negative]");
          return std::unexpected(std::move(failed).wrapping(std::move(flag.error())));
        }
      } else if (!*known) {
        return std::unexpected(query_object_error(context, member.key.data(),
                                                  "[bool] unknown field [" + name + "]" + did_you_mean(name, kNames)));
      }
    }
    if (!read) return std::unexpected(read.error());
  }
  if (clauses.must.empty() && clauses.filter.empty() && clauses.must_not.empty() && clauses.should.empty()) {
    return everything(boost);
  }
  // What only leaves out has nothing to count.
  if (clauses.must.empty() && clauses.filter.empty() && clauses.should.empty()) minimum.reset();
  if (minimum) {
    auto least = minimum_should_match(*minimum, clauses.should.size());
    if (!least) return std::unexpected(least.error());
    clauses.least = *least;
  }
  // Where there is nothing else to match, one of them has to, whatever was asked for.
  if (clauses.least == 0 && clauses.must.empty() && clauses.filter.empty() && !clauses.should.empty()) {
    clauses.least = 1;
  }
  return with_boost(bool_query(std::move(clauses)), boost);
}

}  // namespace sluice::stages
