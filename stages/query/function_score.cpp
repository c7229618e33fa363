#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "pipeline/base/ascii_case.h"
#include "pipeline/base/java_number_text.h"
#include "stages/query/score_function.h"

namespace sluice::stages {

namespace {

enum class Mode : std::uint8_t { kMultiply, kSum, kAverage, kFirst, kMax, kMin, kReplace };

struct NamedMode {
  std::string_view name;
  Mode mode;
};

constexpr auto kScoreModes = std::to_array<NamedMode>({{"multiply", Mode::kMultiply},
                                                       {"sum", Mode::kSum},
                                                       {"avg", Mode::kAverage},
                                                       {"first", Mode::kFirst},
                                                       {"max", Mode::kMax},
                                                       {"min", Mode::kMin}});
constexpr auto kBoostModes = std::to_array<NamedMode>({{"multiply", Mode::kMultiply},
                                                       {"sum", Mode::kSum},
                                                       {"avg", Mode::kAverage},
                                                       {"replace", Mode::kReplace},
                                                       {"max", Mode::kMax},
                                                       {"min", Mode::kMin}});

/// One entry of `functions`.
struct Function {
  QueryPtr filter;            ///< null: all documents
  ScoreFunctionPtr function;  ///< null: 1
  std::optional<float> weight;

  [[nodiscard]] double value(DocumentFields& document, float score) const {
    const double plain = function == nullptr ? 1 : function->value(document, score);
    return weight ? plain * static_cast<double>(*weight) : plain;
  }
};

struct Clause {
  std::vector<Function> functions;
  QueryPtr query;
  Mode score_mode = Mode::kMultiply;
  Mode boost_mode = Mode::kMultiply;
  float max_boost = std::numeric_limits<float>::max();
  std::optional<float> min_score;
  float boost = 1;
};

class FunctionScore final : public Query {
 public:
  explicit FunctionScore(Clause clause) : clause_(std::move(clause)) {}

  [[nodiscard]] bool matches(DocumentFields& document) const override {
    return clause_.min_score ? match_score(document).has_value() : clause_.query->matches(document);
  }
  [[nodiscard]] std::optional<float> match_score(DocumentFields& document) const override {
    const auto from_query = clause_.query->match_score(document);
    if (!from_query) return std::nullopt;
    const float found = scored(document, *from_query);
    return !clause_.min_score || found >= *clause_.min_score ? std::optional(found) : std::nullopt;
  }
  [[nodiscard]] float score(DocumentFields& document) const override {
    return scored(document, clause_.query->score(document));
  }
  [[nodiscard]] bool constant_score() const override { return false; }
  [[nodiscard]] std::optional<pipeline::LookupPlan> lookup() const override { return clause_.query->lookup(); }
  [[nodiscard]] double cost() const override { return clause_.query->cost() + (clause_.min_score ? cost::kText : 0); }
  void explain(PlanText& plan) const override {
    plan.begin(clause_.min_score ? fmt::format("function_score, of at least {}", *clause_.min_score)
                                 : "function_score");
    clause_.query->explain(plan);
    for (const Function& each : clause_.functions) {
      plan.begin("scored by " + (each.function == nullptr ? std::string("a weight") : each.function->explain()));
      if (each.filter != nullptr) each.filter->explain(plan);
      plan.end();
    }
    plan.end();
  }

 private:
  [[nodiscard]] float scored(DocumentFields& document, float from_query) const {
    const double factor = std::min(factor_of(document, from_query), static_cast<double>(clause_.max_boost));
    const float score = combined(static_cast<double>(from_query), factor);
    if (!(score >= 0)) {
      document.fail(illegal_argument("function score query returned an invalid score: " + java_float_text(score) +
                                     " for doc: " + std::string(document.document().id) +
                                     "; score must be a non-negative real number"));
    }
    return score;
  }

  [[nodiscard]] double factor_of(DocumentFields& document, float from_query) const {
    double result = clause_.score_mode == Mode::kMax   ? -std::numeric_limits<double>::infinity()
                    : clause_.score_mode == Mode::kMin ? std::numeric_limits<double>::infinity()
                                                       : 1;
    double sum = 0;
    double weights = 0;
    bool any = false;
    for (const Function& each : clause_.functions) {
      if (each.filter != nullptr && !each.filter->matches(document)) continue;
      const double value = each.value(document, from_query);
      any = true;
      if (clause_.score_mode == Mode::kFirst) return value;
      if (clause_.score_mode == Mode::kMax) result = std::max(result, value);
      if (clause_.score_mode == Mode::kMin) result = std::min(result, value);
      if (clause_.score_mode == Mode::kMultiply) result *= value;
      sum += value;
      weights += static_cast<double>(each.weight.value_or(1));
    }
    if (!any) return 1;
    if (clause_.score_mode == Mode::kSum) return sum;
    if (clause_.score_mode == Mode::kAverage) return weights == 0 ? sum : sum / weights;
    return result;
  }

  [[nodiscard]] float combined(double query, double factor) const {
    switch (clause_.boost_mode) {
      case Mode::kSum:
        return static_cast<float>(query + factor);
      case Mode::kAverage:
        return static_cast<float>((query + factor) / 2);
      case Mode::kReplace:
        return static_cast<float>(factor);
      case Mode::kMax:
        return static_cast<float>(std::max(query, factor));
      case Mode::kMin:
        return static_cast<float>(std::min(query, factor));
      default:
        return static_cast<float>(query * factor);
    }
  }

  Clause clause_;
};

bool is_function(std::string_view name) {
  return name == "random_score" || name == "field_value_factor" || name == "gauss" || name == "exp" ||
         name == "linear" || name == "script_score";
}

Result<ScoreFunctionPtr> make_function(const std::string& name, std::string_view body, const ClauseContext& context) {
  if (name == "random_score") return make_random_score(body, context);
  if (name == "field_value_factor") return make_field_value_factor(body, context);
  if (name == "script_score") return make_script_function(body, context);
  return make_decay(name, body, context);
}

template <std::size_t size>
Result<Mode> read_mode(const JsonMember& member, const std::array<NamedMode, size>& modes, std::string_view java) {
  const std::string text = ascii_lower_case(json_text_value(member.value).value_or(""));
  const auto found = std::ranges::find(modes, text, &NamedMode::name);
  if (found != modes.end()) return found->mode;
  return std::unexpected(illegal_argument("No enum constant " + std::string(java) + "." + ascii_upper_case(text)));
}

Result<Function> read_entry(std::string_view json, const ClauseContext& context) {
  if (!json.starts_with('{')) {
    return std::unexpected(
        query_parsing_error(context, json.data(),
                            "failed to parse [function_score] query. expected a [START_OBJECT] but got a [" +
                                std::string(json_token_name(json)) + "] instead"));
  }
  auto members = json_members(json, "[function_score]");
  if (!members) return std::unexpected(members.error());
  Function entry;
  std::string entry_name;
  ClauseContext unscored = context;
  unscored.scored = false;
  unscored.filters = true;
  for (const JsonMember& member : *members) {
    const std::string name = member.name();
    if (name == "filter") {
      auto filter = compile_clause(member.value, unscored);
      if (!filter) return std::unexpected(filter.error());
      entry.filter = std::move(*filter);
    } else if (name == "weight") {
      auto weight = read_number(member.value);
      if (!weight) return std::unexpected(request_error(weight.error()));
      entry.weight = static_cast<float>(*weight);
    } else if (is_function(name)) {
      if (entry.function != nullptr) {
        return std::unexpected(query_parsing_error(
            context, member.value.data(),
            fmt::format("failed to parse function_score functions. already found [{}], now encountering [{}].",
                        entry_name, name)));
      }
      entry_name = name;
      auto function = make_function(name, member.value, context);
      if (!function) return std::unexpected(function.error());
      entry.function = std::move(*function);
    } else {
      return std::unexpected(
          query_parsing_error(context, member.value.data(), "no [query] registered for [" + name + "]"));
    }
  }
  if (entry.function == nullptr && !entry.weight) {
    return std::unexpected(query_parsing_error(
        context, end_of(json),
        "failed to parse [function_score] query. an entry in functions list is missing a function."));
  }
  return entry;
}

/// Reads a body member by member.
class Reader {
 public:
  Reader(const ClauseContext& context) : context_(context) {}

  Result<Clause> read(std::string_view body) {
    auto members = json_members(body, "[function_score]");
    if (!members) return std::unexpected(members.error());
    weighed_ = std::ranges::any_of(*members, [](const JsonMember& each) { return each.key == "\"min_score\""; });
    for (const JsonMember& member : *members) {
      if (auto status = read_member(member); !status) return std::unexpected(status.error());
    }
    if (single_ != nullptr || single_weight_) clause_.functions.push_back({nullptr, single_, single_weight_});
    if (clause_.query == nullptr) clause_.query = everything();
    if (!context_.filters) clause_.query = with_boost(std::move(clause_.query), clause_.boost);
    return std::move(clause_);
  }

 private:
  Status read_member(const JsonMember& member) {
    const std::string name = member.name();
    if (name == "query") return read_query(member);
    if (name == "functions") return read_functions(member);
    if (is_function(name)) return read_single(name, member);
    if (name == "score_mode" || name == "boost_mode") return read_modes(name, member);
    if (name == "weight" || name == "max_boost" || name == "min_score") {
      auto number = read_number(member.value);
      if (!number) return std::unexpected(request_error(number.error()));
      if (name == "weight" && several_) return std::unexpected(already_several(name, member));
      if (name == "weight" && single_ != nullptr) return std::unexpected(already(single_name_, name, member));
      if (name == "weight") single_weight_ = static_cast<float>(*number);
      if (name == "max_boost") clause_.max_boost = static_cast<float>(*number);
      if (name == "min_score") clause_.min_score = static_cast<float>(*number);
      return {};
    }
    auto known = read_boost_or_name(member, "function_score", clause_.boost);
    if (!known) return std::unexpected(known.error());
    if (*known) return {};
    return std::unexpected(
        query_parsing_error(context_, member.value.data(),
                            "failed to parse [function_score] query. field [" + name + "] is not supported"));
  }

  Status read_query(const JsonMember& member) {
    ClauseContext inner = context_;
    inner.scored = context_.scored || weighed_;
    auto query = compile_clause(member.value, inner);
    if (!query) return std::unexpected(query.error());
    clause_.query = std::move(*query);
    return {};
  }

  Status read_modes(const std::string& name, const JsonMember& member) {
    constexpr std::string_view kPackage = "org.elasticsearch.common.lucene.search.function.";
    auto mode = name == "score_mode"
                    ? read_mode(member, kScoreModes, std::string(kPackage) + "FunctionScoreQuery.ScoreMode")
                    : read_mode(member, kBoostModes, std::string(kPackage) + "CombineFunction");
    if (!mode) return std::unexpected(mode.error());
    (name == "score_mode" ? clause_.score_mode : clause_.boost_mode) = *mode;
    return {};
  }

  Error already(std::string_view found, const std::string& now, const JsonMember& member) const {
    return query_parsing_error(context_, member.value.data(),
                               "failed to parse [function_score] query. already found function [" + std::string(found) +
                                   "], now encountering [" + now +
                                   "]. use [functions] array if you want to define several functions.");
  }

  Error already_several(const std::string& now, const JsonMember& member) const {
    return query_parsing_error(
        context_, member.value.data(),
        "failed to parse [function_score] query. [you can either define [functions] array or a single function, not "
        "both. already found [functions] array, now encountering [" +
            now + "].]");
  }

  Status read_functions(const JsonMember& member) {
    if (single_ != nullptr || single_weight_) {
      return std::unexpected(query_parsing_error(
          context_, member.value.data(),
          "failed to parse [function_score] query. [you can either define [functions] array or a single function, not "
          "both. already found [" +
              (single_weight_ ? "weight" : single_name_) + "], now encountering [functions].]"));
    }
    auto elements = json_elements(member.value, "[function_score]");
    if (!elements) return std::unexpected(elements.error());
    for (const std::string_view each : *elements) {
      auto entry = read_entry(each, context_);
      if (!entry) return std::unexpected(entry.error());
      clause_.functions.push_back(std::move(*entry));
    }
    several_ = true;
    return {};
  }

  Status read_single(const std::string& name, const JsonMember& member) {
    if (several_) return std::unexpected(already_several(name, member));
    if (single_weight_) return std::unexpected(already("weight", name, member));
    if (single_ != nullptr) return std::unexpected(already(single_name_, name, member));
    if (member.value.starts_with('[')) {
      return std::unexpected(
          query_parsing_error(context_, member.value.data(),
                              "failed to parse [function_score] query. array [" + name + "] is not supported"));
    }
    auto function = make_function(name, member.value, context_);
    if (!function) return std::unexpected(function.error());
    single_ = std::move(*function);
    single_name_ = name;
    return {};
  }

  const ClauseContext& context_;
  Clause clause_;
  ScoreFunctionPtr single_;
  std::string single_name_;
  std::optional<float> single_weight_;
  bool several_ = false;
  bool weighed_ = false;
};

}  // namespace

Result<QueryPtr> compile_function_score(std::string_view body, const ClauseContext& context) {
  auto clause = Reader(context).read(body);
  if (!clause) return std::unexpected(std::move(clause.error()));
  return std::make_shared<const FunctionScore>(std::move(*clause));
}

}  // namespace sluice::stages
