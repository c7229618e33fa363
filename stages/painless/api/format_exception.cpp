#include <algorithm>

#include "stages/painless/api/families.h"
#include "stages/painless/api/format_specifier.h"
#include "stages/painless/run/number_text.h"

namespace sluice::painless::api {

namespace {

/// What an exception's message says of `subject`, as Java puts it.
using Wording = std::string (*)(std::string_view subject);

std::string quoted_flags(std::string_view flags) { return "Flags = '" + std::string(flags) + "'"; }
std::string bare_flags(std::string_view flags) { return "Flags = " + std::string(flags); }
std::string conversion_text(std::string_view conversion) { return "Conversion = '" + std::string(conversion) + "'"; }
std::string specifier_text(std::string_view specifier) { return "Format specifier '" + std::string(specifier) + "'"; }
std::string itself(std::string_view text) { return std::string(text); }

template <std::size_t N>
struct ClassName {
  constexpr explicit ClassName(const char (&text)[N]) { std::copy_n(text, N, value); }
  char value[N] = {};
};

/// An exception about a text.
template <ClassName kName, Wording kWording>
Value of_text(Machine& machine, const Value* a) {
  if (missing(machine, a[0])) return Value::error();
  String* message = machine.string(kWording(text(a[0])));
  return made(machine.heap().make<Throwable>(Registry::get().class_named(kName.value), message));
}
/// An exception about a number.
template <ClassName kName>
Value of_number(Machine& machine, const Value* a) {
  String* message = machine.string(std::to_string(a[0].i));
  return made(machine.heap().make<Throwable>(Registry::get().class_named(kName.value), message));
}
Value of_code_point(Machine& machine, const Value* a) {
  String* message = machine.string("Code point = 0x" + unsigned_text(static_cast<std::uint32_t>(a[0].i), 16));
  const Class* cls = Registry::get().class_named("java.util.IllegalFormatCodePointException");
  return made(machine.heap().make<Throwable>(cls, message));
}
Value of_mismatch(Machine& machine, const Value* a) {
  if (missing(machine, a[0])) return Value::error();
  const String* conversion = machine.to_text(a[1]);
  String* message =
      machine.string("Conversion = " + std::string(conversion->text()) + ", Flags = " + std::string(text(a[0])));
  const Class* cls = Registry::get().class_named("java.util.FormatFlagsConversionMismatchException");
  return made(machine.heap().make<Throwable>(cls, message));
}

#define ABOUT_TEXT(rows, name, wording, argument, says)                                                            \
  constexpr MethodRow rows[] = {{"new(String)", of_text<ClassName(name), wording>, "An exception of Formatter's.", \
                                 "new " argument ".getMessage()", says}};
#define ABOUT_NUMBER(rows, name, shortest)                                                               \
  constexpr MethodRow rows[] = {{"new(int)", of_number<ClassName(name)>, "An exception of Formatter's.", \
                                 "new " shortest "(-5).getMessage()", "-5"}};
ABOUT_TEXT(kDuplicate, "java.util.DuplicateFormatFlagsException", quoted_flags, "DuplicateFormatFlagsException('-')",
           "Flags = '-'")
ABOUT_TEXT(kFlags, "java.util.IllegalFormatFlagsException", quoted_flags, "IllegalFormatFlagsException('-0')",
           "Flags = '-0'")
ABOUT_TEXT(kUnknownFlags, "java.util.UnknownFormatFlagsException", bare_flags, "UnknownFormatFlagsException('!')",
           "Flags = !")
ABOUT_TEXT(kUnknown, "java.util.UnknownFormatConversionException", conversion_text,
           "UnknownFormatConversionException('y')", "Conversion = 'y'")
ABOUT_TEXT(kNoArgument, "java.util.MissingFormatArgumentException", specifier_text,
           "MissingFormatArgumentException('%s')", "Format specifier '%s'")
ABOUT_TEXT(kNoWidth, "java.util.MissingFormatWidthException", itself, "MissingFormatWidthException('%-s')", "%-s")
ABOUT_NUMBER(kWidth, "java.util.IllegalFormatWidthException", "IllegalFormatWidthException")
ABOUT_NUMBER(kPrecision, "java.util.IllegalFormatPrecisionException", "IllegalFormatPrecisionException")
#undef ABOUT_TEXT
#undef ABOUT_NUMBER
constexpr MethodRow kCodePoint[] = {{"new(int)", of_code_point, "An exception of Formatter's.",
                                     "new IllegalFormatCodePointException(-1).getMessage()",
                                     "Code point = 0xffffffff"}};
constexpr MethodRow kMismatch[] = {{"new(String,char)", of_mismatch, "An exception of Formatter's.",
                                    "new FormatFlagsConversionMismatchException('#', (char)'d').getMessage()",
                                    "Conversion = d, Flags = #"}};

constexpr const char* kParent = "IllegalFormatException";
constexpr ClassRow kRows[] = {
    {"java.util.IllegalFormatException", "IllegalArgumentException", "A format that is none, or doesn't fit.", {}},
    {"java.util.DuplicateFormatFlagsException", kParent, "A flag that is there twice.", kDuplicate},
    {"java.util.FormatFlagsConversionMismatchException", kParent, "A flag that a conversion has not.", kMismatch},
    {"java.util.IllegalFormatArgumentIndexException", kParent, "An argument of no number.", {}, false, true},
    {"java.util.IllegalFormatCodePointException", kParent, "A number that is no character.", kCodePoint},
    {"java.util.IllegalFormatConversionException", kParent, "An argument of the wrong type.", {}},
    {"java.util.IllegalFormatFlagsException", kParent, "Flags that don't go together.", kFlags},
    {"java.util.IllegalFormatPrecisionException", kParent, "A precision where none may be.", kPrecision},
    {"java.util.IllegalFormatWidthException", kParent, "A width where none may be.", kWidth},
    {"java.util.MissingFormatArgumentException", kParent, "A format that has more than the arguments.", kNoArgument},
    {"java.util.MissingFormatWidthException", kParent, "A flag that needs a width.", kNoWidth},
    {"java.util.UnknownFormatConversionException", kParent, "A conversion that isn't known.", kUnknown},
    {"java.util.UnknownFormatFlagsException", kParent, "A flag that isn't known.", kUnknownFlags},
};

}  // namespace

std::span<const ClassRow> format_exception_family() { return kRows; }

}  // namespace sluice::painless::api
