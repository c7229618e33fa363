#include <algorithm>
#include <memory>
#include <utility>

#include "pipeline/base/wildcard.h"
#include "stages/ingest/field_value.h"
#include "stages/ingest/processor.h"

namespace sluice::ingest {

using painless::Map;

namespace {

constexpr OptionRow kOptions[] = {
    {"field_pattern", "string or list", "", "The fields to take out, with `*` for any characters."},
    {"exclude_field_pattern", "string or list", "none", "The fields to leave in; all others are taken out."},
};

/// OpenSearch has it, Elasticsearch has not: names at the top of the document.
class RemoveByPattern final : public Processor {
 public:
  std::vector<std::string> patterns;
  bool excludes = false;

  Status run(Execution& run) const override {
    if (patterns.empty()) return {};
    IngestDocument& document = run.document();
    painless::Machine& machine = document.machine();
    Map& fields = document.fields();
    document.fields().hide_metadata(machine);
    fields.open(machine);
    const std::uint32_t* places = fields.in_order(machine);
    const std::uint32_t count = fields.size(machine);
    std::vector<std::string> names;
    for (std::uint32_t i = 0; i < count; ++i) {
      const painless::String* key = machine.to_text(machine.force(fields.key_of(machine, fields.entries[places[i]])));
      if (key == nullptr) return std::unexpected(document.take_error());
      const bool matched =
          std::ranges::any_of(patterns, [&](const auto& one) { return wildcard_match(one, key->text()); });
      if (matched != excludes) names.emplace_back(key->text());
    }
    // Names with dots in them are paths here, as they are there.
    for (const std::string& name : names) {
      if (Status done = document.remove(FieldPath(name)); !done) return done;
    }
    return {};
  }
};

Status check(const Config& config, std::string_view name, const std::vector<std::string>& patterns) {
  constexpr std::string_view kForbidden = " \"\\<|,>/?";
  std::string problems;
  int count = 0;
  for (const std::string& pattern : patterns) {
    const auto add = [&](const char* what) {
      problems += std::to_string(++count) + ": " + std::string(name) + " [" + pattern + "] must not " + what + ";";
    };
    if (pattern.find('#') != std::string::npos) add("contain a '#'");
    if (pattern.find(':') != std::string::npos) add("contain a ':'");
    if (pattern.starts_with('_')) add("start with '_'");
    if (pattern.find_first_of(kForbidden) != std::string::npos)
      add("contain the following characters [ , \", *, \\, <, |, ,, >, /, ?]");
  }
  if (count == 0) return {};
  return std::unexpected(config.problem(name, "Validation Failed: " + problems));
}

Result<ProcessorPtr> make(Config& config, const CompileEnvironment&) {
  constexpr std::string_view kField = "field_pattern";
  constexpr std::string_view kExclude = "exclude_field_pattern";
  auto made = std::make_unique<RemoveByPattern>();
  const bool fields = config.take(kField).has_value();
  made->excludes = config.take(kExclude).has_value();
  if (fields == made->excludes)
    return std::unexpected(config.problem(kField, "either field_pattern or exclude_field_pattern must be set"));
  const std::string_view name = fields ? kField : kExclude;
  auto patterns = config.text_or_list(name);
  if (!patterns) return std::unexpected(std::move(patterns.error()));
  if (Status fine = check(config, name, *patterns); !fine) return std::unexpected(std::move(fine.error()));
  made->patterns = std::move(*patterns);
  return made;
}

}  // namespace

const ProcessorRow& remove_by_pattern_processor() {
  static const ProcessorRow row{"remove_by_pattern",
                                "Takes out fields whose names match a pattern, as OpenSearch has it.",
                                kOptions,
                                R"({"field_pattern":"tmp*"})",
                                R"({"tmp1":1,"tmp2":2,"a":3})",
                                R"({"a":3})",
                                make};
  return row;
}

}  // namespace sluice::ingest
