#include <algorithm>
#include <array>

#include "pipeline/base/similar_names.h"
#include "stages/query/compile.h"
#include "stages/query/minimum_should_match.h"

namespace sluice::stages {

namespace {

struct Clauses {
  std::vector<QueryPtr> all;   ///< must and filter
  std::vector<QueryPtr> none;  ///< must_not
  std::vector<QueryPtr> some;  ///< should
  std::size_t least = 0;       ///< how many of `some`
};

class Bool final : public Query {
 public:
  explicit Bool(Clauses clauses) : clauses_(std::move(clauses)) {}

  [[nodiscard]] bool matches(const QueryDocument& document) const override {
    const auto fits = [&](const QueryPtr& query) { return query->matches(document); };
    if (!std::ranges::all_of(clauses_.all, fits)) return false;
    if (std::ranges::any_of(clauses_.none, fits)) return false;
    std::size_t missing = clauses_.least;
    for (auto at = clauses_.some.begin(); missing != 0 && at != clauses_.some.end(); ++at) {
      if (fits(*at)) --missing;
    }
    return missing == 0;
  }

  [[nodiscard]] bool matches_all() const override {
    return clauses_.none.empty() && clauses_.least == 0 &&
           std::ranges::all_of(clauses_.all, [](const QueryPtr& query) { return query->matches_all(); });
  }

  [[nodiscard]] const std::vector<std::string>* only_ids() const override {
    for (const QueryPtr& query : clauses_.all) {
      if (const auto* ids = query->only_ids(); ids != nullptr) return ids;
    }
    return nullptr;
  }

 private:
  Clauses clauses_;
};

constexpr auto kNames = std::to_array<std::string_view>(
    {"_name", "adjust_pure_negative", "boost", "filter", "minimum_should_match", "must", "must_not", "should"});

Error wrong_kind(const JsonMember& member, const QueryContext& context) {
  return query_object_error(
      context, member.value.data(),
      "[bool] " + member.name() + " doesn't support values of type: " + std::string(token_name_of(member.value)));
}

Status read_clauses(const JsonMember& member, const QueryContext& context, std::vector<QueryPtr>& into) {
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
    auto compiled = compile_query(body, context);
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

Result<QueryPtr> compile_bool(std::string_view body, const QueryContext& context) {
  auto members = json_members(body, "[bool]");
  if (!members) return std::unexpected(members.error());
  Clauses clauses;
  std::optional<std::string> minimum;
  for (const JsonMember& member : *members) {
    const std::string name = member.name();
    Status read;
    if (name == "must" || name == "filter") {
      read = read_clauses(member, context, clauses.all);
    } else if (name == "must_not" || name == "mustNot") {
      read = read_clauses(member, context, clauses.none);
    } else if (name == "should") {
      read = read_clauses(member, context, clauses.some);
    } else if (name == "minimum_should_match") {
      if (member.value.starts_with('[') || member.value.starts_with('{')) {
        return std::unexpected(wrong_kind(member, context));
      }
      minimum = json_text_value(member.value);
    } else {
      auto known = read_boost_or_name(member, "bool");
      if (!known) return std::unexpected(known.error());
      if (!*known && name != "adjust_pure_negative") {
        return std::unexpected(query_object_error(context, member.key.data(),
                                                  "[bool] unknown field [" + name + "]" + did_you_mean(name, kNames)));
      }
    }
    if (!read) return std::unexpected(read.error());
  }
  if (minimum) {
    auto least = minimum_should_match(*minimum, clauses.some.size());
    if (!least) return std::unexpected(least.error());
    clauses.least = *least;
  }
  // Where there is nothing else to match, one of them has to, whatever was asked for.
  if (clauses.least == 0 && clauses.all.empty() && !clauses.some.empty()) clauses.least = 1;
  return std::make_shared<const Bool>(std::move(clauses));
}

}  // namespace sluice::stages
