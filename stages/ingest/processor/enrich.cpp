#include <algorithm>
#include <cctype>
#include <memory>
#include <utility>
#include <vector>

#include "pipeline/base/json_text.h"
#include "stages/ingest/enrich/enrich_table.h"
#include "stages/ingest/processor.h"
#include "stages/painless/api/natives.h"
#include "stages/parse/json_object.h"

namespace sluice::ingest {

using painless::Value;

namespace {

constexpr std::int32_t kMostMatches = 128;

constexpr OptionRow kOptions[] = {
    {"policy_name", "string", "", "The enrich policy, which has been executed."},
    {"field", "string (template)", "", "The value that is looked up, or a list of them."},
    {"target_field", "string (template)", "",
     "Where what was found goes: the document's match field and enrich fields."},
    {"override", "boolean", "true", "Whether a target that is there gets another value."},
    {"max_matches", "integer", "1",
     "How many documents are written, at most 128; with more than one the target is a list."},
    {"shape_relation", "string", "INTERSECTS",
     "Of `geo_match` policies, which are not there; anything else is refused."},
    {"ignore_missing", "boolean", "false", "Whether a field that is not there is no failure."},
};

/// A value of the document for JSON that outlives the work on it.
Result<Value> value_of(painless::Machine& machine, std::string_view json) {
  if (json.starts_with('{')) {
    const auto members = stages::json_members(json, "an enrich document");
    if (!members) return std::unexpected(members.error());
    auto* map = painless::api::new_linked_map(machine);
    for (const stages::JsonMember& member : *members) {
      auto value = value_of(machine, member.value);
      if (!value) return value;
      map->put(machine, machine.string_value(member.name()), *value);
    }
    return Value::of(map);
  }
  if (json.starts_with('[')) {
    const auto elements = stages::json_elements(json, "an enrich document");
    if (!elements) return std::unexpected(elements.error());
    auto* list = painless::api::new_list(machine);
    for (const std::string_view element : *elements) {
      auto value = value_of(machine, element);
      if (!value) return value;
      list->push(machine.heap(), *value);
    }
    return Value::of(list);
  }
  return json == "null" ? Value::null() : Value::of_raw(json);
}

class Enrich final : public Processor {
 public:
  std::string policy;
  PathTemplate field;
  PathTemplate target;
  std::shared_ptr<const EnrichLookup> lookup;
  std::size_t most = 1;
  bool override_values = true;
  bool ignore_missing = false;

  Status run(Execution& run) const override {
    IngestDocument& document = run.document();
    std::optional<FieldPath> made_field;
    const auto path = field.resolve(document, made_field);
    if (!path) return std::unexpected(path.error());
    if (ignore_missing && !document.find(**path)) return {};
    const auto raw = document.get(**path);
    if (!raw) return std::unexpected(raw.error());
    const auto values = values_of(document, **path, *raw);
    if (!values) return std::unexpected(values.error());
    if (values->empty()) return {};
    auto table = lookup->find(policy);
    if (!table) return std::unexpected(std::move(table.error()));
    const auto found = (*table)->find(*values, most);
    if (!found) return std::unexpected(found.error());
    run.keep(std::move(*table));
    return found->empty() ? Status() : write(document, *found);
  }

 private:
  Status write(IngestDocument& document, const std::vector<std::string_view>& found) const {
    std::optional<FieldPath> made_target;
    const auto path = target.resolve(document, made_target);
    if (!path) return std::unexpected(path.error());
    if (!override_values && document.find(**path)) return {};
    painless::Machine& machine = document.machine();
    if (most == 1) {
      const auto value = value_of(machine, found.front());
      return value ? document.set(**path, *value) : std::unexpected(value.error());
    }
    auto* list = painless::api::new_list(machine);
    for (const std::string_view each : found) {
      const auto value = value_of(machine, each);
      if (!value) return std::unexpected(value.error());
      list->push(machine.heap(), *value);
    }
    return document.set(**path, Value::of(list));
  }

  /// Raw scalars; none for null.
  static Result<std::vector<std::string>> values_of(IngestDocument& document, const FieldPath& path, const Value& raw) {
    painless::Machine& machine = document.machine();
    const Value value = machine.force(raw);
    if (value.is_error()) return std::unexpected(document.take_error());
    std::vector<std::string> values;
    const auto add = [&](const Value& each) -> Status {
      if (each.is_null()) return {};
      if (machine.as_map(each) != nullptr || machine.as_list(each) != nullptr) {
        return std::unexpected(document.wrong_type(path, each, "java.lang.String"));
      }
      const bool quoted = machine.as_string(each) != nullptr;
      const painless::String* text = machine.to_text(each);
      if (text == nullptr) return std::unexpected(document.take_error());
      values.push_back(quoted ? json_string(text->text()) : std::string(text->text()));
      return {};
    };
    painless::List* list = machine.as_list(value);
    if (list == nullptr) {
      if (Status done = add(value); !done) return std::unexpected(std::move(done.error()));
      return values;
    }
    for (std::uint32_t i = 0; i < list->size(machine); ++i) {
      if (Status done = add(machine.force(list->get(machine, i))); !done)
        return std::unexpected(std::move(done.error()));
    }
    return values;
  }
};

Status read_numbers(Config& config, Enrich& made) {
  const auto most = config.integer("max_matches", 1);
  if (!most) return std::unexpected(most.error());
  if (*most < 1 || *most > kMostMatches) {
    return std::unexpected(config.problem("max_matches", "should be between 1 and 128"));
  }
  made.most = static_cast<std::size_t>(*most);
  auto relation = config.text_or("shape_relation", "INTERSECTS");
  if (!relation) return std::unexpected(std::move(relation.error()));
  std::ranges::transform(*relation, relation->begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  if (*relation != "INTERSECTS") {
    return std::unexpected(config.problem(
        "shape_relation", "[" + *relation + "] is of geo_match policies, which sluice has not; leave it out"));
  }
  return {};
}

Result<ProcessorPtr> make(Config& config, const CompileEnvironment& environment) {
  auto made = std::make_unique<Enrich>();
  auto policy = config.text("policy_name");
  if (!policy) return std::unexpected(std::move(policy.error()));
  if (environment.enrich == nullptr) return std::unexpected(config.placed(no_enrich_index(*policy)));
  if (const auto table = environment.enrich->find(*policy); !table)
    return std::unexpected(config.placed(table.error()));
  auto field = config.path("field");
  if (!field) return std::unexpected(std::move(field.error()));
  const auto ignore_missing = config.flag("ignore_missing", false);
  if (!ignore_missing) return std::unexpected(ignore_missing.error());
  const auto overrides = config.flag("override", true);
  if (!overrides) return std::unexpected(overrides.error());
  auto target = config.path("target_field");
  if (!target) return std::unexpected(std::move(target.error()));
  if (Status done = read_numbers(config, *made); !done) return std::unexpected(std::move(done.error()));
  made->policy = std::move(*policy);
  made->field = std::move(*field);
  made->target = std::move(*target);
  made->lookup = environment.enrich;
  made->ignore_missing = *ignore_missing;
  made->override_values = *overrides;
  return made;
}

}  // namespace

const ProcessorRow& enrich_processor() {
  static const ProcessorRow row{"enrich",
                                "Adds what an index of the store tells of a value, by a policy of `_enrich`.",
                                kOptions,
                                R"({"policy_name":"users","field":"mail","target_field":"user"})",
                                R"({"mail":"m@example.com"})",
                                R"({"mail":"m@example.com","user":{"email":"m@example.com","city":"New Orleans"}})",
                                make};
  return row;
}

}  // namespace sluice::ingest
