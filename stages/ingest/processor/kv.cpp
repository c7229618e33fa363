#include <algorithm>
#include <memory>
#include <utility>

#include "pipeline/base/json_text.h"
#include "stages/ingest/field_value.h"
#include "stages/ingest/java_regex.h"
#include "stages/ingest/text_processor.h"

namespace sluice::ingest {

using painless::Value;

namespace {

constexpr OptionRow kOptions[] = {
    {"field", "string (template)", "", "A text of keys and values."},
    {"field_split", "string", "", "What stands between two pairs, a regular expression of Java."},
    {"value_split", "string", "", "What stands between a key and its value, likewise."},
    {"target_field", "string (template)", "none", "The object that they go into, instead of the document itself."},
    {"include_keys", "list", "none", "The keys that are taken; all others are not."},
    {"exclude_keys", "list", "none", "Keys that are not taken."},
    kIgnoreMissingOption,
    {"prefix", "string", "none", "What is put in front of keys."},
    {"trim_key", "string", "none", "Characters to drop at both ends of keys."},
    {"trim_value", "string", "none", "Characters to drop at both ends of values."},
    {"strip_brackets", "boolean", "false", "Whether brackets and quotes around values are dropped."},
};

/// A pattern that fails the documents, if it is wrong.
using Splitter = Result<JavaRegex>;

/// The text without what the pattern finds at its ends: of `text`, or of `made` where it found something else too, as
/// before a line's end.
Result<std::string_view> trimmed(const std::optional<JavaRegex>& ends, std::string_view text, std::string& made) {
  if (!ends) return text;
  JavaRegex::Finder finder(*ends, text);
  std::string_view kept;
  made.clear();
  const auto keep = [&](std::string_view part) {
    if (part.empty()) return;
    if (!kept.empty()) made.append(made.empty() ? kept : std::string_view()).append(part);
    kept = made.empty() ? part : std::string_view(made);
  };
  std::size_t at = 0;
  while (true) {
    const auto found = finder.next();
    if (!found) return std::unexpected(found.error());
    if (!*found) break;
    keep(text.substr(at, finder.begin() - at));
    at = finder.end();
  }
  keep(text.substr(at));
  return kept;
}

std::string_view without_brackets(std::string_view text) {
  constexpr std::string_view kOpening = "([<\"'";
  constexpr std::string_view kClosing = ")]>\"'";
  if (!text.empty() && kOpening.find(text.front()) != std::string_view::npos) text.remove_prefix(1);
  if (!text.empty() && kClosing.find(text.back()) != std::string_view::npos) text.remove_suffix(1);
  return text;
}

class Kv final : public Processor {
 public:
  PathTemplate field;
  std::optional<Template> target;
  Splitter pairs;
  Splitter halves;
  std::string value_split;
  std::optional<std::vector<std::string>> included;
  std::vector<std::string> excluded;
  std::string prefix;
  std::optional<JavaRegex> key_ends;
  std::optional<JavaRegex> value_ends;
  bool ignore_missing = false;
  bool strips = false;

  Status run(Execution& run) const override {
    IngestDocument& document = run.document();
    std::optional<FieldPath> made;
    const auto path = field.resolve(document, made);
    if (!path)
      return path.error().reason == "path cannot be null nor empty" ? absent("") : std::unexpected(path.error());
    const auto there = document.find_in_range(**path);
    const bool is_path = document.check(**path).has_value();
    if (!there && (is_path || !ignore_missing)) return std::unexpected(there.error());
    if (!there || !*there) return absent((*path)->text());
    const auto text = need_text(document, **path, ignore_missing, "extract key-value pairs.");
    if (!text) return std::unexpected(text.error());
    if (*text == nullptr) return {};
    return split(document, (*path)->text(), (*text)->text());
  }

 private:
  [[nodiscard]] Status absent(const std::string& name) const {
    if (ignore_missing) return {};
    return std::unexpected(illegal_argument("field [" + name + "] doesn't exist"));
  }

  Status split(IngestDocument& document, const std::string& name, std::string_view text) const {
    std::string front;
    if (target) {
      auto rendered = target->render(document);
      if (!rendered) return std::unexpected(std::move(rendered.error()));
      if (!rendered->empty()) front = std::move(*rendered) + ".";
    }
    front += prefix;
    if (!pairs) return std::unexpected(pairs.error());
    if (!halves) return std::unexpected(halves.error());
    JavaRegex::Split all;
    if (Status done = pairs->split(text, 0, all); !done) return done;
    JavaRegex::Split pair;
    for (const std::string_view part : all.parts) {
      if (Status done = halves->split(part, 2, pair); !done) return done;
      if (pair.parts.size() != 2) {
        return std::unexpected(
            illegal_argument("field [" + name + "] does not contain value_split [" + value_split + "]"));
      }
      if (Status done = take(document, front, pair.parts[0], pair.parts[1]); !done) return done;
    }
    return {};
  }

  Status take(IngestDocument& document, const std::string& front, std::string_view key, std::string_view value) const {
    std::string made_name;
    const auto name = trimmed(key_ends, key, made_name);
    if (!name) return std::unexpected(name.error());
    if (included && std::ranges::find(*included, *name) == included->end()) return {};
    if (std::ranges::find(excluded, *name) != excluded.end()) return {};
    std::string made_text;
    const auto text = trimmed(value_ends, strips ? without_brackets(value) : value, made_text);
    if (!text) return std::unexpected(text.error());
    const FieldPath path(front + std::string(*name));
    const auto there = document.find_in_range(path);
    if (!there && !document.check(path)) return std::unexpected(there.error());
    const Value made = document.machine().string_value(*text);
    return there && *there ? document.append(path, made) : document.set(path, made);
  }
};

/// The texts of a list; what else is in it equals no key.
Result<std::optional<std::vector<std::string>>> keys_of(Config& config, std::string_view name) {
  const auto elements = config.optional_elements(name);
  if (!elements) return std::unexpected(elements.error());
  if (!*elements) return std::nullopt;
  std::vector<std::string> keys;
  for (const std::string_view element : **elements) {
    if (element == "null") {
      Error cause = null_pointer("");
      cause.reason_is_null = true;
      Error error(ErrorKind::kBadRequest, 500, "exception", "java.lang.NullPointerException");
      return std::unexpected(std::move(error).wrapping(std::move(cause)));
    }
    if (element.starts_with('"')) keys.push_back(json_unquoted(element));
  }
  return keys;
}

/// What `trim_key` and `trim_value` take off, as a node makes a pattern of it.
Result<std::optional<JavaRegex>> ends_of(Config& config, std::string_view name) {
  const auto characters = config.optional_text(name);
  if (!characters) return std::unexpected(characters.error());
  if (!*characters) return std::nullopt;
  auto pattern = JavaRegex::compile("(^([" + **characters + "]+))|([" + **characters + "]+$)");
  if (pattern) return std::move(*pattern);
  return std::unexpected(construction_error("java.util.regex.PatternSyntaxException", std::move(pattern.error())));
}

Status read_keys(Config& config, Kv& made) {
  auto included = keys_of(config, "include_keys");
  if (!included) return std::unexpected(std::move(included.error()));
  auto excluded = keys_of(config, "exclude_keys");
  if (!excluded) return std::unexpected(std::move(excluded.error()));
  made.included = std::move(*included);
  made.excluded = excluded->value_or(std::vector<std::string>());
  return {};
}

Status read_trimming(Config& config, Kv& made) {
  auto key_ends = ends_of(config, "trim_key");
  if (!key_ends) return std::unexpected(std::move(key_ends.error()));
  auto value_ends = ends_of(config, "trim_value");
  if (!value_ends) return std::unexpected(std::move(value_ends.error()));
  const auto strips = config.flag("strip_brackets", false);
  if (!strips) return std::unexpected(strips.error());
  made.key_ends = std::move(*key_ends);
  made.value_ends = std::move(*value_ends);
  made.strips = *strips;
  return {};
}

Result<ProcessorPtr> make(Config& config, const CompileEnvironment&) {
  auto made = std::make_unique<Kv>();
  auto field = config.path("field");
  if (!field) return std::unexpected(std::move(field.error()));
  auto target = config.optional_text_template("target_field");
  if (!target) return std::unexpected(std::move(target.error()));
  const auto field_split = config.text("field_split");
  if (!field_split) return std::unexpected(field_split.error());
  auto value_split = config.text("value_split");
  if (!value_split) return std::unexpected(value_split.error());
  if (Status done = read_keys(config, *made); !done) return std::unexpected(std::move(done.error()));
  const auto ignore_missing = config.flag("ignore_missing", false);
  if (!ignore_missing) return std::unexpected(ignore_missing.error());
  auto prefix = config.text_or("prefix", "");
  if (!prefix) return std::unexpected(std::move(prefix.error()));
  if (Status done = read_trimming(config, *made); !done) return std::unexpected(std::move(done.error()));
  made->field = std::move(*field);
  made->target = std::move(*target);
  made->pairs = JavaRegex::compile(*field_split);
  made->halves = JavaRegex::compile(*value_split);
  made->value_split = std::move(*value_split);
  made->ignore_missing = *ignore_missing;
  made->prefix = std::move(*prefix);
  return made;
}

}  // namespace

const ProcessorRow& kv_processor() {
  static const ProcessorRow row{"kv",
                                "Takes keys and values out of a text.",
                                kOptions,
                                R"({"field":"m","field_split":" ","value_split":"="})",
                                R"({"m":"a=1 b=2 a=3"})",
                                R"({"m":"a=1 b=2 a=3","a":["1","3"],"b":"2"})",
                                make};
  return row;
}

}  // namespace sluice::ingest
