#include "stages/query/inner_hits.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "pipeline/base/similar_names.h"
#include "stages/parse/json_object.h"

namespace sluice::stages {

namespace {

constexpr std::string_view kTooMany = "Inner result window is too large";
constexpr std::string_view kTwice = "[inner_hits] already contains an entry";

/// What a parameter may be, by the first character of its value.
struct Parameter {
  std::string_view name;
  std::string_view begins;  ///< `v` stands for a text, a number or a flag
};

/// Source: Elasticsearch's InnerHitBuilder.
constexpr auto kParameters = std::to_array<Parameter>({
    {"_source", "v{["},
    {"collapse", "{"},
    {"docvalue_fields", "["},
    {"explain", "v"},
    {"fields", "["},
    {"from", "v"},
    {"highlight", "{"},
    {"ignore_unmapped", "v"},
    {"name", "v"},
    {"script_fields", "{"},
    {"seq_no_primary_term", "v"},
    {"size", "v"},
    {"sort", "[{"},
    {"stored_fields", "v["},
    {"track_scores", "v"},
    {"version", "v"},
});

Error parameter_error(const QueryContext& context, const char* at, const std::string& reason) {
  return query_object_error(context, at, "[inner_hits] " + reason);
}

std::vector<std::string_view> parameter_names() {
  std::vector<std::string_view> names;
  names.reserve(kParameters.size());
  for (const Parameter& each : kParameters) names.push_back(each.name);
  return names;
}

Status check_parameter(const JsonMember& member, const QueryContext& context) {
  const std::string name = member.name();
  const auto* const known = std::ranges::find(kParameters, name, &Parameter::name);
  if (known == kParameters.end()) {
    return std::unexpected(parameter_error(context, member.key.data(),
                                           "unknown field [" + name + "]" + did_you_mean(name, parameter_names())));
  }
  const char first = member.value.front();
  if (known->begins.contains(first == '{' || first == '[' ? first : 'v')) return {};
  return std::unexpected(
      parameter_error(context, member.value.data(),
                      fmt::format("{} doesn't support values of type: {}", name, json_token_name(member.value))));
}

Result<std::int64_t> read_count(const JsonMember& member, const QueryContext& context) {
  auto number = json_integer_value(member.value);
  if (number && *number >= 0) return *number;
  const std::string name = member.name();
  Error cause =
      number ? illegal_argument("illegal " + name + " value, at least 0 or higher") : std::move(number.error());
  return std::unexpected(
      parameter_error(context, member.value.data(), "failed to parse field [" + name + "]").wrapping(std::move(cause)));
}

}  // namespace

std::vector<InnerObject> objects_of(const InnerHits& hits, DocumentFields& document) {
  std::vector<InnerObject> found;
  hits.objects->each(document, [&](DocumentFields& object, float score) {
    InnerObject& one = found.emplace_back(object.document().source, score);
    for (const InnerHits& each : hits.within) one.within.push_back(objects_of(each, object));
  });
  return found;
}

Result<InnerHits> read_inner_hits(std::string_view json, std::string_view relation, const ClauseContext& context) {
  InnerHits hits{.name = std::string(relation), .relation = std::string(relation), .options = std::string(json)};
  auto members = json_members(json, "[inner_hits]");
  if (!members) return std::unexpected(std::move(members.error()));
  constexpr std::int64_t kHits = 3;
  std::int64_t from = 0;
  std::int64_t size = kHits;
  std::string named = "null";
  for (const JsonMember& member : *members) {
    if (Status fits = check_parameter(member, context); !fits) return std::unexpected(std::move(fits.error()));
    const std::string name = member.name();
    if (name == "name") hits.name = named = json_text_value(member.value).value_or("");
    if (name != "from" && name != "size") continue;
    auto count = read_count(member, context);
    if (!count) return std::unexpected(std::move(count.error()));
    (name == "from" ? from : size) = *count;
  }
  if (static_cast<std::uint64_t>(from) + static_cast<std::uint64_t>(size) > context.max_inner_hits) {
    return std::unexpected(illegal_argument(
        fmt::format("{}, the inner hit definition's [{}]'s from + size must be less than or equal to: [{}] but was "
                    "[{}]. This limit can be set by changing the [index.max_inner_result_window] index level setting.",
                    kTooMany, named, context.max_inner_hits, from + size)));
  }
  return hits;
}

Status add_inner_hits(InnerHits hits, const ClauseContext& context) {
  if (context.inner_hits == nullptr) return {};
  if (std::ranges::find(*context.inner_hits, hits.name, &InnerHits::name) != context.inner_hits->end()) {
    return std::unexpected(illegal_argument(fmt::format("{} for key [{}]", kTwice, hits.name)));
  }
  context.inner_hits->push_back(std::move(hits));
  return {};
}

bool is_inner_hits_error(const Error& error) {
  return error.reason.starts_with(kTooMany) || error.reason.starts_with(kTwice);
}

}  // namespace sluice::stages
