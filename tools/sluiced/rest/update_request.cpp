#include "tools/sluiced/rest/update_request.h"

#include <array>

#include "reindex/object_fields.h"
#include "reindex/parse_script.h"
#include "stages/parse/json_object.h"
#include "tools/sluiced/rest/body_position.h"
#include "tools/sluiced/rest/source_fields.h"

namespace sluice::rest {

namespace {

Status read_object_member(std::string_view body, const stages::JsonMember& member, std::string_view name,
                          std::string_view& into) {
  if (member.value.starts_with('{')) {
    into = member.value;
    return {};
  }
  const auto column = static_cast<std::size_t>(member.value.data() - body.data()) + 1;
  return std::unexpected(
      x_content_parse_error("[1:" + std::to_string(column) + "] [UpdateRequest] " + std::string(name) +
                            " doesn't support values of type: " + std::string(stages::json_token_name(member.value))));
}

constexpr auto kFields =
    std::to_array<std::string_view>({"_source", "detect_noop", "doc", "doc_as_upsert", "if_primary_term", "if_seq_no",
                                     "script", "scripted_upsert", "upsert"});

constexpr unsigned kAnything = kTakesString | kTakesNumber | kTakesObject | kTakesArray | kTakesBoolean | kTakesNull;
constexpr std::array<FieldRule, kFields.size()> kRules = [] {
  std::array<FieldRule, kFields.size()> rules{};
  for (std::size_t i = 0; i < kFields.size(); ++i) rules[i] = {kFields[i], kAnything};
  return rules;
}();

Status skip_value(JsonReader& reader) {
  int depth = 0;
  for (;;) {
    const JsonToken token = reader.token();
    if (token == JsonToken::kStartObject || token == JsonToken::kStartArray) ++depth;
    if (token == JsonToken::kEndObject || token == JsonToken::kEndArray) --depth;
    if (depth == 0) return {};
    if (auto next = reader.next(); !next) return std::unexpected(std::move(next.error()));
  }
}

/// A script that is an object is read with the body around it, for the places that its errors name.
Status read_script_object(std::string_view body, UpdateRequest& request) {
  JsonReader reader(body);
  if (auto first = reader.next(); !first) return std::unexpected(std::move(first.error()));
  Status read = read_object(reader, "UpdateRequest", kRules, [&](std::string_view field, JsonReader& at) -> Status {
    if (field != "script") return skip_value(at);
    auto script = parse_script_object(at, request.warnings);
    if (!script) return std::unexpected(std::move(script.error()));
    request.script = std::move(*script);
    return {};
  });
  if (!read) return std::unexpected(with_root_cause(std::move(read.error())));
  return {};
}

Status read_script(std::string_view body, const stages::JsonMember& member, UpdateRequest& request) {
  if (member.value.starts_with('"')) {
    request.script.emplace().source = stages::json_text_value(member.value).value_or("");
    return {};
  }
  std::string_view object;
  if (auto read = read_object_member(body, member, "script", object); !read) return read;
  return read_script_object(body, request);
}

Status read_member(std::string_view body, const stages::JsonMember& member, UpdateRequest& request) {
  const std::string name = member.name();
  if (name == "doc") return read_object_member(body, member, name, request.doc);
  if (name == "upsert") return read_object_member(body, member, name, request.upsert);
  if (name == "script") return read_script(body, member, request);
  if (name == "_source") return read_source_fields(member.value, request.source);
  if (name == "if_seq_no" || name == "if_primary_term") {
    auto number = stages::json_integer_value(member.value);
    if (!number) return std::unexpected(number.error());
    (name == "if_seq_no" ? request.if_seq_no : request.if_primary_term) = *number;
    return {};
  }
  if (name == "doc_as_upsert" || name == "detect_noop" || name == "scripted_upsert") {
    auto flag = stages::json_flag_value(member.value);
    if (!flag) return std::unexpected(flag.error());
    if (name == "doc_as_upsert") request.doc_as_upsert = *flag;
    if (name == "detect_noop") request.detect_noop = *flag;
    if (name == "scripted_upsert") request.scripted_upsert = *flag;
    return {};
  }
  return std::unexpected(unknown_field_error(body, member.key.data(), "UpdateRequest", name, kFields));
}

}  // namespace

Status read_update_body(std::string_view body, UpdateRequest& request) {
  auto members = stages::json_members(body, "the update request");
  if (!members) return std::unexpected(members.error());
  for (const stages::JsonMember& member : *members) {
    if (auto read = read_member(body, member, request); !read) return read;
  }
  return {};
}

std::vector<std::string> update_problems(const UpdateRequest& request) {
  std::vector<std::string> problems;
  const bool compares = request.if_seq_no.has_value();
  if (request.has_version) {
    problems.emplace_back(
        "internal versioning can not be used for optimistic concurrency control. Please use `if_seq_no` and "
        "`if_primary_term` instead");
  }
  if (compares && request.if_primary_term.value_or(0) == 0)
    problems.emplace_back("ifSeqNo is set, but primary term is [0]");
  if (!compares && request.if_primary_term.value_or(0) != 0) {
    problems.push_back("ifSeqNo is unassigned, but primary term is [" + std::to_string(*request.if_primary_term) + "]");
  }
  if (compares && request.retry_on_conflict > 0)
    problems.emplace_back("compare and write operations can not be retried");
  if (compares && request.doc_as_upsert)
    problems.emplace_back("compare and write operations can not be used with upsert");
  if (compares && !request.upsert.empty()) {
    problems.emplace_back("upsert requests don't support `if_seq_no` and `if_primary_term`");
  }
  if (!request.script && request.doc.empty()) problems.emplace_back("script or doc is missing");
  if (request.script && !request.doc.empty()) problems.emplace_back("can't provide both script and doc");
  if (request.doc.empty() && request.doc_as_upsert) {
    problems.emplace_back("doc must be specified if doc_as_upsert is enabled");
  }
  return problems;
}

}  // namespace sluice::rest
