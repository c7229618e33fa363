#include "stages/query/span_clause.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace sluice::stages {

namespace {

using Kind = SpanClause::Kind;

/// How deep span queries stand in span queries.
constexpr std::size_t kMostDepth = 100;

enum class Takes : std::uint8_t { kSpan, kSpans, kInteger, kFlag, kText, kMultiTerm };

struct Parameter {
  std::string_view name;
  Takes takes;
};

struct SpanType {
  std::string_view name;
  Kind kind;
  std::vector<Parameter> parameters;
};

const std::vector<SpanType>& span_types() {
  static const std::vector<SpanType> types = {
      {"span_term", Kind::kTerm, {}},
      {"span_near", Kind::kNear, {{"clauses", Takes::kSpans}, {"in_order", Takes::kFlag}, {"slop", Takes::kInteger}}},
      {"span_first", Kind::kFirst, {{"match", Takes::kSpan}, {"end", Takes::kInteger}}},
      {"span_or", Kind::kOr, {{"clauses", Takes::kSpans}}},
      {"span_not",
       Kind::kNot,
       {{"include", Takes::kSpan},
        {"exclude", Takes::kSpan},
        {"dist", Takes::kInteger},
        {"pre", Takes::kInteger},
        {"post", Takes::kInteger}}},
      {"span_multi", Kind::kMulti, {{"match", Takes::kMultiTerm}}},
      {"span_containing", Kind::kContaining, {{"big", Takes::kSpan}, {"little", Takes::kSpan}}},
      {"span_within", Kind::kWithin, {{"big", Takes::kSpan}, {"little", Takes::kSpan}}},
      {"span_field_masking", Kind::kMasking, {{"query", Takes::kSpan}, {"field", Takes::kText}}},
      {"field_masking_span", Kind::kMasking, {{"query", Takes::kSpan}, {"field", Takes::kText}}},
      {"span_gap", Kind::kGap, {}},
  };
  return types;
}

constexpr auto kMultiTerms = std::to_array<std::string_view>({"fuzzy", "prefix", "range", "regexp", "wildcard"});

const SpanType* type_of(std::string_view name) {
  const auto found = std::ranges::find(span_types(), name, &SpanType::name);
  return found == span_types().end() ? nullptr : &*found;
}

Result<std::int32_t> small_integer(std::string_view value) {
  auto number = read_int(value);
  if (number || number.error().type != "number_format_exception") return number;
  return std::unexpected(request_error(std::move(number.error())));
}

/// Reads one span query, and those in it.
class SpanReader {
 public:
  explicit SpanReader(const ClauseContext& context) : context_(context) {}

  Result<SpanClause> read(const SpanType& type, std::string_view body) {
    if (++depth_ > kMostDepth) {
      return std::unexpected(illegal_argument("span queries are nested deeper than " + std::to_string(kMostDepth)));
    }
    SpanClause clause;
    clause.kind = type.kind;
    Status status = type.kind == Kind::kTerm  ? read_term_clause(body, clause)
                    : type.kind == Kind::kGap ? read_gap(body, clause)
                                              : read_parameters(type, body, clause);
    --depth_;
    if (!status) return std::unexpected(std::move(status.error()));
    return clause;
  }

 private:
  Status read_term_clause(std::string_view body, SpanClause& clause) {
    auto field = read_field_clause("span_term", body, context_);
    if (!field) return std::unexpected(std::move(field.error()));
    clause.boost = field->boost;
    clause.field = field->field;
    std::string_view value = field->value;
    if (field->object) {
      value = "null";
      for (const JsonMember& member : field->parameters) {
        if (member.key == "\"term\"" || member.key == "\"value\"") {
          value = member.value;
          continue;
        }
        auto known = read_boost_or_name(member, "span_term", clause.boost);
        if (!known) return std::unexpected(known.error());
        if (!*known) return std::unexpected(query_does_not_support(context_, "span_term", member));
      }
    }
    auto text = json_text_value(value);
    if (!text) return std::unexpected(illegal_argument("value cannot be null"));
    clause.value = {std::move(*text), false, !value.starts_with('"')};
    return {};
  }

  Status read_gap(std::string_view body, SpanClause& clause) {
    auto members = json_members(body, "[span_gap]");
    if (!members) return std::unexpected(members.error());
    for (const JsonMember& member : *members) {
      if (!clause.field.empty()) {
        return std::unexpected(
            query_parsing_error(context_, member.key.data(),
                                fmt::format("[span_gap] query doesn't support multiple fields, found [{}] and [{}]",
                                            clause.field, member.name())));
      }
      auto width = small_integer(member.value);
      if (!width) return std::unexpected(std::move(width.error()));
      clause.field = member.name();
      clause.width = *width;
    }
    if (clause.field.empty()) return std::unexpected(illegal_argument("[span_gap] field name is null or empty"));
    return {};
  }

  Status read_parameters(const SpanType& type, std::string_view body, SpanClause& clause) {
    auto members = json_members(body, type.name);
    if (!members) return std::unexpected(members.error());
    std::vector<std::string> given;
    // By the place of their parameters: `exclude` may stand before `include`.
    std::array<std::optional<SpanClause>, 2> inner;
    for (const JsonMember& member : *members) {
      auto known = read_boost_or_name(member, type.name, clause.boost);
      if (!known) return std::unexpected(known.error());
      if (*known) continue;
      const std::string name = member.name();
      const auto found = std::ranges::find(type.parameters, name, &Parameter::name);
      if (found == type.parameters.end() || !fits(found->takes, member.value)) {
        return std::unexpected(query_does_not_support(context_, type.name, member));
      }
      const auto place = static_cast<std::size_t>(found - type.parameters.begin());
      if (found->takes == Takes::kSpan) {
        auto span = span_in(type, name, member.value);
        if (!span) return std::unexpected(std::move(span.error()));
        inner.at(place) = std::move(*span);
      } else if (auto taken = take(type, *found, member, clause); !taken) {
        return taken;
      }
      given.push_back(name);
    }
    // An empty list is none.
    if (type.parameters.front().takes == Takes::kSpans && clause.clauses.empty()) std::erase(given, "clauses");
    if (auto whole = check(type, given, end_of(body)); !whole) return whole;
    for (std::optional<SpanClause>& each : inner) {
      if (each) clause.clauses.push_back(std::move(*each));
    }
    if (type.kind == Kind::kFirst && clause.end < 0) {
      return std::unexpected(illegal_argument("parameter [end] needs to be positive."));
    }
    return {};
  }

  static bool fits(Takes takes, std::string_view value) {
    switch (takes) {
      case Takes::kSpan:
      case Takes::kMultiTerm:
        return value.starts_with('{');
      case Takes::kSpans:
        return value.starts_with('[');
      default:
        return !value.starts_with('{') && !value.starts_with('[');
    }
  }

  Status take(const SpanType& type, const Parameter& parameter, const JsonMember& member, SpanClause& clause) {
    switch (parameter.takes) {
      case Takes::kSpans: {
        auto elements = json_elements(member.value, type.name);
        if (!elements) return std::unexpected(elements.error());
        for (const std::string_view each : *elements) {
          auto span = span_in(type, parameter.name, each);
          if (!span) return std::unexpected(std::move(span.error()));
          clause.clauses.push_back(std::move(*span));
        }
        return {};
      }
      case Takes::kInteger:
        return take_integer(parameter.name, member.value, clause);
      case Takes::kFlag: {
        auto flag = json_flag_value(member.value);
        if (!flag) return std::unexpected(flag.error());
        clause.in_order = *flag;
        return {};
      }
      case Takes::kMultiTerm:
        return take_multi_term(member, clause);
      default:
        clause.field = json_text_value(member.value).value_or("");
        return {};
    }
  }

  static Status take_integer(std::string_view name, std::string_view value, SpanClause& clause) {
    auto number = small_integer(value);
    if (!number) return std::unexpected(std::move(number.error()));
    if (name == "slop") clause.slop = *number;
    if (name == "end") clause.end = *number;
    // Lucene takes what is negative for nothing.
    const std::int32_t positions = std::max(*number, 0);
    if (name == "dist" || name == "pre") clause.before = positions;
    if (name == "dist" || name == "post") clause.behind = positions;
    return {};
  }

  /// A clause that has to be a span query.
  Result<SpanClause> span_in(const SpanType& outer, std::string_view parameter, std::string_view json) {
    const std::string named = outer.kind == Kind::kMasking ? fmt::format("[{}] query", outer.name)
                                                           : fmt::format("{} [{}]", outer.name, parameter);
    const Error no_span = query_parsing_error(context_, json.starts_with('{') ? end_of(json) : json.data(),
                                              named + " must be of type span query");
    auto members = json.starts_with('{') ? json_members(json, outer.name) : Result<std::vector<JsonMember>>();
    if (!members) return std::unexpected(members.error());
    const SpanType* const type = members->size() == 1 ? type_of(members->front().name()) : nullptr;
    if (type == nullptr || !members->front().value.starts_with('{')) {
      // What is wrong with it comes first.
      if (auto other = compile_clause(json, context_); !other) return std::unexpected(std::move(other.error()));
      return std::unexpected(no_span);
    }
    auto span = read(*type, members->front().value);
    if (!span || span->boost == 1) return span;
    return std::unexpected(
        query_parsing_error(context_, end_of(json),
                            fmt::format("{} [{}] as a nested span clause can't have non-default boost value [{}]",
                                        outer.name, parameter, boost_text(span->boost))));
  }

  static std::string boost_text(float boost) {
    std::string text = fmt::format("{}", boost);
    if (text.find_first_of(".e") == std::string::npos) text += ".0";
    return text;
  }

  Status take_multi_term(const JsonMember& member, SpanClause& clause) {
    auto query = compile_clause(member.value, context_);
    if (!query) return std::unexpected(std::move(query.error()));
    auto members = json_members(member.value, "[span_multi]");
    if (!members) return std::unexpected(members.error());
    const std::string name = members->empty() ? "" : members->front().name();
    if (std::ranges::find(kMultiTerms, name) == kMultiTerms.end()) {
      return std::unexpected(
          query_parsing_error(context_, end_of(member.value), "[span_multi] [match] must be of type multi term query"));
    }
    auto field = read_field_clause(name, members->front().value, context_);
    if (!field) return std::unexpected(std::move(field.error()));
    clause.multi = std::move(*query);
    clause.multi_name = name;
    clause.multi_field = field->field;
    return {};
  }

  /// What has to be there.
  Status check(const SpanType& type, const std::vector<std::string>& given, const char* at) const {
    const auto has = [&](std::string_view name) { return std::ranges::find(given, name) != given.end(); };
    const auto missing = [&](std::string reason) {
      return std::unexpected(query_parsing_error(context_, at, std::move(reason)));
    };
    for (const Parameter& parameter : type.parameters) {
      if (has(parameter.name)) continue;
      switch (type.kind) {
        case Kind::kFirst:
          if (parameter.takes == Takes::kSpan) return missing("span_first must have [match] span query clause");
          return missing("span_first must have [end] set for it");
        case Kind::kNear:
        case Kind::kOr:
          if (parameter.takes != Takes::kSpans) continue;
          return missing(fmt::format("{} must include [clauses]", type.name));
        case Kind::kNot:
          if (parameter.takes != Takes::kSpan) continue;
          return missing(fmt::format("span_not must have [{}] span query clause", parameter.name));
        case Kind::kMulti:
          return missing("[span_multi] must have [match] multi term query clause");
        case Kind::kContaining:
          return std::unexpected(illegal_argument(fmt::format("inner clause [{}] cannot be null.", parameter.name)));
        case Kind::kWithin:
          return missing(fmt::format("span_within must include [{}]", parameter.name));
        default:
          return missing(fmt::format("{} must have [{}] {}", type.name, parameter.name,
                                     parameter.takes == Takes::kSpan ? "span query clause" : "set for it"));
      }
    }
    if (has("dist") && (has("pre") || has("post"))) {
      return missing("span_not can either use [dist] or [pre] & [post] (or none)");
    }
    return {};
  }

  const ClauseContext& context_;
  std::size_t depth_ = 0;
};

}  // namespace

Result<SpanClause> read_span_clause(std::string_view name, std::string_view body, const ClauseContext& context) {
  return SpanReader(context).read(*type_of(name), body);
}

}  // namespace sluice::stages
