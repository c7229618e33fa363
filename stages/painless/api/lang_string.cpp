#include <algorithm>

#include "pipeline/base/java_trim.h"
#include "stages/painless/api/families.h"
#include "stages/painless/api/natives.h"
#include "stages/painless/api/string_format.h"
#include "stages/painless/api/text_search.h"
#include "stages/painless/run/json_text.h"
#include "stages/painless/run/unicode.h"

namespace sluice::painless::api {

namespace {

Value length(Machine& machine, const Value* args) {
  const String* self = machine.to_text(args[0]);
  return self == nullptr ? Value::error() : Value::of_int(static_cast<std::int32_t>(self->length()));
}
Value is_empty(Machine& machine, const Value* args) {
  (void)machine;
  return Value::boolean(text(args[0]).empty());
}
Value char_at(Machine& machine, const Value* args) {
  const String* self = machine.to_text(args[0]);
  if (self == nullptr) return Value::error();
  if (args[1].i < 0 || args[1].i >= self->length()) {
    return machine.raise(known().string_index_out_of_bounds,
                         bounds_text(args[1].i, self->length()).replace(0, 5, "Index"));
  }
  return Value::of_char(self->unit_at(static_cast<std::uint32_t>(args[1].i)));
}

/// A part of a string by UTF-16 units. A cut inside a pair gives lone surrogates, as in Java.
Value part(Machine& machine, const String& self, std::uint32_t from, std::uint32_t to) {
  if (self.is_ascii()) return made(machine.ascii_text(self.text().substr(from, to - from)));
  std::string out;
  for (std::uint32_t i = from; i < to; ++i) append_unit(out, self.unit_at(i));
  return machine.string_value(out);
}
Value substring_between(Machine& machine, const String& self, std::int64_t from, std::int64_t to) {
  const std::int64_t size = self.length();
  if (from < 0 || from > to || to > size) {
    return machine.raise(known().string_index_out_of_bounds, "Range [" + std::to_string(from) + ", " +
                                                                 std::to_string(to) + ") out of bounds for length " +
                                                                 std::to_string(size));
  }
  return part(machine, self, static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to));
}
Value substring_from(Machine& machine, const Value* args) {
  const auto& self = object<String>(args[0]);
  return substring_between(machine, self, args[1].i, self.length());
}
Value substring(Machine& machine, const Value* args) {
  return substring_between(machine, object<String>(args[0]), args[1].i, args[2].i);
}
Value sub_sequence(Machine& machine, const Value* args) {
  const String* self = machine.to_text(args[0]);
  return self == nullptr ? Value::error() : substring_between(machine, *self, args[1].i, args[2].i);
}

Value contains(Machine& machine, const Value* args) {
  if (missing(machine, args[1])) return Value::error();
  const String* part_of = machine.to_text(args[1]);
  return part_of == nullptr ? Value::error()
                            : Value::boolean(find_units(object<String>(args[0]), part_of->text(), 0) >= 0);
}
Value content_equals(Machine& machine, const Value* args) {
  if (missing(machine, args[1])) return Value::error();
  const String* other = machine.to_text(args[1]);
  return other == nullptr ? Value::error() : Value::boolean(text(args[0]) == other->text());
}
Value starts_with(Machine& machine, const Value* args) {
  if (missing(machine, args[1])) return Value::error();
  return Value::boolean(text(args[0]).starts_with(text(args[1])));
}
Value starts_with_at(Machine& machine, const Value* args) {
  if (missing(machine, args[1])) return Value::error();
  const auto& self = object<String>(args[0]);
  if (args[2].i < 0 || args[2].i > self.length()) return Value::boolean(false);
  return Value::boolean(
      self.text().substr(self.byte_of(static_cast<std::uint32_t>(args[2].i))).starts_with(text(args[1])));
}
Value ends_with(Machine& machine, const Value* args) {
  if (missing(machine, args[1])) return Value::error();
  return Value::boolean(text(args[0]).ends_with(text(args[1])));
}
Value equals_ignore_case(Machine& machine, const Value* args) {
  (void)machine;
  if (args[1].is_null()) return Value::boolean(false);
  return Value::boolean(fold_case(text(args[0])) == fold_case(text(args[1])));
}
Value compare_ignore_case(Machine& machine, const Value* args) {
  if (missing(machine, args[1])) return Value::error();
  String left(known().string, machine.heap().copy(fold_case(text(args[0]))));
  const int order = left.compare(machine, machine.string_value(fold_case(text(args[1]))));
  return Value::of_int(order);
}

Value index_of(Machine& machine, const Value* args) {
  if (missing(machine, args[1])) return Value::error();
  return Value::of_int(find_units(object<String>(args[0]), text(args[1]), 0));
}
Value index_of_from(Machine& machine, const Value* args) {
  if (missing(machine, args[1])) return Value::error();
  return Value::of_int(find_units(object<String>(args[0]), text(args[1]), args[2].i));
}
Value last_index_of(Machine& machine, const Value* args) {
  if (missing(machine, args[1])) return Value::error();
  const auto& self = object<String>(args[0]);
  return Value::of_int(find_last_units(self, text(args[1]), self.length()));
}
Value last_index_of_from(Machine& machine, const Value* args) {
  if (missing(machine, args[1])) return Value::error();
  return Value::of_int(find_last_units(object<String>(args[0]), text(args[1]), args[2].i));
}

Value concat(Machine& machine, const Value* args) {
  if (missing(machine, args[1])) return Value::error();
  if (!machine.afford(text(args[0]).size() + text(args[1]).size())) return Value::error();
  return machine.string_value(std::string(text(args[0])) + std::string(text(args[1])));
}
Value replace(Machine& machine, const Value* args) {
  if (missing(machine, args[1]) || missing(machine, args[2])) return Value::error();
  const String* from = machine.to_text(args[1]);
  const String* to = machine.to_text(args[2]);
  if (from == nullptr || to == nullptr) return Value::error();
  return replace_text(machine, text(args[0]), from->text(), to->text());
}
Value to_lower(Machine& machine, const Value* args) { return lower_case(machine, text(args[0])); }
Value to_upper(Machine& machine, const Value* args) { return upper_case(machine, text(args[0])); }
Value trim(Machine& machine, const Value* args) { return made(machine.text(java_trimmed(text(args[0])))); }

Value split_token(Machine& machine, const Value* args, std::int64_t limit) {
  if (missing(machine, args[1])) return Value::error();
  const std::string_view self = text(args[0]);
  const std::string_view token = text(args[1]);
  std::vector<std::string_view> parts;
  std::size_t at = 0;
  while (!token.empty() && (limit < 1 || static_cast<std::int64_t>(parts.size()) + 1 < limit)) {
    const std::size_t found = self.find(token, at);
    if (found == std::string_view::npos) break;
    parts.push_back(self.substr(at, found - at));
    at = found + token.size();
  }
  parts.push_back(self.substr(at));
  if (!machine.afford(parts.size() * (sizeof(Value) + sizeof(String)))) return Value::error();
  Value* items = machine.heap().array<Value>(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) items[i] = made(machine.text(parts[i]));
  const Type* type = Registry::get().array_of(known().string->type);
  return made(machine.heap().make<Array>(known().object, type, static_cast<std::uint32_t>(parts.size()), items));
}
Value split_on_token(Machine& machine, const Value* args) { return split_token(machine, args, -1); }
Value split_on_token_limit(Machine& machine, const Value* args) { return split_token(machine, args, args[2].i); }

Value code_point_at(Machine& machine, const Value* args) {
  const auto& self = object<String>(args[0]);
  if (args[1].i < 0 || args[1].i >= self.length()) {
    return machine.raise(known().string_index_out_of_bounds, bounds_text(args[1].i, self.length()));
  }
  const auto at = static_cast<std::uint32_t>(args[1].i);
  const char16_t unit = self.unit_at(at);
  if (unit >= 0xD800 && unit <= 0xDBFF && at + 1 < self.length()) {
    const char16_t low = self.unit_at(at + 1);
    if (low >= 0xDC00 && low <= 0xDFFF) return Value::of_int(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
  }
  return Value::of_int(unit);
}
Value to_char_array(Machine& machine, const Value* args) {
  const auto& self = object<String>(args[0]);
  const std::uint32_t count = self.length();
  if (!machine.afford(count * sizeof(Value))) return Value::error();
  Value* items = machine.heap().array<Value>(count);
  for (std::uint32_t i = 0; i < count; ++i) items[i] = Value::of_char(self.unit_at(i));
  const Type* type = Registry::get().array_of(Registry::get().of(Kind::kChar));
  return made(machine.heap().make<Array>(known().object, type, count, items));
}
Value from_chars(Machine& machine, const Value* args) {
  if (missing(machine, args[0])) return Value::error();
  std::string out;
  const auto& array = object<Array>(args[0]);
  for (std::uint32_t i = 0; i < array.length; ++i) append_unit(out, static_cast<char16_t>(array.items[i].i));
  return machine.string_value(out);
}
Value from_some_chars(Machine& machine, const Value* args) {
  if (missing(machine, args[0], "Cannot read the array length because \"value\" is null")) return Value::error();
  const auto& array = object<Array>(args[0]);
  const std::int64_t end = args[1].i + args[2].i;
  if (args[1].i < 0 || args[2].i < 0 || end > array.length) {
    return machine.raise(known().string_index_out_of_bounds,
                         "Range [" + std::to_string(args[1].i) + ", " + std::to_string(args[1].i) + " + " +
                             std::to_string(args[2].i) + ") out of bounds for length " + std::to_string(array.length));
  }
  std::string out;
  for (std::int64_t i = args[1].i; i < end; ++i) append_unit(out, static_cast<char16_t>(array.items[i].i));
  return machine.string_value(out);
}
Value value_of(Machine& machine, const Value* args) {
  String* shown = machine.to_text(args[0]);
  return shown == nullptr ? Value::error() : made(shown);
}
Value empty(Machine& machine, const Value* args) {
  (void)args;
  return machine.string_value("");
}
Value join(Machine& machine, const Value* args) {
  if (missing(machine, args[0]) || missing(machine, args[1])) return Value::error();
  const String* between = machine.to_text(args[0]);
  if (between == nullptr) return Value::error();
  std::string out;
  bool first = true;
  const Class* wanted = Registry::get().class_named("java.lang.CharSequence");
  const bool ok = for_each(machine, args[1], [&](const Value& raw) {
    const Value item = machine.force(raw);
    if (!item.is_null() && !machine.is_a(item, wanted)) {
      if (!item.is_error())
        machine.raise(known().class_cast, class_cast_text(*machine.class_of(item), wanted->java_name));
      return false;
    }
    const String* shown = machine.to_text(item);
    if (shown == nullptr) return false;
    if (!first) out += between->text();
    first = false;
    out += shown->text();
    return true;
  });
  return ok ? machine.string_value(out) : Value::error();
}

constexpr MethodRow kCharSequence[] = {
    {"char charAt(int)", char_at, "The UTF-16 unit at a place.", "'abc'.charAt(1)", "b"},
    {"int length()", length, "The number of UTF-16 units.", "'abc'.length()", "3"},
    {"CharSequence subSequence(int,int)", sub_sequence, "A part of the text.", "'abcd'.subSequence(1, 3)", "bc"},
    {"String toString()", value_of, "The text itself.", "'a'.toString()", "a"},
};

constexpr MethodRow kString[] = {
    {"new()", empty, "The empty text.", "new String().length()", "0"},
    {"int codePointAt(int)", code_point_at, "The code point that begins at a place.", "'a'.codePointAt(0)", "97"},
    {"int compareToIgnoreCase(String)", compare_ignore_case, "Compares, upper and lower case being the same.",
     "'a'.compareToIgnoreCase('B')", "-1"},
    {"String concat(String)", concat, "This text and the other.", "'a'.concat('b')", "ab"},
    {"boolean contains(CharSequence)", contains, "Whether the other text is a part of this one.",
     "'abc'.contains('bc')", "true"},
    {"boolean contentEquals(CharSequence)", content_equals, "Whether the other says the same.",
     "'a'.contentEquals('a')", "true"},
    {"boolean endsWith(String)", ends_with, "Whether this text ends with the other.", "'abc'.endsWith('bc')", "true"},
    {"boolean equalsIgnoreCase(String)", equals_ignore_case, "Equal, upper and lower case being the same.",
     "'aB'.equalsIgnoreCase('Ab')", "true"},
    {"int indexOf(String)", index_of, "Where the other text begins first; -1: nowhere.", "'abcb'.indexOf('b')", "1"},
    {"int indexOf(String,int)", index_of_from, "Likewise, from a place on.", "'abcb'.indexOf('b', 2)", "3"},
    {"boolean isEmpty()", is_empty, "Whether there is no text.", "''.isEmpty()", "true"},
    {"int lastIndexOf(String)", last_index_of, "Where the other text begins last; -1: nowhere.",
     "'abcb'.lastIndexOf('b')", "3"},
    {"int lastIndexOf(String,int)", last_index_of_from, "Likewise, at a place or before it.",
     "'abcb'.lastIndexOf('b', 2)", "1"},
    {"String replace(CharSequence,CharSequence)", replace, "Each place of one text becomes the other.",
     "'aba'.replace('a', 'x')", "xbx"},
    {"String[] splitOnToken(String)", split_on_token, "The parts between the places of a text.",
     "'a,b,'.splitOnToken(',').length", "3"},
    {"String[] splitOnToken(String,int)", split_on_token_limit, "Likewise, in so many parts at most.",
     "'a,b,c'.splitOnToken(',', 2)[1]", "b,c"},
    {"boolean startsWith(String)", starts_with, "Whether this text begins with the other.", "'abc'.startsWith('ab')",
     "true"},
    {"boolean startsWith(String,int)", starts_with_at, "Whether the other text stands at a place.",
     "'abc'.startsWith('bc', 1)", "true"},
    {"String substring(int)", substring_from, "The text from a place on.", "'abcd'.substring(2)", "cd"},
    {"String substring(int,int)", substring, "The text between two places.", "'abcd'.substring(1, 3)", "bc"},
    {"char[] toCharArray()", to_char_array, "The UTF-16 units.", "'abc'.toCharArray().length", "3"},
    {"String toLowerCase()", to_lower, "In lower case.", "'ÄB'.toLowerCase()", "äb"},
    {"String toUpperCase()", to_upper, "In upper case.", "'äß'.toUpperCase()", "ÄSS"},
    {"String trim()", trim, "Without blanks and control characters at both ends.", "' a '.trim()", "a"},
    {"static String copyValueOf(char[])", from_chars, "The text of UTF-16 units.",
     "String.copyValueOf('ab'.toCharArray())", "ab"},
    {"static String copyValueOf(char[],int,int)", from_some_chars, "Likewise, so many from a place on.",
     "String.copyValueOf('abcd'.toCharArray(), 1, 2)", "bc"},
    {"static String format(String,def[])", string_format,
     "The arguments put into a format, as java.util.Formatter does.",
     "String.format('%05.1f|%-4s|%x', new def[] {2.25, 'a', 255})", "002.3|a   |ff"},
    {"static String format(Locale,String,def[])", string_format_in, "Likewise, numbers being written as in a language.",
     "String.format(Locale.GERMANY, '%,.2f', new def[] {1234.5})", "1.234,50"},
    {"static String join(CharSequence,Iterable)", join, "Items' text with something in between.",
     "String.join('-', ['a', 'b'])", "a-b"},
    {"static String valueOf(def)", value_of, "The text of any value.", "String.valueOf(1.0)", "1.0"},
};

constexpr ClassRow kRows[] = {
    {"java.lang.CharSequence", "java.lang.Replacing,java.lang.Sequence", "Text of any kind.", kCharSequence, true},
    {"java.lang.String", "CharSequence,Comparable,java.lang.Digesting,java.lang.StringMore",
     "Text, UTF-16 to the script.", kString},
};

}  // namespace

std::span<const ClassRow> lang_string_family() { return kRows; }

}  // namespace sluice::painless::api
