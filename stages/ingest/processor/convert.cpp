#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "stages/ingest/field_value.h"
#include "stages/ingest/ip_network.h"
#include "stages/ingest/java_number.h"
#include "stages/ingest/text_processor.h"
#include "stages/painless/api/natives.h"
#include "stages/painless/api/text_search.h"

namespace sluice::ingest {

using painless::List;
using painless::String;
using painless::Value;

namespace {

constexpr OptionRow kOptions[] = {
    {"field", "string", "", "A value, or a list of values."},
    {"type", "string", "",
     "`integer`, `long`, `double`, `float`, `boolean`, `ip`, `string`, or `auto` for what a text looks like."},
    kTargetOption,
    kIgnoreMissingOption,
};

enum class Type : std::uint8_t { kInteger, kLong, kDouble, kFloat, kBoolean, kIp, kString, kAuto };
constexpr std::array<std::string_view, 8> kTypes = {"integer", "long", "double", "float",
                                                    "boolean", "ip",   "string", "auto"};

bool is_hexadecimal(std::string_view text) { return text.starts_with("0x") || text.starts_with("-0x"); }

template <typename T>
Result<Value> value_of(Result<T> number, Value (*make)(T)) {
  if (!number) return std::unexpected(std::move(number.error()));
  return make(*number);
}
Result<Value> to_integer(std::string_view text) {
  return value_of(is_hexadecimal(text) ? decode_int(text) : read_int(text), Value::of_int);
}
Result<Value> to_long(std::string_view text) {
  return value_of(is_hexadecimal(text) ? decode_long(text) : read_long(text), Value::of_long);
}

std::optional<bool> to_boolean(std::string_view text) {
  const auto is = [&](std::string_view word) {
    return std::ranges::equal(text, word, [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
  };
  if (is("true")) return true;
  if (is("false")) return false;
  return std::nullopt;
}

/// What a text looks like; nothing: just a text.
std::optional<Value> detected(std::string_view text) {
  if (const auto boolean = to_boolean(text)) return Value::boolean(*boolean);
  if (const auto number = to_integer(text)) return *number;
  if (const auto number = to_long(text)) return *number;
  if (const auto number = read_float(text)) return Value::of_float(*number);
  return std::nullopt;
}

class Convert final : public Processor {
 public:
  FieldPath field;
  FieldPath target;
  Type type = Type::kAuto;
  bool ignore_missing = false;

  Status run(Execution& run) const override {
    IngestDocument& document = run.document();
    const auto value = read_field(document, field, ignore_missing);
    if (!value) return std::unexpected(value.error());
    if (value->is_null()) {
      if (ignore_missing) return {};
      return std::unexpected(illegal_argument("Field [" + field.text() + "] is null, cannot be converted to type [" +
                                              std::string(name()) + "]"));
    }
    List* list = document.machine().as_list(*value);
    const auto converted = list == nullptr ? convert(document, *value) : convert_all(document, *list);
    if (!converted) return std::unexpected(converted.error());
    return document.set(target, *converted);
  }

 private:
  [[nodiscard]] std::string_view name() const { return kTypes[static_cast<std::size_t>(type)]; }

  Result<Value> convert_all(IngestDocument& document, List& list) const {
    painless::Machine& machine = document.machine();
    auto* made = painless::api::new_list(machine);
    const std::uint32_t count = list.size(machine);
    made->reserve(machine.heap(), count);
    for (std::uint32_t i = 0; i < count; ++i) {
      auto converted = convert(document, machine.force(list.get(machine, i)));
      if (!converted) return converted;
      made->push(machine.heap(), *converted);
    }
    return Value::of(made);
  }

  Result<Value> convert(IngestDocument& document, const Value& value) const {
    const String* text = document.machine().as_string(value);
    if (type == Type::kAuto) return text == nullptr ? value : detected(text->text()).value_or(value);
    if (type == Type::kIp) return to_ip(document, value);
    if (value.is_null()) {
      return std::unexpected(null_pointer("Cannot invoke \"Object.toString()\" because \"value\" is null"));
    }
    String* const shown = document.machine().to_text(value);
    if (shown == nullptr) return std::unexpected(document.take_error());
    if (type == Type::kString) return Value::of(shown);
    if (type == Type::kBoolean) {
      if (const auto boolean = to_boolean(shown->text())) return Value::boolean(*boolean);
      return std::unexpected(
          illegal_argument("[" + std::string(shown->text()) + "] is not a boolean value, cannot convert to boolean"));
    }
    auto number = to_number(shown->text());
    if (number) return number;
    return std::unexpected(
        illegal_argument("unable to convert [" + std::string(shown->text()) + "] to " + std::string(name()))
            .wrapping(std::move(number.error())));
  }

  [[nodiscard]] Result<Value> to_number(std::string_view text) const {
    if (type == Type::kInteger) return to_integer(text);
    if (type == Type::kLong) return to_long(text);
    if (type == Type::kFloat) return value_of(read_float(text), Value::of_float);
    return value_of(read_double(text), Value::of_double);
  }

  static Result<Value> to_ip(IngestDocument& document, const Value& value) {
    const String* text = document.machine().as_string(value);
    if (value.is_null())
      return std::unexpected(
          null_pointer("Cannot invoke \"String.getBytes(java.nio.charset.Charset)\" because \"ipString\" is null"));
    if (text == nullptr) return std::unexpected(class_cast(document, value, "java.lang.String"));
    if (auto address = read_address(text->text()); !address) return std::unexpected(std::move(address.error()));
    return value;
  }
};

Result<ProcessorPtr> make(Config& config, const CompileEnvironment&) {
  auto made = std::make_unique<Convert>();
  auto field = config.fixed_path("field");
  if (!field) return std::unexpected(std::move(field.error()));
  const auto type = config.text("type");
  if (!type) return std::unexpected(type.error());
  auto target = config.target_path(*field);
  if (!target) return std::unexpected(std::move(target.error()));
  const auto* const named = std::ranges::find(kTypes, painless::api::lower_case(*type));
  if (named == kTypes.end()) {
    return std::unexpected(config.problem("type", "type [" + *type + "] not supported, cannot convert field."));
  }
  const auto ignore_missing = config.flag("ignore_missing", false);
  if (!ignore_missing) return std::unexpected(ignore_missing.error());
  made->field = std::move(*field);
  made->target = std::move(*target);
  made->type = static_cast<Type>(named - kTypes.begin());
  made->ignore_missing = *ignore_missing;
  return made;
}

}  // namespace

const ProcessorRow& convert_processor() {
  static const ProcessorRow row{"convert",
                                "Gives values another type.",
                                kOptions,
                                R"({"field":"a","type":"integer"})",
                                R"({"a":["7","0x1F"]})",
                                R"({"a":[7,31]})",
                                make};
  return row;
}

}  // namespace sluice::ingest
