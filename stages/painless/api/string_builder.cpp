#include <algorithm>

#include "stages/painless/api/families.h"
#include "stages/painless/api/natives.h"
#include "stages/painless/api/text_search.h"
#include "stages/painless/run/number_text.h"
#include "stages/painless/run/unicode.h"

namespace sluice::painless::api {

namespace {

/// java.lang.StringBuilder.
struct Builder final : Object {
  std::string text;

  Builder(const Class* cls, std::string_view begin) : Object(cls), text(begin) {}
  Value to_string(Machine& machine) override { return machine.string_value(text); }
};

Builder& builder(const Value& value) { return object<Builder>(value); }
const Class* builder_class() {
  static const Class* const found = Registry::get().class_named("java.lang.StringBuilder");
  return found;
}

/// The content as a string, for what strings can do already.
String content(const Value& value) { return {known().string, builder(value).text}; }
/// The byte of a UTF-16 unit; npos: out of range, and an exception is pending.
std::size_t place(Machine& machine, const Value& self, std::int64_t unit, std::int64_t limit) {
  const String now = content(self);
  if (unit < 0 || unit > limit) {
    machine.raise(known().string_index_out_of_bounds,
                  "index " + std::to_string(unit) + ",length " + std::to_string(now.length()));
    return std::string::npos;
  }
  return now.byte_of(static_cast<std::uint32_t>(unit));
}

Value construct(Machine& machine, const Value*) { return made(machine.heap().make<Builder>(builder_class(), "")); }
Value construct_of(Machine& machine, const Value* a) {
  if (missing(machine, a[0])) return Value::error();
  const String* begin = machine.to_text(a[0]);
  return begin == nullptr ? Value::error() : made(machine.heap().make<Builder>(builder_class(), begin->text()));
}
Value append(Machine& machine, const Value* a) {
  const String* more = machine.to_text(a[1]);
  if (more == nullptr || !machine.afford(builder(a[0]).text.size() + more->size)) return Value::error();
  if (a[1].tag == Tag::kChar) {
    append_unit(builder(a[0]).text, static_cast<char16_t>(a[1].i));
  } else {
    builder(a[0]).text += more->text();
  }
  return a[0];
}
Value insert(Machine& machine, const Value* a) {
  const std::size_t at = place(machine, a[0], a[1].i, content(a[0]).length());
  const String* more = at == std::string::npos ? nullptr : machine.to_text(a[2]);
  if (more == nullptr || !machine.afford(builder(a[0]).text.size() + more->size)) return Value::error();
  builder(a[0]).text.insert(at, more->text());
  return a[0];
}
/// The bytes from one unit to another, the second cut to the length.
bool bytes_between(Machine& machine, const Value* a, std::size_t& from, std::size_t& to) {
  const std::int64_t length = content(a[0]).length();
  const std::int64_t end = std::min<std::int64_t>(a[2].i, length);
  if (a[1].i < 0 || a[1].i > length || a[1].i > end) {
    machine.raise(known().string_index_out_of_bounds, "start " + std::to_string(a[1].i) + ", end " +
                                                          std::to_string(end) + ", length " + std::to_string(length));
    return false;
  }
  from = place(machine, a[0], a[1].i, length);
  to = place(machine, a[0], end, length);
  return true;
}
Value remove(Machine& machine, const Value* a) {
  std::size_t from = 0;
  std::size_t to = 0;
  if (!bytes_between(machine, a, from, to)) return Value::error();
  builder(a[0]).text.erase(from, to - from);
  return a[0];
}
Value remove_at(Machine& machine, const Value* a) {
  const std::int64_t length = content(a[0]).length();
  const std::size_t from = place(machine, a[0], a[1].i, length - 1);
  if (from == std::string::npos) return Value::error();
  builder(a[0]).text.erase(from, place(machine, a[0], a[1].i + 1, length) - from);
  return a[0];
}
Value replace(Machine& machine, const Value* a) {
  std::size_t from = 0;
  std::size_t to = 0;
  if (missing(machine, a[3]) || !bytes_between(machine, a, from, to)) return Value::error();
  builder(a[0]).text.replace(from, to - from, text(a[3]));
  return a[0];
}
Value reverse(Machine&, const Value* a) {
  std::u32string points;
  const std::string& now = builder(a[0]).text;
  for (std::size_t at = 0; at < now.size();) points += next_code_point(now, at);
  std::string turned;
  for (auto it = points.rbegin(); it != points.rend(); ++it) append_code_point(turned, *it);
  builder(a[0]).text = turned;
  return a[0];
}
Value set_length(Machine& machine, const Value* a) {
  const std::int64_t length = content(a[0]).length();
  if (a[1].i < 0 || !machine.afford(static_cast<std::size_t>(a[1].i))) {
    return machine.failed()
               ? Value::error()
               : machine.raise(known().index_out_of_bounds, "String index out of range: " + std::to_string(a[1].i));
  }
  if (a[1].i <= length) {
    builder(a[0]).text.resize(place(machine, a[0], a[1].i, length));
  } else {
    builder(a[0]).text.append(static_cast<std::size_t>(a[1].i - length), '\0');
  }
  return Value::null();
}
Value index_of(Machine& machine, const Value* a) {
  return missing(machine, a[1]) ? Value::error() : Value::of_int(find_units(content(a[0]), text(a[1]), 0));
}
Value index_of_from(Machine& machine, const Value* a) {
  return missing(machine, a[1]) ? Value::error() : Value::of_int(find_units(content(a[0]), text(a[1]), a[2].i));
}
Value last_index_of(Machine& machine, const Value* a) {
  const String now = content(a[0]);
  return missing(machine, a[1]) ? Value::error() : Value::of_int(find_last_units(now, text(a[1]), now.length()));
}
Value substring(Machine& machine, const Value* a) {
  std::size_t from = 0;
  std::size_t to = 0;
  if (!bytes_between(machine, a, from, to)) return Value::error();
  return machine.string_value(std::string_view(builder(a[0]).text).substr(from, to - from));
}
Value substring_from(Machine& machine, const Value* a) {
  const Value arguments[] = {a[0], a[1], Value::of_int(static_cast<std::int32_t>(content(a[0]).length()))};
  return substring(machine, arguments);
}

Value append_part(Machine& machine, const Value* a) {
  const String* more = machine.to_text(a[1]);  // null is a text here
  if (more == nullptr) return Value::error();
  const std::int64_t length = more->length();
  if (a[2].i < 0 || a[2].i > a[3].i || a[3].i > length) {
    return machine.raise(known().index_out_of_bounds, "Range [" + std::to_string(a[2].i) + ", " +
                                                          std::to_string(a[3].i) + ") out of bounds for length " +
                                                          std::to_string(length));
  }
  if (!machine.afford(builder(a[0]).text.size() + more->size)) return Value::error();
  for (auto i = static_cast<std::uint32_t>(a[2].i); i < static_cast<std::uint32_t>(a[3].i); ++i) {
    append_unit(builder(a[0]).text, more->unit_at(i));
  }
  return a[0];
}
Value append_point(Machine& machine, const Value* a) {
  if (a[1].i < 0 || a[1].i > 0x10FFFF) {
    std::string digits = unsigned_text(static_cast<std::uint32_t>(a[1].i), 16);
    std::ranges::transform(digits, digits.begin(), [](char c) { return c >= 'a' ? static_cast<char>(c - 32) : c; });
    return machine.raise(known().illegal_argument, "Not a valid Unicode code point: 0x" + digits);
  }
  append_code_point(builder(a[0]).text, static_cast<char32_t>(a[1].i));
  return a[0];
}
Value last_index_of_from(Machine& machine, const Value* a) {
  if (missing(machine, a[1])) return Value::error();
  return Value::of_int(find_last_units(content(a[0]), text(a[1]), a[2].i));
}
Value set_char(Machine& machine, const Value* a) {
  const std::int64_t length = content(a[0]).length();
  if (a[1].i < 0 || a[1].i >= length) {
    return machine.raise(known().string_index_out_of_bounds, bounds_text(a[1].i, length));
  }
  const std::size_t from = place(machine, a[0], a[1].i, length);
  const std::size_t behind = place(machine, a[0], a[1].i + 1, length);
  std::string unit;
  append_unit(unit, static_cast<char16_t>(a[2].i));
  builder(a[0]).text.replace(from, behind - from, unit);
  return Value::null();
}

constexpr MethodRow kBuilder[] = {
    {"new()", construct, "No text.", "new StringBuilder().append('a').toString()", "a"},
    {"new(CharSequence)", construct_of, "A text to begin with.", "new StringBuilder('a').append(1).toString()", "a1"},
    {"StringBuilder append(def)", append, "Appends the text of a value.", "new StringBuilder().append(1.5).toString()",
     "1.5"},
    {"StringBuilder append(CharSequence,int,int)", append_part, "Appends a part of a text.",
     "new StringBuilder().append('abcd', 1, 3).toString()", "bc"},
    {"StringBuilder appendCodePoint(int)", append_point, "Appends a code point.",
     "new StringBuilder().appendCodePoint(128512).toString()", "😀"},
    {"StringBuilder delete(int,int)", remove, "Removes the text between two places.",
     "new StringBuilder('abc').delete(0, 2).toString()", "c"},
    {"StringBuilder deleteCharAt(int)", remove_at, "Removes a unit.",
     "new StringBuilder('abc').deleteCharAt(1).toString()", "ac"},
    {"int indexOf(String)", index_of, "Where a text begins first.", "new StringBuilder('abc').indexOf('c')", "2"},
    {"int indexOf(String,int)", index_of_from, "Likewise, from a place on.", "new StringBuilder('aa').indexOf('a', 1)",
     "1"},
    {"StringBuilder insert(int,def)", insert, "Inserts the text of a value.",
     "new StringBuilder('ac').insert(1, 'b').toString()", "abc"},
    {"int lastIndexOf(String)", last_index_of, "Where a text begins last.", "new StringBuilder('aa').lastIndexOf('a')",
     "1"},
    {"int lastIndexOf(String,int)", last_index_of_from, "Likewise, at a place or before it.",
     "new StringBuilder('aba').lastIndexOf('a', 1)", "0"},
    {"StringBuilder replace(int,int,String)", replace, "Replaces the text between two places.",
     "new StringBuilder('abc').replace(0, 2, 'x').toString()", "xc"},
    {"StringBuilder reverse()", reverse, "The other way round.", "new StringBuilder('abc').reverse().toString()",
     "cba"},
    {"void setCharAt(int,char)", set_char, "Another UTF-16 unit at a place.",
     "StringBuilder b = new StringBuilder('abc'); b.setCharAt(1, (char)'x'); b.toString()", "axc"},
    {"void setLength(int)", set_length, "Cuts or lengthens.",
     "StringBuilder b = new StringBuilder('abc'); b.setLength(1); b.toString()", "a"},
    {"String substring(int)", substring_from, "The text from a place on.", "new StringBuilder('abc').substring(1)",
     "bc"},
    {"String substring(int,int)", substring, "The text between two places.", "new StringBuilder('abc').substring(1, 2)",
     "b"},
};

constexpr ClassRow kRows[] = {
    {"java.lang.StringBuilder", "CharSequence,java.lang.CodePoints", "Text that grows.", kBuilder}};

}  // namespace

std::span<const ClassRow> string_builder_family() { return kRows; }

}  // namespace sluice::painless::api
