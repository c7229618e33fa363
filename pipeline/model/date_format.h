#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"

namespace sluice::pipeline {

/// A moment in nanoseconds since 1970, wide enough for every year that a format can write.
struct DateNanos {
  __extension__ using Wide = __int128;
  Wide nanos = 0;
  bool has_zone = false;  ///< the text said its offset (or an epoch, which needs none)

  /// Rounded down.
  [[nodiscard]] std::int64_t millis() const;
};

/// What fills the parts of a date that a text leaves out.
enum class DateFill : std::uint8_t {
  kStart,  ///< the first moment: `2020-01` is 2020-01-01T00:00:00
  kEnd,    ///< the last one of the first day: `2020-01` is 2020-01-01T23:59:59.999999999
};

/// One element of a compiled format.
struct DatePart;

/// A list of date formats as mappings and queries name them: built-in names (`strict_date_optional_time`,
/// `epoch_millis`) and Java patterns (`yyyy/MM/dd HH:mm:ss`), separated by `||`. The first that fits a text reads it.
/// Immutable; any thread; parse() does not allocate. Source: Elasticsearch's DateFormatters, java.time's
/// DateTimeFormatterBuilder.
class DateFormat {
 public:
  /// Errors: illegal_argument_exception `Invalid format: [..]: ..` for names and letters that do not exist.
  static Result<std::shared_ptr<const DateFormat>> compile(std::string_view format);
  /// `strict_date_optional_time||epoch_millis`.
  static const std::shared_ptr<const DateFormat>& standard();

  DateFormat(std::string text, std::vector<std::vector<DatePart>> alternatives);
  ~DateFormat();
  DateFormat(const DateFormat&) = delete;
  DateFormat& operator=(const DateFormat&) = delete;

  [[nodiscard]] const std::string& text() const { return text_; }
  /// Nothing: no alternative fits. Texts without an offset are taken as UTC plus `offset_seconds` east.
  [[nodiscard]] std::optional<DateNanos> parse(std::string_view text, DateFill fill = DateFill::kStart,
                                               std::int32_t offset_seconds = 0) const;

 private:
  std::string text_;
  std::vector<std::vector<DatePart>> alternatives_;
};

}  // namespace sluice::pipeline
