#include "stages/painless/api/string_format.h"

#include <algorithm>
#include <optional>

#include "stages/painless/api/text_search.h"
#include "stages/painless/api/time_object.h"
#include "stages/painless/run/big_number.h"
#include "stages/painless/run/number_text.h"
#include "stages/painless/run/unicode.h"

namespace sluice::painless::api {

namespace {

/// Puts the arguments into a format. Functions are false when an exception is pending.
class Formatter {
 public:
  Formatter(Machine& machine, const time::Locale& locale) : machine_(machine), locale_(locale) {}

  bool run(const std::vector<FormatSpecifier>& parts, const Array* arguments) {
    std::int64_t next = 0;
    std::int64_t last = -1;
    for (const FormatSpecifier& part : parts) {
      if (!machine_.tick()) return false;
      Value value = Value::null();
      if (part.argument != FormatSpecifier::kNothing) {
        if (part.argument == FormatSpecifier::kNext) last = next++;
        if (part.argument > 0) last = part.argument - 1;
        if (last < 0 || (arguments != nullptr && last >= arguments->length)) {
          raise_format(machine_, "MissingFormatArgumentException", "Format specifier '" + part.text() + "'");
          return false;
        }
        if (arguments != nullptr) value = machine_.force(arguments->items[last]);
      }
      if (!print(part, value)) return false;
    }
    return true;
  }
  [[nodiscard]] const std::string& text() const { return out_; }

 private:
  bool print(const FormatSpecifier& part, const Value& value) {
    const auto room =
        static_cast<std::size_t>(std::max(part.width, 0)) + static_cast<std::size_t>(std::max(part.precision, 0));
    if (!machine_.afford(out_.size() + room)) return false;
    switch (part.conversion) {
      case 0:
        out_ += part.literal;
        return true;
      case 'n':
        if (part.is_time) break;
        out_ += '\n';
        return true;
      case '%':
        return justify(part, "%");
      default:
        break;
    }
    if (part.is_time) return print_time(part, value);
    if (part.conversion == 'b') return print_text(part, boolean_text(value));
    if (part.conversion == 's') return print_string(part, value);
    if (value.is_null()) return print_text(part, "null");
    switch (part.conversion) {
      case 'h':
        return print_hash(part, value);
      case 'c':
        return print_character(part, value);
      case 'd':
      case 'o':
      case 'x':
        return print_integer(part, value);
      default:
        return print_decimal(part, value);
    }
  }

  static std::string_view boolean_text(const Value& value) {
    if (value.tag == Tag::kBoolean) return value.i != 0 ? "true" : "false";
    return value.is_null() ? "false" : "true";
  }
  bool print_time(const FormatSpecifier& part, const Value& value) {
    if (value.is_null()) return print_text(part, "null");
    std::string text;
    if (!format_time(machine_, part, value, locale_, text)) return false;
    return justify(part, part.has(kUpperCase) ? upper_case(text) : text);
  }
  bool print_string(const FormatSpecifier& part, const Value& value) {
    if (has_bad_flag(machine_, part, {kAlternate})) return false;
    const String* shown = machine_.to_text(value);
    return shown != nullptr && print_text(part, shown->text());
  }
  bool print_hash(const FormatSpecifier& part, const Value& value) {
    const auto hash = static_cast<std::uint32_t>(machine_.hash(value));
    return !machine_.failed() && print_text(part, unsigned_text(hash, 16));
  }
  bool print_character(const FormatSpecifier& part, const Value& value) {
    std::string text;
    if (value.tag == Tag::kChar) {
      append_unit(text, static_cast<char16_t>(value.i));
    } else if (value.tag == Tag::kByte || value.tag == Tag::kShort || value.tag == Tag::kInt) {
      if (value.i < 0 || value.i > 0x10FFFF) {
        raise_format(machine_, "IllegalFormatCodePointException",
                     "Code point = 0x" + unsigned_text(static_cast<std::uint32_t>(value.i), 16));
        return false;
      }
      append_code_point(text, static_cast<char32_t>(value.i));
    } else {
      return cannot(part, value);
    }
    return print_text(part, text);
  }
  bool print_integer(const FormatSpecifier& part, const Value& value) {
    const bool big = is_big_number(value) && value.o->type == known().big_integer;
    if (!big && (!value.is_integral() || value.tag == Tag::kChar)) return cannot(part, value);
    if (part.conversion == 'd') {
      const String* digits = machine_.to_text(value);
      return digits != nullptr && justify(part, format_decimal_integer(part, digits->text(), signs()));
    }
    const int base = part.conversion == 'o' ? 8 : 16;
    if (big) {
      const BigInt& number = static_cast<BigInteger*>(value.o)->value;
      const BigInt positive = magnitude(number);
      const std::string digits = positive.str(0, base == 8 ? std::ios_base::oct : std::ios_base::hex);
      return justify(part, format_other_base(part, lower_case(digits), number < 0));
    }
    if (has_bad_flag(machine_, part, {kParentheses, kLeadingSpace, kPlus})) return false;
    auto bits = static_cast<std::uint64_t>(value.i);
    if (value.tag == Tag::kByte) bits &= 0xFF;
    if (value.tag == Tag::kShort) bits &= 0xFFFF;
    if (value.tag == Tag::kInt) bits &= 0xFFFFFFFF;
    return justify(part, format_other_base(part, unsigned_text(bits, base), false));
  }
  bool print_decimal(const FormatSpecifier& part, const Value& value) {
    if (value.is_floating()) return justify(part, format_double(part, value.as_double(), signs()));
    if (!value.is_object() || value.o->type->java_name != "java.math.BigDecimal" || part.conversion == 'a') {
      return cannot(part, value);
    }
    const Value plain = machine_.call_method(value, "toPlainString", {});
    if (plain.is_error()) return false;
    return justify(part, format_decimal(part, Decimal::of(static_cast<String*>(plain.o)->text()), signs()));
  }
  bool cannot(const FormatSpecifier& part, const Value& value) {
    raise_format(machine_, "IllegalFormatConversionException",
                 std::string(1, part.conversion) + " != " + machine_.class_of(value)->java_name);
    return false;
  }

  /// A text cut to the precision.
  bool print_text(const FormatSpecifier& part, std::string_view text) {
    if (part.precision != FormatSpecifier::kMissing && !part.is_time) {
      const String whole(known().string, text);
      const auto units = static_cast<std::uint32_t>(part.precision);
      if (units < whole.length()) {
        std::string cut(text.substr(0, whole.byte_of(units)));
        // Half of a pair stays.
        if (utf16_length(cut) < units) append_unit(cut, whole.unit_at(units - 1));
        return justify(part, part.has(kUpperCase) ? upper_case(cut) : cut);
      }
    }
    return justify(part, part.has(kUpperCase) ? upper_case(text) : std::string(text));
  }
  bool justify(const FormatSpecifier& part, std::string_view text) {
    const std::size_t length = utf16_length(text);
    const std::size_t width = part.width == FormatSpecifier::kMissing ? 0 : static_cast<std::size_t>(part.width);
    const std::size_t blanks = width > length ? width - length : 0;
    if (!machine_.afford(out_.size() + text.size() + blanks)) return false;
    if (!part.has(kLeftJustify)) out_.append(blanks, ' ');
    out_ += text;
    if (part.has(kLeftJustify)) out_.append(blanks, ' ');
    return true;
  }
  const NumberSigns& signs() {
    if (!signs_) signs_ = number_signs(locale_);
    return *signs_;
  }

  Machine& machine_;
  const time::Locale& locale_;
  std::optional<NumberSigns> signs_;
  std::string out_;
};

Value format(Machine& machine, const time::Locale& locale, const Value* args) {
  if (missing(machine, args[0], "Cannot invoke \"String.length()\" because \"s\" is null")) return Value::error();
  std::vector<FormatSpecifier> parts;
  if (!read_format(machine, text(args[0]), parts)) return Value::error();
  Formatter formatter(machine, locale);
  const auto* arguments = args[1].is_null() ? nullptr : &object<Array>(args[1]);
  return formatter.run(parts, arguments) ? machine.string_value(formatter.text()) : Value::error();
}

}  // namespace

Value string_format(Machine& machine, const Value* args) { return format(machine, time::Locale::node_default(), args); }

Value string_format_in(Machine& machine, const Value* args) {
  static const time::Locale none;
  return format(machine, args[0].is_null() ? none : object<TimeObject<time::Locale>>(args[0]).value, args + 1);
}

}  // namespace sluice::painless::api
