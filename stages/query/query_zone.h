#pragma once

#include <cstdint>
#include <string_view>

#include "pipeline/base/error.h"
#include "stages/painless/time/zone_id.h"

namespace sluice::stages {

/// The `time_zone` of a query: what a date that says no offset is meant in, and in which days begin. A value type.
class QueryZone {
 public:
  QueryZone() = default;  ///< UTC
  /// An offset (`+02:00`) or a region (`Europe/Rome`). Errors: illegal_argument_exception with the JDK's words, 400.
  static Result<QueryZone> of(std::string_view id);

  /// Seconds east of UTC, of a local time (seconds since 1970, as if it were UTC) and of a moment. Where clocks are
  /// turned, the earlier offset counts, as in Java.
  [[nodiscard]] std::int64_t offset_of_local(std::int64_t seconds) const;
  [[nodiscard]] std::int64_t offset_at(std::int64_t seconds) const;

 private:
  painless::time::ZoneId zone_;
};

}  // namespace sluice::stages
