#include "stages/parse/json_object.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <unordered_set>

#include "pipeline/base/buffer.h"
#include "pipeline/base/json_text.h"
#include "stages/parse/hit_reader.h"
#include "stages/parse/structurals.h"

namespace sluice::stages {

namespace {

Structurals& structurals_of_this_thread() {
  thread_local Structurals structurals;
  return structurals;
}

Error malformed(std::string_view what, std::string_view why) {
  return x_content_parse_error(std::string(what) + " is malformed: " + std::string(why));
}

/// The name that two members have; nothing: all are different.
std::optional<std::string> doubled_name(const std::vector<JsonMember>& members) {
  constexpr std::size_t kFew = 16;  // to compare each with each costs less than a table, and documents have objects too
  if (members.size() <= kFew && std::ranges::none_of(members, has_escape, &JsonMember::key)) {
    for (auto at = members.begin(); at != members.end(); ++at) {
      if (std::ranges::find(members.begin(), at, at->key, &JsonMember::key) != at) return at->name();
    }
    return std::nullopt;
  }
  std::unordered_set<std::string> names;
  for (const JsonMember& member : members) {
    if (!names.insert(member.name()).second) return member.name();
  }
  return std::nullopt;
}

Result<std::vector<JsonMember>> members_in(std::string_view padded, std::string_view what) {
  Structurals& structurals = structurals_of_this_thread();
  const auto problem = structurals.build(padded);
  if (problem != Structurals::Problem::kNone) {
    return std::unexpected(malformed(what, problem_text(problem)));
  }
  Walker walker(padded.data(), structurals.begin(), structurals.end());
  std::vector<JsonMember> members;
  const auto wrong = read_object(walker, [&](std::string_view key, Walker& at) {
    const std::string_view value = at.take_value();
    members.push_back({key, value});
    return !value.empty();
  });
  if (wrong) return std::unexpected(malformed(what, wrong->what + " at byte " + std::to_string(wrong->offset + 1)));
  if (!walker.done()) return std::unexpected(malformed(what, "there is something behind the object"));
  if (const auto twice = doubled_name(members))
    return std::unexpected(malformed(what, "Duplicate field '" + *twice + "'"));
  return members;
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

std::string JsonMember::name() const { return json_unquoted(key); }

Result<std::vector<JsonMember>> json_members(std::string_view json, std::string_view what) {
  return members_in(json, what);
}

Result<std::vector<JsonMember>> json_members_of(const std::string& text, std::string_view what) {
  Buffer padded(text.size());
  padded.append(text);
  auto members = members_in(padded.view(), what);
  if (!members) return members;
  for (JsonMember& member : *members) {
    const auto moved = [&](std::string_view span) {
      return std::string_view(text).substr(static_cast<std::size_t>(span.data() - padded.data()), span.size());
    };
    member = {moved(member.key), moved(member.value)};
  }
  return members;
}

Result<std::vector<std::string_view>> json_elements(std::string_view json, std::string_view what) {
  Structurals& structurals = structurals_of_this_thread();
  const auto problem = structurals.build(json);
  if (problem != Structurals::Problem::kNone) {
    return std::unexpected(malformed(what, problem_text(problem)));
  }
  Walker walker(json.data(), structurals.begin(), structurals.end());
  std::vector<std::string_view> elements;
  if (!walker.take('[')) return std::unexpected(malformed(what, "expected an array"));
  if (walker.take(']')) return elements;
  for (;;) {
    const std::string_view value = walker.take_value();
    if (value.empty()) return std::unexpected(malformed(what, "expected a value that is complete"));
    elements.push_back(value);
    if (walker.take(']')) return elements;
    if (!walker.take(',')) return std::unexpected(malformed(what, "expected a comma or the end of the array"));
  }
}

std::string_view json_token_name(std::string_view value) {
  switch (value.empty() ? '\0' : value.front()) {
    case '{':
      return "START_OBJECT";
    case '[':
      return "START_ARRAY";
    case '"':
      return "VALUE_STRING";
    case 't':
    case 'f':
      return "VALUE_BOOLEAN";
    case 'n':
      return "VALUE_NULL";
    default:
      return "VALUE_NUMBER";
  }
}

std::optional<std::string> json_text_value(std::string_view value) {
  while (!value.empty() && is_space(value.back())) value.remove_suffix(1);
  if (value.empty() || value == "null" || value.front() == '{' || value.front() == '[') return std::nullopt;
  return json_unquoted(value);
}

Result<std::int64_t> json_integer_value(std::string_view value) {
  const std::string text = json_text_value(value).value_or(std::string(value));
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size()) {
    return std::unexpected(illegal_argument("For input string: \"" + text + "\""));
  }
  return number;
}

Result<bool> json_flag_value(std::string_view value) {
  const std::string text = json_text_value(value).value_or(std::string(value));
  if (text == "true" || text == "false") return text == "true";
  return std::unexpected(
      illegal_argument("Failed to parse value [" + text + "] as only [true] or [false] are allowed."));
}

Result<std::vector<std::string>> json_text_list(std::string_view value, std::string_view what) {
  std::vector<std::string> list;
  if (value.starts_with('[')) {
    auto elements = json_elements(value, what);
    if (!elements) return std::unexpected(elements.error());
    for (const std::string_view each : *elements) {
      auto text = json_text_value(each);
      if (!text) return std::unexpected(illegal_argument(std::string(what) + " must be a list of strings"));
      list.push_back(std::move(*text));
    }
    return list;
  }
  auto text = json_text_value(value);
  if (!text) return std::unexpected(illegal_argument(std::string(what) + " must be a string or a list of strings"));
  for (std::size_t at = 0; at <= text->size();) {
    const std::size_t comma = std::min(text->find(',', at), text->size());
    if (comma != at) list.push_back(text->substr(at, comma - at));
    at = comma + 1;
  }
  return list;
}

}  // namespace sluice::stages
