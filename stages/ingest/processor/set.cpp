#include <memory>
#include <utility>

#include "stages/ingest/processor.h"

namespace sluice::ingest {

namespace {

constexpr OptionRow kOptions[] = {
    {"field", "string (template)", "", "The field to write; objects on the way to it are made."},
    {"value", "any (template)", "", "What is written; not with `copy_from`."},
    {"copy_from", "string", "none", "A field whose value is written, as it is."},
    {"override", "boolean", "true", "Whether a field that has a value gets another one."},
    {"ignore_empty_value", "boolean", "false",
     "Whether a template that says nothing, or a `copy_from` without a value, leaves the field alone."},
    {"media_type", "string", "application/json", "How `{{x}}` writes quotes and the like in `value`."},
};

class Set final : public Processor {
 public:
  PathTemplate field;
  ValueTemplate value;
  std::optional<FieldPath> copy_from;
  bool override_values = true;
  bool ignore_empty = false;
  bool value_is_template = false;

  Status run(Execution& run) const override {
    IngestDocument& document = run.document();
    std::optional<FieldPath> made;
    const auto path = field.resolve(document, made);
    if (!path) return std::unexpected(path.error());
    if (!override_values) {
      const auto there = document.find(**path);
      if (there && !document.machine().force(*there).is_null()) return {};
    }
    if (copy_from && ignore_empty && !document.find(*copy_from)) return {};
    const auto next = copy_from ? document.get(*copy_from) : value.make(document);
    if (!next) return std::unexpected(next.error());
    if (ignore_empty && (copy_from || value_is_template) && is_empty(document.machine(), *next)) return {};
    return document.set(**path, copy_from ? document.copy_of(*next) : *next);
  }

 private:
  static bool is_empty(painless::Machine& machine, const painless::Value& raw) {
    const painless::Value forced = machine.force(raw);
    const painless::String* text = machine.as_string(forced);
    return forced.is_null() || (text != nullptr && text->size == 0);
  }
};

Result<ProcessorPtr> make(Config& config, const CompileEnvironment&) {
  auto made = std::make_unique<Set>();
  auto field = config.path("field");
  if (!field) return std::unexpected(std::move(field.error()));
  made->field = std::move(*field);
  auto copy_from = config.optional_text("copy_from");
  if (!copy_from) return std::unexpected(std::move(copy_from.error()));
  auto media_type = config.text_or("media_type", "application/json");
  if (!media_type) return std::unexpected(std::move(media_type.error()));
  const auto escape = text_escape_of(*media_type);
  if (!escape) return std::unexpected(config.problem("media_type", escape.error().reason));
  if (*copy_from) {
    if (config.take("value"))
      return std::unexpected(
          config.problem("copy_from", "cannot set both `copy_from` and `value` in the same processor"));
    made->copy_from = FieldPath(**copy_from);
  } else {
    const auto value = config.take_required("value");
    if (!value) return std::unexpected(value.error());
    auto compiled = ValueTemplate::compile(*value, *escape);
    if (!compiled) return std::unexpected(std::move(compiled.error()));
    made->value = std::move(*compiled);
    made->value_is_template = value->starts_with('"') && value->find("{{") != std::string_view::npos;
  }
  const auto overrides = config.flag("override", true);
  if (!overrides) return std::unexpected(overrides.error());
  const auto ignore_empty = config.flag("ignore_empty_value", false);
  if (!ignore_empty) return std::unexpected(ignore_empty.error());
  made->override_values = *overrides;
  made->ignore_empty = *ignore_empty;
  return made;
}

}  // namespace

const ProcessorRow& set_processor() {
  static const ProcessorRow row{
      "set",        "Writes a value into a field.", kOptions, R"({"field":"a.b","value":"{{x}}"})",
      R"({"x":5})", R"({"x":5,"a":{"b":"5"}})",     make};
  return row;
}

}  // namespace sluice::ingest
