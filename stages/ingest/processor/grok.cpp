#include "stages/ingest/grok/grok.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "pipeline/base/json_text.h"
#include "stages/ingest/field_value.h"
#include "stages/ingest/java_number.h"
#include "stages/ingest/processor.h"
#include "stages/painless/api/natives.h"
#include "stages/painless/run/json_text.h"

namespace sluice::ingest {

using painless::Value;

namespace {

constexpr OptionRow kOptions[] = {
    {"field", "string", "", "The text that is matched."},
    {"patterns", "list", "", "Grok expressions, `%{NAME:field:type}`; the first that matches."},
    {"pattern_definitions", "object", "{}", "More patterns by their names."},
    {"ecs_compatibility", "string", "disabled",
     "`v1`: the built-in patterns name what they capture as the Elastic Common Schema does."},
    {"trace_match", "boolean", "false", "Whether `_ingest._grok_match_index` says which expression matched."},
    kIgnoreMissingOption,
};

/// `true`, in any case.
bool is_true(std::string_view text) {
  return std::ranges::equal(text, std::string_view("true"),
                            [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + ('a' - 'A') : a) == b; });
}

/// A captured text as what it is to become.
Result<Value> value_of(IngestDocument& document, const GrokCapture& capture) {
  switch (capture.type) {
    case GrokType::kInt: {
      const auto number = read_int(capture.text);
      if (!number) return std::unexpected(number.error());
      return Value::of_int(*number);
    }
    case GrokType::kLong: {
      const auto number = read_long(capture.text);
      if (!number) return std::unexpected(number.error());
      return Value::of_long(*number);
    }
    case GrokType::kFloat: {
      const auto number = read_float(capture.text);
      if (!number) return std::unexpected(number.error());
      return Value::of_float(*number);
    }
    case GrokType::kDouble: {
      const auto number = read_double(capture.text);
      if (!number) return std::unexpected(number.error());
      return Value::of_double(*number);
    }
    case GrokType::kBoolean:
      return Value::boolean(is_true(capture.text));
    default:
      return document.machine().string_value(capture.text);
  }
}

class GrokProcessor final : public Processor {
 public:
  GrokProcessor(Grok compiled, FieldPath path) : grok_(std::move(compiled)), field_(std::move(path)) {
    for (const GrokField& each : grok_.fields()) paths_.push_back(FieldPath::lasting(each.name));
  }
  bool trace = false;
  bool ignore_missing = false;

  Status run(Execution& run) const override {
    IngestDocument& document = run.document();
    const auto text = need_text(document, field_, ignore_missing, "process it.");
    if (!text) return std::unexpected(text.error());
    if (*text == nullptr) return {};
    thread_local GrokMatch match;
    const auto matched = grok_.match((*text)->text(), match);
    if (!matched) return std::unexpected(matched.error());
    if (!*matched) {
      return std::unexpected(illegal_argument("Provided Grok expressions do not match field value: [" +
                                              std::string((*text)->text()) + "]"));
    }
    if (Status kept = keep(document, match); !kept) return kept;
    if (trace)
      document.set_ingest("_grok_match_index", document.machine().string_value(std::to_string(match.pattern())));
    return {};
  }

 private:
  /// All values are made before any is written: a text that is no number leaves the document as it was.
  Status keep(IngestDocument& document, const GrokMatch& match) const {
    const std::span<const GrokCapture> captures = match.captures();
    auto* values = document.machine().heap().array<Value>(captures.size());
    for (std::size_t i = 0; i < captures.size(); ++i) {
      auto value = value_of(document, captures[i]);
      if (!value) return std::unexpected(std::move(value.error()));
      values[i] = *value;
    }
    for (std::size_t i = 0; i < captures.size();) {
      std::size_t end = i + 1;
      while (end < captures.size() && captures[end].field == captures[i].field) ++end;
      Value value = values[i];
      if (end - i > 1) {
        auto* list = painless::api::new_list(document.machine());
        for (std::size_t k = i; k < end; ++k) list->push(document.machine().heap(), values[k]);
        value = Value::of(list);
      }
      if (Status done = document.set(paths_[captures[i].field], value); !done) return done;
      i = end;
    }
    return {};
  }

  Grok grok_;
  FieldPath field_;
  std::vector<FieldPath> paths_;  ///< of what may be captured
};

Result<std::vector<PatternDefinition>> definitions_of(Config& config, const std::vector<std::string>& patterns) {
  const auto object = config.optional_object("pattern_definitions");
  if (!object) return std::unexpected(object.error());
  std::vector<PatternDefinition> made;
  if (!*object) return made;
  const auto members = stages::json_members(**object, "pattern_definitions");
  if (!members) return std::unexpected(members.error());
  for (const stages::JsonMember& member : *members) {
    if (!member.value.starts_with('"')) {
      std::string reason = "Invalid regex pattern found in: [";
      for (const std::string& pattern : patterns)
        reason.append(&pattern == patterns.data() ? "" : ", ").append(pattern);
      reason.append("]. ").append(painless::class_cast_text(json_class_name(member.value), "java.lang.String"));
      return std::unexpected(config.problem("patterns", reason));
    }
    made.push_back({member.name(), json_unquoted(member.value)});
  }
  return made;
}

Result<ProcessorPtr> make(Config& config, const CompileEnvironment&) {
  auto field = config.fixed_path("field");
  if (!field) return std::unexpected(std::move(field.error()));
  auto patterns = config.list("patterns");
  if (!patterns) return std::unexpected(std::move(patterns.error()));
  const auto trace = config.flag("trace_match", false);
  if (!trace) return std::unexpected(trace.error());
  const auto ignore_missing = config.flag("ignore_missing", false);
  if (!ignore_missing) return std::unexpected(ignore_missing.error());
  const auto mode_name = config.text_or("ecs_compatibility", "disabled");
  if (!mode_name) return std::unexpected(mode_name.error());
  if (patterns->empty()) return std::unexpected(config.problem("patterns", "List of patterns must not be empty"));
  const auto mode = ecs_mode(*mode_name);
  if (!mode) return std::unexpected(mode.error());
  auto definitions = definitions_of(config, *patterns);
  if (!definitions) return std::unexpected(std::move(definitions.error()));
  auto grok = Grok::compile(*patterns, {.ecs = *mode, .definitions = std::move(*definitions), .trace = *trace});
  if (!grok) return std::unexpected(std::move(grok.error()));
  auto made = std::make_unique<GrokProcessor>(std::move(*grok), std::move(*field));
  made->trace = *trace;
  made->ignore_missing = *ignore_missing;
  return made;
}

}  // namespace

const ProcessorRow& grok_processor() {
  static const ProcessorRow row{"grok",
                                "Takes fields out of a text by expressions of named patterns.",
                                kOptions,
                                R"({"field":"m","patterns":["%{IP:ip} %{WORD:verb} %{NUMBER:bytes:int}"]})",
                                R"({"m":"1.2.3.4 GET 15"})",
                                R"({"m":"1.2.3.4 GET 15","ip":"1.2.3.4","verb":"GET","bytes":15})",
                                make};
  return row;
}

}  // namespace sluice::ingest
