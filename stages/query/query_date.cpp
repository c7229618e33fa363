#include "pipeline/model/date_math.h"
#include "stages/query/value_test.h"

namespace sluice::stages {

namespace {

constexpr std::int64_t kNanosPerMilli = 1'000'000;

Error bad_date(std::string_view text, const pipeline::DateFormat& format) {
  std::string what = "failed to parse date field [" + std::string(text) + "] with format [" + format.text() + "]";
  Error cause = illegal_argument(what);
  if (format.text().find("||") != std::string::npos) {
    cause = std::move(cause).wrapping(
        {ErrorKind::kBadRequest, 400, "date_time_parse_exception", "Failed to parse with all enclosed parsers"});
  }
  return Error(ErrorKind::kBadRequest, 400, "parse_exception", what + ": [" + what + "]").wrapping(std::move(cause));
}

}  // namespace

Result<pipeline::DateNanos::Wide> parse_query_date(std::string_view text, const pipeline::DateFormat& format,
                                                   bool round_up, const ClauseContext& context, const QueryZone& zone) {
  using Wide = pipeline::DateNanos::Wide;
  constexpr Wide kNanosPerSecond = 1'000'000'000;
  std::string_view operations;
  Wide nanos = 0;
  if (text.starts_with("now")) {
    nanos = static_cast<Wide>(context.now_ms) * kNanosPerMilli;
    operations = text.substr(3);
  } else {
    const std::size_t bars = text.find("||");
    const bool math = bars != std::string_view::npos;
    // Before date math a date is a moment; alone it is as long as what it leaves out.
    const auto fill = round_up && !math ? pipeline::DateFill::kEnd : pipeline::DateFill::kStart;
    const auto date = format.parse(text.substr(0, bars), fill);
    if (!date) return std::unexpected(bad_date(text, format));
    nanos = date->nanos;
    if (!date->has_zone) {
      nanos -= zone.offset_of_local(static_cast<std::int64_t>(nanos / kNanosPerSecond)) * kNanosPerSecond;
    }
    if (math) operations = text.substr(bars + 2);
  }
  if (operations.empty()) return nanos;
  // Days begin where the zone is: math is done on its clock.
  const std::int64_t shift = zone.offset_at(static_cast<std::int64_t>(nanos / kNanosPerSecond)) * 1000;
  const pipeline::DateMillis base{std::chrono::milliseconds(static_cast<std::int64_t>(nanos / kNanosPerMilli) + shift)};
  const auto moved = pipeline::apply_date_math(operations, base, round_up);
  if (!moved) return std::unexpected(bad_date(text, format));
  const std::int64_t local = moved->time_since_epoch().count();
  const auto millis = static_cast<Wide>(local - zone.offset_of_local(local / 1000) * 1000);
  return millis * kNanosPerMilli + (round_up ? kNanosPerMilli - 1 : 0);
}

}  // namespace sluice::stages
