#include "reindex/object_fields.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "pipeline/base/java_trim.h"
#include "pipeline/base/parse_number.h"
#include "pipeline/base/similar_names.h"

namespace sluice {
namespace {

Error unknown_field(std::string_view parser, std::string_view field, const JsonLocation& place,
                    std::span<const FieldRule> rules) {
  std::vector<std::string_view> names;
  for (const FieldRule& rule : rules) names.push_back(rule.name);
  return x_content_parse_error(
      fmt::format("{} [{}] unknown field [{}]{}", place.text(), parser, field, did_you_mean(field, names)));
}

bool is_parse_error(const Error& error) { return error.type.starts_with("x_content_"); }

}  // namespace

unsigned kind_of(JsonToken token) {
  switch (token) {
    case JsonToken::kStartObject:
      return kTakesObject;
    case JsonToken::kStartArray:
      return kTakesArray;
    case JsonToken::kString:
      return kTakesString;
    case JsonToken::kNumber:
      return kTakesNumber;
    case JsonToken::kTrue:
    case JsonToken::kFalse:
      return kTakesBoolean;
    case JsonToken::kNull:
      return kTakesNull;
    default:
      return 0;
  }
}

Status read_object(JsonReader& reader, std::string_view parser, std::span<const FieldRule> rules,
                   const FieldReader& read_field) {
  for (;;) {
    auto token = reader.next();
    if (!token) return std::unexpected(token.error());
    if (*token == JsonToken::kEndObject) return {};
    const JsonLocation place = reader.location();
    const auto field = reader.value();
    if (!field) return std::unexpected(field.error());
    if (token = reader.next(); !token) return std::unexpected(token.error());
    const auto rule =
        std::find_if(rules.begin(), rules.end(), [&](const FieldRule& each) { return each.name == *field; });
    if (rule == rules.end()) return std::unexpected(unknown_field(parser, *field, place, rules));
    if ((rule->kinds & kind_of(*token)) == 0) {
      return std::unexpected(
          x_content_parse_error(fmt::format("{} [{}] {} doesn't support values of type: {}", reader.location().text(),
                                            parser, *field, token_name(*token))));
    }
    if (Status read = read_field(*field, reader); !read) {
      return std::unexpected(x_content_parse_error(fmt::format("{} [{}] failed to parse field [{}]",
                                                               reader.location().text(), parser, *field))
                                 .wrapping(std::move(read.error())));
    }
  }
}

Error with_root_cause(Error error) {
  const Error* root = &error;
  while (is_parse_error(*root) && root->caused_by &&
         (is_parse_error(*root->caused_by) || root->caused_by->type == "parsing_exception")) {
    root = root->caused_by.get();
  }
  if (root == &error) return error;
  Error copy = *root;
  copy.caused_by = nullptr;
  error.root_causes = {std::move(copy)};
  return error;
}

Result<double> parse_java_double(std::string_view text) {
  const std::string trimmed(java_trimmed(text));
  if (trimmed.empty()) {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "number_format_exception", "empty String"));
  }
  std::string digits = trimmed;
  const std::size_t sign = digits.front() == '-' || digits.front() == '+' ? 1 : 0;
  const std::string_view unsigned_part = std::string_view(digits).substr(sign);
  const bool negative = digits.front() == '-';
  if (unsigned_part == "Infinity") {
    return negative ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
  }
  if (unsigned_part == "NaN") return std::numeric_limits<double>::quiet_NaN();
  const bool hexadecimal = unsigned_part.starts_with("0x") || unsigned_part.starts_with("0X");
  const bool starts_well =
      !unsigned_part.empty() && (unsigned_part[0] == '.' || (unsigned_part[0] >= '0' && unsigned_part[0] <= '9'));
  if (starts_well && std::string_view("fFdD").find(digits.back()) != std::string_view::npos &&
      (!hexadecimal || digits.find_first_of("pP") != std::string::npos)) {
    digits.pop_back();
  }
  char* end = nullptr;
  const double value = std::strtod(digits.c_str(), &end);
  const bool complete = starts_well && end == digits.c_str() + digits.size();
  if (!complete || (hexadecimal && digits.find_first_of("pP") == std::string::npos)) {
    return std::unexpected(number_format_error(trimmed));
  }
  return value;
}

Result<std::int32_t> int_value(const JsonReader& reader, const JsonNode& node) {
  constexpr auto kMin = std::numeric_limits<std::int32_t>::min();
  constexpr auto kMax = std::numeric_limits<std::int32_t>::max();
  const std::size_t end = node.offset + node.raw.size();
  if (node.is_string()) {
    const auto value = parse_java_double(node.text());
    if (!value) return std::unexpected(value.error());
    if (std::isnan(*value)) return 0;
    return static_cast<std::int32_t>(std::clamp(*value, double{kMin}, double{kMax}));
  }
  if (node.kind != JsonToken::kNumber) {
    return std::unexpected(
        reader.error_at(end, fmt::format("Current token ({}) not numeric, can not use numeric value accessors",
                                         node.kind == JsonToken::kTrue ? "VALUE_TRUE" : "VALUE_FALSE")));
  }
  const double value = std::strtod(std::string(node.raw).c_str(), nullptr);
  if (value < double{kMin} || value > double{kMax}) {
    return std::unexpected(
        reader.error_at(end, fmt::format("Numeric value ({}) out of range of int ({} - {})", node.raw, kMin, kMax),
                        "input_coercion_exception"));
  }
  return static_cast<std::int32_t>(value);
}

}  // namespace sluice
