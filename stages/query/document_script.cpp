#include "stages/query/document_script.h"

#include <deque>
#include <utility>

#include "pipeline/base/buffer.h"
#include "stages/painless/run/doc_values.h"
#include "stages/painless/run/java_hash.h"
#include "stages/painless/run/json_text.h"
#include "stages/painless/run/json_walk.h"
#include "stages/painless/run/machine.h"
#include "stages/parse/structurals.h"
#include "stages/query/random_hash.h"
#include "stages/query/runtime_field.h"
#include "stages/query/script_text.h"

namespace sluice::stages {

using painless::Machine;
using painless::Value;

/// A machine and what it needs for one document after the other. One thread at a time.
class DocumentScript::Worker final : public painless::DocFields {
 public:
  explicit Worker(const DocumentScript& script)
      : script_(script),
        index_hash_(static_cast<std::uint32_t>(painless::java_hash(script.scope_.index))),
        machine_(script.script_->program),
        doc_(*this),
        params_text_(script.params_.size() + 2),
        shows_source_(script.shows_source_) {
    machine_.set_fields(this);
    params_text_.append(script.params_.empty() ? "{}" : script.params_);
    static_cast<void>(params_.build(params_text_.view()));
  }

  template <typename Take>
  void run(DocumentFields& document, double score, Take& take) {
    run_program(document, score, take);
    if (machine_.failed()) document.fail(painless::runtime_error(*script_.script_, machine_));
  }

  std::optional<Error> emit(DocumentFields& document, const RuntimeField& field, EmittedValues& into) {
    field_ = &field;
    emitted_ = &into;
    auto ignore = [](Machine&, const Value&) {};
    run_program(document, 0, ignore);
    if (!machine_.failed()) return std::nullopt;
    return painless::runtime_error(*script_.script_, machine_);
  }

  Value emit(Machine& machine, const Value* arguments) override {
    return field_ == nullptr ? machine.null_pointer() : field_->emit(machine, arguments, *emitted_);
  }
  Value parse_date(Machine& machine, const Value& text) override {
    return field_ == nullptr ? machine.null_pointer() : field_->parse_date(machine, text);
  }

  painless::DocValues* values(Machine& machine, std::string_view field) override {
    for (FieldValues& each : values_) {
      if (each.name == field) return checked(machine, each);
    }
    for (const auto& [name, known] : script_.fields_) {
      if (name == field) return values_of(machine, name, known, nullptr);
    }
    // A name that the script made up: its field is read on its own.
    AddedField& added = added_.emplace_back();
    added.reads.set_runtime(script_.scope_.runtime);
    added.field = ScriptField::make(field, script_.scope_, added.reads);
    return values_of(machine, std::string(field), added.field, &added);
  }

  [[nodiscard]] bool contains(std::string_view field) const override {
    if (field == "_index" || field == "_seq_no" || field == "_version" || field == "_id") return true;
    const pipeline::FieldSchema* found = script_.scope_.schema->find(field);
    return found != nullptr && found->kind != pipeline::FieldKind::kObject &&
           found->kind != pipeline::FieldKind::kNested;
  }

  Value random_score(Machine& machine, std::int32_t seed, const std::string_view* field) override {
    const QueryDocument& document = document_->document();
    std::string hashed = document.seq_no < 0 ? std::string(document.id) : std::to_string(document.seq_no);
    if (field != nullptr) {
      painless::DocValues* given = values(machine, *field);
      if (given == nullptr) return Value::error();
      if (given->size(machine) == 0) return painless::DocValues::raise_empty(machine);
      const painless::String* text = machine.to_text(given->get(machine, 0));
      if (text == nullptr) return Value::error();
      hashed = text->text();
    }
    return Value::of_double(
        random_number(murmur3(hashed, salted_seed(static_cast<std::uint32_t>(seed), index_hash_, document.shard))));
  }

 private:
  /// A field that the query's plan does not have.
  struct AddedField {
    ReadPlan reads;
    ScriptField field;
    DocumentFields fields;
    bool loaded = false;
  };

  struct FieldValues final : painless::DocValues {
    std::string name;
    const ScriptField& field;
    Worker& worker;
    AddedField* added;  ///< null: the query's plan has it

    FieldValues(std::string its_name, const ScriptField& its_field, Worker& of, AddedField* added_field)
        : DocValues(its_field.values_class()),
          name(std::move(its_name)),
          field(its_field),
          worker(of),
          added(added_field) {}

    void load(Machine& machine, std::vector<Value>& values) override {
      if (added == nullptr) return field.read(*worker.document_, machine, values);
      if (!std::exchange(added->loaded, true)) added->fields.load(added->reads, worker.document_->document());
      field.read(added->fields, machine, values);
      if (auto error = added->fields.take_error()) worker.document_->fail(std::move(*error));
    }
  };

  painless::DocValues* values_of(Machine& machine, std::string name, const ScriptField& field, AddedField* added) {
    if (field.values_class() == nullptr) {
      machine.raise(painless::known().illegal_argument, field.problem());
      if (added != nullptr) added_.pop_back();
      return nullptr;
    }
    return checked(machine, values_.emplace_back(std::move(name), field, *this, added));
  }

  /// Null: its values need those that are being made, and the script is told.
  painless::DocValues* checked(Machine& machine, FieldValues& values) {
    if (!values.field.is_computed() || values.added != nullptr) return &values;
    const auto problem = document_->computing_problem(values.field.computed());
    if (!problem) return &values;
    machine.raise(painless::known().illegal_argument, *problem);
    return nullptr;
  }

  template <typename Take>
  void run_program(DocumentFields& document, double score, Take& take) {
    document_ = &document;
    machine_.reset();
    for (FieldValues& each : values_) each.forget();
    for (AddedField& each : added_) each.loaded = false;
    const Value inputs[] = {params(), Value::of(&doc_), Value::of_double(score)};
    const std::size_t count = script_.script_->program.inputs_used.size();
    const Value result = machine_.run({inputs, count});
    if (!result.is_error()) take(machine_, result);
  }

  Value params() {
    if (!script_.script_->program.inputs_used.front()) return Value::null();
    const Value made = painless::json_container(machine_, {params_text_.view().data(), params_.begin(), params_.end()});
    auto* const params = static_cast<painless::Map*>(made.o);
    if (shows_source_) params->put(machine_, machine_.string_value("_source"), source());
    params->immutable = true;
    return made;
  }

  /// `params._source`.
  Value source() {
    const QueryDocument& document = document_->document();
    if (document.begin == nullptr) return Value::null();
    return painless::json_container(machine_, {document.bytes, document.begin, document.end});
  }

  const DocumentScript& script_;
  const std::uint32_t index_hash_;
  Machine machine_;
  painless::DocMap doc_;
  Buffer params_text_;
  Structurals params_;
  std::deque<FieldValues> values_;
  std::deque<AddedField> added_;
  DocumentFields* document_ = nullptr;
  const RuntimeField* field_ = nullptr;  ///< whose values the script emits; null: it is another script
  EmittedValues* emitted_ = nullptr;
  const bool shows_source_;  ///< it is the script of a field, of the mapping or of a search
};

Result<std::shared_ptr<const DocumentScript>> DocumentScript::make(const ScriptText& text,
                                                                   const painless::ScriptContext& inputs,
                                                                   const ClauseContext& context) {
  auto script = compile_script_text(text, inputs, context);
  if (!script) return std::unexpected(std::move(script.error()));
  ScriptScope scope{&context.schema, context.index, context.scope, context.analysis, context.runtime.get()};
  return make(std::move(*script), text.params, std::move(scope), *context.reads, &inputs == &painless::field_context());
}

std::shared_ptr<const DocumentScript> DocumentScript::make(std::shared_ptr<const painless::Script> script,
                                                           std::string params, ScriptScope scope, ReadPlan& reads,
                                                           bool shows_source) {
  auto made = std::make_shared<DocumentScript>(std::move(script), std::move(params), std::move(scope));
  made->shows_source_ = shows_source;
  for (const std::string& name : made->script_->program.doc_fields) {
    if (std::ranges::find(made->fields_, name, &std::pair<std::string, ScriptField>::first) != made->fields_.end()) {
      continue;
    }
    made->fields_.emplace_back(name, ScriptField::make(name, made->scope_, reads));
  }
  // Whoever learns what a query's fields are has to learn all of them.
  if (made->script_->program.asks_any_field) static_cast<void>(made->scope_.schema->matching("*"));
  return made;
}

DocumentScript::DocumentScript(std::shared_ptr<const painless::Script> script, std::string params, ScriptScope scope)
    : script_(std::move(script)), params_(std::move(params)), scope_(std::move(scope)) {}
DocumentScript::~DocumentScript() = default;

bool DocumentScript::uses_score() const {
  const std::vector<bool>& used = script_->program.inputs_used;
  return used.size() > 2 && used[2];
}

template <typename Take>
void DocumentScript::run(DocumentFields& document, double score, Take take) const {
  workers_.borrow([this] { return std::make_unique<Worker>(*this); })->run(document, score, take);
}

std::optional<Error> DocumentScript::emit(DocumentFields& document, const RuntimeField& field,
                                          EmittedValues& values) const {
  return workers_.borrow([this] { return std::make_unique<Worker>(*this); })->emit(document, field, values);
}

bool DocumentScript::truth(DocumentFields& document) const {
  bool truth = false;
  run(document, 0, [&truth](Machine&, const Value& value) { truth = value.i != 0; });
  return truth;
}

double DocumentScript::number(DocumentFields& document, double score) const {
  double number = 0;
  run(document, score, [&number](Machine&, const Value& value) { number = value.as_double(); });
  return number;
}

std::optional<std::int64_t> DocumentScript::whole(DocumentFields& document) const {
  std::optional<std::int64_t> whole;
  run(document, 0, [&whole](Machine& machine, const Value& value) {
    if (value.is_null()) return;
    const Value converted = machine.call_method(value, "longValue", {});
    if (!converted.is_error()) whole = converted.i;
  });
  return whole;
}

std::optional<std::string> DocumentScript::text(DocumentFields& document, double score) const {
  std::optional<std::string> text;
  run(document, score, [&text](Machine& machine, const Value& value) {
    if (const painless::String* said = machine.as_string(machine.force(value))) text = said->text();
  });
  return text;
}

std::vector<std::string> DocumentScript::values(DocumentFields& document) const {
  std::vector<std::string> values;
  const auto add = [&values](Machine& machine, const Value& value) {
    std::string json;
    if (painless::append_json_value(machine, json, value, 0)) values.push_back(std::move(json));
  };
  run(document, 0, [&add](Machine& machine, const Value& value) {
    const Value made = machine.force(value);
    if (!made.is_object() || !machine.is_a(made, painless::known().collection)) return add(machine, made);
    painless::Iterator* const each = machine.iterate(made);
    while (each != nullptr && each->has_next(machine) && !machine.failed()) add(machine, each->next(machine));
  });
  return values;
}

std::string DocumentScript::explain() const {
  std::string shown = script_->shown;
  for (char& c : shown) c = c == '\n' ? ' ' : c;
  return "the script [" + shown + "]";
}

}  // namespace sluice::stages
