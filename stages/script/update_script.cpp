#include "stages/script/update_script.h"

#include "stages/painless/run/java_hash.h"
#include "stages/painless/run/json_document.h"
#include "stages/script/ctx_map.h"

namespace sluice::stages {

using painless::known;
using painless::Machine;
using painless::Map;
using painless::String;
using painless::Value;

/// One document.
class UpdateScript::Run {
 public:
  Run(const painless::Script& script, painless::Machine& machine, const UpdateContext& context)
      : script_(script), machine_(machine), context_(context) {}

  Result<ScriptedUpdate> with(std::string_view params) {
    auto source = source_json_.view(machine_, context_.source);
    if (!source) return std::unexpected(failed_script(std::move(source.error())));
    auto arguments = params_json_.read(machine_, params.empty() ? "{}" : params);
    if (!arguments) return std::unexpected(failed_script(std::move(arguments.error())));
    ctx_ = machine_.heap().make<CtxMap>(known().map, context_.upsert ? upsert_rules() : update_rules());
    if (std::string why = ctx_->unexpected(machine_, *static_cast<Map*>(source->o)); !why.empty()) {
      return std::unexpected(illegal_argument(std::move(why)));
    }
    fill(*source);
    machine_.set_changed_document(ctx_);
    const Value given[] = {*arguments, Value::of(ctx_)};
    if (machine_.run(given).is_error()) {
      return std::unexpected(failed_script(painless::runtime_error(script_, machine_)));
    }
    return result();
  }

 private:
  void fill(const Value& source) {
    put("_source", source);
    put("op", machine_.string_value(written_word()));
    put("_index", machine_.string_value(context_.index));
    put("_id", machine_.string_value(context_.id));
    put("_now", Value::of_long(context_.now));
    if (context_.upsert) return;
    put("_version", Value::of_long(context_.version));
    put("_routing", context_.routing.empty() ? Value::null() : machine_.string_value(context_.routing));
    put("_type", machine_.string_value("_doc"));
  }

  void put(std::string_view key, const Value& value) {
    ctx_->append(machine_.heap(), machine_.string_value(key), value, painless::java_hash(key));
  }

  Value get(std::string_view key) {
    Map::Entry* entry = ctx_->find_text(machine_, key, painless::java_hash(key));
    return entry == nullptr ? Value::null() : entry->value;
  }

  [[nodiscard]] std::string_view written_word() const { return context_.upsert ? "create" : "index"; }

  UpdateOperation operation() {
    const Value op = get("op");
    const String* word = machine_.as_string(op);
    if (word == nullptr) return UpdateOperation::kNothing;
    if (word->text() == written_word()) return UpdateOperation::kWrite;
    return word->text() == "delete" && !context_.upsert ? UpdateOperation::kDelete : UpdateOperation::kNothing;
  }

  Result<ScriptedUpdate> result() {
    ScriptedUpdate update{operation(), {}};
    Map* source = machine_.as_map(get("_source"));
    if (source->write_json(machine_, update.source, 0)) return update;
    if (update.operation == UpdateOperation::kWrite) {
      return std::unexpected(painless::writing_error(script_, machine_));
    }
    update.source = context_.source;
    return update;
  }

  const painless::Script& script_;
  Machine& machine_;
  const UpdateContext& context_;
  painless::JsonDocument source_json_;
  painless::JsonDocument params_json_;
  CtxMap* ctx_ = nullptr;
};

UpdateScript::UpdateScript(std::shared_ptr<const painless::Script> script)
    : script_(std::move(script)), machine_(script_->program) {}
UpdateScript::~UpdateScript() = default;

Result<ScriptedUpdate> UpdateScript::run(std::string_view params, const UpdateContext& context) {
  machine_.reset();
  return Run(*script_, machine_, context).with(params);
}

Error failed_script(Error cause) { return illegal_argument("failed to execute script").wrapping(std::move(cause)); }

}  // namespace sluice::stages
