#include "tools/sluiced/rest/scripts.h"

#include "reindex/stored_script.h"
#include "stages/painless/run/json_document.h"
#include "stages/parse/json_object.h"
#include "tools/sluiced/rest/cluster_setting.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/rest/script_cache.h"

namespace sluice::rest {

namespace {

constexpr std::string_view kRate = "script.max_compilations_rate";
constexpr std::string_view kExpire = "script.cache.expire";

Result<ScriptLimits> script_limits(const Services& services) {
  ScriptLimits limits;
  auto rate = parse_compilation_rate(cluster_setting(services, kRate), kRate);
  if (!rate) return std::unexpected(std::move(rate.error()));
  limits.rate = std::move(*rate);
  limits.limited = cluster_setting(services, "script.disable_max_compilations_rate") != "true";
  limits.max_size = std::stoull("0" + cluster_setting(services, "script.cache.max_size"));
  auto expire = parse_time_value(cluster_setting(services, kExpire), kExpire);
  if (!expire) return std::unexpected(std::move(expire.error()));
  limits.expire = expire->duration;
  return limits;
}

Error no_such_script(const std::string& id) {
  return {ErrorKind::kNotFound, 404, "resource_not_found_exception",
          "unable to find script [" + id + "] in cluster state"};
}

}  // namespace

const painless::ScriptContext* runnable_context(std::string_view name) {
  for (const painless::ScriptContext* context :
       {&painless::reindex_context(), &painless::update_context(), &painless::by_query_context(),
        &painless::ingest_context(), &painless::filter_context(), &painless::score_context(),
        &painless::number_sort_context(), &painless::string_sort_context(), &painless::terms_set_context(),
        &painless::field_context()}) {
    if (name == context->name) return context;
  }
  if (name == "painless_test") return &painless::test_context();
  constexpr std::string_view kRuntime = "_field";
  return name.ends_with(kRuntime) ? painless::runtime_context(name.substr(0, name.size() - kRuntime.size())) : nullptr;
}

std::size_t max_script_size(const Services& services) {
  return std::stoull("0" + cluster_setting(services, "script.max_size_in_bytes"));
}

Result<std::shared_ptr<const painless::Script>> compiled_script(const Services& services, const RequestScript& script,
                                                                std::string_view context_name) {
  std::string stored;
  std::string_view source = script.source;
  if (!script.id.empty()) {
    auto found = stored_script_source(*services.catalog.state(), script.id);
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found) return std::unexpected(no_such_script(script.id));
    stored = std::move(**found);
    source = stored;
  } else if (script.lang != "painless") {
    return std::unexpected(illegal_argument("script_lang not supported [" + script.lang + "]"));
  } else if (Status fits = painless::check_script_size(source, max_script_size(services)); !fits) {
    return std::unexpected(std::move(fits.error()));
  }
  if (script.source_is_object) {
    return std::unexpected(general_script_error(
        script.id, source,
        illegal_argument("Unrecognized compile-time parameter(s): {content_type=application/json;charset=utf-8}")));
  }
  auto limits = script_limits(services);
  if (!limits) return std::unexpected(std::move(limits.error()));
  return services.scripts.get({source, script.id, context_name, runnable_context(context_name)}, *limits);
}

std::function<Result<std::shared_ptr<const painless::Script>>(const stages::ScriptText&,
                                                              const painless::ScriptContext&)>
query_script_compiler(const Services& services) {
  return [&services](const stages::ScriptText& text, const painless::ScriptContext& inputs) {
    const RequestScript script{.source = text.source,
                               .id = text.id,
                               .lang = text.lang,
                               .params = {},
                               .source_is_object = text.source_is_object};
    return compiled_script(services, script, inputs.name);
  };
}

namespace {

struct Execution {
  RequestScript script{.source = {}, .id = {}, .params = "{}"};
  std::string context = "painless_test";
};

Result<Execution> read_execution(std::string_view body) {
  Execution execution;
  bool has_script = false;
  auto members = stages::json_members(body, "the body");
  if (!members) return std::unexpected(members.error());
  for (const stages::JsonMember& member : *members) {
    if (member.name() == "context") {
      execution.context = stages::json_text_value(member.value).value_or("");
    } else if (member.name() != "script") {
      return std::unexpected(
          unsupported("[" + member.name() + "] is not supported yet: [painless_test] needs no more than a [script]"));
    } else if (!member.value.starts_with('{')) {
      has_script = true;
      execution.script.source = stages::json_text_value(member.value).value_or("");
    } else {
      has_script = true;
      auto parts = stages::json_members(member.value, "[script]");
      if (!parts) return std::unexpected(parts.error());
      for (const stages::JsonMember& part : *parts) {
        if (part.name() == "source") execution.script.source = stages::json_text_value(part.value).value_or("");
        if (part.name() == "lang") execution.script.lang = stages::json_text_value(part.value).value_or("");
        if (part.name() == "params") execution.script.params = part.value;
        if (part.name() == "id") execution.script.id = stages::json_text_value(part.value).value_or("");
      }
    }
  }
  if (!has_script) return std::unexpected(illegal_argument("Required [script]"));
  return execution;
}

}  // namespace

Result<Reply> execute_script(Call& call, Services& services) {
  if (!call.has_body()) {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "parse_exception", "request body is required"));
  }
  auto execution = read_execution(call.body());
  if (!execution) return std::unexpected(execution.error());
  if (execution->context != "painless_test") {
    return std::unexpected(unsupported("the context [" + execution->context +
                                       "] is not supported yet: sluiced executes scripts as [painless_test]"));
  }
  auto script = compiled_script(services, execution->script, "painless_test");
  if (!script) return std::unexpected(script.error());
  painless::Machine machine((*script)->program);
  painless::JsonDocument document;
  auto params = document.read(machine, execution->script.params);
  if (!params) return std::unexpected(params.error());
  const painless::Value result = machine.run({&*params, 1});
  const painless::String* text = result.is_error() ? nullptr : machine.to_text(result);
  if (text == nullptr) return std::unexpected(painless::runtime_error(**script, machine));
  JsonWriter out;
  out.begin_object().member("result", text->text()).end_object();
  return Reply::json(out.take());
}

}  // namespace sluice::rest
