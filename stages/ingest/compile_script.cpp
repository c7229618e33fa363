// Scripts as they stand in a pipeline.
#include <utility>

#include "pipeline/base/json_text.h"
#include "stages/ingest/pipeline.h"
#include "stages/painless/script_context.h"

namespace sluice::ingest {

namespace {

/// What a script's object says.
struct ScriptObject {
  std::optional<std::string> source;
  std::optional<std::string> id;
  std::string lang = "painless";
  std::string params;
};

/// Where something stands in the object once the white space between its tokens is gone, as a node counts.
std::string place_in(std::string_view json, const char* at) {
  std::size_t column = 1;
  bool in_text = false;
  for (const char* c = json.data(); c != at; ++c) {
    if (*c == '"') in_text = !in_text;
    if (in_text && *c == '\\') {
      ++c;
      ++column;
    }
    const bool blank = *c == ' ' || *c == '\t' || *c == '\n' || *c == '\r';
    column += in_text || !blank ? 1 : 0;
  }
  return "[1:" + std::to_string(column) + "] [script] ";
}

Result<ScriptObject> read_object(std::string_view json) {
  auto members = stages::json_members(json, "script");
  if (!members) return std::unexpected(std::move(members.error()));
  ScriptObject made;
  for (const stages::JsonMember& member : *members) {
    const std::string name = member.name();
    const bool text = member.value.starts_with('"');
    const bool object = member.value.starts_with('{');
    const char* const at = member.value.data();
    if (name != "source" && name != "id" && name != "lang" && name != "params" && name != "options" &&
        name != "inline") {
      return std::unexpected(x_content_parse_error(place_in(json, member.key.data()) + "unknown field [" + name + "]"));
    }
    if (name == "params" || name == "options" ? !object : !text) {
      return std::unexpected(x_content_parse_error(place_in(json, at) + name + " doesn't support values of type: " +
                                                   std::string(stages::json_token_name(member.value))));
    }
    if (name == "params") made.params = member.value;
    if (name == "lang") made.lang = json_unquoted(member.value);
    if (name == "source" || name == "inline") made.source = json_unquoted(member.value);
    if (name == "id") made.id = json_unquoted(member.value);
    if (made.source && made.id) {
      return std::unexpected(
          x_content_parse_error(place_in(json, at) + "failed to parse field [" + name + "]")
              .wrapping(illegal_argument("must only use one of [source, id] when specifying a script")));
    }
  }
  if (!made.source && !made.id) {
    return std::unexpected(
        illegal_argument("must specify either [source] for an inline script or [id] for a stored script"));
  }
  return made;
}

}  // namespace

Result<PipelineScript> compile_script(std::string_view json, const painless::ScriptContext& context,
                                      const CompileEnvironment& environment) {
  ScriptObject object;
  if (json.starts_with('"')) {
    object.source = json_unquoted(json);
  } else {
    auto read = read_object(json);
    if (!read) return std::unexpected(std::move(read.error()));
    object = std::move(*read);
  }
  if (object.lang != "painless")
    return std::unexpected(illegal_argument("script_lang not supported [" + object.lang + "]"));
  painless::CompileOptions options = environment.script;
  if (object.id) {
    Result<std::optional<std::string>> source = std::nullopt;
    if (environment.stored_script) source = environment.stored_script(*object.id);
    if (!source) return std::unexpected(std::move(source.error()));
    if (!*source) return PipelineScript{nullptr, std::move(object.params), std::move(*object.id)};
    object.source = std::move(**source);
    options.name = *object.id;
  }
  auto script = painless::compile(*object.source, context, options);
  if (!script) return std::unexpected(std::move(script.error()));
  return PipelineScript{std::move(*script), std::move(object.params), {}};
}

}  // namespace sluice::ingest
