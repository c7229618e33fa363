#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::stages {

/// A moment as `strict_date_optional_time` (also for an empty format) prints it, `2020-01-01T00:00:00.000Z`, or as
/// `epoch_millis`, `epoch_second`, the built-in formats of days and times and Java patterns of numbers do; of a list
/// the first counts. What has other parts prints as the first.
std::string date_text(std::int64_t millis, std::string_view format);

}  // namespace sluice::stages
