#include <unicode/uchar.h>

#include "stages/painless/api/families.h"
#include "stages/painless/api/natives.h"
#include "stages/painless/run/unicode.h"

namespace sluice::painless::api {

namespace {

template <typename F>
Value test(const Value* args, F&& f) {
  return Value::boolean(f(static_cast<UChar32>(args[0].i)) != 0);
}
Value is_letter(Machine&, const Value* a) {
  return test(a, [](UChar32 c) { return u_isalpha(c); });
}
Value is_digit(Machine&, const Value* a) {
  return test(a, [](UChar32 c) { return u_isdigit(c); });
}
Value is_letter_or_digit(Machine&, const Value* a) {
  return test(a, [](UChar32 c) { return u_isalnum(c); });
}
Value is_upper(Machine&, const Value* a) {
  return test(a, [](UChar32 c) { return u_hasBinaryProperty(c, UCHAR_UPPERCASE); });
}
Value is_lower(Machine&, const Value* a) {
  return test(a, [](UChar32 c) { return u_hasBinaryProperty(c, UCHAR_LOWERCASE); });
}
Value is_alphabetic(Machine&, const Value* a) {
  return test(a, [](UChar32 c) { return u_hasBinaryProperty(c, UCHAR_ALPHABETIC); });
}
Value is_whitespace(Machine&, const Value* a) {
  return test(a, [](UChar32 c) { return u_isWhitespace(c); });
}
Value is_space(Machine&, const Value* a) {
  return test(a, [](UChar32 c) { return u_isJavaSpaceChar(c); });
}
Value is_defined(Machine&, const Value* a) {
  return test(a, [](UChar32 c) { return u_isdefined(c); });
}
Value numeric_value(Machine&, const Value* a) {
  const auto c = static_cast<UChar32>(a[0].i);
  if (const int digit = u_digit(c, 36); digit >= 0) return Value::of_int(digit);
  return Value::of_int(static_cast<std::int32_t>(u_getNumericValue(c) >= 0 ? u_getNumericValue(c) : -1));
}
Value digit(Machine&, const Value* a) {
  return Value::of_int(a[1].i < 2 || a[1].i > 36 ? -1
                                                 : u_digit(static_cast<UChar32>(a[0].i), static_cast<int8_t>(a[1].i)));
}
Value for_digit(Machine&, const Value* a) {
  const bool valid = a[1].i >= 2 && a[1].i <= 36 && a[0].i >= 0 && a[0].i < a[1].i;
  return Value::of_char(valid ? static_cast<char16_t>(u_forDigit(as_int(a[0]), static_cast<int8_t>(a[1].i))) : u'\0');
}
Value to_lower(Machine&, const Value* a) {
  return Value::of_char(static_cast<char16_t>(u_tolower(static_cast<UChar32>(a[0].i))));
}
Value to_upper(Machine&, const Value* a) {
  return Value::of_char(static_cast<char16_t>(u_toupper(static_cast<UChar32>(a[0].i))));
}
Value to_title(Machine&, const Value* a) {
  return Value::of_char(static_cast<char16_t>(u_totitle(static_cast<UChar32>(a[0].i))));
}
Value to_text(Machine& m, const Value* a) {
  String* shown = m.to_text(a[0]);
  return shown == nullptr ? Value::error() : made(shown);
}
Value compare(Machine&, const Value* a) { return Value::of_int(static_cast<std::int32_t>(a[0].i - a[1].i)); }
Value compare_to(Machine& m, const Value* a) { return missing(m, a[1]) ? Value::error() : compare(m, a); }
Value same(Machine&, const Value* a) { return a[0]; }
Value char_count(Machine&, const Value* a) { return Value::of_int(a[0].i >= 0x10000 ? 2 : 1); }
Value min_value(Machine&, const Value*) { return Value::of_char(0); }
Value max_value(Machine&, const Value*) { return Value::of_char(0xFFFF); }

constexpr MethodRow kCharacter[] = {
    {"const char MIN_VALUE", min_value, "The smallest char.", "(int)Character.MIN_VALUE", "0"},
    {"const char MAX_VALUE", max_value, "The largest char.", "(int)Character.MAX_VALUE", "65535"},
    {"char charValue()", same, "The char.", "def c = (char)97; c.charValue()", "a"},
    {"int compareTo(Character)", compare_to, "The difference.", "def c = (char)97; c.compareTo((char)99)", "-2"},
    {"static int charCount(int)", char_count, "The UTF-16 units of a code point.", "Character.charCount(65)", "1"},
    {"static int compare(char,char)", compare, "The difference.", "Character.compare((char)99, (char)97)", "2"},
    {"static int digit(int,int)", digit, "The value of a digit; -1: none.", "Character.digit(102, 16)", "15"},
    {"static char forDigit(int,int)", for_digit, "The digit of a value.", "Character.forDigit(15, 16)", "f"},
    {"static int getNumericValue(int)", numeric_value, "The value of a digit or letter.",
     "Character.getNumericValue(55)", "7"},
    {"static boolean isAlphabetic(int)", is_alphabetic, "Whether it is alphabetic.", "Character.isAlphabetic(97)",
     "true"},
    {"static boolean isDefined(int)", is_defined, "Whether Unicode knows it.", "Character.isDefined(97)", "true"},
    {"static boolean isDigit(int)", is_digit, "Whether it is a digit.", "Character.isDigit(55)", "true"},
    {"static boolean isLetter(int)", is_letter, "Whether it is a letter.", "Character.isLetter(97)", "true"},
    {"static boolean isLetterOrDigit(int)", is_letter_or_digit, "Whether it is a letter or a digit.",
     "Character.isLetterOrDigit(45)", "false"},
    {"static boolean isLowerCase(int)", is_lower, "Whether it is in lower case.", "Character.isLowerCase(97)", "true"},
    {"static boolean isSpaceChar(int)", is_space, "Whether it is a space of Unicode.", "Character.isSpaceChar(32)",
     "true"},
    {"static boolean isUpperCase(int)", is_upper, "Whether it is in upper case.", "Character.isUpperCase(97)", "false"},
    {"static boolean isWhitespace(int)", is_whitespace, "Whether it is white space to Java.",
     "Character.isWhitespace(9)", "true"},
    {"static char toLowerCase(char)", to_lower, "In lower case.", "Character.toLowerCase((char)65)", "a"},
    {"static char toTitleCase(char)", to_title, "In title case.", "Character.toTitleCase((char)97)", "A"},
    {"static char toUpperCase(char)", to_upper, "In upper case.", "Character.toUpperCase((char)97)", "A"},
    {"static String toString(char)", to_text, "As text.", "Character.toString((char)97)", "a"},
    {"static Character valueOf(char)", same, "The char boxed.", "Character.valueOf((char)97)", "a"},
};

constexpr ClassRow kRows[] = {{"java.lang.Character", "Comparable", "A boxed char.", kCharacter}};

}  // namespace

std::span<const ClassRow> lang_character_family() { return kRows; }

}  // namespace sluice::painless::api
