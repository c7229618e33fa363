#include "stages/query/query_zone.h"

#include <string>

#include "stages/painless/script_error.h"
#include "stages/painless/time/error.h"
#include "stages/painless/time/local_date_time.h"

namespace sluice::stages {

namespace time = painless::time;

Result<QueryZone> QueryZone::of(std::string_view id) {
  QueryZone zone;
  try {
    zone.zone_ = time::ZoneId::of(id);
  } catch (const time::DateTimeError& error) {
    const std::string java(time::java_class(error.kind));
    Error cause(ErrorKind::kBadRequest, 400, painless::exception_type(java), error.message);
    return std::unexpected(illegal_argument(java + ": " + error.message).wrapping(std::move(cause)));
  }
  return zone;
}

std::int64_t QueryZone::offset_of_local(std::int64_t seconds) const {
  if (zone_.is_fixed()) return zone_.offset_at(0).total_seconds();
  return zone_.offsets_at(time::LocalDateTime::of_epoch_second(seconds, 0, time::ZoneOffset())).before.total_seconds();
}

std::int64_t QueryZone::offset_at(std::int64_t seconds) const { return zone_.offset_at(seconds).total_seconds(); }

}  // namespace sluice::stages
