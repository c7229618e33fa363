#include <memory>
#include <utility>

#include "stages/ingest/processor.h"

namespace sluice::ingest {

namespace {

constexpr OptionRow kOptions[] = {
    {"field", "string (template)", "", "The field that gets another name."},
    {"target_field", "string (template)", "", "The name; objects on the way to it are made."},
    {"ignore_missing", "boolean", "false", "Whether a field that is not there is no failure."},
    {"override", "boolean", "false", "Whether a field that has the name already gives way."},
};

class Rename final : public Processor {
 public:
  PathTemplate field;
  PathTemplate target;
  bool ignore_missing = false;
  bool overrides = false;

  Status run(Execution& run) const override {
    IngestDocument& document = run.document();
    std::optional<FieldPath> made_from;
    std::optional<FieldPath> made_to;
    const auto from = field.resolve(document, made_from);
    if (!from) return absent(from.error());
    const auto there = document.find_in_range(**from);
    if (!there) return std::unexpected(there.error());
    if (!*there) {
      if (ignore_missing) return {};
      return std::unexpected(illegal_argument("field [" + (*from)->text() + "] doesn't exist"));
    }
    const auto to = target.resolve(document, made_to);
    if (!to) return std::unexpected(to.error());
    const auto taken = document.find_in_range(**to);
    if (!taken) return std::unexpected(taken.error());
    if (*taken && !overrides) {
      return std::unexpected(illegal_argument("field [" + (*to)->text() + "] already exists"));
    }
    return document.move(**from, **to, **there);
  }

  bool add_to(FieldEdits& edits) const override {
    const FieldPath* from = field.fixed_field();
    const FieldPath* to = target.fixed_field();
    if (from == nullptr || to == nullptr) return false;
    edits.rename(from->leaf().name, to->leaf().name, ignore_missing, overrides);
    return true;
  }

 private:
  [[nodiscard]] Status absent(const Error& error) const {
    if (error.reason != "path cannot be null nor empty") return std::unexpected(error);
    if (ignore_missing) return {};
    return std::unexpected(illegal_argument("field [] doesn't exist"));
  }
};

Result<ProcessorPtr> make(Config& config, const CompileEnvironment&) {
  auto made = std::make_unique<Rename>();
  auto field = config.path("field");
  if (!field) return std::unexpected(std::move(field.error()));
  auto target = config.path("target_field");
  if (!target) return std::unexpected(std::move(target.error()));
  const auto ignore_missing = config.flag("ignore_missing", false);
  if (!ignore_missing) return std::unexpected(ignore_missing.error());
  const auto overrides = config.flag("override", false);
  if (!overrides) return std::unexpected(overrides.error());
  made->field = std::move(*field);
  made->target = std::move(*target);
  made->ignore_missing = *ignore_missing;
  made->overrides = *overrides;
  return made;
}

}  // namespace

const ProcessorRow& rename_processor() {
  static const ProcessorRow row{"rename",     "Gives a field another name.",
                                kOptions,     R"({"field":"a","target_field":"o.b"})",
                                R"({"a":1})", R"({"o":{"b":1}})",
                                make};
  return row;
}

}  // namespace sluice::ingest
