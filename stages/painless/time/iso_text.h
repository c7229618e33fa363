#pragma once

#include <optional>
#include <string_view>

#include "stages/painless/time/zoned_date_time.h"

namespace sluice::painless::time {

/// The usual shapes of ISO 8601, read without a formatter: four digits of year, two of the rest, up to nine of the
/// fraction. Nothing: an unusual or a wrong text, for the formatters to say.
std::optional<LocalDate> read_iso_date(std::string_view text);
std::optional<LocalTime> read_iso_time(std::string_view text);
std::optional<LocalDateTime> read_iso_date_time(std::string_view text);
/// With an offset and, unless `region` is null, perhaps a region in brackets.
struct IsoMoment {
  LocalDateTime local;
  ZoneOffset offset;
  std::optional<ZoneId> region;
};
std::optional<IsoMoment> read_iso_moment(std::string_view text, bool region);

}  // namespace sluice::painless::time
