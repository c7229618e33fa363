#include <algorithm>
#include <limits>
#include <string>

#include "pipeline/base/java_trim.h"
#include "pipeline/base/json_writer.h"
#include "stages/ingest/field_value.h"
#include "stages/ingest/java_number.h"
#include "stages/ingest/processor_functions.h"
#include "stages/ingest/text_processor.h"
#include "stages/painless/api/text_search.h"
#include "stages/painless/math/decimal.h"

namespace sluice::ingest {

using painless::String;
using painless::Value;

namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

struct Unit {
  std::string_view name;
  std::string_view shown;
  int shift;
};
/// In the order in which they are tried.
constexpr Unit kUnits[] = {
    {"k", "kb", 10}, {"kb", "kb", 10}, {"m", "mb", 20}, {"mb", "mb", 20}, {"g", "gb", 30}, {"gb", "gb", 30},
    {"t", "tb", 40}, {"tb", "tb", 40}, {"p", "pb", 50}, {"pb", "pb", 50}, {"b", "b", 0},
};

Error parse_error(std::string reason) {
  return {ErrorKind::kDocument, 400, "parse_exception", "failed to parse setting [Ingest Field] " + std::move(reason)};
}
Error bad_size(std::string_view text, std::string_view why) {
  return parse_error("with value [" + std::string(text) + "] as a size in bytes" + std::string(why));
}
Error out_of_range(std::string_view text, std::string_view limit, std::string_view number, const Unit& unit) {
  return bad_size(text, "").wrapping(illegal_argument(
      "Values " + std::string(limit) + " bytes are not supported: " + std::string(number) + std::string(unit.shown)));
}
Error no_number(std::string_view text, std::string_view digits) {
  return parse_error("with value [" + std::string(text) + "]").wrapping(number_format(digits));
}

/// A number with a fraction, of which a part of a byte counts as one.
Result<std::int64_t> fraction_of(std::string_view text, std::string_view digits, const Unit& unit) {
  painless::math::Decimal number;
  try {
    number = painless::math::Decimal::parse(digits);
  } catch (const painless::math::DateTimeError& problem) {
    Error why(ErrorKind::kDocument, 400, "number_format_exception", problem.message);
    why.reason_is_null = problem.message.empty();
    if (problem.cause) {
      why = std::move(why).wrapping(java_error("array_index_out_of_bounds_exception", problem.cause->message));
    }
    JsonWriter out;
    why.write(out);
    return std::unexpected(no_number(text, digits).with_raw("suppressed", "[" + out.take() + "]"));
  }
  if (number.signum() < 0) return std::unexpected(parse_error("with value [" + std::string(text) + "]"));
  if (number.scale() > 2) {
    return std::unexpected(parse_error("with more than two decimals in value [" + std::string(text) + "]"));
  }
  const painless::math::Decimal bytes =
      number.multiply(painless::math::Decimal(painless::BigInt(std::int64_t{1} << unit.shift)));
  if (bytes.compare_to(painless::math::Decimal(painless::BigInt(kMost))) > 0) {
    JsonWriter out;
    number_format(digits).write(out);
    return std::unexpected(parse_error("with value beyond " + std::to_string(kMost) + ": [" + std::string(text) + "]")
                               .wrapping(java_error("arithmetic_exception", "Overflow"))
                               .with_raw("suppressed", "[" + out.take() + "]"));
  }
  return static_cast<std::int64_t>(bytes.to_integer(painless::math::RoundingMode::kCeiling));
}

}  // namespace

/// Source: ByteSizeValue.parseBytesSizeValue(), and a node's answers.
Result<std::int64_t> size_in_bytes(std::string_view text) {
  const std::string lower = painless::api::lower_case(text);
  const std::string_view normal = java_trimmed(lower);
  const auto* const unit = std::ranges::find_if(kUnits, [&](const Unit& one) { return normal.ends_with(one.name); });
  if (unit == std::end(kUnits)) {
    if (normal == "-1" || normal == "0") return normal == "0" ? 0 : -1;
    return std::unexpected(bad_size(text, ": unit is missing or unrecognized"));
  }
  const std::string_view digits = java_trimmed(normal.substr(0, normal.size() - unit->name.size()));
  const auto whole = read_long(digits);
  if (!whole) return unit->shift == 0 ? std::unexpected(no_number(text, digits)) : fraction_of(text, digits, *unit);
  const std::int64_t number = *whole;
  const std::string shown = std::to_string(number);
  if (number < -1 || (number == -1 && unit->shift != 0)) {
    return std::unexpected(out_of_range(text, "less than -1", shown, *unit));
  }
  if (number > kMost >> unit->shift) {
    return std::unexpected(out_of_range(text, "greater than " + std::to_string(kMost), shown, *unit));
  }
  return number < 0 ? number : number << unit->shift;
}

namespace {

class Bytes final : public TextProcessor {
 protected:
  Result<Value> change(IngestDocument&, String& text) const override {
    const auto size = size_in_bytes(text.text());
    if (!size) return std::unexpected(size.error());
    return Value::of_long(*size);
  }
};

}  // namespace

const ProcessorRow& bytes_processor() {
  static const ProcessorRow row{"bytes",
                                "Reads sizes with units, such as `1kb`, as numbers of bytes.",
                                kTextOptions,
                                R"({"field":"a"})",
                                R"({"a":["1kb","1.5mb"]})",
                                R"({"a":[1024,1572864]})",
                                make_text_processor<Bytes>};
  return row;
}

}  // namespace sluice::ingest
