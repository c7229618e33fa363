#include "tools/sluiced/rest/rollover_request.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "pipeline/base/parse_number.h"
#include "pipeline/base/units.h"
#include "stages/parse/json_object.h"
#include "tools/sluiced/rest/body_position.h"

namespace sluice::rest {

namespace {

using Measure = RolloverCondition::Measure;

struct Kind {
  std::string_view name;  ///< behind `max_` or `min_`
  Measure measure;
};

constexpr std::array<Kind, 5> kKinds{{{"age", Measure::kAge},
                                      {"docs", Measure::kDocs},
                                      {"size", Measure::kSize},
                                      {"primary_shard_size", Measure::kShardSize},
                                      {"primary_shard_docs", Measure::kShardDocs}}};

Status read_value(RolloverCondition& condition, std::string_view value) {
  if (condition.measure == Measure::kDocs || condition.measure == Measure::kShardDocs) {
    auto number = stages::json_integer_value(value);
    if (!number) return std::unexpected(number.error());
    condition.value = *number;
    return {};
  }
  if (condition.measure == Measure::kAge) {
    auto time = parse_time_value(condition.text, condition.name);
    if (!time) return std::unexpected(time.error());
    condition.value = time->duration.count() / 1'000'000;
    return {};
  }
  auto size = parse_byte_size(condition.text, condition.name);
  if (!size) return std::unexpected(size.error());
  condition.value = static_cast<std::int64_t>(*size);
  return {};
}

Result<RolloverCondition> read_condition(std::string_view body, const stages::JsonMember& member) {
  RolloverCondition condition;
  condition.name = member.name();
  condition.text = stages::json_text_value(member.value).value_or("");
  condition.least = condition.name.starts_with("min_");
  const bool prefixed = condition.least || condition.name.starts_with("max_");
  const auto kind =
      std::ranges::find_if(kKinds, [&](const Kind& each) { return prefixed && condition.name.substr(4) == each.name; });
  if (kind == kKinds.end()) {
    return std::unexpected(unknown_field_error(body, member.key.data(), "rollover_conditions", condition.name));
  }
  condition.measure = kind->measure;
  if (auto read = read_value(condition, member.value); !read) {
    return std::unexpected(
        failed_field_error(body, member.value.data(), "rollover_conditions", condition.name, read.error()));
  }
  return condition;
}

Status read_conditions(std::string_view body, std::string_view object, RolloverRequest& request) {
  auto members = stages::json_members(object, "[conditions]");
  if (!members) return std::unexpected(members.error());
  for (const stages::JsonMember& member : *members) {
    auto condition = read_condition(body, member);
    if (!condition) {
      return std::unexpected(
          failed_field_error(body, member.value.data(), "rollover", "conditions", condition.error()));
    }
    request.conditions.push_back(std::move(*condition));
  }
  return {};
}

}  // namespace

Result<RolloverRequest> parse_rollover(std::string_view body) {
  RolloverRequest request;
  if (body.find_first_not_of(" \t\r\n") == std::string_view::npos) return request;
  auto members = stages::json_members(body, "the request body");
  if (!members) return std::unexpected(members.error());
  std::string rest;
  for (const stages::JsonMember& member : *members) {
    const std::string name = member.name();
    if (name == "conditions") {
      if (auto read = read_conditions(body, member.value, request); !read) return std::unexpected(read.error());
    } else if (name == "settings" || name == "mappings" || name == "aliases") {
      rest += (rest.empty() ? "" : ",") + std::string(member.key) + ":" + std::string(member.value);
    } else {
      return std::unexpected(unknown_field_error(body, member.key.data(), "rollover", name));
    }
  }
  const bool least = std::ranges::any_of(request.conditions, &RolloverCondition::least);
  const bool most = std::ranges::any_of(request.conditions, [](const auto& each) { return !each.least; });
  if (least && !most) {
    return std::unexpected(
        validation_error({"at least one max_* rollover condition must be set when using min_* conditions"}));
  }
  auto index = store::parse_new_index("", "{" + rest + "}");
  if (!index) return std::unexpected(index.error());
  request.index = std::move(*index);
  return request;
}

bool is_met(const RolloverCondition& condition, const IndexMeasures& measures) {
  switch (condition.measure) {
    case Measure::kAge:
      return measures.age_ms >= condition.value;
    case Measure::kDocs:
      return measures.docs >= condition.value;
    case Measure::kSize:
      return measures.bytes >= condition.value;
    case Measure::kShardSize:
      return measures.largest_shard_bytes >= condition.value;
    case Measure::kShardDocs:
      return measures.largest_shard_docs >= condition.value;
  }
  return false;
}

bool all_met(const std::vector<RolloverCondition>& conditions, const IndexMeasures& measures) {
  if (conditions.empty()) return true;
  bool any = false;
  for (const RolloverCondition& condition : conditions) {
    const bool met = is_met(condition, measures);
    if (condition.least && !met) return false;
    any = any || (met && !condition.least);
  }
  return any;
}

Result<std::string> next_index_name(const std::string& provided, const std::string& resolved) {
  const bool date_math = provided != resolved;
  const std::string_view counted(provided.data(), provided.size() - (date_math ? 1 : 0));
  const std::size_t dash = counted.rfind('-');
  const auto number =
      dash == std::string_view::npos ? std::nullopt : parse_number<std::uint64_t>(counted.substr(dash + 1));
  if (!number) {
    return std::unexpected(illegal_argument("index name [" + resolved + "] does not match pattern '^.*-\\d+$'"));
  }
  return fmt::format("{}-{:06}{}", counted.substr(0, dash), *number + 1, date_math ? ">" : "");
}

}  // namespace sluice::rest
