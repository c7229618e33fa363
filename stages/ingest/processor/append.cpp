#include <memory>
#include <utility>

#include "stages/ingest/processor.h"
#include "stages/ingest/value_source.h"
#include "stages/painless/api/natives.h"

namespace sluice::ingest {

using painless::List;
using painless::Value;

namespace {

constexpr OptionRow kOptions[] = {
    {"field", "string (template)", "", "The field that becomes a longer list; one that is missing becomes a list."},
    {"value", "any (template)", "", "What is added: one value, or all of a list; not with `copy_from`."},
    {"copy_from", "string", "none", "A field whose values are added."},
    {"allow_duplicates", "boolean", "true", "Whether values that are there already are added once more."},
    {"ignore_empty_values", "boolean", "false", "Whether nulls and empty texts are left out."},
    {"media_type", "string", "application/json", "How `{{x}}` writes quotes and the like in `value`."},
};

class Append final : public Processor {
 public:
  PathTemplate field;
  ValueSource value;
  bool duplicates = true;
  bool ignore_empty = false;

  Status run(Execution& run) const override {
    IngestDocument& document = run.document();
    std::optional<FieldPath> made;
    const auto path = field.resolve(document, made);
    if (!path) return std::unexpected(path.error());
    auto next = value.make(document);
    if (!next) return std::unexpected(std::move(next.error()));
    if (ignore_empty) next = without_empty(document.machine(), *next);
    return document.append(**path, *next, duplicates);
  }

 private:
  /// What is left of the values.
  static Value without_empty(painless::Machine& machine, const Value& value) {
    List* list = machine.as_list(value);
    if (list == nullptr && !is_empty_value(machine, value)) return value;
    auto* kept = painless::api::new_list(machine);
    if (list == nullptr) return Value::of(kept);
    for (std::uint32_t i = 0; i < list->size(machine); ++i) {
      const Value item = list->get(machine, i);
      if (!is_empty_value(machine, item)) kept->push(machine.heap(), item);
    }
    return Value::of(kept);
  }
};

Result<ProcessorPtr> make(Config& config, const CompileEnvironment&) {
  auto made = std::make_unique<Append>();
  auto field = config.path("field");
  if (!field) return std::unexpected(std::move(field.error()));
  made->field = std::move(*field);
  auto value = ValueSource::read(config);
  if (!value) return std::unexpected(std::move(value.error()));
  made->value = std::move(*value);
  const auto duplicates = config.flag("allow_duplicates", true);
  if (!duplicates) return std::unexpected(duplicates.error());
  const auto ignore_empty = config.flag("ignore_empty_values", false);
  if (!ignore_empty) return std::unexpected(ignore_empty.error());
  made->duplicates = *duplicates;
  made->ignore_empty = *ignore_empty;
  return made;
}

}  // namespace

const ProcessorRow& append_processor() {
  static const ProcessorRow row{"append",
                                "Adds values to a field, which becomes a list.",
                                kOptions,
                                R"({"field":"tags","value":["p","q"],"allow_duplicates":false})",
                                R"({"tags":"p"})",
                                R"({"tags":["p","q"]})",
                                make};
  return row;
}

}  // namespace sluice::ingest
