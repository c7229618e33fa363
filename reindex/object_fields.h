#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"
#include "reindex/json_reader.h"
#include "reindex/json_tree.h"

namespace sluice {

/// Kinds of values a field takes, as a set.
enum FieldKinds : std::uint8_t {
  kTakesString = 1,
  kTakesNumber = 2,
  kTakesObject = 4,
  kTakesArray = 8,
  kTakesBoolean = 16,
  kTakesNull = 32,
};

struct FieldRule {
  std::string_view name;
  unsigned kinds;
};

/// The kind of a value that begins with `token`.
unsigned kind_of(JsonToken token);

/// Called with the reader at the field's value; leaves it at the value's last token. Its errors become the cause of
/// `[L:C] [parser] failed to parse field [name]`.
using FieldReader = std::function<Status(std::string_view field, JsonReader& reader)>;

/// Reads the object at the reader's current token the way Elasticsearch's ObjectParser `parser` does: unknown fields
/// (with a guess at what was meant), values of a wrong kind and failing values are errors with its texts and positions.
Status read_object(JsonReader& reader, std::string_view parser, std::span<const FieldRule> rules,
                   const FieldReader& read_field);

/// `error` with the root cause that Elasticsearch shows for a parse error: the innermost parse error, or the first
/// error of its own below.
Error with_root_cause(Error error);

/// An int as XContentParser.intValue() reads it: numbers are cut to whole ones, strings are parsed as doubles.
/// `reader` names the text and the position for numbers that do not fit.
Result<std::int32_t> int_value(const JsonReader& reader, const JsonNode& node);

/// Java's Double.parseDouble; the error is its NumberFormatException.
Result<double> parse_java_double(std::string_view text);

}  // namespace sluice
