#include <algorithm>
#include <array>

#include "pipeline/base/json_text.h"
#include "stages/parse/json_object.h"
#include "stages/query/query.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/rest/scripts.h"
#include "tools/sluiced/services.h"

namespace sluice::rest {

namespace {

struct ScriptContext {
  std::string_view name;
  std::string_view returns;  ///< of its method execute()
  std::string_view methods;  ///< the others, as JSON
};

constexpr auto kContexts = std::to_array<ScriptContext>({
#define CONTEXT(name, returns, methods) {name, returns, methods},
#include "tools/sluiced/rest/script_contexts.def"
#undef CONTEXT
});

constexpr std::string_view kLanguage = "painless";

/// A script as it is kept: what GET shows of it.
struct StoredScript {
  std::string lang;
  std::string source;
  std::string options;  ///< a JSON object; empty: none

  [[nodiscard]] std::string json() const {
    JsonWriter out;
    out.begin_object().member("lang", lang).member("source", source);
    if (!options.empty()) out.key("options").raw(options);
    out.end_object();
    return out.take();
  }
};

Error parsing_error(std::string_view body, const char* at, std::string reason) {
  const stages::TextPosition place = stages::position_of(body, at);
  return Error(ErrorKind::kBadRequest, 400, "parsing_exception", std::move(reason))
      .with_raw("line", std::to_string(place.line))
      .with_raw("col", std::to_string(place.column));
}

/// `content_type` is the only option there is: that of a source which is an object.
Status check_options(std::string_view options) {
  auto members = stages::json_members(options, "[options]");
  if (!members) return std::unexpected(members.error());
  std::string shown;
  for (const stages::JsonMember& member : *members) {
    if (member.name() == "content_type") continue;
    shown += (shown.empty() ? "" : ", ") + member.name() + "=" + stages::json_text_value(member.value).value_or("");
  }
  if (shown.empty()) return {};
  return std::unexpected(illegal_argument("illegal compiler options [{" + shown + "}] specified"));
}

Result<StoredScript> read_script(std::string_view object) {
  auto members = stages::json_members(object, "[script]");
  if (!members) return std::unexpected(members.error());
  StoredScript script;
  bool has_source = false;
  for (const stages::JsonMember& member : *members) {
    const std::string name = member.name();
    if (name == "lang") {
      script.lang = stages::json_text_value(member.value).value_or("");
    } else if (name == "source") {
      has_source = member.value != "null";
      script.source = stages::json_text_value(member.value).value_or("");
      if (!member.value.starts_with('{')) continue;
      script.source = member.value;
      script.options = R"({"content_type":"application/json;charset=utf-8"})";
    } else if (name == "options") {
      if (auto checked = check_options(member.value); !checked) return std::unexpected(checked.error());
    }
  }
  if (script.lang.empty()) return std::unexpected(illegal_argument("must specify lang for stored script"));
  if (!has_source) return std::unexpected(illegal_argument("must specify source for stored script"));
  if (script.source.empty()) return std::unexpected(illegal_argument("source cannot be empty"));
  return script;
}

Result<StoredScript> read_body(std::string_view body) {
  auto members = stages::json_members(body, "the stored script");
  if (!members) return std::unexpected(members.error());
  if (members->empty()) {
    return std::unexpected(
        parsing_error(body, body.data() + body.find('}'), "unexpected token [END_OBJECT, expected [script]"));
  }
  const stages::JsonMember& first = members->front();
  if (first.name() != "script") {
    return std::unexpected(
        parsing_error(body, first.key.data(), "unexpected field [" + first.name() + "], expected [script]"));
  }
  if (!first.value.starts_with('{')) {
    return std::unexpected(
        parsing_error(body, first.value.data(), "unexpected token [VALUE_STRING], expected [{, <source>]"));
  }
  return read_script(first.value);
}

/// Whether a script can be kept: its language, and with a context whether it compiles.
Status check_script(const StoredScript& script, std::string_view id, std::string_view context) {
  if (script.lang != kLanguage) {
    return std::unexpected(illegal_argument("unable to put stored script with unsupported lang [" + script.lang + "]"));
  }
  if (context.empty()) return {};
  if (std::ranges::find(kContexts, context, &ScriptContext::name) == kContexts.end()) {
    Error error = illegal_argument("failed to parse/compile stored script [" + std::string(id) + "]");
    return std::unexpected(
        std::move(error).wrapping(illegal_argument("Unknown context [" + std::string(context) + "]")));
  }
  const painless::ScriptContext* runnable = runnable_context(context);
  if (runnable == nullptr) {
    return std::unexpected(unsupported("compiling a stored script for the context [" + std::string(context) +
                                       "] is not supported by this version of sluiced: store it without a context"));
  }
  auto compiled = painless::compile(script.source, *runnable);
  if (compiled) return {};
  if (compiled.error().type == "script_exception") return std::unexpected(compiled.error());
  return std::unexpected(
      illegal_argument("failed to parse/compile stored script [" + std::string(id) + "]").wrapping(compiled.error()));
}

}  // namespace

Result<Reply> put_script(Call& call, Services& services) {
  if (!call.has_body()) {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "parse_exception", "request body is required"));
  }
  const std::string id(call.text_or("id", ""));
  const std::size_t most = max_script_size(services);
  auto script = read_body(call.body());
  if (!script) return std::unexpected(script.error());
  if (id.find('#') != std::string::npos) {
    return std::unexpected(validation_error({"id cannot contain '#' for stored script"}));
  }
  if (call.body().size() > most) {
    return std::unexpected(illegal_argument("exceeded max allowed stored script size in bytes [" +
                                            std::to_string(most) + "] with size [" +
                                            std::to_string(call.body().size()) + "] for script [" + id + "]"));
  }
  if (auto checked = check_script(*script, id, call.text_or("context", "")); !checked) {
    return std::unexpected(checked.error());
  }
  Status kept = services.catalog.update([&](store::ClusterState& state) -> Status {
    state.scripts.insert_or_assign(id, script->json());
    return {};
  });
  if (!kept) return std::unexpected(kept.error());
  return Reply::acknowledged();
}

Result<Reply> get_script(Call& call, Services& services) {
  const store::StatePtr state = services.catalog.state();
  const std::string_view id = call.text_or("id", "");
  const auto found = state->scripts.find(id);
  const bool there = found != state->scripts.end();
  JsonWriter out;
  out.begin_object().member("_id", id).member("found", there);
  if (there) out.key("script").raw(found->second);
  out.end_object();
  return Reply::json(out.take(), there ? 200 : 404);
}

Result<Reply> delete_script(Call& call, Services& services) {
  const std::string id(call.text_or("id", ""));
  Status gone = services.catalog.update([&](store::ClusterState& state) -> Status {
    if (state.scripts.erase(id) > 0) return {};
    return std::unexpected(Error(ErrorKind::kNotFound, 404, "resource_not_found_exception",
                                 "stored script [" + id + "] does not exist and cannot be deleted"));
  });
  if (!gone) return std::unexpected(gone.error());
  return Reply::acknowledged();
}

Result<Reply> get_script_contexts(Call& /*call*/, Services& /*services*/) {
  JsonWriter out;
  out.begin_object().key("contexts").begin_array();
  for (const ScriptContext& context : kContexts) {
    out.begin_object().member("name", context.name).key("methods");
    out.raw(R"([{"name":"execute","return_type":")" + std::string(context.returns) + R"(","params":[]},)" +
            std::string(context.methods) + "]");
    out.end_object();
  }
  out.end_array().end_object();
  return Reply::json(out.take());
}

Result<Reply> get_script_languages(Call& /*call*/, Services& /*services*/) {
  JsonWriter out;
  out.begin_object().key("types_allowed").begin_array().string("inline").string("stored").end_array();
  out.key("language_contexts").begin_array().begin_object().member("language", kLanguage);
  out.key("contexts").begin_array();
  for (const ScriptContext& context : kContexts) out.string(context.name);
  out.end_array().end_object().end_array().end_object();
  return Reply::json(out.take());
}

}  // namespace sluice::rest
