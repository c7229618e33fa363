#include "stages/ingest/simulate.h"

#include <utility>
#include <vector>

#include "pipeline/base/buffer.h"
#include "pipeline/base/json_text.h"
#include "pipeline/base/json_writer.h"
#include "stages/ingest/java_number.h"

namespace sluice::ingest {

namespace {

struct SimulatedDocument {
  DocumentMetadata metadata;
  std::string_view source;
};

/// A string or a number, as a text.
Result<std::optional<std::string>> text_or_number(Config& config, std::string_view name, bool longs = false) {
  const auto value = config.take(name);
  if (!value) return std::nullopt;
  const std::string type = json_class_name(*value);
  const bool number = type == "java.lang.Integer" || (longs && type == "java.lang.Long");
  if (type != "java.lang.String" && !number) {
    return std::unexpected(config.problem(
        name, "property isn't a string or " + std::string(longs ? "long" : "int") + ", but of type [" + type + "]"));
  }
  return json_unquoted(*value);
}

Result<std::optional<std::int64_t>> number_of(Config& config, std::string_view name) {
  const bool given = config.has(name);
  auto text = text_or_number(config, name, true);
  if (!text) return std::unexpected(std::move(text.error()));
  if (!*text && given) return std::unexpected(illegal_argument("[" + std::string(name) + "] cannot be null"));
  if (!*text) return std::nullopt;
  const auto number = read_long(**text);
  if (!number) return std::unexpected(number.error());
  return *number;
}

Result<DocumentMetadata> metadata_of(Config& config) {
  DocumentMetadata made;
  auto index = text_or_number(config, "_index");
  auto id = text_or_number(config, "_id");
  auto routing = text_or_number(config, "_routing");
  auto version = number_of(config, "_version");
  auto version_type = config.optional_text("_version_type");
  if (version_type && !*version_type && config.has("_version_type"))
    version_type = std::unexpected(config.problem("_version_type", "required property is missing"));
  auto seq_no = number_of(config, "_if_seq_no");
  auto term = number_of(config, "_if_primary_term");
  for (const Error* error :
       {index ? nullptr : &index.error(), id ? nullptr : &id.error(), routing ? nullptr : &routing.error(),
        version ? nullptr : &version.error(), version_type ? nullptr : &version_type.error(),
        seq_no ? nullptr : &seq_no.error(), term ? nullptr : &term.error()}) {
    if (error != nullptr) return std::unexpected(*error);
  }
  made.index = index->value_or("_index");
  made.id = id->value_or("_id");
  made.routing = std::move(*routing);
  made.version = version->value_or(DocumentMetadata::kNoVersion);
  made.version_type = std::move(*version_type);
  const std::string type = made.version_type.value_or("internal");
  if (type != "internal" && type != "external" && type != "external_gte")
    return std::unexpected(illegal_argument("No version type match [" + type + "]"));
  made.if_seq_no = *seq_no;
  made.if_primary_term = *term;
  return made;
}

Result<std::vector<SimulatedDocument>> documents_of(Config& body) {
  auto elements = body.optional_elements("docs");
  if (!elements) return std::unexpected(std::move(elements.error()));
  if (!*elements) return std::unexpected(body.problem("docs", "required property is missing"));
  if ((*elements)->empty()) return std::unexpected(illegal_argument("must specify at least one document in [docs]"));
  std::vector<SimulatedDocument> documents;
  for (const std::string_view element : **elements) {
    if (!element.starts_with('{'))
      return std::unexpected(illegal_argument("malformed [docs] section, should include an inner object"));
    auto config = Config::parse("", element);
    if (!config) return std::unexpected(std::move(config.error()));
    const auto source = config->object("_source");
    if (!source) return std::unexpected(source.error());
    auto metadata = metadata_of(*config);
    if (!metadata) return std::unexpected(std::move(metadata.error()));
    documents.push_back({std::move(*metadata), *source});
  }
  return documents;
}

/// What stands behind `"error":` in an answer.
void write_error(JsonWriter& out, const Error& error) {
  constexpr std::string_view kHead = "{\"error\":";
  const std::string envelope = error.envelope();
  const std::size_t tail = envelope.rfind(",\"status\":");
  out.raw(std::string_view(envelope).substr(kHead.size(), tail - kHead.size()));
}

/// `{"_index":..,"_source":..,"_ingest":..}`. Errors: a value that can't be written.
Status write_document(JsonWriter& out, Execution& run) {
  IngestDocument& document = run.document();
  std::string source;
  if (Status done = document.write_source(source); !done) return done;
  std::string ingest;
  if (!document.ingest().write_json(document.machine(), ingest, 0)) return std::unexpected(document.take_error());
  out.begin_object();
  for (std::size_t i = 0; i < kMetadataKeys; ++i) {
    const auto key = static_cast<Metadata>(i);
    const painless::Value& value = document.fields().metadata(key);
    if (value.is_null()) continue;
    const painless::String* text = document.machine().to_text(value);
    if (text == nullptr) return std::unexpected(document.take_error());
    out.key(metadata_rule(key).key).string(text->text());
  }
  out.key("_source").raw(source).key("_ingest").raw(ingest).end_object();
  return {};
}

constexpr std::string_view kStatusNames[] = {"success", "error", "error_ignored", "skipped", "dropped"};

/// Writes what every step did.
class Protocol final : public Tracker {
 public:
  void after(const Step& step, StepStatus status, std::optional<bool> condition, const Error* error,
             std::chrono::nanoseconds, Execution& run) override {
    JsonWriter out;
    out.begin_object().member("processor_type", step.type);
    out.member("status", kStatusNames[static_cast<std::size_t>(status)]);
    if (!step.description.empty()) out.member("description", step.description);
    if (!step.tag.empty()) out.member("tag", step.tag);
    if (condition) {
      out.key("if").begin_object().member("condition", step.condition->script->shown);
      out.member("result", *condition).end_object();
    }
    if (status == StepStatus::kErrorIgnored) {
      out.key("ignored_error").begin_object().key("error");
      write_error(out, *error);
      out.end_object();
    } else if (error != nullptr) {
      out.key("error");
      write_error(out, *error);
    }
    const bool shows = status == StepStatus::kSuccess || status == StepStatus::kErrorIgnored;
    if (shows && !(step.type == "pipeline" && status == StepStatus::kSuccess)) {
      JsonWriter document;
      if (Status done = write_document(document, run); done) {
        out.key("doc").raw(document.take());
      } else {
        out.key("error");
        write_error(out, done.error());
      }
    }
    out.end_object();
    results_.push_back(out.take());
  }
  [[nodiscard]] std::size_t remembered() const override { return results_.size(); }
  void keep(std::size_t count) override { results_.resize(count); }

  void write(JsonWriter& out) const {
    out.begin_object().key("processor_results").begin_array();
    for (const std::string& result : results_) out.raw(result);
    out.end_array().end_object();
  }

 private:
  std::vector<std::string> results_;
};

/// One document's answer.
void simulate_one(JsonWriter& out, Execution& run, const Pipeline& pipeline, const SimulationOptions& options,
                  const PipelineLookup& pipelines) {
  Protocol protocol;
  run.set_tracker(options.verbose ? &protocol : nullptr);
  Status done = run.run(pipeline, pipelines);
  run.set_tracker(nullptr);
  if (options.verbose) {
    protocol.write(out);
    return;
  }
  if (done && run.dropped()) {
    out.null();
    return;
  }
  JsonWriter written;
  if (done) done = write_document(written, run);
  out.begin_object();
  if (done) {
    out.key("doc").raw(written.take());
  } else {
    out.key("error");
    write_error(out, done.error());
  }
  out.end_object();
}

}  // namespace

Result<std::string> simulate(std::string_view body, const SimulationOptions& options,
                             const CompileEnvironment& environment, const PipelineLookup& pipelines) {
  Buffer padded(body.size());
  padded.append(body);
  auto config = Config::parse("", padded.view());
  if (!config) return std::unexpected(std::move(config.error()));
  std::shared_ptr<const Pipeline> pipeline = options.pipeline;
  if (pipeline == nullptr) {
    const auto object = config->object("pipeline");
    if (!object) return std::unexpected(object.error());
    auto compiled = Pipeline::compile("_simulate_pipeline", *object, environment);
    if (!compiled) return std::unexpected(std::move(compiled.error()));
    pipeline = std::move(*compiled);
  }
  auto documents = documents_of(*config);
  if (!documents) return std::unexpected(std::move(documents.error()));
  JsonWriter out;
  out.begin_object().key("docs").begin_array();
  Execution run;
  for (const SimulatedDocument& document : *documents) {
    Buffer source(document.source.size());
    source.append(document.source);
    if (Status begun = run.begin(source.view(), document.metadata, options.now); !begun)
      return std::unexpected(std::move(begun.error()));
    simulate_one(out, run, *pipeline, options, pipelines);
  }
  out.end_array().end_object();
  return out.take();
}

}  // namespace sluice::ingest
