#include <memory>
#include <utility>
#include <vector>

#include "stages/ingest/field_value.h"
#include "stages/ingest/processor.h"
#include "stages/painless/api/natives.h"
#include "stages/painless/run/java_hash.h"

namespace sluice::ingest {

using painless::Map;
using painless::Value;

namespace {

constexpr OptionRow kOptions[] = {
    {"field", "string", "", "A name with dots in it, or `*` for all of them."},
    {"path", "string", "none", "The object that has the name, where it is not the document itself."},
    {"override", "boolean", "false", "Whether a value that is there already gives way; otherwise both become a list."},
};

class DotExpander final : public Processor {
 public:
  std::string field;
  std::optional<FieldPath> path;
  FieldPath expanded;  ///< of one field
  bool overrides = false;

  Status run(Execution& run) const override {
    IngestDocument& document = run.document();
    Map* map = &document.fields();
    if (path) {
      const auto there = object_at_path(document);
      if (!there) return std::unexpected(there.error());
      map = *there;
    }
    if (field != "*") return expand(document, *map, field, expanded);
    return expand_all(document, *map);
  }

 private:
  Result<Map*> object_at_path(IngestDocument& document) const {
    const auto value = read_field(document, *path);
    if (!value) return std::unexpected(value.error());
    if (value->is_null()) {
      const std::string_view asked = field == "*" ? "keySet()" : "containsKey(Object)";
      return std::unexpected(
          null_pointer("Cannot invoke \"java.util.Map." + std::string(asked) + "\" because \"map\" is null"));
    }
    Map* map = document.machine().as_map(*value);
    if (map == nullptr) return std::unexpected(document.wrong_type(*path, *value, "java.util.Map"));
    return map;
  }

  Status expand_all(IngestDocument& document, Map& map) const {
    painless::Machine& machine = document.machine();
    // What a node reads objects into has this order, which decides what fails first. Positions stay while members go.
    const std::uint32_t* places = map.in_hash_order(machine);
    const std::uint32_t count = map.size(machine);
    for (std::uint32_t i = 0; i < count; ++i) {
      const painless::String* key = machine.as_string(machine.force(map.key_of(machine, map.entries[places[i]])));
      if (key == nullptr) continue;
      const std::string name(key->text());
      const std::size_t dot = name.find('.');
      if (dot == std::string::npos || dot == 0) continue;
      if (Status done = expand(document, map, name, FieldPath(path ? path->text() + "." + name : name)); !done)
        return done;
    }
    return {};
  }

  Status expand(IngestDocument& document, Map& map, const std::string& name, const FieldPath& to) const {
    painless::Machine& machine = document.machine();
    const Value key = Value::of(machine.text(name));
    if (map.find(machine, key) == nullptr) return {};
    if (Status fine = document.check(to); !fine) return fine;
    const bool there = document.find(to).has_value();
    if (!there) {
      if (Status free = find_room(document, to.text()); !free) return free;
    }
    Map::Entry* const entry = map.find(machine, key);
    const Value value = map.value_of(machine, *entry);
    if (map.remove(machine, key).is_error()) return std::unexpected(document.take_error());
    return there && !overrides ? document.append(to, value) : document.set(to, value);
  }

  /// Whether nothing but objects is on the way.
  static Status find_room(IngestDocument& document, std::string_view to) {
    painless::Machine& machine = document.machine();
    std::size_t dot = to.find('.');
    auto value = document.find(FieldPath(to.substr(0, dot)));
    while (value && dot != std::string_view::npos) {
      Map* map = machine.as_map(*value);
      if (map == nullptr) {
        return std::unexpected(illegal_argument("cannot expand [" + std::string(to) + "], because [" +
                                                std::string(to.substr(0, dot)) +
                                                "] is not an object field, but a value field"));
      }
      const std::size_t next = to.find('.', dot + 1);
      if (next == std::string_view::npos) break;
      const std::string_view name = to.substr(dot + 1, next - dot - 1);
      Map::Entry* entry = map->find_text(machine, name, painless::java_hash(name));
      if (entry == nullptr) break;
      value = map->value_of(machine, *entry);
      dot = next;
    }
    return {};
  }
};

Status check_name(const Config& config, const std::string& name) {
  if (name == "*") return {};
  if (name.find('.') == std::string::npos)
    return std::unexpected(config.problem("field", "field does not contain a dot and is not a wildcard"));
  if (name.front() == '.' || name.back() == '.')
    return std::unexpected(config.problem("field", "Field can't start or end with a dot"));
  if (name.find("..") != std::string::npos) return std::unexpected(config.problem("field", "No space between dots"));
  return {};
}

Result<ProcessorPtr> make(Config& config, const CompileEnvironment&) {
  auto made = std::make_unique<DotExpander>();
  auto field = config.text("field");
  if (!field) return std::unexpected(std::move(field.error()));
  if (Status fine = check_name(config, *field); !fine) return std::unexpected(std::move(fine.error()));
  const auto path = config.optional_text("path");
  if (!path) return std::unexpected(path.error());
  const auto overrides = config.flag("override", false);
  if (!overrides) return std::unexpected(overrides.error());
  made->field = std::move(*field);
  if (*path) made->path = FieldPath(**path);
  made->expanded = FieldPath::lasting(*path ? **path + "." + made->field : made->field);
  made->overrides = *overrides;
  return made;
}

}  // namespace

const ProcessorRow& dot_expander_processor() {
  static const ProcessorRow row{"dot_expander",
                                "Makes objects of a name with dots in it.",
                                kOptions,
                                R"({"field":"a.b"})",
                                R"({"a.b":1,"a":{"b":2}})",
                                R"({"a":{"b":[2,1]}})",
                                make};
  return row;
}

}  // namespace sluice::ingest
