#include "stages/query/script_text.h"

namespace sluice::stages {

namespace {

Error script_object_error(const QueryContext& context, const char* at, const std::string& reason) {
  return query_object_error(context, at, "[script] " + reason);
}

Error wrong_kind(const QueryContext& context, const JsonMember& member) {
  return script_object_error(
      context, member.value.data(),
      member.name() + " doesn't support values of type: " + std::string(json_token_name(member.value)));
}

/// Elasticsearch has taken the number when it finds that there is no object.
Error no_script(const QueryContext& context, std::string_view value) {
  const char* at = value.data() + value.size();
  while (*at == ' ' || *at == '\n' || *at == ',') ++at;
  return script_object_error(
      context, at, std::string("Expected START_OBJECT but was: ") + (*at == '}' ? "END_OBJECT" : "FIELD_NAME"));
}

struct Parts {
  ScriptText script;
  bool has_code = false;
  bool has_lang = false;
  std::string options;  ///< as Java prints them
};

Status read_code(const JsonMember& member, const QueryContext& context, Parts& parts) {
  const std::string name = member.name();
  const bool stored = name == "id" || name == "stored";
  const bool object = member.value.starts_with('{');
  if (!member.value.starts_with('"') && (stored || !object)) return std::unexpected(wrong_kind(context, member));
  if (parts.has_code) {
    Error error = script_object_error(context, member.value.data(), "failed to parse field [" + name + "]");
    return std::unexpected(
        std::move(error).wrapping(illegal_argument("must only use one of [source, id] when specifying a script")));
  }
  parts.has_code = true;
  parts.script.source_is_object = object;
  (stored ? parts.script.id : parts.script.source) =
      object ? std::string(member.value) : json_text_value(member.value).value_or("");
  return {};
}

Status read_options(const JsonMember& member, const QueryContext& context, Parts& parts) {
  if (!member.value.starts_with('{')) return std::unexpected(wrong_kind(context, member));
  auto members = json_members(member.value, "[options]");
  if (!members) return std::unexpected(members.error());
  for (const JsonMember& each : *members) {
    parts.options += (parts.options.empty() ? "" : ", ") + each.name() + "=" + json_text_value(each.value).value_or("");
  }
  return {};
}

Status read_part(const JsonMember& member, const QueryContext& context, Parts& parts) {
  const std::string name = member.name();
  if (name == "source" || name == "inline" || name == "id" || name == "stored") {
    return read_code(member, context, parts);
  }
  if (name == "options") return read_options(member, context, parts);
  if (name == "lang") {
    if (!member.value.starts_with('"')) return std::unexpected(wrong_kind(context, member));
    parts.has_lang = true;
    parts.script.lang = json_text_value(member.value).value_or("");
    return {};
  }
  if (name == "params") {
    if (!member.value.starts_with('{')) return std::unexpected(wrong_kind(context, member));
    parts.script.params = member.value;
    return {};
  }
  return std::unexpected(script_object_error(context, member.key.data(), "unknown field [" + name + "]"));
}

}  // namespace

Result<ScriptText> read_script_text(std::string_view value, const QueryContext& context) {
  Parts parts;
  if (value.starts_with('"')) {
    parts.script.source = json_text_value(value).value_or("");
    return std::move(parts.script);
  }
  if (!value.starts_with('{')) return std::unexpected(no_script(context, value));
  auto members = json_members(value, "[script]");
  if (!members) return std::unexpected(members.error());
  for (const JsonMember& member : *members) {
    if (auto read = read_part(member, context, parts); !read) return std::unexpected(read.error());
  }
  if (!parts.has_code) {
    return std::unexpected(
        illegal_argument("must specify either [source] for an inline script or [id] for a stored script"));
  }
  const bool stored = !parts.script.id.empty();
  if (stored && parts.has_lang) {
    return std::unexpected(illegal_argument("illegally specified <lang> for a stored script"));
  }
  if (!parts.options.empty()) {
    return std::unexpected(illegal_argument(stored ? "field [options] cannot be specified using a stored script"
                                                   : "illegal compiler options [{" + parts.options + "}] specified"));
  }
  return std::move(parts.script);
}

Result<std::shared_ptr<const painless::Script>> compile_script_text(const ScriptText& text,
                                                                    const painless::ScriptContext& inputs,
                                                                    const QueryContext& context) {
  if (context.compile_script) return context.compile_script(text, inputs);
  if (!text.id.empty()) {
    return std::unexpected(unsupported("script [" + text.id +
                                       "] is a stored one, and there is nowhere to look for it: give its [source]"));
  }
  if (text.lang != "painless")
    return std::unexpected(illegal_argument("script_lang not supported [" + text.lang + "]"));
  if (text.source_is_object) {
    Error error(ErrorKind::kScript, 400, "general_script_exception",
                "Failed to compile inline script [" + text.source + "] using lang [painless]");
    return std::unexpected(std::move(error).wrapping(
        illegal_argument("Unrecognized compile-time parameter(s): {content_type=application/json;charset=utf-8}")));
  }
  return painless::compile(text.source, inputs);
}

}  // namespace sluice::stages
