#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// Whole numbers as Java prints them, and numbers as it reads them; the others are in pipeline/base/java_number_text.h.
namespace sluice::painless {

/// Integer.toString(value, radix); an impossible radix is 10.
std::string integer_text(std::int64_t value, int radix);
std::string unsigned_text(std::uint64_t value, int radix);

/// Integer.parseInt() and Long.parseLong(): false when `text` is no number between `min` and `max` in `radix`.
bool parse_integer(std::string_view text, int radix, std::int64_t min, std::int64_t max, std::int64_t& value);
/// Double.parseDouble(): blanks around it, `1e5`, `0x1p3`, `1.5f`, `NaN`, `Infinity`.
bool parse_double(std::string_view text, double& value);
/// What Java says of a text that is no such number: `multiple points`, `For input string: "x"`.
std::string no_double(std::string_view text);

}  // namespace sluice::painless
