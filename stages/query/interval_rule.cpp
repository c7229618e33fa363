#include "stages/query/interval_rule.h"

#include <algorithm>

#include "pipeline/base/similar_names.h"

namespace sluice::stages {

namespace {

/// How deep rules stand in rules.
constexpr std::size_t kMostDepth = 100;

/// What a parameter's value has to be.
enum class Takes : std::uint8_t { kText, kInteger, kFlag, kFuzziness, kRules, kFilter };

using Kind = IntervalRule::Kind;

struct Parameter {
  std::string_view name;
  Takes takes;
};

struct RuleType {
  std::string_view name;
  Kind kind;
  std::vector<Parameter> parameters;
};

const std::vector<RuleType>& rule_types() {
  static const std::vector<RuleType> types = {
      {"match",
       Kind::kMatch,
       {{"query", Takes::kText},
        {"max_gaps", Takes::kInteger},
        {"ordered", Takes::kFlag},
        {"analyzer", Takes::kText},
        {"filter", Takes::kFilter},
        {"use_field", Takes::kText}}},
      {"any_of", Kind::kAnyOf, {{"intervals", Takes::kRules}, {"filter", Takes::kFilter}}},
      {"all_of",
       Kind::kAllOf,
       {{"ordered", Takes::kFlag},
        {"intervals", Takes::kRules},
        {"max_gaps", Takes::kInteger},
        {"filter", Takes::kFilter}}},
      {"prefix", Kind::kPrefix, {{"prefix", Takes::kText}, {"analyzer", Takes::kText}, {"use_field", Takes::kText}}},
      {"wildcard",
       Kind::kWildcard,
       {{"pattern", Takes::kText}, {"analyzer", Takes::kText}, {"use_field", Takes::kText}}},
      {"regexp", Kind::kRegexp, {{"pattern", Takes::kText}, {"analyzer", Takes::kText}, {"use_field", Takes::kText}}},
      {"fuzzy",
       Kind::kFuzzy,
       {{"term", Takes::kText},
        {"prefix_length", Takes::kInteger},
        {"transpositions", Takes::kFlag},
        {"fuzziness", Takes::kFuzziness},
        {"analyzer", Takes::kText},
        {"use_field", Takes::kText}}},
      {"range",
       Kind::kRange,
       {{"gte", Takes::kText},
        {"gt", Takes::kText},
        {"lte", Takes::kText},
        {"lt", Takes::kText},
        {"analyzer", Takes::kText},
        {"use_field", Takes::kText}}},
  };
  return types;
}

bool fits(Takes takes, std::string_view token) {
  const bool text = token == "VALUE_STRING";
  switch (takes) {
    case Takes::kText:
      return text;
    case Takes::kInteger:
    case Takes::kFuzziness:
      return text || token == "VALUE_NUMBER";
    case Takes::kFlag:
      return text || token == "VALUE_BOOLEAN";
    case Takes::kRules:
      return token == "START_ARRAY" || token == "START_OBJECT";
    default:
      return token == "START_OBJECT";
  }
}

/// Reads the rules of one query.
class RuleReader {
 public:
  explicit RuleReader(const ClauseContext& context) : context_(context) {}

  Result<IntervalRule> rule(const JsonMember& member) {
    const std::string name = member.name();
    for (const RuleType& type : rule_types()) {
      if (type.name != name) continue;
      if (++depth_ > kMostDepth) {
        return std::unexpected(illegal_argument("interval rules are nested deeper than " + std::to_string(kMostDepth)));
      }
      auto read = rule_of(type, member.value);
      --depth_;
      return read;
    }
    return std::unexpected(
        query_parsing_error(context_, member.key.data(),
                            "Unknown interval type [" + name +
                                "], expecting one of [match, any_of, all_of, prefix, wildcard, regexp, range]"));
  }

 private:
  Result<IntervalRule> rule_of(const RuleType& type, std::string_view body) {
    if (!body.starts_with('{')) {
      return std::unexpected(query_object_error(
          context_, body.data(),
          "[" + std::string(type.name) + "] Expected START_OBJECT but was: " + std::string(json_token_name(body))));
    }
    auto members = json_members(body, "[" + std::string(type.name) + "]");
    if (!members) return std::unexpected(members.error());
    IntervalRule rule;
    rule.kind = type.kind;
    std::vector<std::string> given;
    for (const JsonMember& member : *members) {
      if (auto read = parameter(type, member, rule); !read) return std::unexpected(read.error());
      given.push_back(member.name());
    }
    given_ = std::move(given);
    if (auto whole = check(type); !whole) return std::unexpected(whole.error());
    return rule;
  }

  Status parameter(const RuleType& type, const JsonMember& member, IntervalRule& rule) {
    const std::string name = member.name();
    for (const Parameter& parameter : type.parameters) {
      if (parameter.name != name) continue;
      const std::string_view token = json_token_name(member.value);
      if (!fits(parameter.takes, token)) {
        return std::unexpected(query_object_error(
            context_, member.value.data(),
            "[" + std::string(type.name) + "] " + name + " doesn't support values of type: " + std::string(token)));
      }
      auto read = take(parameter, member.value, rule);
      if (!read) return std::unexpected(failed(type, name, parameter, member, read.error()));
      return {};
    }
    stopped_at_ = member.value.data();
    std::vector<std::string_view> names;
    names.reserve(type.parameters.size());
    for (const Parameter& parameter : type.parameters) names.push_back(parameter.name);
    return std::unexpected(query_object_error(
        context_, member.key.data(),
        "[" + std::string(type.name) + "] unknown field [" + name + "]" + did_you_mean(name, names)));
  }

  Error failed(const RuleType& type, const std::string& name, const Parameter& parameter, const JsonMember& member,
               Error cause) {
    if (parameter.takes == Takes::kRules || parameter.takes == Takes::kFilter) {
      Error error = query_field_error(context_, member.value, type.name, name, std::move(cause));
      if (stopped_at_ != nullptr && error.type == "x_content_parse_exception") {
        error.reason =
            position_text(context_, stopped_at_) + error.reason.substr(error.reason.find('[' + std::string(type.name)));
      }
      return error;
    }
    return query_object_error(context_, member.value.data(),
                              "[" + std::string(type.name) + "] failed to parse field [" + name + "]")
        .wrapping(std::move(cause));
  }

  Status take(const Parameter& parameter, std::string_view value, IntervalRule& rule) {
    const std::string text = json_text_value(value).value_or("");
    const std::string_view name = parameter.name;
    switch (parameter.takes) {
      case Takes::kText:
        take_text(name, text, rule);
        return {};
      case Takes::kInteger:
        return take_integer(name, value, rule);
      case Takes::kFlag: {
        auto flag = json_flag_value(value);
        if (!flag) return std::unexpected(flag.error());
        (name == "ordered" ? rule.ordered : rule.transpositions) = *flag;
        return {};
      }
      case Takes::kFuzziness: {
        auto fuzziness = Fuzziness::parse(text);
        if (!fuzziness) return std::unexpected(fuzziness.error());
        rule.fuzziness = *fuzziness;
        return {};
      }
      case Takes::kRules:
        return take_rules(value, rule);
      default:
        return take_filter(value, rule);
    }
  }

  static void take_text(std::string_view name, const std::string& text, IntervalRule& rule) {
    if (name == "analyzer") {
      rule.analyzer = text;
    } else if (name == "use_field") {
      rule.use_field = text;
    } else if (name == "gte" || name == "gt") {
      rule.low = text;
      rule.with_low = name == "gte";
    } else if (name == "lte" || name == "lt") {
      rule.high = text;
      rule.with_high = name == "lte";
    } else {
      rule.text = text;
    }
  }

  static Status take_integer(std::string_view name, std::string_view value, IntervalRule& rule) {
    auto number = read_int(value);
    if (!number) return std::unexpected(std::move(number.error()));
    (name == "max_gaps" ? rule.max_gaps : rule.prefix_length) = *number;
    return {};
  }

  Status take_rules(std::string_view value, IntervalRule& rule) {
    std::vector<std::string_view> elements{value};
    if (value.starts_with('[')) {
      auto list = json_elements(value, "[intervals]");
      if (!list) return std::unexpected(list.error());
      elements = std::move(*list);
    }
    for (const std::string_view each : elements) {
      auto inner = only_rule(each);
      if (!inner) return std::unexpected(inner.error());
      rule.rules.push_back(std::move(*inner));
    }
    return {};
  }

  Error expected(const char* at, std::string_view what, std::string_view but) const {
    return query_parsing_error(context_, at, "Expected [" + std::string(what) + "] but got [" + std::string(but) + "]");
  }

  /// `{"match":{..}}`
  Result<IntervalRule> only_rule(std::string_view object) {
    if (!object.starts_with('{')) {
      const char* const behind = object.data() + object.size();
      return std::unexpected(expected(behind, "FIELD_NAME", *behind == ']' ? "END_ARRAY" : "VALUE_STRING"));
    }
    auto members = json_members(object, "[intervals]");
    if (!members) return std::unexpected(members.error());
    if (members->empty()) return std::unexpected(expected(end_of(object), "FIELD_NAME", "END_OBJECT"));
    auto read = rule(members->front());
    if (read && members->size() > 1) {
      return std::unexpected(expected((*members)[1].key.data(), "END_OBJECT", "FIELD_NAME"));
    }
    return read;
  }

  Status take_filter(std::string_view value, IntervalRule& rule) {
    auto members = json_members(value, "[filter]");
    if (!members) return std::unexpected(members.error());
    if (members->empty()) return std::unexpected(expected(end_of(value), "FIELD_NAME", "END_OBJECT"));
    const JsonMember& member = members->front();
    const std::string name = member.name();
    if (name == "script") {
      return std::unexpected(unsupported("a [script] filter of intervals is not supported by this version of sluice"));
    }
    if (!member.value.starts_with('{')) {
      return std::unexpected(expected(member.value.data(), "START_OBJECT", json_token_name(member.value)));
    }
    auto inner = only_rule(member.value);
    if (!inner) return std::unexpected(inner.error());
    if (members->size() > 1) {
      return std::unexpected(expected((*members)[1].key.data(), "END_OBJECT", "FIELD_NAME"));
    }
    rule.filter.emplace(name, std::make_unique<IntervalRule>(std::move(*inner)));
    return {};
  }

  [[nodiscard]] bool given(std::string_view name) const { return std::ranges::find(given_, name) != given_.end(); }

  static Error no_range(const std::string& ends) {
    return x_content_parse_error("Failed to build [range] after last required field arrived")
        .wrapping(illegal_argument("Either " + ends + ", one of them must be provided"));
  }

  /// What has to be there.
  Status check(const RuleType& type) const {
    if (type.kind == Kind::kRange) {
      if (given("gte") == given("gt")) return std::unexpected(no_range("[gte] or [gt]"));
      if (given("lte") == given("lt")) return std::unexpected(no_range("[lte] or [lt]"));
      return {};
    }
    const bool lists = type.kind == Kind::kAllOf || type.kind == Kind::kAnyOf;
    const std::string_view needed = lists ? std::string_view("intervals") : type.parameters.front().name;
    if (given(needed)) return {};
    return std::unexpected(illegal_argument("Required [" + std::string(needed) + "]"));
  }

  const ClauseContext& context_;
  std::vector<std::string> given_;
  std::size_t depth_ = 0;
  const char* stopped_at_ = nullptr;  ///< behind a parameter that is unknown: there the objects around it fail
};

}  // namespace

Result<IntervalRule> read_interval_rule(const JsonMember& member, const ClauseContext& context) {
  return RuleReader(context).rule(member);
}

}  // namespace sluice::stages
