#include "stages/sort/nested_sort.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "stages/query/body_position.h"
#include "stages/query/compile.h"
#include "stages/sort/no_fields.h"

namespace sluice::stages {

namespace {

/// The filter is read whatever the index is; what is wrong with it on a shard shows there.
Status check_filter(std::string_view body, const JsonMember& member) {
  const QueryContext context{
      .schema = NoFields(), .max_terms = kNoLimit, .max_clauses = kNoLimit, .max_regex = kNoLimit, .text = body};
  auto compiled = compile_query(member.value, context);
  if (compiled || is_shard_error(compiled.error())) return {};
  Error error(ErrorKind::kBadRequest, 400, "parsing_exception", "Expected filter element.");
  error.details = compiled.error().details;
  error.root_causes.push_back(compiled.error());
  error.root_causes.front().caused_by = nullptr;
  return std::unexpected(std::move(error).wrapping(std::move(compiled.error())));
}

/// How deep objects in objects may be asked for: each level is read, and walked, by calls in calls.
constexpr int kMostLevels = 100;

/// `at`: where Elasticsearch's parser stands when it fails.
Result<NestedPart> read_part(std::string_view body, std::string_view value, const char*& at, int level) {
  if (level > kMostLevels) {
    return std::unexpected(illegal_argument("[nested] of a sort may have " + std::to_string(kMostLevels) +
                                            " levels at most, one in the other"));
  }
  auto members = json_members(value, "[nested]");
  if (!members) return std::unexpected(members.error());
  NestedPart part;
  for (const JsonMember& member : *members) {
    const std::string name = member.name();
    at = member.value.data();
    const bool object = member.value.starts_with('{');
    if (name == "path" && !object) {
      part.path = json_text_value(member.value).value_or("");
    } else if (name == "filter" && object) {
      if (auto checked = check_filter(body, member); !checked) return std::unexpected(std::move(checked.error()));
      part.filter = member.value;
    } else if (name == "max_children" && !object) {
      auto number = json_integer_value(member.value);
      if (!number) return std::unexpected(std::move(number.error()));
      part.max_children = static_cast<std::uint32_t>(std::clamp<std::int64_t>(*number, 0, 0xFFFFFFFF));
    } else if (name == "nested" && object) {
      auto inner = read_part(body, member.value, at, level + 1);
      if (!inner) return inner;
      part.inner = std::make_shared<const NestedPart>(std::move(*inner));
    } else {
      return std::unexpected(illegal_argument("malformed nested sort format, unknown field name [" + name + "]"));
    }
  }
  return part;
}

}  // namespace

Result<NestedPart> read_nested_sort(std::string_view body, const JsonMember& member) {
  if (!member.value.starts_with('{')) {
    return std::unexpected(x_content_parse_error(
        body_position(body, member.value.data()) +
        " [field_sort] nested doesn't support values of type: " + std::string(json_token_name(member.value))));
  }
  const char* at = member.value.data();
  auto part = read_part(body, member.value, at, 1);
  if (part) return part;
  const auto& details = part.error().details;
  Error failed = failed_field_error(body, at, "field_sort", "nested", part.error());
  if (part.error().type == "parsing_exception" && details.size() == 2) {
    failed.reason = "[" + details[0].second + ":" + details[1].second + "] [field_sort] failed to parse field [nested]";
    failed.root_causes = part.error().root_causes;
  }
  return std::unexpected(std::move(failed));
}

}  // namespace sluice::stages
