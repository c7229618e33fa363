#include "stages/ingest/field_value.h"

#include <utility>

#include "stages/painless/run/json_text.h"

namespace sluice::ingest {

using painless::List;
using painless::String;
using painless::Value;

Result<Value> read_field(IngestDocument& document, const FieldPath& path, bool ignore_missing) {
  if (ignore_missing && path.problem().empty() && !document.find(path)) return Value::null();
  auto raw = document.get(path);
  if (!raw || !raw->is_raw()) return raw;
  const Value value = document.machine().force(*raw);
  if (value.is_error()) return std::unexpected(document.take_error());
  return value;
}

Result<String*> read_text(IngestDocument& document, const FieldPath& path, bool ignore_missing) {
  const auto value = read_field(document, path, ignore_missing);
  if (!value) return std::unexpected(value.error());
  String* text = document.machine().as_string(*value);
  if (text == nullptr && !value->is_null())
    return std::unexpected(document.wrong_type(path, *value, "java.lang.String"));
  return text;
}

Result<List*> read_list(IngestDocument& document, const FieldPath& path) {
  const auto value = read_field(document, path);
  if (!value) return std::unexpected(value.error());
  List* list = document.machine().as_list(*value);
  if (list == nullptr && !value->is_null()) return std::unexpected(document.wrong_type(path, *value, "java.util.List"));
  return list;
}

Result<std::string> text_of_value(IngestDocument& document, const Value& value) {
  const String* text = document.machine().to_text(value);
  if (text == nullptr) return std::unexpected(document.take_error());
  return std::string(text->text());
}

Error java_error(std::string type, std::string reason) {
  return {ErrorKind::kDocument, 500, std::move(type), std::move(reason)};
}

Error null_pointer(std::string reason) { return java_error("null_pointer_exception", std::move(reason)); }

Error class_cast(IngestDocument& document, const Value& value, std::string_view wanted) {
  return java_error("class_cast_exception", painless::class_cast_text(document.class_name(value), wanted));
}

Error construction_error(std::string java_class, Error cause) {
  Error error(ErrorKind::kBadRequest, 500, "exception", std::move(java_class) + ": " + cause.reason);
  return std::move(error).wrapping(std::move(cause));
}

Error number_format(std::string_view text, int radix) {
  std::string reason = "For input string: \"" + std::string(text) + "\"";
  if (radix != 10) reason += " under radix " + std::to_string(radix);
  return {ErrorKind::kDocument, 400, "number_format_exception", std::move(reason)};
}

}  // namespace sluice::ingest
