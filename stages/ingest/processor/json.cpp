#include <memory>
#include <utility>

#include "stages/ingest/field_value.h"
#include "stages/ingest/processor.h"
#include "stages/ingest/processor_functions.h"
#include "stages/painless/api/text_search.h"
#include "stages/painless/run/json_reader.h"

namespace sluice::ingest {

using painless::JsonReader;
using painless::Machine;
using painless::Map;
using painless::Value;

namespace {

constexpr OptionRow kOptions[] = {
    {"field", "string", "", "A text that is JSON."},
    {"target_field", "string", "field", "Where its value goes; not with `add_to_root`."},
    {"add_to_root", "boolean", "false", "Whether the members of an object become fields of the document."},
    {"add_to_root_conflict_strategy", "string", "replace",
     "`replace`: they take the place of fields of their name; `merge`: objects become one."},
    {"allow_duplicate_keys", "boolean", "false", "Whether the last one of members with the same name counts."},
    {"strict_json_parsing", "boolean", "true", "Whether anything behind the value is an error."},
};

/// False: an exception is pending.
bool add_members(Machine& machine, Map& to, Map& from, bool merges) {
  const std::uint32_t* places = from.in_order(machine);
  const std::uint32_t count = from.size(machine);
  for (std::uint32_t i = 0; i < count; ++i) {
    Map::Entry& entry = from.entries[places[i]];
    if (Map* const inner = merges ? machine.as_map(entry.value) : nullptr) {
      Map::Entry* there = to.find(machine, entry.key);
      Map* const both = there == nullptr ? nullptr : machine.as_map(to.value_of(machine, *there));
      if (both != nullptr) {
        if (!add_members(machine, *both, *inner, merges)) return false;
        continue;
      }
    }
    if (to.put(machine, entry.key, entry.value).is_error()) return false;
  }
  return true;
}

}  // namespace

Value json_value(Machine& machine, std::string_view text, bool duplicates, bool strict) {
  JsonReader reader(machine, text, duplicates);
  if (!reader.has_more()) return machine.failed() ? Value::error() : Value::null();
  const Value value = reader.read();
  if (value.is_error() || !strict || (!reader.has_more() && !machine.failed())) return value;
  auto* thrown = machine.heap().make<painless::Throwable>(
      painless::known().illegal_argument,
      machine.string("The input " + std::string(text) +
                     " is not valid JSON and the strict_json_parsing parameter is true"));
  if (machine.failed() || reader.skip_token().is_error()) thrown->cause = machine.take_failure();
  return machine.raise(thrown);
}

bool add_json_members(Machine& machine, Map& to, const Value& value, bool merges) {
  if (Map* members = machine.as_map(value)) return add_members(machine, to, *members, merges);
  machine.raise(painless::known().illegal_argument, "cannot add non-map fields to root of document");
  return false;
}

namespace {

class Json final : public Processor {
 public:
  FieldPath field;
  FieldPath target;
  bool to_root = false;
  bool merges = false;
  bool duplicates = false;
  bool strict = true;

  Status run(Execution& run) const override {
    IngestDocument& document = run.document();
    const auto value = read_field(document, field);
    if (!value) return std::unexpected(value.error());
    const painless::String* text = document.machine().to_text(*value);
    if (text == nullptr) return std::unexpected(document.take_error());
    const Value parsed = json_value(document.machine(), text->text(), duplicates, strict);
    if (parsed.is_error()) return std::unexpected(document.take_error());
    if (!to_root) return document.set(target, parsed);
    if (!add_json_members(document.machine(), document.fields(), parsed, merges))
      return std::unexpected(document.take_error());
    return {};
  }
};

Status read_conflicts(Config& config, Json& made) {
  constexpr std::string_view kName = "add_to_root_conflict_strategy";
  const auto strategy = config.optional_text(kName);
  if (!strategy) return std::unexpected(strategy.error());
  if (!*strategy) return {};
  const std::string lower = painless::api::lower_case(**strategy);
  if (lower != "merge" && lower != "replace") {
    return std::unexpected(
        config.problem(kName, "conflict strategy [" + **strategy + "] not supported, cannot convert field."));
  }
  if (!made.to_root) {
    return std::unexpected(
        config.problem(kName, "Cannot set `add_to_root_conflict_strategy` if `add_to_root` is false"));
  }
  made.merges = lower == "merge";
  return {};
}

Result<ProcessorPtr> make(Config& config, const CompileEnvironment&) {
  auto made = std::make_unique<Json>();
  auto field = config.fixed_path("field");
  if (!field) return std::unexpected(std::move(field.error()));
  const auto target = config.optional_text("target_field");
  if (!target) return std::unexpected(target.error());
  const auto to_root = config.flag("add_to_root", false);
  if (!to_root) return std::unexpected(to_root.error());
  const auto duplicates = config.flag("allow_duplicate_keys", false);
  if (!duplicates) return std::unexpected(duplicates.error());
  made->to_root = *to_root;
  made->duplicates = *duplicates;
  if (Status done = read_conflicts(config, *made); !done) return std::unexpected(std::move(done.error()));
  const auto strict = config.flag("strict_json_parsing", true);
  if (!strict) return std::unexpected(strict.error());
  made->strict = *strict;
  if (*to_root && *target) {
    return std::unexpected(
        config.problem("target_field", "Cannot set a target field while also setting `add_to_root` to true"));
  }
  made->target = *target ? FieldPath::lasting(**target) : *field;
  made->field = std::move(*field);
  return made;
}

}  // namespace

const ProcessorRow& json_processor() {
  static const ProcessorRow row{"json",
                                "Reads a text that is JSON.",
                                kOptions,
                                R"({"field":"m"})",
                                R"({"m":"{\"a\":[1,2.5]}"})",
                                R"({"m":{"a":[1,2.5]}})",
                                make};
  return row;
}

}  // namespace sluice::ingest
