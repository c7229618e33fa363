#include <memory>
#include <utility>

#include "stages/ingest/field_value.h"
#include "stages/ingest/java_regex.h"
#include "stages/ingest/text_processor.h"
#include "stages/painless/api/natives.h"

namespace sluice::ingest {

using painless::Value;

namespace {

constexpr OptionRow kOptions[] = {
    {"field", "string", "", "A text."},
    {"separator", "string", "", "A regular expression of Java."},
    kTargetOption,
    kIgnoreMissingOption,
    {"preserve_trailing", "boolean", "false", "Whether empty parts at the end stay."},
};

class Split final : public Processor {
 public:
  FieldPath field;
  FieldPath target;
  Result<JavaRegex> separator;  ///< an error is the documents': a node compiles it for each
  bool ignore_missing = false;
  int limit = 0;

  Status run(Execution& run) const override {
    IngestDocument& document = run.document();
    const auto text = need_text(document, field, ignore_missing, "split.");
    if (!text) return std::unexpected(text.error());
    if (*text == nullptr) return {};
    if (!separator) return std::unexpected(separator.error());
    JavaRegex::Split split;
    if (Status done = separator->split((*text)->text(), limit, split); !done) return done;
    painless::Machine& machine = document.machine();
    auto* list = painless::api::new_list(machine);
    list->reserve(machine.heap(), static_cast<std::uint32_t>(split.parts.size()));
    const bool own = !split.halves.empty();
    for (const std::string_view part : split.parts) {
      // The text lives as long as the work on the document.
      list->push(machine.heap(), own ? machine.string_value(part) : Value::of(machine.text(part)));
    }
    return document.set(target, Value::of(list));
  }
};

Result<ProcessorPtr> make(Config& config, const CompileEnvironment&) {
  auto made = std::make_unique<Split>();
  auto field = config.fixed_path("field");
  if (!field) return std::unexpected(std::move(field.error()));
  const auto ignore_missing = config.flag("ignore_missing", false);
  if (!ignore_missing) return std::unexpected(ignore_missing.error());
  const auto separator = config.text("separator");
  if (!separator) return std::unexpected(separator.error());
  auto target = config.target_path(*field);
  if (!target) return std::unexpected(std::move(target.error()));
  const auto trailing = config.flag("preserve_trailing", false);
  if (!trailing) return std::unexpected(trailing.error());
  made->field = std::move(*field);
  made->target = std::move(*target);
  made->separator = JavaRegex::compile(*separator);
  made->ignore_missing = *ignore_missing;
  made->limit = *trailing ? -1 : 0;
  return made;
}

}  // namespace

const ProcessorRow& split_processor() {
  static const ProcessorRow row{"split",
                                "Splits a text into a list.",
                                kOptions,
                                R"({"field":"a","separator":"\\s*,\\s*"})",
                                R"({"a":"b, c,,d,"})",
                                R"({"a":["b","c","","d"]})",
                                make};
  return row;
}

}  // namespace sluice::ingest
