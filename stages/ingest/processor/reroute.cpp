#include <algorithm>
#include <memory>
#include <utility>

#include "stages/ingest/field_value.h"
#include "stages/ingest/processor.h"
#include "stages/painless/api/text_search.h"
#include "stages/painless/run/java_hash.h"

namespace sluice::ingest {

using painless::Value;

namespace {

constexpr OptionRow kOptions[] = {
    {"destination", "string", "none", "The index the document goes to; not with the others."},
    {"type", "string or list", "{{data_stream.type}}",
     "The first part of a data stream's name: the first that says something."},
    {"dataset", "string or list", "{{data_stream.dataset}}", "The second part, likewise."},
    {"namespace", "string or list", "{{data_stream.namespace}}", "The third part, likewise."},
};

constexpr std::size_t kLongest = 100;  // characters of a part

/// What can't stand in a data stream's name becomes `_`.
std::string sanitized(std::string_view text, bool dashes) {
  std::string made = painless::api::lower_case(text);
  for (char& c : made) {
    const bool bad = std::string_view("\\/*?\"<>| ,#:").find(c) != std::string_view::npos;
    if (bad || (dashes && c == '-')) c = '_';
  }
  if (made.size() > kLongest) made.resize(kLongest);
  return made;
}

/// One of the parts: a text, or a field's.
struct Source {
  std::string text;
  std::optional<FieldPath> field;
};

/// What a key of the document itself leads to that is the whole text of a path, whatever the access.
painless::Map::Entry* dotted_entry(IngestDocument& document, const FieldPath& path) {
  return document.fields().find_text(document.machine(), path.text(), painless::java_hash(path.text()));
}

struct Part {
  std::string name;
  bool dashes = true;  ///< are not allowed in it
  std::vector<Source> sources;

  /// The first source that says something; `fallback` where none does. Errors: a field that is no text.
  Result<std::string> value(IngestDocument& document, std::string_view fallback) const {
    for (const Source& source : sources) {
      if (!source.field) return sanitized(source.text, dashes);
      const auto text = text_at(document, *source.field);
      if (!text) return std::unexpected(text.error());
      if (*text != nullptr) return sanitized((*text)->text(), dashes);
    }
    return std::string(fallback);
  }

 private:
  /// Null: there is none. Errors: it is no text, or no path.
  static Result<painless::String*> text_at(IngestDocument& document, const FieldPath& path) {
    auto text = read_text(document, path, true);
    if (!text || *text != nullptr) return text;
    painless::Map::Entry* const entry = dotted_entry(document, path);
    if (entry == nullptr) return nullptr;
    const Value value = document.machine().force(document.fields().value_of(document.machine(), *entry));
    painless::String* const dotted = document.machine().as_string(value);
    if (dotted == nullptr && !value.is_null())
      return std::unexpected(document.wrong_type(path, value, "java.lang.String"));
    return dotted;
  }
};

class Reroute final : public Processor {
 public:
  std::optional<std::string> destination;
  Part type{"type", true, {}};
  Part dataset{"dataset", true, {}};
  Part name_space{"namespace", false, {}};

  Status run(Execution& run) const override {
    IngestDocument& document = run.document();
    if (destination) return go(run, *destination);
    static const FieldPath index_path("_index");
    const auto index = document.get(index_path);
    if (!index) return std::unexpected(index.error());
    const std::string current(document.machine().to_text(*index)->text());
    const std::size_t first = current.find('-');
    const std::size_t second = first == std::string::npos ? first : current.find('-', first + 1);
    if (second == std::string::npos) {
      return std::unexpected(illegal_argument("invalid data stream name: [" + current +
                                              "]; must follow naming scheme <type>-<dataset>-<namespace>"));
    }
    const std::string_view whole = current;
    auto made_type = type.value(document, whole.substr(0, first));
    if (!made_type) return std::unexpected(std::move(made_type.error()));
    auto made_dataset = dataset.value(document, whole.substr(first + 1, second - first - 1));
    if (!made_dataset) return std::unexpected(std::move(made_dataset.error()));
    auto made_space = name_space.value(document, whole.substr(second + 1));
    if (!made_space) return std::unexpected(std::move(made_space.error()));
    if (Status done = go(run, *made_type + "-" + *made_dataset + "-" + *made_space); !done) return done;
    return note(document, *made_type, *made_dataset, *made_space);
  }

 private:
  static Status go(Execution& run, const std::string& index) {
    static const FieldPath index_path("_index");
    if (Status done = run.document().set(index_path, run.document().machine().string_value(index)); !done) return done;
    run.reroute();
    return {};
  }

  /// The document says itself where it went.
  static Status note(IngestDocument& document, const std::string& type, const std::string& dataset,
                     const std::string& name_space) {
    static const FieldPath type_path("data_stream.type");
    static const FieldPath dataset_path("data_stream.dataset");
    static const FieldPath namespace_path("data_stream.namespace");
    static const FieldPath event_path("event.dataset");
    for (const auto& [path, text] :
         {std::pair(&type_path, &type), std::pair(&dataset_path, &dataset), std::pair(&namespace_path, &name_space)}) {
      if (Status done = write(document, *path, *text); !done) return done;
    }
    if (!document.find(event_path) && dotted_entry(document, event_path) == nullptr) return {};
    return write(document, event_path, dataset);
  }

  /// Into the key with dots, where there is one.
  static Status write(IngestDocument& document, const FieldPath& path, const std::string& text) {
    const Value value = document.machine().string_value(text);
    painless::Map::Entry* const entry = dotted_entry(document, path);
    if (entry == nullptr) return document.set(path, value);
    if (document.fields().set_value(document.machine(), *entry, value)) return {};
    return std::unexpected(document.take_error());
  }
};

Result<bool> read_part(Config& config, Part& part) {
  std::vector<std::string> texts;
  const auto raw = config.take(part.name);
  const bool given = raw.has_value();
  if (given) {
    auto read = raw->starts_with('"') ? config.text_or_list(part.name) : config.list(part.name);
    if (!read) return std::unexpected(std::move(read.error()));
    texts = std::move(*read);
  } else {
    texts.push_back("{{data_stream." + part.name + "}}");
  }
  for (const std::string& text : texts) {
    if (text.starts_with("{{") || text.ends_with("}}")) {
      if (!text.starts_with("{{") || !text.ends_with("}}"))
        return std::unexpected(config.problem(part.name, "'" + text + "' is not a valid field reference"));
      std::string_view inside = std::string_view(text).substr(2, text.size() - 4);
      if (inside.starts_with('{')) inside = inside.substr(1, inside.size() - 2);
      while (inside.starts_with(' ')) inside.remove_prefix(1);
      while (inside.ends_with(' ')) inside.remove_suffix(1);
      part.sources.push_back({text, FieldPath(inside)});
    } else {
      if (sanitized(text, part.dashes) != text) {
        return std::unexpected(config.problem(part.name, "'" + text + "' contains disallowed characters"));
      }
      part.sources.push_back({text, std::nullopt});
    }
  }
  return given && !texts.empty();
}

Result<ProcessorPtr> make(Config& config, const CompileEnvironment&) {
  auto made = std::make_unique<Reroute>();
  bool parts = false;
  for (Part* part : {&made->type, &made->dataset, &made->name_space}) {
    const auto given = read_part(config, *part);
    if (!given) return std::unexpected(given.error());
    parts = parts || *given;
  }
  auto destination = config.optional_text("destination");
  if (!destination) return std::unexpected(std::move(destination.error()));
  if (*destination && parts) {
    return std::unexpected(
        config.problem("destination", "can only be set if type, dataset, and namespace are not set"));
  }
  made->destination = std::move(*destination);
  return made;
}

}  // namespace

const ProcessorRow& reroute_processor() {
  static const ProcessorRow row{"reroute",    "Sends the document to another index, whose pipelines come next.",
                                kOptions,     R"({"destination":"other"})",
                                R"({"a":1})", R"({"a":1})",
                                make};
  return row;
}

}  // namespace sluice::ingest
