#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"
#include "stages/painless/lang/compile_error.h"

namespace sluice::painless {

/// `script_exception` `compile error`. Source: reference/painless.md 10.
Error compile_exception(std::string_view source, std::string_view shown, const CompileError& error);

/// `java.lang.NumberFormatException` as Elasticsearch's JSON has it: `number_format_exception`.
std::string exception_type(std::string_view java_name);

/// The two lines that show a place: what stands there and an arrow under it. Offsets count UTF-16 units.
std::vector<std::string> marked_line(std::u16string_view source, std::size_t offset, std::size_t start, std::size_t end,
                                     bool ellipses);

/// `script_exception` with its `script_stack`, `script`, `lang` and `position`. `stack` empty: the place is not known.
struct ScriptPlace {
  std::size_t offset = 0;
  std::size_t start = 0;
  std::size_t end = 0;
};
Error script_exception(std::string_view reason, const std::vector<std::string>& stack, std::string_view shown,
                       const ScriptPlace* place, Error cause);

}  // namespace sluice::painless
