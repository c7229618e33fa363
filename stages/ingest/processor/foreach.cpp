#include <memory>
#include <utility>

#include "stages/ingest/field_value.h"
#include "stages/ingest/pipeline.h"
#include "stages/painless/api/natives.h"
#include "stages/painless/run/json_text.h"

namespace sluice::ingest {

using painless::List;
using painless::Map;
using painless::Value;

namespace {

constexpr OptionRow kOptions[] = {
    {"field", "string", "", "A list or an object."},
    {"processor", "object", "",
     "What is done with each element, which is `_ingest._value`; of an object, `_ingest._key` is its name."},
    kIgnoreMissingOption,
};

class Foreach final : public Processor {
 public:
  FieldPath field;
  std::vector<Step> steps;  // one
  bool ignore_missing = false;

  Status run(Execution& run) const override {
    IngestDocument& document = run.document();
    const auto value = need_field(document, field, ignore_missing, "loop over its elements.");
    if (!value) return std::unexpected(value.error());
    if (value->is_null()) return {};
    // Simulations don't show what happens inside.
    Tracker* const tracker = run.tracker();
    run.set_tracker(nullptr);
    Status done = each(run, *value);
    run.set_tracker(tracker);
    if (!done) run.forget_culprit();
    return done;
  }

 private:
  Status each(Execution& run, const Value& value) const {
    IngestDocument& document = run.document();
    if (List* list = document.machine().as_list(value)) return each_item(run, *list);
    if (Map* map = document.machine().as_map(value)) return each_member(run, *map);
    return std::unexpected(illegal_argument("field [" + field.text() + "] of type [" + document.class_name(value) +
                                            "] cannot be cast to a list or map"));
  }

  Value get(IngestDocument& document, const char* key) const {
    Map& ingest = document.ingest();
    painless::Machine& machine = document.machine();
    Map::Entry* entry = ingest.find(machine, machine.string_value(key));
    return entry == nullptr ? Value::null() : entry->value;
  }

  Status each_item(Execution& run, List& list) const {
    IngestDocument& document = run.document();
    auto* made = painless::api::new_list(document.machine());
    const std::uint32_t count = list.size(document.machine());
    for (std::uint32_t i = 0; i < count; ++i) {
      const Value before = get(document, "_value");
      document.set_ingest("_value", list.get(document.machine(), i));
      Status done = run.run(steps);
      made->push(document.machine().heap(), get(document, "_value"));
      document.set_ingest("_value", before);
      if (!done) return done;
      if (run.dropped()) return {};
    }
    return document.set(field, Value::of(made));
  }

  Status each_member(Execution& run, Map& map) const {
    IngestDocument& document = run.document();
    painless::Machine& machine = document.machine();
    auto* made = painless::api::new_linked_map(machine);
    // What a node reads objects into has this order, which decides what fails first.
    const std::uint32_t* places = map.in_hash_order(machine);
    const std::uint32_t count = map.size(machine);
    for (std::uint32_t i = 0; i < count; ++i) {
      Map::Entry& entry = map.entries[places[i]];
      const Value before_value = get(document, "_value");
      const Value before_key = get(document, "_key");
      document.set_ingest("_value", map.value_of(machine, entry));
      document.set_ingest("_key", map.key_of(machine, entry));
      Status done = run.run(steps);
      const Value key = machine.force(get(document, "_key"));
      const painless::String* name = machine.as_string(key);
      const bool kept = name != nullptr && name->text().find_first_not_of(" \t\n\r") != std::string_view::npos;
      if (done && kept) made->put(machine, key, get(document, "_value"));
      if (kept) document.set_ingest("_value", before_value);  // a node leaves it where the member goes
      document.set_ingest("_key", before_key);
      if (!done) return done;
      if (run.dropped()) return {};
    }
    return document.set(field, Value::of(made));
  }
};

Result<ProcessorPtr> make(Config& config, const CompileEnvironment& environment) {
  auto made = std::make_unique<Foreach>();
  auto field = config.fixed_path("field");
  if (!field) return std::unexpected(std::move(field.error()));
  made->field = std::move(*field);
  const auto processor = config.object("processor");
  if (!processor) return std::unexpected(processor.error());
  const auto members = stages::json_members(*processor, "processor");
  if (!members) return std::unexpected(members.error());
  if (members->size() != 1)
    return std::unexpected(config.problem("processor", "Must specify exactly one processor type"));
  if (const std::string_view value = members->front().value; !value.starts_with('{') && value != "null") {
    return std::unexpected(construction_error(
        "java.lang.ClassCastException",
        java_error("class_cast_exception", painless::class_cast_text(json_class_name(value), "java.util.Map"))));
  }
  const std::string_view only[] = {*processor};
  auto steps = compile_steps(only, environment);
  if (!steps) return std::unexpected(std::move(steps.error()));
  made->steps = std::move(*steps);
  const auto ignore_missing = config.flag("ignore_missing", false);
  if (!ignore_missing) return std::unexpected(ignore_missing.error());
  made->ignore_missing = *ignore_missing;
  return made;
}

}  // namespace

const ProcessorRow& foreach_processor() {
  static const ProcessorRow row{"foreach",
                                "Does something with each element of a list, or each member of an object.",
                                kOptions,
                                R"({"field":"v","processor":{"uppercase":{"field":"_ingest._value"}}})",
                                R"({"v":["a","b"]})",
                                R"({"v":["A","B"]})",
                                make};
  return row;
}

}  // namespace sluice::ingest
