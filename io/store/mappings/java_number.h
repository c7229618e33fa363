#pragma once

#include <string>

namespace sluice::store {

/// Java's Double.toString: `1.0`, `1.0E10`, `1.5E-5`, `NaN`, `-Infinity`.
std::string java_double_text(double value);

}  // namespace sluice::store
