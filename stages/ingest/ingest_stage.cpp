#include "stages/ingest/ingest_stage.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include "pipeline/base/json_text.h"
#include "pipeline/model/document_failure.h"
#include "stages/script/member_editor.h"

namespace sluice::ingest {

namespace {

std::optional<std::string> text_of(std::string_view token) {
  return token.empty() ? std::nullopt : std::optional<std::string>(json_unquoted(token));
}

std::string_view token_of(const std::optional<std::string>& text, Arena& arena) {
  return text ? arena.copy(json_string(*text)) : std::string_view();
}

}  // namespace

/// What one thread needs for one batch after the other.
class IngestStage::Worker {
 public:
  Execution run;

  /// The edits that are all a pipeline does; null: it does more. Asked once for all documents of a batch.
  stages::MemberEditor* editor_of(const std::shared_ptr<const Pipeline>& pipeline) {
    if (pipeline != pipeline_) {
      pipeline_ = pipeline;
      editor_.reset();
      if (pipeline != nullptr && pipeline->edits())
        editor_ = stages::MemberEditor::of(run.document().machine(), *pipeline->edits());
    }
    if (editor_ && editor_->is_wasted()) editor_.reset();
    return editor_ ? &*editor_ : nullptr;
  }

 private:
  std::shared_ptr<const Pipeline> pipeline_;
  std::optional<stages::MemberEditor> editor_;
};

/// The documents of one batch, one after the other.
class IngestStage::BatchRun {
 public:
  BatchRun(pipeline::Batch& batch, Worker& worker, const IngestStageOptions& options)
      : batch_(batch),
        run_(worker.run),
        options_(options),
        pipeline_(options.pipelines->find(options.pipeline)),
        editor_(worker.editor_of(pipeline_)),
        now_(std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch())
                 .count()) {}

  void run(std::uint32_t number) {
    if (Status done = change(number); !done) fail(number, std::move(done.error()));
  }

 private:
  Status change(std::uint32_t number) {
    pipeline::Document& document = batch_.documents[number];
    if (pipeline_ == nullptr)
      return std::unexpected(illegal_argument("pipeline with id [" + options_.pipeline + "] does not exist"));
    if (editor_ != nullptr && edited(document)) return {};
    metadata_.index = text_of(document.index);
    metadata_.id = text_of(document.id);
    metadata_.routing = text_of(document.routing);
    metadata_.version = document.version == pipeline::kNoVersion ? DocumentMetadata::kNoVersion : document.version;
    metadata_.version_type = options_.version_type;
    if (Status begun = begin(document); !begun) return begun;
    if (Status done = run_.run(*pipeline_, *options_.pipelines); !done) return done;
    if (run_.dropped()) {
      document.outcome = pipeline::Outcome::kUpdated;
      return {};
    }
    const bool changed = run_.document().source_changed();
    // Written first: a document that fails keeps its metadata with its source.
    text_.clear();
    if (changed) {
      if (Status written = run_.document().write_source(text_); !written) return written;
    }
    if (run_.document().fields().metadata_changed()) {
      if (Status taken = take_metadata(number); !taken) return taken;
    }
    if (changed) set_source(document, batch_.arena.copy(text_));
    return {};
  }

  /// Whether the pipeline's edits were enough for the document.
  bool edited(pipeline::Document& document) {
    const auto source = span_of(document);
    const auto text = source ? editor_->edit(*source, batch_.arena) : std::nullopt;
    if (text && !text->empty()) set_source(document, *text);
    return text.has_value();
  }

  static void set_source(pipeline::Document& document, std::string_view text) {
    document.source = text;
    document.structurals_begin = document.structurals_end = 0;
  }

  /// Nothing: only its text is known.
  [[nodiscard]] std::optional<painless::JsonSpan> span_of(const pipeline::Document& document) const {
    if (batch_.structurals.empty() || document.structurals_end == 0) return std::nullopt;
    const std::uint32_t* index = batch_.structurals.data();
    return painless::JsonSpan{batch_.page.text().data(), index + document.structurals_begin,
                              index + document.structurals_end, batch_.structurals.may_escape};
  }

  Status begin(const pipeline::Document& document) {
    const auto span = span_of(document);
    return span ? run_.begin(*span, metadata_, now_) : run_.begin(document.source, metadata_, now_);
  }

  Status take_metadata(std::uint32_t number) {
    pipeline::Document& document = batch_.documents[number];
    const DocumentMetadata now = run_.document().metadata();
    if (Status fine = check_metadata(now); !fine) return fine;
    if (now.index != metadata_.index) {
      document.index = token_of(now.index, batch_.arena);
      document.index_is_set = true;
    }
    if (now.id != metadata_.id) document.id = token_of(now.id, batch_.arena);
    if (now.routing != metadata_.routing) {
      document.routing = token_of(now.routing, batch_.arena);
      document.routing_is_set = true;
    }
    if (now.version != metadata_.version) {
      document.version = now.version == DocumentMetadata::kNoVersion ? pipeline::kNoVersion : now.version;
      document.version_is_set = true;
    }
    if (now.version != metadata_.version || now.version_type != metadata_.version_type)
      document.version_rule = rule_of(now.version_type);
    if (now.has_condition()) {
      document.has_condition = true;
      batch_.conditions.push_back({number, *now.if_seq_no, now.if_primary_term.value_or(0)});
    }
    return {};
  }

  static pipeline::VersionRule rule_of(const std::optional<std::string>& type) {
    if (type == "external") return pipeline::VersionRule::kExternal;
    return type == "external_gte" ? pipeline::VersionRule::kExternalGte : pipeline::VersionRule::kInternal;
  }

  void fail(std::uint32_t number, Error cause) {
    batch_.documents[number].outcome = pipeline::Outcome::kFailed;
    batch_.failures.push_back(pipeline::document_failure(batch_, number, std::move(cause)));
  }

  pipeline::Batch& batch_;
  Execution& run_;
  const IngestStageOptions& options_;
  std::shared_ptr<const Pipeline> pipeline_;
  stages::MemberEditor* editor_;
  std::int64_t now_;
  DocumentMetadata metadata_;
  std::string text_;
};

IngestStage::IngestStage(IngestStageOptions options) : options_(std::move(options)) {}
IngestStage::~IngestStage() = default;

Status IngestStage::apply(pipeline::Batch& batch) const {
  const auto worker = workers_.borrow([] { return std::make_unique<Worker>(); });
  BatchRun run(batch, *worker, options_);
  for (std::uint32_t i = 0; i < batch.documents.size(); ++i) {
    const pipeline::Document& document = batch.documents[i];
    const bool written = document.operation != pipeline::Operation::kDelete;
    if (document.outcome == pipeline::Outcome::kPending && written) run.run(i);
  }
  return {};
}

Result<std::shared_ptr<const PipelineSet>> PipelineSet::compile(std::string_view json, std::string_view id,
                                                                const CompileEnvironment& environment) {
  const std::string text(json);
  const auto members = stages::json_members_of(text, "the pipeline");
  if (!members) return std::unexpected(members.error());
  auto made = std::make_shared<PipelineSet>();
  const auto add = [&](std::string name, std::string_view body) -> Status {
    auto pipeline = Pipeline::compile(std::move(name), body, environment);
    if (!pipeline) return std::unexpected(std::move(pipeline.error()));
    made->pipelines_.push_back(std::move(*pipeline));
    return {};
  };
  const bool several = !members->empty() && std::ranges::all_of(*members, [](const stages::JsonMember& member) {
    return member.name() != "processors" && member.value.starts_with('{');
  });
  if (!several) {
    if (Status added = add(std::string(id), text); !added) return std::unexpected(std::move(added.error()));
    return made;
  }
  for (const stages::JsonMember& member : *members) {
    if (Status added = add(member.name(), member.value); !added) return std::unexpected(std::move(added.error()));
  }
  return made;
}

std::shared_ptr<const Pipeline> PipelineSet::find(std::string_view id) const {
  const auto found = std::ranges::find_if(pipelines_, [&](const auto& pipeline) { return pipeline->id() == id; });
  return found == pipelines_.end() ? nullptr : *found;
}

}  // namespace sluice::ingest
