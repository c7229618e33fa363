#pragma once

#include <cstdint>
#include <string_view>

#include "pipeline/base/error.h"

/// Numbers as Java reads them from texts, digits of all scripts included.
namespace sluice::ingest {

/// Integer.parseInt(). Errors: number_format_exception, 400.
Result<std::int32_t> read_int(std::string_view text, int radix = 10);
/// Long.parseLong().
Result<std::int64_t> read_long(std::string_view text, int radix = 10);
/// Integer.decode() and Long.decode() of what begins with `0x` or `-0x`.
Result<std::int32_t> decode_int(std::string_view text);
Result<std::int64_t> decode_long(std::string_view text);
/// Float.parseFloat(). Errors: likewise; `empty String`.
Result<float> read_float(std::string_view text);
/// Double.parseDouble().
Result<double> read_double(std::string_view text);

}  // namespace sluice::ingest
