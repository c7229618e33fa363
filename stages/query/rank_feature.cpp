#include <bit>
#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "pipeline/base/java_number_text.h"
#include "stages/query/compile.h"
#include "stages/query/value_readers.h"

namespace sluice::stages {

namespace {

/// What an index keeps of a feature: the upper bits of a float. Source: Lucene's FeatureField.
constexpr int kDroppedBits = 15;
std::uint32_t encoded(float value) { return std::bit_cast<std::uint32_t>(value) >> kDroppedBits; }
float decoded(std::uint32_t bits) { return std::bit_cast<float>(bits << kDroppedBits); }

/// The average feature of each shard, which is the pivot where the query has none.
struct Averages {
  struct Shard {
    std::uint64_t sum = 0;
    std::uint64_t documents = 0;
  };
  std::vector<Shard> shards;

  void add(std::uint32_t shard, std::uint32_t feature) {
    if (shards.size() <= shard) shards.resize(shard + 1);
    shards[shard].sum += feature;
    ++shards[shard].documents;
  }
  [[nodiscard]] float pivot(std::uint32_t shard) const {
    if (shard >= shards.size() || shards[shard].documents == 0) return 1;
    return decoded(static_cast<std::uint32_t>(shards[shard].sum / shards[shard].documents));
  }
};

struct Function {
  enum class Kind : std::uint8_t { kSaturation, kLog, kSigmoid, kLinear };
  Kind kind = Kind::kSaturation;
  std::optional<float> pivot;
  float factor = 1;    ///< scaling_factor
  float exponent = 1;  ///< of a sigmoid
};

/// The field that features come from.
struct Feature {
  FieldAccess access;
  bool positive = true;

  /// Its bits in the document; nothing: it has none.
  [[nodiscard]] std::optional<std::uint32_t> read(DocumentFields& document) const {
    std::optional<std::uint32_t> bits;
    access.any(document, [&](std::string_view token) {
      if (token.starts_with('{')) return false;
      const auto number = FloatingReader()(token);
      if (!number || !(*number > 0)) return false;
      const auto value = static_cast<float>(*number);
      bits = encoded(positive ? value : 1 / value);
      return true;
    });
    return bits;
  }
};

class RankFeature final : public Query {
 public:
  RankFeature(Feature feature, Function function, std::shared_ptr<const Averages> averages)
      : feature_(std::move(feature)), function_(function), averages_(std::move(averages)) {}
  [[nodiscard]] bool matches(DocumentFields& document) const override { return feature_.read(document).has_value(); }
  [[nodiscard]] float score(DocumentFields& document) const override { return match_score(document).value_or(0); }
  [[nodiscard]] std::optional<float> match_score(DocumentFields& document) const override {
    const auto bits = feature_.read(document);
    if (!bits) return std::nullopt;
    return score_of(decoded(*bits), document.document().shard);
  }
  [[nodiscard]] bool constant_score() const override { return false; }
  [[nodiscard]] double cost() const override { return cost::kConverted; }
  void explain(PlanText& plan) const override {
    plan.leaf("[" + feature_.access.path() + "] has a value, scored by it");
  }

 private:
  [[nodiscard]] float score_of(float value, std::uint32_t shard) const {
    switch (function_.kind) {
      case Function::Kind::kLog:
        return static_cast<float>(std::log(static_cast<double>(function_.factor + value)));
      case Function::Kind::kSigmoid: {
        const double pivot = std::pow(static_cast<double>(*function_.pivot), static_cast<double>(function_.exponent));
        const double power = std::pow(static_cast<double>(value), static_cast<double>(function_.exponent));
        return static_cast<float>(1 - pivot / (power + pivot));
      }
      case Function::Kind::kLinear:
        return value;
      default: {
        const float pivot = function_.pivot ? *function_.pivot : averages_ == nullptr ? 1 : averages_->pivot(shard);
        return 1 - pivot / (pivot + value);
      }
    }
  }

  Feature feature_;
  Function function_;
  std::shared_ptr<const Averages> averages_;
};

struct Clause {
  std::string field;
  std::optional<Function> function;
  float boost = 1;
};

Result<Function> read_function(const JsonMember& member, const ClauseContext& context) {
  const std::string kind = member.name();
  auto parameters = json_members(member.value, "[rank_feature]");
  if (!parameters) return std::unexpected(parameters.error());
  Function function;
  function.kind = kind == "log"       ? Function::Kind::kLog
                  : kind == "sigmoid" ? Function::Kind::kSigmoid
                  : kind == "linear"  ? Function::Kind::kLinear
                                      : Function::Kind::kSaturation;
  bool factor = false;
  bool exponent = false;
  for (const JsonMember& each : *parameters) {
    const std::string name = each.name();
    const bool pivot = name == "pivot" && (kind == "saturation" || kind == "sigmoid");
    if (!pivot && !(name == "scaling_factor" && kind == "log") && !(name == "exponent" && kind == "sigmoid")) {
      return std::unexpected(
          query_object_error(context, each.key.data(), fmt::format("[{}] unknown field [{}]", kind, name)));
    }
    auto number = read_number(each.value);
    if (!number) return std::unexpected(std::move(number.error()));
    const auto value = static_cast<float>(*number);
    if (pivot) {
      function.pivot = value;
    } else {
      (name == "exponent" ? function.exponent : function.factor) = value;
    }
    factor = factor || name == "scaling_factor";
    exponent = exponent || name == "exponent";
  }
  if (kind == "log" && !factor) return std::unexpected(illegal_argument("Required [scaling_factor]"));
  if (kind == "sigmoid" && (!function.pivot || !exponent)) {
    return std::unexpected(illegal_argument(function.pivot ? "Required [exponent]"
                                            : exponent     ? "Required [pivot]"
                                                           : "Required [pivot, exponent]"));
  }
  return function;
}

Result<Clause> read_clause(std::string_view body, const ClauseContext& context) {
  auto members = json_members(body, "[rank_feature]");
  if (!members) return std::unexpected(members.error());
  Clause clause;
  for (const JsonMember& member : *members) {
    const std::string name = member.name();
    if (name == "field") {
      clause.field = json_text_value(member.value).value_or("");
    } else if (name == "log" || name == "saturation" || name == "sigmoid" || name == "linear") {
      if (clause.function) {
        return std::unexpected(illegal_argument("Can only specify one of [log], [saturation], [sigmoid] and [linear]"));
      }
      auto function = read_function(member, context);
      if (!function) return std::unexpected(std::move(function.error()));
      clause.function = *function;
    } else {
      auto known = read_boost_or_name(member, "rank_feature", clause.boost);
      if (!known) return std::unexpected(known.error());
      if (!*known) {
        return std::unexpected(
            query_object_error(context, member.key.data(), "[rank_feature] unknown field [" + name + "]"));
      }
    }
  }
  if (clause.field.empty()) return std::unexpected(illegal_argument("Required [field]"));
  return clause;
}

/// What Lucene does not take. Source: FeatureField's factories.
Status check_function(const Function& function, bool positive) {
  const auto number = [](float value) { return java_float_text(value); };
  if (function.kind == Function::Kind::kLog && !positive) {
    return std::unexpected(
        illegal_argument("Cannot use the [log] function with a field that has a negative score impact as it would "
                         "trigger negative scores"));
  }
  if (function.kind == Function::Kind::kLog && !(function.factor >= 1)) {
    return std::unexpected(illegal_argument("scalingFactor must be >= 1, got: " + number(function.factor)));
  }
  if (function.pivot && !(*function.pivot > 0)) {
    return std::unexpected(illegal_argument("pivot must be > 0, got: " + number(*function.pivot)));
  }
  if (function.kind == Function::Kind::kSigmoid && !(function.exponent > 0)) {
    return std::unexpected(illegal_argument("exp must be > 0, got: " + number(function.exponent)));
  }
  return {};
}

/// The feature that a name means; nothing: there is no such field.
Result<std::optional<Feature>> feature_of(const std::string& name, const ClauseContext& context) {
  const pipeline::FieldSchema* field = context.find(name);
  if (field != nullptr) {
    if (field->type != "rank_feature") {
      return std::unexpected(illegal_argument(
          "[rank_feature] query only works on [rank_feature] fields and features of [rank_features] fields, not [" +
          field->type + "]"));
    }
    return Feature{FieldAccess(*field, context.scope, *context.reads), field->positive_impact};
  }
  const std::size_t dot = name.rfind('.');
  const pipeline::FieldSchema* around = dot == std::string::npos ? nullptr : context.find(name.substr(0, dot));
  if (around == nullptr || around->type != "rank_features") return std::optional<Feature>();
  pipeline::FieldSchema inside = *around;
  inside.path = name;
  inside.source_path = around->source_path + name.substr(dot);
  return Feature{FieldAccess(inside, context.scope, *context.reads), around->positive_impact};
}

}  // namespace

Result<QueryPtr> compile_rank_feature(std::string_view body, const ClauseContext& context) {
  auto clause = read_clause(body, context);
  if (!clause) return std::unexpected(clause.error());
  auto feature = feature_of(clause->field, context);
  if (!feature) return std::unexpected(failed_to_create(context, std::move(feature.error())));
  if (!*feature) return nothing("there is no feature [" + clause->field + "]");
  const Function function = clause->function.value_or(Function{});
  if (auto good = check_function(function, (*feature)->positive); !good) {
    return std::unexpected(failed_to_create(context, std::move(good.error())));
  }
  std::shared_ptr<Averages> averages;
  if (context.scored && function.kind == Function::Kind::kSaturation && !function.pivot) {
    averages = std::make_shared<Averages>();
    context.statistics->count_too([averages, counted = **feature](DocumentFields& document) {
      if (const auto bits = counted.read(document)) averages->add(document.document().shard, *bits);
    });
  }
  return with_boost(std::make_shared<const RankFeature>(std::move(**feature), function, std::move(averages)),
                    clause->boost);
}

}  // namespace sluice::stages
