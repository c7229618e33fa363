#include <algorithm>

#include "stages/painless/api/families.h"
#include "stages/painless/api/stream_object.h"
#include "stages/painless/api/text_search.h"
#include "stages/painless/api/time_object.h"
#include "stages/painless/run/unicode.h"

namespace sluice::painless::api {

namespace {

bool is_high(char16_t unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
bool is_low(char16_t unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

Value bad_range(Machine& machine, std::int64_t from, std::int64_t to, std::int64_t length) {
  return machine.raise(known().index_out_of_bounds, "Range [" + std::to_string(from) + ", " + std::to_string(to) +
                                                        ") out of bounds for length " + std::to_string(length));
}

Value code_point_at(Machine& machine, const Value* a) {
  const String* self = machine.to_text(a[0]);
  if (self == nullptr) return Value::error();
  if (a[1].i < 0 || a[1].i >= self->length()) {
    return machine.raise(known().string_index_out_of_bounds, bounds_text(a[1].i, self->length()));
  }
  const auto at = static_cast<std::uint32_t>(a[1].i);
  const char16_t unit = self->unit_at(at);
  if (!is_high(unit) || at + 1 >= self->length() || !is_low(self->unit_at(at + 1))) return Value::of_int(unit);
  return Value::of_int(0x10000 + ((unit - 0xD800) << 10) + (self->unit_at(at + 1) - 0xDC00));
}
Value code_point_before(Machine& machine, const Value* a) {
  const String* self = machine.to_text(a[0]);
  if (self == nullptr) return Value::error();
  const std::int64_t at = a[1].i - 1;
  if (at < 0 || at >= self->length()) {
    return machine.raise(known().string_index_out_of_bounds, bounds_text(at, self->length()));
  }
  const auto place = static_cast<std::uint32_t>(at);
  const char16_t low = self->unit_at(place);
  if (!is_low(low) || place == 0 || !is_high(self->unit_at(place - 1))) return Value::of_int(low);
  return Value::of_int(0x10000 + ((self->unit_at(place - 1) - 0xD800) << 10) + (low - 0xDC00));
}
Value code_point_count(Machine& machine, const Value* a) {
  const String* self = machine.to_text(a[0]);
  if (self == nullptr) return Value::error();
  const std::int64_t length = self->length();
  if (a[1].i < 0 || a[1].i > a[2].i || a[2].i > length) return bad_range(machine, a[1].i, a[2].i, length);
  std::int32_t count = 0;
  for (auto i = static_cast<std::uint32_t>(a[1].i); i < static_cast<std::uint32_t>(a[2].i); ++i) {
    const bool pair =
        is_high(self->unit_at(i)) && i + 1 < static_cast<std::uint32_t>(a[2].i) && is_low(self->unit_at(i + 1));
    if (pair) ++i;
    ++count;
  }
  return Value::of_int(count);
}
Value offset_by_code_points(Machine& machine, const Value* a) {
  const String* self = machine.to_text(a[0]);
  if (self == nullptr) return Value::error();
  const std::int64_t length = self->length();
  std::int64_t at = a[1].i;
  if (at < 0 || at > length) return machine.raise(known().index_out_of_bounds);
  const auto unit = [&](std::int64_t place) { return self->unit_at(static_cast<std::uint32_t>(place)); };
  for (std::int64_t left = a[2].i; left > 0; --left) {
    if (at >= length) return machine.raise(known().index_out_of_bounds);
    at += at + 1 < length && is_high(unit(at)) && is_low(unit(at + 1)) ? 2 : 1;
  }
  for (std::int64_t left = a[2].i; left < 0; ++left) {
    if (at <= 0) return machine.raise(known().index_out_of_bounds);
    at -= at > 1 && is_low(unit(at - 1)) && is_high(unit(at - 2)) ? 2 : 1;
  }
  return Value::of_int(static_cast<std::int32_t>(at));
}
Value region_matches(Machine& machine, const Value& self, bool folds, const Value* a) {
  if (missing(machine, a[1], "Cannot invoke \"String.length()\" because \"other\" is null")) return Value::error();
  const auto& left = object<String>(self);
  const auto& right = object<String>(a[1]);
  const std::int64_t from = a[0].i;
  const std::int64_t other_from = a[2].i;
  const std::int64_t count = a[3].i;
  if (from < 0 || other_from < 0 || from > left.length() - count || other_from > right.length() - count) {
    return Value::boolean(false);
  }
  for (std::int64_t i = 0; i < count; ++i) {
    const char16_t x = left.unit_at(static_cast<std::uint32_t>(from + i));
    const char16_t y = right.unit_at(static_cast<std::uint32_t>(other_from + i));
    if (x == y) continue;
    if (!folds || fold_case(from_utf16({&x, 1})) != fold_case(from_utf16({&y, 1}))) return Value::boolean(false);
  }
  return Value::boolean(true);
}
Value region_matches_exactly(Machine& machine, const Value* a) {
  if (missing(machine, a[2], "Cannot invoke \"String.length()\" because \"other\" is null")) return Value::error();
  return region_matches(machine, a[0], false, a + 1);
}
Value region_matches_folded(Machine& machine, const Value* a) {
  return region_matches(machine, a[0], a[1].i != 0, a + 2);
}
Value get_chars(Machine& machine, const Value* a) {
  const String* self = machine.to_text(a[0]);
  if (self == nullptr) return Value::error();
  if (a[1].i < 0 || a[1].i > a[2].i || a[2].i > self->length()) {
    return machine.raise(known().string_index_out_of_bounds,
                         "Range [" + std::to_string(a[1].i) + ", " + std::to_string(a[2].i) +
                             ") out of bounds for length " + std::to_string(self->length()));
  }
  if (missing(machine, a[3], "Cannot read the array length because \"dst\" is null")) return Value::error();
  auto& array = object<Array>(a[3]);
  const std::int64_t end = a[4].i + a[2].i - a[1].i;
  if (a[4].i < 0 || end > array.length) {
    return machine.raise(known().string_index_out_of_bounds,
                         "Range [" + std::to_string(a[4].i) + ", " + std::to_string(a[4].i) + " + " +
                             std::to_string(a[2].i - a[1].i) + ") out of bounds for length " +
                             std::to_string(array.length));
  }
  for (std::int64_t i = a[1].i; i < a[2].i; ++i) {
    array.items[a[4].i + i - a[1].i] = Value::of_char(self->unit_at(static_cast<std::uint32_t>(i)));
  }
  return Value::null();
}
template <bool kUpper>
Value to_case(Machine& machine, const Value* a) {
  if (missing(machine, a[1])) return Value::error();
  const auto& locale = object<TimeObject<time::Locale>>(a[1]).value;
  return machine.string_value(kUpper ? upper_case(text(a[0]), locale.language())
                                     : lower_case(text(a[0]), locale.language()));
}

template <bool kPoints>
Value numbers(Machine& machine, const Value* a) {
  const String* self = machine.to_text(a[0]);
  if (self == nullptr || !machine.afford(self->length() * sizeof(Value))) return Value::error();
  ArrayList* list = new_list(machine);
  for (std::size_t at = 0; at < self->text().size();) {
    const char32_t point = next_code_point(self->text(), at);
    if (kPoints || point < 0x10000) {
      list->push(machine.heap(), Value::of_int(static_cast<std::int32_t>(point)));
      continue;
    }
    list->push(machine.heap(), Value::of_int(static_cast<std::int32_t>(0xD800 + ((point - 0x10000) >> 10))));
    list->push(machine.heap(), Value::of_int(static_cast<std::int32_t>(0xDC00 + ((point - 0x10000) & 0x3FF))));
  }
  return make_stream(machine, stream_classes().ints, list);
}

constexpr MethodRow kSequence[] = {
    {"IntStream chars()", numbers<false>, "The UTF-16 units as ints.", "'ab'.chars().sum()", "195"},
    {"IntStream codePoints()", numbers<true>, "The code points.", "'😀'.codePoints().count()", "1"},
};
constexpr MethodRow kCodePoints[] = {
    {"int codePointAt(int)", code_point_at, "The code point that begins at a place.",
     "new StringBuilder('ab').codePointAt(1)", "98"},
    {"int codePointBefore(int)", code_point_before, "The code point that ends before a place.",
     "'ab'.codePointBefore(2)", "98"},
    {"int codePointCount(int,int)", code_point_count, "How many code points are between two places.",
     "'a😀'.codePointCount(0, 3)", "2"},
    {"void getChars(int,int,char[],int)", get_chars, "Puts UTF-16 units into an array.",
     "char[] to = new char[2]; 'abc'.getChars(1, 3, to, 0); to[1]", "c"},
    {"int offsetByCodePoints(int,int)", offset_by_code_points, "The place so many code points on.",
     "'😀a'.offsetByCodePoints(0, 1)", "2"},
};
constexpr MethodRow kString[] = {
    {"boolean regionMatches(int,String,int,int)", region_matches_exactly, "Whether two parts are the same.",
     "'abcd'.regionMatches(1, 'xbc', 1, 2)", "true"},
    {"boolean regionMatches(boolean,int,String,int,int)", region_matches_folded,
     "Likewise, upper and lower case being the same where wanted.", "'aBc'.regionMatches(true, 1, 'bC', 0, 2)", "true"},
    {"String toLowerCase(Locale)", to_case<false>, "In lower case, as a language has it.",
     "'I'.toLowerCase(Locale.forLanguageTag('tr'))", "ı"},
    {"String toUpperCase(Locale)", to_case<true>, "In upper case, as a language has it.",
     "'i'.toUpperCase(Locale.forLanguageTag('tr'))", "İ"},
};

constexpr ClassRow kRows[] = {
    {"java.lang.Sequence", "", "Methods of texts.", kSequence, true, true},
    {"java.lang.CodePoints", "", "Methods of strings and their builders.", kCodePoints, true, true},
    {"java.lang.StringMore", "java.lang.CodePoints", "Methods of strings.", kString, true, true},
};

}  // namespace

std::span<const ClassRow> string_more_family() { return kRows; }

}  // namespace sluice::painless::api
