#include "stages/ingest/pipeline.h"

#include <algorithm>
#include <utility>

#include "pipeline/base/buffer.h"
#include "pipeline/base/json_text.h"
#include "stages/ingest/field_value.h"
#include "stages/ingest/java_number.h"
#include "stages/painless/run/json_text.h"
#include "stages/painless/script_context.h"

namespace sluice::ingest {

namespace {

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

Result<std::vector<Step>> on_failure_of(Config& config, const CompileEnvironment& environment) {
  auto elements = config.optional_elements("on_failure");
  if (!elements) return std::unexpected(std::move(elements.error()));
  if (!*elements) return std::vector<Step>();
  return compile_steps(**elements, environment);
}

/// Looks whether what a node shows of a pipeline is a date; it is kept elsewhere.
Status date_of(Config& config, std::string_view name) {
  const auto value = config.take(name);
  if (!value) return {};
  const std::string type = json_class_name(*value);
  if (type == "java.lang.Integer" || type == "java.lang.Long") return {};
  if (type != "java.lang.String")
    return std::unexpected(config.problem(name, "property isn't a string or long, but of type [" + type + "]"));
  const auto number = read_long(json_unquoted(*value));
  if (!number) return std::unexpected(number.error());
  return {};
}

/// The options that every processor has.
Result<Step> common_options(Config& config, const CompileEnvironment& environment) {
  Config nameless = config;  // a node tells of wrong ones without saying where
  Step step;
  step.type = config.type();
  auto description = config.text_or("description", "");
  auto ignore_failure = config.flag("ignore_failure", false);
  const auto bare = [](Error error) {
    std::erase_if(error.details, [](const auto& detail) { return detail.first != "property_name"; });
    return std::unexpected(std::move(error));
  };
  if (!description) return bare(std::move(description.error()));
  if (!ignore_failure) return bare(std::move(ignore_failure.error()));
  step.description = std::move(*description);
  step.ignore_failure = *ignore_failure;
  auto tag = config.text_or("tag", "");
  if (!tag) return bare(std::move(tag.error()));
  step.tag = *tag;
  config.set_tag(std::move(*tag));
  auto raw = nameless.optional_elements("on_failure");
  if (!raw) return bare(std::move(raw.error()));
  if (*raw && (*raw)->empty()) return std::unexpected(config.problem("on_failure", "processors list cannot be empty"));
  auto handlers = on_failure_of(config, environment);
  if (!handlers) return std::unexpected(std::move(handlers.error()));
  step.on_failure = std::move(*handlers);
  return step;
}

Status add_condition(Step& step, std::optional<std::string_view> json, const Config& config,
                     const CompileEnvironment& environment) {
  if (!json) return {};
  if (!json->starts_with('"') && !json->starts_with('{')) {
    Error error(ErrorKind::kBadRequest, 400, "parse_exception",
                "[script] property isn't a map or string, but of type [" + json_class_name(*json) + "]");
    return std::unexpected(std::move(error).with("property_name", "script").with("processor_type", "conditional"));
  }
  auto condition = compile_script(*json, painless::condition_context(), environment);
  if (condition) {
    step.condition = std::move(*condition);
    return {};
  }
  if (condition.error().type != "script_exception") return std::unexpected(std::move(condition.error()));
  return std::unexpected(config.placed(std::move(condition.error())));
}

Result<Step> compile_step(std::string_view type, std::string_view json, const CompileEnvironment& environment) {
  const std::string name(type);
  const Config nothing(name);
  if (json == "null") return std::unexpected(nothing.problem("processor config cannot be [null]"));
  std::string spelled;
  if (type == "script" && json.starts_with('"')) {
    spelled = "{\"source\":" + std::string(json) + "}" + std::string(Buffer::kPadding, ' ');
    json = std::string_view(spelled).substr(0, spelled.size() - Buffer::kPadding);
  }
  if (!json.starts_with('{'))
    return std::unexpected(nothing.problem("property isn't a map, but of type [" + json_class_name(json) + "]"));
  auto config = Config::parse(name, json);
  if (!config) return std::unexpected(std::move(config.error()));
  const ProcessorRow* row = processor_row(type);
  if (row == nullptr) {
    auto tag = config->text_or("tag", "");
    if (tag) config->set_tag(std::move(*tag));
    return std::unexpected(config->problem("No processor type exists with name [" + name + "]"));
  }
  const auto condition = config->take("if");
  auto step = common_options(*config, environment);
  if (!step) return step;
  auto processor = row->make(*config, environment);
  if (!processor) return std::unexpected(config->placed(std::move(processor.error())));
  if (const auto left = config->left(); !left.empty()) {
    return std::unexpected(config->problem("processor [" + name +
                                           "] doesn't support one or more provided configuration parameters [" +
                                           listed(left) + "]"));
  }
  step->processor = std::move(*processor);
  if (auto added = add_condition(*step, condition, *config, environment); !added)
    return std::unexpected(std::move(added.error()));
  return step;
}

}  // namespace

Result<std::vector<Step>> compile_steps(std::span<const std::string_view> processors,
                                        const CompileEnvironment& environment) {
  std::vector<Step> steps;
  std::vector<Error> errors;
  for (const std::string_view element : processors) {
    if (element == "null") {
      return std::unexpected(
          null_pointer("Cannot invoke \"java.util.Map.entrySet()\" because \"processorConfigWithKey\" is null"));
    }
    if (!element.starts_with('{')) {
      return std::unexpected(Error(ErrorKind::kBadRequest, 500, "class_cast_exception",
                                   painless::class_cast_text(json_class_name(element), "java.util.Map")));
    }
    auto members = stages::json_members(element, "processor");
    if (!members) return std::unexpected(std::move(members.error()));
    for (const stages::JsonMember& member : *members) {
      auto step = compile_step(member.name(), member.value, environment);
      if (step) {
        steps.push_back(std::move(*step));
      } else {
        errors.push_back(std::move(step.error()));
      }
    }
  }
  if (!errors.empty()) return std::unexpected(first_of(std::move(errors)));
  return steps;
}

namespace {

std::optional<std::vector<painless::MemberEdit>> edits_of(std::span<const Step> steps) {
  FieldEdits edits;
  for (const Step& step : steps) {
    if (step.condition || !step.processor->add_to(edits)) return std::nullopt;
  }
  return edits.take();
}

}  // namespace

Result<std::shared_ptr<const Pipeline>> Pipeline::compile(std::string id, std::string_view body,
                                                          const CompileEnvironment& environment) {
  Buffer padded(body.size());
  padded.append(body);
  auto config = Config::parse("", padded.view());
  if (!config) return std::unexpected(std::move(config.error()));
  auto made = std::make_shared<Pipeline>();
  made->id_ = std::move(id);
  auto description = config->text_or("description", "");
  auto version = config->optional_integer("version");
  auto meta = config->optional_object("_meta");
  auto deprecated = config->flag("deprecated", false);
  auto pattern = config->text_or("field_access_pattern", "classic");
  auto processors = config->optional_elements("processors");
  auto created = date_of(*config, "created_date_millis");
  auto modified = date_of(*config, "modified_date_millis");
  for (const Error* error : {description ? nullptr : &description.error(), version ? nullptr : &version.error(),
                             meta ? nullptr : &meta.error(), deprecated ? nullptr : &deprecated.error(),
                             pattern ? nullptr : &pattern.error(), processors ? nullptr : &processors.error(),
                             created ? nullptr : &created.error(), modified ? nullptr : &modified.error()}) {
    if (error != nullptr) return std::unexpected(*error);
  }
  if (*pattern != "classic" && *pattern != "flexible") {
    return std::unexpected(config->problem("pipeline [" + made->id_ + "] doesn't support value of [" + *pattern +
                                           "] for parameter [field_access_pattern]"));
  }
  if (!*processors) return std::unexpected(config->problem("processors", "required property is missing"));
  made->description_ = std::move(*description);
  made->version_ = *version;
  if (*pattern == "flexible") made->access_ = FieldAccess::kFlexible;
  auto steps = compile_steps(**processors, environment);
  if (!steps) return std::unexpected(std::move(steps.error()));
  made->steps_ = std::move(*steps);
  made->edits_ = edits_of(made->steps_);
  auto handlers = config->optional_elements("on_failure");
  if (!handlers) return std::unexpected(std::move(handlers.error()));
  if (*handlers && (*handlers)->empty()) {
    return std::unexpected(
        config->problem("pipeline [" + made->id_ + "] cannot have an empty on_failure option defined"));
  }
  if (*handlers) {
    auto compiled = compile_steps(**handlers, environment);
    if (!compiled) return std::unexpected(std::move(compiled.error()));
    made->on_failure_ = std::move(*compiled);
  }
  if (const auto left = config->left(); !left.empty()) {
    return std::unexpected(config->problem("pipeline [" + made->id_ +
                                           "] doesn't support one or more provided configuration parameters [" +
                                           listed(left) + "]"));
  }
  return made;
}

}  // namespace sluice::ingest
