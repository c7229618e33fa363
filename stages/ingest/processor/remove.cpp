#include <algorithm>
#include <memory>
#include <utility>

#include "stages/ingest/processor.h"

namespace sluice::ingest {

using painless::Map;

namespace {

constexpr OptionRow kOptions[] = {
    {"field", "string or list (template)", "", "The fields to take out; not with `keep`."},
    {"keep", "string or list (template)", "none", "The fields to leave in; all others are taken out."},
    {"ignore_missing", "boolean", "false", "Whether a field that is not there is no failure."},
};

class Remove final : public Processor {
 public:
  std::vector<PathTemplate> fields;
  std::vector<PathTemplate> kept;
  bool ignore_missing = false;

  Status run(Execution& run) const override {
    IngestDocument& document = run.document();
    if (!kept.empty()) return keep_only(document);
    for (const PathTemplate& field : fields) {
      std::optional<FieldPath> made;
      const auto path = field.resolve(document, made);
      if (!path) return std::unexpected(path.error());
      if (ignore_missing && !document.find(**path)) continue;
      if (Status done = document.remove(**path); !done) return done;
    }
    return {};
  }

  bool add_to(FieldEdits& edits) const override {
    for (const PathTemplate& field : fields) {
      const FieldPath* path = field.fixed_field();
      if (path == nullptr) return false;
      edits.remove(path->leaf().name, ignore_missing);
    }
    return kept.empty();
  }

 private:
  Status keep_only(IngestDocument& document) const {
    std::vector<std::string> paths;
    for (const PathTemplate& each : kept) {
      auto path = each.text(document);
      if (!path) return std::unexpected(std::move(path.error()));
      paths.push_back(std::move(*path));
    }
    document.fields().hide_metadata(document.machine());
    std::vector<std::string> names;
    list_others(document.machine(), document.fields(), "", paths, names);
    for (const std::string& name : names) {
      const FieldPath path(name);
      if (Status fine = document.check(path); !fine) return fine;
      if (!path.is_root() && !document.find(path)) continue;
      if (Status done = document.remove(path); !done) return done;
    }
    return {};
  }

  /// Whether a field is what one of the paths leads to, or is on the way there or behind it. As a node, by their texts.
  static bool belongs(const std::vector<std::string>& paths, std::string_view name) {
    const auto within = [](std::string_view inner, std::string_view outer) {
      return inner.starts_with(outer) && (inner.size() == outer.size() || inner[outer.size()] == '.');
    };
    return std::ranges::any_of(paths, [&](const auto& path) { return within(path, name) || within(name, path); });
  }

  /// Names all fields that do not belong to the paths, and nothing that goes with them.
  static void list_others(painless::Machine& machine, Map& map, const std::string& front,
                          const std::vector<std::string>& paths, std::vector<std::string>& names) {
    map.open(machine);
    const std::uint32_t count = map.size(machine);
    const std::uint32_t* places = map.in_order(machine);
    for (std::uint32_t i = 0; i < count; ++i) {
      Map::Entry& entry = map.entries[places[i]];
      const painless::String* key = machine.to_text(map.key_of(machine, entry));
      if (key == nullptr) continue;
      std::string name = front + std::string(key->text());
      if (!belongs(paths, name)) {
        names.push_back(std::move(name));
      } else if (Map* child = machine.as_map(map.value_of(machine, entry))) {
        list_others(machine, *child, name + ".", paths, names);
      }
    }
  }
};

/// A text, or a list of them, as paths; empty: not there.
Result<std::vector<PathTemplate>> paths_of(Config& config, std::string_view name) {
  std::vector<PathTemplate> paths;
  const auto raw = config.take(name);
  if (!raw && config.has(name)) return std::unexpected(config.problem(name, "required property is missing"));
  if (!raw) return paths;
  auto texts = config.text_or_list(name);
  if (!texts) return std::unexpected(std::move(texts.error()));
  for (const std::string& text : *texts) {
    auto compiled = Template::compile(text);
    if (!compiled) return std::unexpected(config.placed(std::move(compiled.error()), name));
    paths.emplace_back(std::move(*compiled));
  }
  return paths;
}

Result<ProcessorPtr> make(Config& config, const CompileEnvironment&) {
  auto made = std::make_unique<Remove>();
  auto fields = paths_of(config, "field");
  if (!fields) return std::unexpected(std::move(fields.error()));
  auto kept = paths_of(config, "keep");
  if (!kept) return std::unexpected(std::move(kept.error()));
  if (fields->empty() && kept->empty()) return std::unexpected(config.problem("keep", "or [field] must be specified"));
  if (!fields->empty() && !kept->empty())
    return std::unexpected(config.problem("keep", "and [field] cannot both be used in the same processor"));
  const auto ignore_missing = config.flag("ignore_missing", false);
  if (!ignore_missing) return std::unexpected(ignore_missing.error());
  made->fields = std::move(*fields);
  made->kept = std::move(*kept);
  made->ignore_missing = *ignore_missing;
  return made;
}

}  // namespace

const ProcessorRow& remove_processor() {
  static const ProcessorRow row{
      "remove",           "Takes fields out.", kOptions, R"({"field":["a","b"],"ignore_missing":true})",
      R"({"a":1,"c":2})", R"({"c":2})",        make};
  return row;
}

}  // namespace sluice::ingest
