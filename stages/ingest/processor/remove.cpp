#include <algorithm>
#include <memory>
#include <utility>

#include "stages/ingest/processor.h"

namespace sluice::ingest {

using painless::Map;
using painless::Value;

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

 private:
  using Paths = std::vector<const FieldPath*>;

  Status keep_only(IngestDocument& document) const {
    Paths paths;
    std::vector<std::optional<FieldPath>> made(kept.size());
    for (std::size_t i = 0; i < kept.size(); ++i) {
      const auto path = kept[i].resolve(document, made[i]);
      if (!path) return std::unexpected(path.error());
      paths.push_back(*path);
    }
    document.fields().hide_metadata(document.machine());
    prune(document, document.fields(), paths, 0);
    return {};
  }

  /// Takes out what no path leads to or through. `depth` segments of each of `paths` lead to `map`.
  static void prune(IngestDocument& document, Map& map, const Paths& paths, std::size_t depth) {
    painless::Machine& machine = document.machine();
    map.open(machine);
    const std::uint32_t count = map.size(machine);
    const std::uint32_t* places = map.in_order(machine);
    for (std::uint32_t i = 0; i < count; ++i) {
      Map::Entry& entry = map.entries[places[i]];
      const painless::String* key = machine.to_text(map.key_of(machine, entry));
      // A name with dots is no path, so a node can't take it out either.
      if (key == nullptr || key->text().find('.') != std::string_view::npos) continue;
      Paths deeper;
      bool whole = false;
      for (const FieldPath* path : paths) {
        if (path->is_root() || path->segments()[depth].name != key->text()) continue;
        whole = whole || path->segments().size() == depth + 1;
        deeper.push_back(path);
      }
      if (whole) continue;
      Map* child = deeper.empty() ? nullptr : machine.as_map(map.value_of(machine, entry));
      if (child != nullptr) {
        prune(document, *child, deeper, depth + 1);
      } else if (deeper.empty()) {
        map.remove(machine, Value::of(machine.string(key->text())));
      }
    }
  }
};

/// A text, or a list of them, as paths; empty: not there.
Result<std::vector<PathTemplate>> paths_of(Config& config, std::string_view name) {
  std::vector<PathTemplate> paths;
  const auto raw = config.take(name);
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
