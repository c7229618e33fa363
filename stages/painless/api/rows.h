#pragma once

#include <span>
#include <string_view>

#include "stages/painless/run/types.h"

/// How the allow-list is written down: rows that document themselves. A test runs every example, and docs/painless.md
/// is generated from the rows. Adding a class family is one file with a function that returns its rows, and one line in
/// families.def.
namespace sluice::painless::api {

/// How a method takes its arguments.
enum class Flags : std::uint8_t {
  kNone,
  kKeepsRaw,  ///< see Method::keeps_raw
};

/// One method, constructor or constant.
///   `int indexOf(String,int)`      a method
///   `static int parseInt(String)`  a static method
///   `new(Collection)`              a constructor
///   `const int MAX_VALUE`          a constant; `call` gets no arguments
///   `abstract boolean test(def)`   what a lambda for this interface implements; `call` may be null
struct MethodRow {
  const char* signature;
  Native call;
  const char* sentence;  ///< what it does, one sentence
  const char* example;   ///< an expression or script, empty only where nothing can show it
  const char* result;    ///< String.valueOf of it, or `type: reason` of the error
  Flags flags = Flags::kNone;
  Contexts contexts = Contexts::kAll;
};

/// One class. Type names in signatures are short names of allow-listed classes, primitives, `def`, or `X[]`.
struct ClassRow {
  const char* java_name;  ///< `java.util.Map$Entry`
  const char* supers;     ///< short names, separated by commas; java.lang.Object is always one
  const char* sentence;
  std::span<const MethodRow> methods;
  bool is_interface = false;
  bool hidden = false;  ///< scripts can't name it
  Contexts contexts = Contexts::kAll;
};

/// The families, in the order of the reference page.
std::span<const std::span<const ClassRow>> families();

}  // namespace sluice::painless::api
