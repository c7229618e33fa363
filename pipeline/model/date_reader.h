#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "pipeline/model/date_format.h"
#include "pipeline/model/date_pattern.h"

namespace sluice::pipeline {

/// Reads all of `text` by one alternative of a format. Nothing: it does not fit, or there is no such date.
std::optional<DateNanos> read_date(const std::vector<DatePart>& parts, std::string_view text, DateFill fill,
                                   std::int32_t offset_seconds);

}  // namespace sluice::pipeline
