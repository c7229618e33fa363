#include "stages/ingest/field_value.h"

#include <utility>

#include "pipeline/base/json_writer.h"
#include "stages/painless/run/json_text.h"
#include "stages/painless/script.h"

namespace sluice::ingest {

using painless::List;
using painless::String;
using painless::Value;

Result<Value> read_field(IngestDocument& document, const FieldPath& path, bool ignore_missing) {
  if (ignore_missing && document.check(path) && !document.find(path)) return Value::null();
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

namespace {

/// What was read, unless it is nothing.
template <typename T>
Result<T> needed(Result<T> read, bool is_null, const FieldPath& path, std::string_view doing) {
  if (!read || !is_null) return read;
  return std::unexpected(illegal_argument("field [" + path.text() + "] is null, cannot " + std::string(doing)));
}

}  // namespace

Result<Value> need_field(IngestDocument& document, const FieldPath& path, bool ignore_missing, std::string_view doing) {
  auto value = read_field(document, path, ignore_missing);
  const bool is_null = value && value->is_null() && !ignore_missing;
  return needed(std::move(value), is_null, path, doing);
}

Result<String*> need_text(IngestDocument& document, const FieldPath& path, bool ignore_missing,
                          std::string_view doing) {
  auto text = read_text(document, path, ignore_missing);
  const bool is_null = text && *text == nullptr && !ignore_missing;
  return needed(std::move(text), is_null, path, doing);
}

Result<List*> need_list(IngestDocument& document, const FieldPath& path, std::string_view doing) {
  auto list = read_list(document, path);
  const bool is_null = list && *list == nullptr;
  return needed(std::move(list), is_null, path, doing);
}

std::string class_name(const painless::Machine& machine, const Value& value) {
  const painless::Class* cls = machine.class_of(value);
  if (cls == nullptr) return "null";
  if (value.is_object() && value.o == static_cast<IngestMap*>(machine.changed_document()))
    return "org.elasticsearch.ingest.IngestCtxMap";
  // What a node reads a document into.
  return cls == painless::known().linked_hash_map ? "java.util.HashMap" : cls->java_name;
}

Error take_error(painless::Machine& machine) {
  const painless::Throwable* thrown = machine.take_failure();
  if (thrown == nullptr) return internal_error("a processor failed without saying why");
  Error error = painless::exception_error(*thrown);
  const bool users =
      thrown->type->is_a(*painless::known().illegal_argument) || thrown->type->is_a(*painless::known().number_format);
  error.kind = ErrorKind::kDocument;
  error.status = users ? 400 : 500;
  return error;
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

Error first_of(std::vector<Error> errors) {
  Error first = std::move(errors.front());
  if (errors.size() == 1) return first;
  JsonWriter others;
  others.begin_array();
  for (std::size_t i = 1; i < errors.size(); ++i) errors[i].write(others);
  others.end_array();
  first.details.emplace_back("suppressed", others.take());
  return first;
}

Error number_format(std::string_view text, int radix) {
  std::string reason = "For input string: \"" + std::string(text) + "\"";
  if (radix != 10) reason += " under radix " + std::to_string(radix);
  return {ErrorKind::kDocument, 400, "number_format_exception", std::move(reason)};
}

}  // namespace sluice::ingest
