#include "stages/query/geo_clause.h"

#include <algorithm>

#include "pipeline/base/ascii_case.h"
#include "pipeline/base/java_number_text.h"

namespace sluice::stages {

namespace {

Status read_validation(const JsonMember& member, GeoClause& clause) {
  std::string text = json_text_value(member.value).value_or("");
  const std::string upper = ascii_upper_case(text);
  if (upper != "STRICT" && upper != "COERCE" && upper != "IGNORE_MALFORMED") {
    return std::unexpected(
        illegal_argument("operator needs to be either [COERCE, IGNORE_MALFORMED, STRICT], but not [" + text + "]"));
  }
  clause.checks = upper == "STRICT";
  clause.coerces = upper == "COERCE";
  return {};
}

}  // namespace

std::optional<std::string> GeoClause::parameter(std::string_view name) const {
  const auto found = std::ranges::find(parameters, name, [](const auto& each) { return std::string_view(each.first); });
  return found == parameters.end() ? std::nullopt : std::optional(found->second);
}

Result<GeoClause> read_geo_clause(std::string_view query, std::string_view body,
                                  std::initializer_list<std::string_view> known, const ClauseContext& context,
                                  bool points) {
  auto members = json_members(body, "[" + std::string(query) + "]");
  if (!members) return std::unexpected(members.error());
  GeoClause clause;
  for (const JsonMember& member : *members) {
    const std::string name = member.name();
    auto boost = read_boost_or_name(member, query, clause.boost);
    if (!boost) return std::unexpected(boost.error());
    if (*boost) continue;
    if (name == "ignore_unmapped") {
      auto flag = json_flag_value(member.value);
      if (!flag) return std::unexpected(flag.error());
      clause.ignore_unmapped = *flag;
    } else if (name == "validation_method") {
      if (auto read = read_validation(member, clause); !read) return std::unexpected(read.error());
    } else if (std::ranges::find(known, name) != known.end()) {
      clause.parameters.emplace_back(name, json_text_value(member.value).value_or(""));
    } else if (clause.field.empty() && (member.value.starts_with('{') || member.value.starts_with('[') ||
                                        (points && member.value.starts_with('"')))) {
      clause.field = name;
      clause.value = member.value;
      clause.point = parse_geo_point(member.value);
    } else if (!clause.field.empty() && (member.value.starts_with('{') || member.value.starts_with('['))) {
      return std::unexpected(query_parsing_error(context, member.value.data(),
                                                 "[" + std::string(query) +
                                                     "] query doesn't support multiple fields, found [" + clause.field +
                                                     "] and [" + name + "]"));
    } else {
      return std::unexpected(
          query_parsing_error(context, member.value.data(),
                              "failed to parse [" + std::string(query) + "] query. unexpected field [" + name + "]"));
    }
  }
  return clause;
}

Status check_point(const GeoPoint& point, const GeoClause& clause, std::string_view query,
                   const ClauseContext& context) {
  if (!clause.checks) return {};
  const bool lat = point.lat < -90 || point.lat > 90;
  if (!lat && point.lon >= -180 && point.lon <= 180) return {};
  Error cause(ErrorKind::kBadRequest, 400, "query_validation_exception",
              "Validation Failed: 1: [" + std::string(query) + "] center point " + (lat ? "latitude" : "longitude") +
                  " is invalid: " + java_double_text(lat ? point.lat : point.lon) + ";");
  Error error = query_shard_error(context, "couldn't validate latitude/ longitude values");
  return std::unexpected(std::move(error).wrapping(std::move(cause)));
}

}  // namespace sluice::stages
