#include "stages/script/script.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "pipeline/base/json_text.h"
#include "stages/painless/deciding_keys.h"
#include "stages/painless/run/java_hash.h"
#include "stages/painless/run/json_document.h"
#include "stages/painless/run/json_text.h"
#include "stages/painless/run/json_walk.h"
#include "stages/painless/run/lanes.h"
#include "stages/script/ctx_map.h"
#include "stages/script/member_editor.h"

namespace sluice::stages {

using painless::known;
using painless::Machine;
using painless::Map;
using painless::String;
using painless::Value;

namespace {

/// The keys of ctx, in the order in which they are put; `_source` first, because scripts look for it most.
enum Key : std::uint8_t { kSource, kOp, kIndex, kId, kVersion, kRouting, kNow, kKeys };
constexpr std::string_view kNames[kKeys] = {"_source", "op", "_index", "_id", "_version", "_routing", "_now"};

/// Whether a document may have a key that ctx has: one that begins as those do, or with an escape.
bool may_have_key_of_ctx(std::string_view source) {
  if (source.size() < 17) return source.find_first_of("_o\\") != std::string_view::npos;
  painless::Bytes found = {};
  const auto look = [&](const char* at) {
    painless::Bytes quotes;
    painless::Bytes behind;
    std::memcpy(&quotes, at, 16);
    std::memcpy(&behind, at + 1, 16);
    found |=
        reinterpret_cast<painless::Bytes>((quotes == '"') & ((behind == '_') | (behind == 'o') | (behind == '\\')));
  };
  const char* const last = source.data() + source.size() - 17;
  for (const char* at = source.data(); at < last; at += 16) look(at);
  look(last);
  return painless::any_lane(found);
}

/// What a script did to a document, for those of the same batch that it would do the same to.
class Repeat {
 public:
  /// Nothing: each document may be another case.
  static std::optional<Repeat> of(const painless::Program& program) {
    constexpr std::uint16_t kCtx = 1;  // behind params
    const auto keys = painless::deciding_keys(program, kCtx);
    if (!keys) return std::nullopt;
    Repeat repeat;
    for (const std::string_view key : *keys) {
      if (key == kNames[kSource] || key == kNames[kId]) return std::nullopt;
      repeat.index_ = repeat.index_ || key == kNames[kIndex];
      repeat.routing_ = repeat.routing_ || key == kNames[kRouting];
      repeat.version_ = repeat.version_ || key == kNames[kVersion];
    }
    return repeat;
  }

  void forget() { known_ = false; }
  void remember(const pipeline::Document& before, const pipeline::Document& after) {
    known_ = true;
    before_ = before;
    after_ = after;
  }
  [[nodiscard]] bool fits(const pipeline::Document& document) const {
    return known_ && (!index_ || document.index == before_.index) &&
           (!routing_ || document.routing == before_.routing) && (!version_ || document.version == before_.version);
  }
  void apply(pipeline::Document& document) const {
    document.operation = after_.operation;
    document.outcome = after_.outcome;
    take_over(document.index, before_.index, after_.index);
    take_over(document.id, before_.id, after_.id);
    take_over(document.routing, before_.routing, after_.routing);
    document.index_is_set = document.index_is_set || after_.index_is_set;
    document.routing_is_set = document.routing_is_set || after_.routing_is_set;
    if (after_.version_is_set) {
      document.version = after_.version;
      document.version_is_set = true;
    }
  }

 private:
  static void take_over(std::string_view& token, std::string_view before, std::string_view after) {
    if (before.data() != after.data()) token = after;
  }

  bool index_ = false;
  bool routing_ = false;
  bool version_ = false;
  bool known_ = false;
  pipeline::Document before_;
  pipeline::Document after_;
};

}  // namespace

/// A machine and what it needs for one document after the other.
class Script::Worker {
 public:
  explicit Worker(const ScriptOptions& options)
      : options_(options),
        machine_(options.script->program, options.limits),
        repeat_(Repeat::of(options.script->program)),
        editor_(MemberEditor::of(machine_, options.script->program, options.params)) {
    op_index_ = keys_.make<String>(known().string, "index");
    looks_into_source_ = std::ranges::any_of(options.script->program.texts,
                                             [](const painless::Site& text) { return text.name == kNames[kSource]; });
    for (std::size_t i = 0; i < kKeys; ++i) {
      names_[i] = keys_.make<String>(known().string, kNames[i]);
      hashes_[i] = painless::java_hash(kNames[i]);
      const Value value = i == kOp ? Value::of(op_index_) : i == kNow ? Value::of_long(options.now) : Value::null();
      fresh_ctx_.append(keys_, Value::of(names_[i]), value, hashes_[i]);
    }
  }

  /// Goes on with another batch, the memory of the one before being gone.
  void begin() {
    if (repeat_) repeat_->forget();
  }

  Status run(pipeline::Batch& batch, pipeline::Document& document) {
    if (editor_ && edited(batch, document)) return {};
    if (!repeat_) return run_machine(batch, document);
    if (repeat_->fits(document) && !may_have_key_of_ctx(document.source)) {
      repeat_->apply(document);
      return {};
    }
    const pipeline::Document before = document;
    Status ran = run_machine(batch, document);
    if (ran) repeat_->remember(before, document);
    return ran;
  }

 private:
  /// Whether a script of member edits needed no machine for this document.
  bool edited(pipeline::Batch& batch, pipeline::Document& document) {
    const auto source = span_of(batch, document);
    if (!source) return false;
    const auto text = editor_->edit(*source, batch.arena);
    if (!text) {
      if (editor_->is_wasted()) editor_.reset();
      return false;
    }
    if (text->empty()) return true;
    document.source = *text;
    document.structurals_begin = document.structurals_end = 0;
    return true;
  }

  Status run_machine(pipeline::Batch& batch, pipeline::Document& document) {
    machine_.reset();
    if (Status ready = prepare(batch, document); !ready) return ready;
    if (machine_.run(params_, Value::of(ctx_)).is_error())
      return std::unexpected(painless::runtime_error(*options_.script, machine_));
    return take_over(batch, document);
  }

  Status prepare(const pipeline::Batch& batch, const pipeline::Document& document) {
    auto source = source_of(batch, document);
    if (!source) return std::unexpected(std::move(source.error()));
    if (auto params = params_of(); !params) return std::unexpected(std::move(params.error()));
    source_ = *source;
    version_ = options_.has_versions ? document.version : -1;
    ctx_ = machine_.heap().make<CtxMap>(known().map, reindex_rules());
    // A document that the script will look into anyway is scanned now; of others the text is enough for most.
    if (looks_into_source_ || may_have_key_of_ctx(document.source)) {
      std::string why = ctx_->unexpected(machine_, *static_cast<Map*>(source_.o));
      if (!why.empty()) return std::unexpected(illegal_argument(std::move(why)));
    }
    machine_.set_changed_document(ctx_);
    ctx_->copy_entries(machine_.heap(), fresh_ctx_);
    ctx_->entries[kSource].value = source_;
    ctx_->entries[kIndex].value = token(document.index);
    ctx_->entries[kId].value = token(document.id);
    ctx_->entries[kVersion].value = Value::of_long(version_);
    ctx_->entries[kRouting].value = token(document.routing);
    return {};
  }

  static Value token(std::string_view raw) { return raw.empty() ? Value::null() : Value::of_raw(raw); }

  Result<painless::JsonSpan> span_of(const pipeline::Batch& batch, const pipeline::Document& document) {
    if (!batch.structurals.empty() && document.structurals_end != 0) {
      const std::uint32_t* index = batch.structurals.data();
      return painless::JsonSpan{batch.page.text().data(), index + document.structurals_begin,
                                index + document.structurals_end, batch.structurals.may_escape};
    }
    if (document.source.empty()) return painless::JsonSpan{"{}", kEmpty, kEmpty + 2};
    return json_.span(document.source);
  }

  Result<Value> source_of(const pipeline::Batch& batch, const pipeline::Document& document) {
    const auto span = span_of(batch, document);
    if (!span) return std::unexpected(span.error());
    return painless::json_container(machine_, *span);
  }

  /// `params` are made anew for each document: a script may change them, and Elasticsearch's are shared by all
  /// documents of a batch only.
  Result<Value> params_of() {
    if (!options_.script->program.inputs_used.front()) return Value::null();
    if (options_.params.empty()) {
      params_ = painless::json_container(machine_, {"{}", kEmpty, kEmpty + 2});
      return params_;
    }
    auto read = params_json_.read(machine_, options_.params);
    if (read) params_ = *read;
    return read;
  }

  [[nodiscard]] Value get(Key key) {
    Map::Entry& there = ctx_->entries[key];
    if (there.live && there.key.o == names_[key]) return there.value;  // where it was put, unless it was removed
    Map::Entry* entry = ctx_->find_text(machine_, kNames[key], hashes_[key]);
    return entry == nullptr ? Value::null() : entry->value;
  }
  /// Another text than the document's.
  bool changed(std::string_view token_before, const Value& now) {
    if (now.is_raw() && now.raw == token_before.data()) return false;
    if (now.is_null() || token_before.empty()) return now.is_null() != token_before.empty();
    const String* text = machine_.as_string(now);
    if (text != nullptr && token_before.find('\\') == std::string_view::npos) {
      return token_before.front() != '"' || token_before.substr(1, token_before.size() - 2) != text->text();
    }
    return !machine_.equals(token(token_before), now);
  }
  std::string_view written(pipeline::Batch& batch, const Value& value) {
    if (value.is_null()) return {};
    const std::string_view text = machine_.to_text(value)->text();
    if (painless::is_plain_json_text(text)) {
      char* token = batch.arena.allocate(text.size() + 2);
      token[0] = token[text.size() + 1] = '"';
      std::ranges::copy(text, token + 1);
      return {token, text.size() + 2};
    }
    text_.clear();
    painless::append_json_text(text_, text);
    return batch.arena.copy(text_);
  }

  Status take_over(pipeline::Batch& batch, pipeline::Document& document) {
    if (!ctx_->changed && static_cast<Map*>(source_.o)->as_it_came()) return {};
    const Value op = get(kOp);
    const std::string_view word = op.o == op_index_ ? "index" : static_cast<const String*>(op.o)->text();
    if (word == "noop") {
      document.outcome = pipeline::Outcome::kNoop;
      return {};
    }
    if (const Value index = get(kIndex); changed(document.index, index)) {
      document.index = written(batch, index);
      document.index_is_set = true;
    }
    if (const Value id = get(kId); changed(document.id, id)) document.id = written(batch, id);
    if (const Value routing = get(kRouting); changed(document.routing, routing)) {
      document.routing = written(batch, routing);
      document.routing_is_set = true;
    }
    if (const Value version = get(kVersion); version.is_null() || version.i != version_) {
      document.version = version.is_null() ? pipeline::kNoVersion : version.i;
      document.version_is_set = true;
    }
    if (word == "delete") {
      document.operation = pipeline::Operation::kDelete;
      document.version = pipeline::kNoVersion;  // Elasticsearch deletes whatever version is there
      document.version_is_set = true;
      return {};
    }
    return write_source(batch, document, get(kSource));
  }

  Status write_source(pipeline::Batch& batch, pipeline::Document& document, const Value& source) {
    auto* map = machine_.as_map(source);
    if (source.o == source_.o && map->as_it_came()) return {};
    text_.clear();
    if (!map->write_json(machine_, text_, 0)) {
      return std::unexpected(painless::writing_error(*options_.script, machine_));
    }
    document.source = batch.arena.copy(text_);
    document.structurals_begin = document.structurals_end = 0;
    return {};
  }

  static constexpr std::uint32_t kEmpty[3] = {0, 1, 2};

  const ScriptOptions& options_;
  painless::Heap keys_{std::size_t{1} << 20};
  String* names_[kKeys] = {};
  std::int32_t hashes_[kKeys] = {};
  String* op_index_ = nullptr;
  bool looks_into_source_ = false;                  ///< the script names `_source`
  CtxMap fresh_ctx_{known().map, reindex_rules()};  ///< what each document's ctx begins as
  Machine machine_;
  painless::JsonDocument json_;
  painless::JsonDocument params_json_;
  std::string text_;

  CtxMap* ctx_ = nullptr;
  Value source_ = Value::null();
  Value params_ = Value::null();
  std::int64_t version_ = -1;
  std::optional<Repeat> repeat_;        ///< nothing: each document may be another case
  std::optional<MemberEditor> editor_;  ///< nothing: the script is no list of member edits
};

Script::Script(ScriptOptions options) : options_(std::move(options)) {}
Script::~Script() = default;

Status Script::apply(pipeline::Batch& batch) const {
  const auto worker = workers_.borrow([this] { return std::make_unique<Worker>(options_); });
  worker->begin();
  Status status;
  for (pipeline::Document& document : batch.documents) {
    const bool written = document.operation != pipeline::Operation::kDelete;  // a line that deletes has no document
    if (document.outcome != pipeline::Outcome::kPending || !written) continue;
    status = worker->run(batch, document);
    if (!status) break;
  }
  return status;
}

}  // namespace sluice::stages
