#include "tools/sluiced/search/requested_fields.h"

#include <array>

#include <fmt/format.h>

#include "pipeline/base/parse_number.h"
#include "stages/parse/json_object.h"
#include "stages/query/script_text.h"
#include "stages/sort/no_fields.h"
#include "tools/sluiced/rest/body_position.h"

namespace sluice::rest {

namespace {

/// One of `fields`, with a format.
Result<ShownField> read_shown_field(std::string_view body, std::string_view value) {
  constexpr auto kFields = std::to_array<std::string_view>({"field", "format", "include_unmapped"});
  ShownField shown;
  auto members = stages::json_members(value, "[fields]");
  if (!members) return std::unexpected(members.error());
  for (const stages::JsonMember& member : *members) {
    const std::string name = member.name();
    if (name == "field") {
      shown.name = stages::json_text_value(member.value).value_or("");
    } else if (name == "format") {
      shown.format = stages::json_text_value(member.value).value_or("");
    } else if (name == "include_unmapped") {
      auto wanted = stages::json_flag_value(member.value);
      if (!wanted) return std::unexpected(std::move(wanted.error()));
      shown.include_unmapped = *wanted;
    } else {
      return std::unexpected(
          stages::unknown_field_error(body, member.key.data(), "fetch_field_and_format", name, kFields));
    }
  }
  return shown;
}

/// parsing_exception, 400: `Expected [START_OBJECT] in [x] but found [VALUE_NUMBER]`
Error expected(std::string_view body, const char* at, std::string_view token, std::string_view in,
               std::string_view found) {
  const stages::TextPosition place = stages::position_of(body, at);
  return Error(ErrorKind::kBadRequest, 400, "parsing_exception",
               fmt::format("Expected [{}] in [{}] but found [{}]", token, in, found))
      .with_raw("line", std::to_string(place.line))
      .with_raw("col", std::to_string(place.column));
}

Result<IndexBoost> read_index_boost(std::string_view body, std::string_view value) {
  constexpr std::string_view kName = "indices_boost";
  if (!value.starts_with('{')) {
    return std::unexpected(expected(body, value.data(), "START_OBJECT", "null", stages::json_token_name(value)));
  }
  auto members = stages::json_members(value, kName);
  if (!members) return std::unexpected(std::move(members.error()));
  if (members->empty()) {
    return std::unexpected(expected(body, value.data() + value.size() - 1, "FIELD_NAME", kName, "END_OBJECT"));
  }
  const stages::JsonMember& member = members->front();
  const auto boost = parse_number<float>(member.value);
  if (!boost) {
    return std::unexpected(
        expected(body, member.value.data(), "VALUE_NUMBER", kName, stages::json_token_name(member.value)));
  }
  if (members->size() > 1) {
    return std::unexpected(expected(body, (*members)[1].key.data(), "END_OBJECT", kName, "FIELD_NAME"));
  }
  if (*boost < 0) {
    return std::unexpected(illegal_argument("negative [boost] are not allowed in [indices_boost] of [" + member.name() +
                                            "], use a value between 0 and 1 to deboost"));
  }
  return IndexBoost{member.name(), *boost};
}

Result<ScriptedField> read_script_field(std::string_view body, const stages::JsonMember& field) {
  if (!field.value.starts_with('{')) {
    return std::unexpected(
        expected(body, field.value.data(), "START_OBJECT", field.name(), stages::json_token_name(field.value)));
  }
  auto members = stages::json_members(field.value, "[script_fields]");
  if (!members) return std::unexpected(std::move(members.error()));
  const stages::NoFields no_fields;
  const stages::QueryContext context{.schema = no_fields, .index = {}, .index_uuid = {}, .text = body, .start = {}};
  ScriptedField read{.name = field.name()};
  bool found = false;
  for (const stages::JsonMember& member : *members) {
    const std::string name = member.name();
    if (name == "script" && !member.value.starts_with('[')) {
      auto script = stages::read_script_text(member.value, context);
      if (!script) return std::unexpected(std::move(script.error()));
      read.script = std::move(*script);
      found = true;
    } else if (name == "ignore_failure" && !member.value.starts_with('{') && !member.value.starts_with('[')) {
      auto flag = stages::json_flag_value(member.value);
      if (!flag) return std::unexpected(std::move(flag.error()));
      read.ignore_failure = *flag;
    } else {
      return std::unexpected(unknown_search_key(body, member));
    }
  }
  if (!found) return std::unexpected(illegal_argument("[script_fields] [" + read.name + "] has no [script]"));
  return read;
}

}  // namespace

Status read_field_names(std::string_view body, std::string_view value, std::vector<ShownField>& names) {
  if (!value.starts_with('[')) {
    auto list = stages::json_text_list(value, "fields");
    if (!list) return std::unexpected(list.error());
    for (std::string& name : *list) names.push_back({std::move(name)});
    return {};
  }
  auto elements = stages::json_elements(value, "[fields]");
  if (!elements) return std::unexpected(elements.error());
  for (const std::string_view each : *elements) {
    if (!each.starts_with('{')) {
      names.push_back({stages::json_text_value(each).value_or("")});
      continue;
    }
    auto shown = read_shown_field(body, each);
    if (!shown) return std::unexpected(std::move(shown.error()));
    names.push_back(std::move(*shown));
  }
  return {};
}

Error unknown_search_key(std::string_view body, const stages::JsonMember& member) {
  const stages::TextPosition place = stages::position_of(body, member.value.data());
  return Error(
             ErrorKind::kBadRequest, 400, "parsing_exception",
             "Unknown key for a " + std::string(stages::json_token_name(member.value)) + " in [" + member.name() + "].")
      .with_raw("line", std::to_string(place.line))
      .with_raw("col", std::to_string(place.column));
}

Status read_index_boosts(std::string_view body, std::string_view value, std::vector<IndexBoost>& boosts) {
  auto elements = stages::json_elements(value, "[indices_boost]");
  if (!elements) return std::unexpected(std::move(elements.error()));
  for (const std::string_view each : *elements) {
    auto boost = read_index_boost(body, each);
    if (!boost) return std::unexpected(std::move(boost.error()));
    boosts.push_back(std::move(*boost));
  }
  return {};
}

Status read_script_fields(std::string_view body, std::string_view value, std::vector<ScriptedField>& fields) {
  auto members = stages::json_members(value, "[script_fields]");
  if (!members) return std::unexpected(std::move(members.error()));
  for (const stages::JsonMember& member : *members) {
    auto field = read_script_field(body, member);
    if (!field) return std::unexpected(std::move(field.error()));
    fields.push_back(std::move(*field));
  }
  return {};
}

}  // namespace sluice::rest
