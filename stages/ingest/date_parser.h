#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/model/date_format.h"
#include "stages/painless/time/formatter.h"
#include "stages/painless/time/locale.h"
#include "stages/painless/time/zone_id.h"
#include "stages/painless/time/zoned_date_time.h"

namespace sluice::ingest {

/// `Europe/Amsterdam`, `+02:00`; empty: UTC. Errors: zone_rules_exception, date_time_exception.
Result<painless::time::ZoneId> zone_named(std::string_view text);
/// `de`, `en-US`, `en_US`; empty: English. Errors: illegal_argument_exception, a tag of more than three parts.
Result<painless::time::Locale> locale_named(std::string_view text);
/// What a DateTimeError is to Elasticsearch's JSON.
Error date_error(const painless::time::DateTimeError& error);

/// Reads texts by one format of the date processors: `ISO8601`, `UNIX`, `UNIX_MS`, `TAI64N`, a name of Elasticsearch's,
/// a pattern of java.time, or several of those with `||` between them. Immutable; any thread.
/// Source: reference/ingest.md 11, and a node's answers.
class DateParser {
 public:
  /// Errors: illegal_argument_exception, `Invalid format: [foo]: Unknown pattern letter: f`.
  static Result<DateParser> compile(std::string_view format, painless::time::ZoneId zone,
                                    const painless::time::Locale& locale);
  /// The moment, in the zone. `now_year`: of texts without a year. Errors: what keeps the text from being one.
  [[nodiscard]] Result<painless::time::ZonedDateTime> parse(std::string_view text, painless::time::Int now_year) const;

 private:
  enum class Kind : std::uint8_t { kIso8601, kUnix, kUnixMs, kTai64n, kFormat };
  /// One of several formats.
  struct Alternative {
    std::shared_ptr<const pipeline::DateFormat> named;         ///< a name of Elasticsearch's
    std::optional<painless::time::DateTimeFormatter> pattern;  ///< else
    bool is_epoch = false;
  };
  [[nodiscard]] Result<painless::time::ZonedDateTime> parse_number(std::string_view text) const;
  [[nodiscard]] Result<painless::time::ZonedDateTime> parse_tai64n(std::string_view text) const;
  [[nodiscard]] Result<painless::time::ZonedDateTime> parse_format(std::string_view text,
                                                                   painless::time::Int now_year) const;
  [[nodiscard]] painless::time::ZonedDateTime of_nanos(const pipeline::DateNanos& date) const;

  Kind kind_ = Kind::kFormat;
  std::string format_;
  std::vector<Alternative> alternatives_;
  painless::time::ZoneId zone_;
};

/// Writes a moment by a name of Elasticsearch's or a pattern. Immutable; any thread.
class DatePrinter {
 public:
  /// Errors: illegal_argument_exception.
  static Result<DatePrinter> compile(std::string_view format, const painless::time::Locale& locale);
  [[nodiscard]] Result<std::string> print(const painless::time::ZonedDateTime& date) const;

 private:
  enum class Kind : std::uint8_t { kPattern, kEpochSecond, kEpochMillis };
  Kind kind_ = Kind::kPattern;
  std::optional<painless::time::DateTimeFormatter> pattern_;
};

}  // namespace sluice::ingest
