#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// Numbers as Java prints and reads them.
namespace sluice::painless {

/// Double.toString() since JDK 19: the shortest decimal that reads back, `1.0E10`, `NaN`, `-Infinity`.
std::string double_text(double value);
std::string float_text(float value);
/// Integer.toString(value, radix); an impossible radix is 10.
std::string integer_text(std::int64_t value, int radix);
std::string unsigned_text(std::uint64_t value, int radix);

/// Integer.parseInt() and Long.parseLong(): false when `text` is no number between `min` and `max` in `radix`.
bool parse_integer(std::string_view text, int radix, std::int64_t min, std::int64_t max, std::int64_t& value);
/// Double.parseDouble(): blanks around it, `1e5`, `0x1p3`, `1.5f`, `NaN`, `Infinity`.
bool parse_double(std::string_view text, double& value);

}  // namespace sluice::painless
