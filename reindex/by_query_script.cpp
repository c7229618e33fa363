#include "reindex/by_query_script.h"

#include <array>
#include <chrono>
#include <mutex>
#include <utility>
#include <vector>

#include "pipeline/base/json_text.h"
#include "stages/painless/run/java_hash.h"
#include "stages/painless/run/json_document.h"
#include "stages/script/ctx_map.h"

namespace sluice {

using painless::known;
using painless::Machine;
using painless::Map;
using painless::Value;
using stages::CtxMap;
using stages::CtxRule;
using stages::CtxRules;

namespace {

using Kind = CtxRule::Kind;

constexpr auto kKeys = std::to_array<CtxRule>({{"_routing", false, true, Kind::kText},
                                               {"op", true, false, Kind::kText},
                                               {"_index", false, false, Kind::kText},
                                               {"_id", false, false, Kind::kText},
                                               {"_now", false, false, Kind::kNumber},
                                               {"_version", false, false, Kind::kNumber}});
constexpr auto kOperations = std::to_array<std::string_view>({"delete", "index", "noop"});
constexpr CtxRules kRules{kKeys, kOperations, "_routing", "org.elasticsearch.script.UpdateByQueryMetadata", {}};

}  // namespace

/// One document and the machine that runs the script on it.
class ByQueryScript::Document {
 public:
  Document(const ByQueryScript& stage, Machine& machine, pipeline::Batch& batch, pipeline::Document& document)
      : stage_(stage), machine_(machine), batch_(batch), document_(document) {}

  Status run() {
    auto source = source_json_.view(machine_, document_.source);
    if (!source) return std::unexpected(std::move(source.error()));
    auto params = params_json_.read(machine_, stage_.options_.params.empty() ? "{}" : stage_.options_.params);
    if (!params) return std::unexpected(std::move(params.error()));
    source_ = *source;
    ctx_ = machine_.heap().make<CtxMap>(known().map, kRules);
    if (std::string why = ctx_->unexpected(machine_, *static_cast<Map*>(source_.o)); !why.empty()) {
      return std::unexpected(illegal_argument(std::move(why)));
    }
    fill();
    machine_.set_changed_document(ctx_);
    const Value given[] = {*params, Value::of(ctx_)};
    if (machine_.run(given).is_error()) {
      return std::unexpected(painless::runtime_error(*stage_.options_.script, machine_));
    }
    return take_over();
  }

 private:
  void fill() {
    put("_source", source_);
    put("_routing", token(document_.routing));
    put("op", machine_.string_value("index"));
    put("_index", token(document_.index));
    put("_id", token(document_.id));
    put("_now", Value::of_long(stage_.now_));
    put("_version", Value::of_long(stage_.options_.has_versions ? document_.version : -1));
  }

  Value token(std::string_view raw) { return raw.empty() ? Value::null() : machine_.string_value(json_unquoted(raw)); }

  void put(std::string_view key, const Value& value) {
    ctx_->append(machine_.heap(), machine_.string_value(key), value, painless::java_hash(key));
  }

  Value get(std::string_view key) {
    Map::Entry* entry = ctx_->find_text(machine_, key, painless::java_hash(key));
    return entry == nullptr ? Value::null() : entry->value;
  }

  Status take_over() {
    const Value op = get("op");
    const std::string_view word = machine_.as_string(op)->text();
    if (word == "noop") document_.outcome = pipeline::Outcome::kNoop;
    if (word == "delete") document_.operation = pipeline::Operation::kDelete;
    if (word != "index") return {};
    const Value source = get("_source");
    Map* map = machine_.as_map(source);
    if (source.o == source_.o && map->as_it_came()) return {};
    std::string text;
    if (!map->write_json(machine_, text, 0)) {
      return std::unexpected(painless::writing_error(*stage_.options_.script, machine_));
    }
    document_.source = batch_.arena.copy(text);
    return {};
  }

  const ByQueryScript& stage_;
  Machine& machine_;
  pipeline::Batch& batch_;
  pipeline::Document& document_;
  painless::JsonDocument source_json_;
  painless::JsonDocument params_json_;
  CtxMap* ctx_ = nullptr;
  Value source_ = Value::null();
};

ByQueryScript::ByQueryScript(ByQueryScriptOptions options)
    : options_(std::move(options)),
      now_(std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
               .count()) {}

ByQueryScript::~ByQueryScript() = default;

Status ByQueryScript::apply(pipeline::Batch& batch) const {
  const auto machine = machines_.borrow([this] { return std::make_unique<Machine>(options_.script->program); });
  Status status;
  for (pipeline::Document& document : batch.documents) {
    if (document.outcome != pipeline::Outcome::kPending) continue;
    machine->reset();
    status = Document(*this, *machine, batch, document).run();
    if (!status) break;
  }
  machine->reset();
  return status;
}

}  // namespace sluice
