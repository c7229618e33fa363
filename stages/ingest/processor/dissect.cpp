#include "stages/ingest/dissect/dissect.h"

#include <memory>
#include <utility>

#include "stages/ingest/field_value.h"
#include "stages/ingest/processor.h"

namespace sluice::ingest {

using painless::Value;

namespace {

constexpr OptionRow kOptions[] = {
    {"field", "string", "", "The text that is cut."},
    {"pattern", "string", "", "`%{key}` and what stands between: `%{ts->} [%{level}] %{*name}=%{&name} %{+rest}`."},
    {"append_separator", "string", "\"\"", "What stands between the values of `%{+key}`."},
    kIgnoreMissingOption,
};

class DissectProcessor final : public Processor {
 public:
  DissectProcessor(Dissect compiled, FieldPath path) : dissect_(std::move(compiled)), field_(std::move(path)) {
    for (const std::string_view name : dissect_.names()) named_.push_back(FieldPath::lasting(name));
  }
  bool ignore_missing = false;

  Status run(Execution& run) const override {
    IngestDocument& document = run.document();
    const auto text = need_text(document, field_, ignore_missing, "process it.");
    if (!text) return std::unexpected(text.error());
    if (*text == nullptr) return {};
    thread_local DissectMatch match;
    if (Status cut = dissect_.match((*text)->text(), match); !cut) return cut;
    for (const DissectField& each : match.fields()) {
      const Value cut = each.is_null ? Value::null() : document.machine().string_value(each.value);
      const FieldPath& named = named_[each.number];
      std::optional<FieldPath> made;  // where a part of the text names it
      const FieldPath& path = named.text() == each.name ? named : made.emplace(each.name);
      if (Status done = document.set(path, cut); !done) return done;
    }
    return {};
  }

 private:
  Dissect dissect_;
  FieldPath field_;
  std::vector<FieldPath> named_;  ///< by the fields' numbers
};

Result<ProcessorPtr> make(Config& config, const CompileEnvironment&) {
  auto field = config.fixed_path("field");
  if (!field) return std::unexpected(std::move(field.error()));
  const auto pattern = config.text("pattern");
  if (!pattern) return std::unexpected(pattern.error());
  const auto separator = config.text_or("append_separator", "");
  if (!separator) return std::unexpected(separator.error());
  const auto ignore_missing = config.flag("ignore_missing", false);
  if (!ignore_missing) return std::unexpected(ignore_missing.error());
  auto dissect = Dissect::compile(*pattern, *separator);
  if (!dissect) return std::unexpected(std::move(dissect.error()));
  auto made = std::make_unique<DissectProcessor>(std::move(*dissect), std::move(*field));
  made->ignore_missing = *ignore_missing;
  return made;
}

}  // namespace

const ProcessorRow& dissect_processor() {
  static const ProcessorRow row{"dissect",
                                "Cuts a text at delimiters.",
                                kOptions,
                                R"({"field":"m","pattern":"%{a} [%{b}] %{+c} %{+c}","append_separator":","})",
                                R"({"m":"1 [x] p q"})",
                                R"({"m":"1 [x] p q","a":"1","b":"x","c":"p,q"})",
                                make};
  return row;
}

}  // namespace sluice::ingest
