#include "stages/ingest/text_processor.h"

#include "stages/ingest/field_value.h"
#include "stages/painless/api/natives.h"

namespace sluice::ingest {

using painless::List;
using painless::String;
using painless::Value;

Status TextProcessor::configure(Config& config) {
  auto field = config.fixed_path("field");
  if (!field) return std::unexpected(std::move(field.error()));
  auto target = config.target_path(*field);
  if (!target) return std::unexpected(std::move(target.error()));
  const auto ignore_missing = config.flag("ignore_missing", false);
  if (!ignore_missing) return std::unexpected(ignore_missing.error());
  field_ = std::move(*field);
  target_ = std::move(*target);
  ignore_missing_ = *ignore_missing;
  return {};
}

Result<Value> TextProcessor::changed(IngestDocument& document, const Value& value) const {
  painless::Machine& machine = document.machine();
  if (String* text = machine.as_string(value)) return change(document, *text);
  List* list = machine.as_list(value);
  if (list == nullptr) return std::unexpected(document.wrong_type(field_, value, "java.lang.String"));
  auto* made = painless::api::new_list(machine);
  for (std::uint32_t i = 0; i < list->size(machine); ++i) {
    const Value item = machine.force(list->get(machine, i));
    String* text = machine.as_string(item);
    if (item.is_null()) {
      return std::unexpected(Error(ErrorKind::kDocument, 500, "null_pointer_exception",
                                   "Cannot invoke \"Object.getClass()\" because \"value\" is null"));
    }
    if (text == nullptr) {
      const String* shown = machine.to_text(item);
      return std::unexpected(illegal_argument("value [" + std::string(shown == nullptr ? "" : shown->text()) +
                                              "] of type [" + document.class_name(item) + "] in list field [" +
                                              field_.text() + "] cannot be cast to [java.lang.String]"));
    }
    auto result = change(document, *text);
    if (!result) return result;
    made->push(machine.heap(), *result);
  }
  return Value::of(made);
}

Status TextProcessor::run(Execution& run) const {
  IngestDocument& document = run.document();
  const auto value = need_field(document, field_, ignore_missing_, "process it.");
  if (!value) return std::unexpected(value.error());
  if (value->is_null()) return {};
  auto result = changed(document, *value);
  if (!result) return std::unexpected(std::move(result.error()));
  return document.set(target_, *result);
}

}  // namespace sluice::ingest
