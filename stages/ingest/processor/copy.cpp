#include <memory>
#include <utility>

#include "stages/ingest/processor.h"

namespace sluice::ingest {

namespace {

constexpr OptionRow kOptions[] = {
    {"source_field", "string (template)", "", "The field whose value is copied."},
    {"target_field", "string (template)", "", "Where it goes; objects on the way to it are made."},
    {"ignore_missing", "boolean", "false", "Whether a field that is not there is no failure."},
    {"override_target", "boolean", "false", "Whether a field that has a value already gives way."},
    {"remove_source", "boolean", "false", "Whether the field is taken out then."},
};

/// OpenSearch has it, Elasticsearch has not.
class Copy final : public Processor {
 public:
  Template source;
  Template target;
  bool ignore_missing = false;
  bool overrides = false;
  bool removes = false;

  Status run(Execution& run) const override {
    IngestDocument& document = run.document();
    const auto from_text = source.render(document);
    if (!from_text) return std::unexpected(from_text.error());
    if (from_text->empty()) {
      if (ignore_missing) return {};
      return std::unexpected(illegal_argument("source field path cannot be null nor empty"));
    }
    const FieldPath from(*from_text);
    const auto value = document.find_in_range(from);
    if (!value) return std::unexpected(value.error());
    if (!*value) {
      if (ignore_missing) return {};
      return std::unexpected(illegal_argument("source field [" + *from_text + "] doesn't exist"));
    }
    const auto to_text = target.render(document);
    if (!to_text) return std::unexpected(to_text.error());
    if (to_text->empty()) return std::unexpected(illegal_argument("target field path cannot be null nor empty"));
    if (*to_text == *from_text)
      return std::unexpected(illegal_argument("source field path and target field path cannot be same"));
    const FieldPath to(*to_text);
    if (!overrides) {
      const auto there = document.find_in_range(to);
      if (!there) return std::unexpected(there.error());
      if (*there && !document.machine().force(**there).is_null())
        return std::unexpected(illegal_argument("target field [" + *to_text + "] already exists"));
    }
    const auto copied = document.copy_of(**value);
    if (!copied) return std::unexpected(copied.error());
    Status done = document.set(to, *copied);
    return done && removes ? document.remove(from) : done;
  }
};

Result<ProcessorPtr> make(Config& config, const CompileEnvironment&) {
  auto made = std::make_unique<Copy>();
  auto source = config.text_template("source_field");
  if (!source) return std::unexpected(std::move(source.error()));
  auto target = config.text_template("target_field");
  if (!target) return std::unexpected(std::move(target.error()));
  const auto ignore_missing = config.flag("ignore_missing", false);
  if (!ignore_missing) return std::unexpected(ignore_missing.error());
  const auto overrides = config.flag("override_target", false);
  if (!overrides) return std::unexpected(overrides.error());
  const auto removes = config.flag("remove_source", false);
  if (!removes) return std::unexpected(removes.error());
  made->source = std::move(*source);
  made->target = std::move(*target);
  made->ignore_missing = *ignore_missing;
  made->overrides = *overrides;
  made->removes = *removes;
  return made;
}

}  // namespace

const ProcessorRow& copy_processor() {
  static const ProcessorRow row{"copy",
                                "Copies a field, as OpenSearch has it.",
                                kOptions,
                                R"({"source_field":"a","target_field":"o.b"})",
                                R"({"a":[1]})",
                                R"({"a":[1],"o":{"b":[1]}})",
                                make};
  return row;
}

}  // namespace sluice::ingest
