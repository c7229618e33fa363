#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"
#include "stages/ingest/document.h"
#include "stages/ingest/field_path.h"

/// What processors read of a document, and what Java throws where it is something else.
namespace sluice::ingest {

/// A field's value, read; null where it is null, or missing and `ignore_missing`. Errors: there is no such field.
Result<painless::Value> read_field(IngestDocument& document, const FieldPath& path, bool ignore_missing = false);
/// Likewise a text; null pointer: it is null, or missing. Errors: another class, 400.
Result<painless::String*> read_text(IngestDocument& document, const FieldPath& path, bool ignore_missing = false);
/// Likewise a value, text or list of a processor that can do nothing without one; null only where `ignore_missing`.
/// Errors: those above; it is null: `field [x] is null, cannot DOING`, 400.
Result<painless::Value> need_field(IngestDocument& document, const FieldPath& path, bool ignore_missing,
                                   std::string_view doing);
Result<painless::String*> need_text(IngestDocument& document, const FieldPath& path, bool ignore_missing,
                                    std::string_view doing);
Result<painless::List*> need_list(IngestDocument& document, const FieldPath& path, std::string_view doing);
/// Like read_text(), of a list.
Result<painless::List*> read_list(IngestDocument& document, const FieldPath& path);

/// Elasticsearch's name of a value's class: `java.util.HashMap`, `java.lang.String`; null: `null`.
std::string class_name(const painless::Machine& machine, const painless::Value& value);
/// What the machine's pending exception says, which is taken away. Errors of a request have 400, others 500.
Error take_error(painless::Machine& machine);
/// `value.toString()`. Errors: of values that can't be printed.
Result<std::string> text_of_value(IngestDocument& document, const painless::Value& value);

/// Exceptions of Java that are no IllegalArgumentException: 500.
Error java_error(std::string type, std::string reason);
/// `null_pointer_exception`
Error null_pointer(std::string reason);
/// `class java.lang.Integer cannot be cast to class java.lang.String (..)`
Error class_cast(IngestDocument& document, const painless::Value& value, std::string_view wanted);
/// What Java wraps around an exception in the constructor of a processor: `exception`, 500.
Error construction_error(std::string java_class, Error cause);
/// The first of several errors, with the others beside it, in `suppressed`. There is one at least.
Error first_of(std::vector<Error> errors);
/// `number_format_exception`, `For input string: "x"`, with ` under radix 16` where it is not ten.
Error number_format(std::string_view text, int radix = 10);

}  // namespace sluice::ingest
