#pragma once

#include <string>

namespace sluice {

/// Double.toString() since JDK 19: the shortest decimal that reads back, `1.0`, `1.0E10`, `NaN`, `-Infinity`.
std::string java_double_text(double value);
/// Float.toString(), likewise.
std::string java_float_text(float value);

}  // namespace sluice
