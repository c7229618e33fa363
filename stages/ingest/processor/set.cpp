#include <memory>
#include <utility>

#include "stages/ingest/processor.h"
#include "stages/ingest/value_source.h"

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
  ValueSource value;
  bool override_values = true;
  bool ignore_empty = false;

  Status run(Execution& run) const override {
    IngestDocument& document = run.document();
    std::optional<FieldPath> made;
    const auto path = field.resolve(document, made);
    if (!path) return std::unexpected(path.error());
    if (!override_values) {
      const auto there = document.find(**path);
      if (there && !document.machine().force(*there).is_null()) return {};
    }
    if (value.copy_from() && ignore_empty && !document.find(*value.copy_from())) return {};
    const auto next = value.make(document);
    if (!next) return std::unexpected(next.error());
    const bool may_be_left_out = ignore_empty && (value.copy_from() || value.is_template());
    if (may_be_left_out && is_empty_value(document.machine(), *next)) return {};
    return document.set(**path, *next);
  }

  bool add_to(FieldEdits& edits) const override {
    const FieldPath* path = field.fixed_field();
    const auto constant = value.scalar();
    if (path == nullptr || !constant) return false;
    edits.set(path->leaf().name, *constant, override_values);
    return true;
  }
};

Result<ProcessorPtr> make(Config& config, const CompileEnvironment&) {
  auto made = std::make_unique<Set>();
  auto field = config.path("field");
  if (!field) return std::unexpected(std::move(field.error()));
  made->field = std::move(*field);
  auto value = ValueSource::read(config);
  if (!value) return std::unexpected(std::move(value.error()));
  made->value = std::move(*value);
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
