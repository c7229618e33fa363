#include "stages/query/runtime_field.h"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "pipeline/base/java_number_text.h"
#include "pipeline/base/json_text.h"
#include "stages/painless/run/unicode.h"
#include "stages/query/address.h"
#include "stages/query/script_text.h"
#include "stages/query/value_readers.h"

namespace sluice::stages {

namespace {

using painless::Machine;
using painless::Value;
using pipeline::FieldKind;

constexpr std::size_t kMostValues = 100;
constexpr std::size_t kMostUnits = std::size_t{1024} * 1024;

std::string too_much(const std::string& path, std::size_t count, const char* what, std::size_t most) {
  return "Runtime field [" + path + "] is emitting [" + std::to_string(count) + "] " + what +
         " while the maximum number of values allowed is [" + std::to_string(most) + "]";
}

template <typename Number>
void append_number(std::string& out, Number number) {
  std::array<char, 32> digits{};
  out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

Value refuse(Machine& machine, const std::string& reason) {
  return machine.raise(painless::known().illegal_argument, reason);
}

}  // namespace

Result<std::shared_ptr<const RuntimeScripts>> RuntimeScripts::make(const QueryContext& context) {
  const auto fields = context.schema.scripted();
  if (fields.empty()) return std::shared_ptr<const RuntimeScripts>();
  auto made = std::make_shared<RuntimeScripts>();
  made->scope_ = {&context.schema, context.index, {}, context.analysis, made.get()};
  for (const pipeline::FieldSchema* field : fields) {
    const painless::ScriptContext* inputs = painless::runtime_context(field->type);
    if (inputs == nullptr) {
      return std::unexpected(internal_error("a runtime field of type [" + field->type + "] has no script context"));
    }
    ScriptText text;
    text.source = field->script->source;
    text.id = field->script->id;
    auto script = compile_script_text(text, *inputs, context);
    if (!script) return std::unexpected(std::move(script.error()));
    made->scripts_.emplace(field->path, std::move(*script));
  }
  return made;
}

std::shared_ptr<const painless::Script> RuntimeScripts::find(std::string_view path) const {
  const auto found = scripts_.find(path);
  return found == scripts_.end() ? nullptr : found->second;
}

std::shared_ptr<const RuntimeField> RuntimeField::make(const pipeline::FieldSchema& field,
                                                       const RuntimeScripts& scripts, ReadPlan& reads) {
  auto script = DocumentScript::make(scripts.find(field.path), field.script->params, scripts.scope(), reads,
                                     /*shows_source=*/true);
  return std::make_shared<const RuntimeField>(field, std::move(script));
}

RuntimeField::RuntimeField(const pipeline::FieldSchema& field, DocumentScriptPtr script)
    : path_(field.path),
      kind_(field.kind),
      format_(pipeline::DateFormat::standard()),
      ignores_failures_(field.script->ignores_failures),
      script_(std::move(script)) {
  if (kind_ != FieldKind::kDate) return;
  // The mapping has looked at the format.
  if (auto format = date_format_of(field.format)) format_ = std::move(*format);
}

void RuntimeField::read(DocumentFields& document, EmittedValues& values) const {
  // Names that scripts make up are looked for in plans of their own, which know nothing of each other.
  constexpr int kDeepest = 8;
  static thread_local int depth = 0;
  values.clear();
  if (depth == kDeepest) {
    return document.fail(illegal_argument("Field requires resolving too many dependent fields: " + path_));
  }
  ++depth;
  auto failure = script_->emit(document, *this, values);
  --depth;
  if (failure) {
    values.clear();
    if (!ignores_failures_) document.fail(std::move(*failure));
  }
  values.complete();
}

Value RuntimeField::emit(Machine& machine, const Value* arguments, EmittedValues& values) const {
  if (values.size() >= kMostValues && kind_ != FieldKind::kBoolean) {
    return refuse(machine, too_much(path_, values.size() + 1, "values", kMostValues));
  }
  const Value& value = *arguments;
  switch (kind_) {
    case FieldKind::kKeyword:
    case FieldKind::kIp:
      return emit_text(machine, value, values);
    case FieldKind::kGeoPoint:
      return emit_point(machine, value.d, arguments[1].d, values);
    case FieldKind::kBoolean:
      values.bytes() += value.i != 0 ? "true" : "false";
      break;
    case FieldKind::kFloating:
      append_number(values.bytes(), value.d);
      break;
    default:
      append_number(values.bytes(), value.i);
  }
  values.end();
  return Value::null();
}

Value RuntimeField::emit_text(Machine& machine, const Value& value, EmittedValues& values) const {
  const bool address = kind_ == FieldKind::kIp;
  if (value.is_null()) {
    return machine.raise(painless::known().null_pointer,
                         address ? R"-(Cannot invoke "String.indexOf(int)" because "ipString" is null)-"
                                 : R"-(Cannot invoke "String.length()" because "v" is null)-");
  }
  const std::string_view text = static_cast<const painless::String*>(value.o)->text();
  if (address && !parse_address(text)) {
    return refuse(machine, "'" + std::string(text) + "' is not an IP string literal.");
  }
  const std::size_t units = address ? 0 : values.count_units(painless::utf16_length(text));
  if (units > kMostUnits) return refuse(machine, too_much(path_, units, "characters", kMostUnits));
  append_json_string(values.bytes(), text);
  values.end();
  return Value::null();
}

Value RuntimeField::emit_point(Machine& machine, double lat, double lon, EmittedValues& values) const {
  constexpr double kMostLat = 90;
  constexpr double kMostLon = 180;
  if (!(std::abs(lat) <= kMostLat)) {
    return refuse(machine, "invalid latitude " + java_double_text(lat) + "; must be between -90.0 and 90.0");
  }
  if (!(std::abs(lon) <= kMostLon)) {
    return refuse(machine, "invalid longitude " + java_double_text(lon) + "; must be between -180.0 and 180.0");
  }
  std::string& bytes = values.bytes();
  bytes += '"';
  append_number(bytes, lat);
  bytes += ',';
  append_number(bytes, lon);
  bytes += '"';
  values.end();
  return Value::null();
}

Value RuntimeField::parse_date(Machine& machine, const Value& value) const {
  if (value.is_null()) {
    return machine.raise(painless::known().null_pointer,
                         R"-(Cannot invoke "Object.toString()" because "str" is null)-");
  }
  const painless::String* text = machine.to_text(machine.force(value));
  if (text == nullptr) return Value::error();
  const auto date = format_->parse(text->text());
  if (date) return Value::of_long(date->millis());
  return refuse(machine,
                "failed to parse date field [" + std::string(text->text()) + "] with format [" + format_->text() + "]");
}

}  // namespace sluice::stages
