#include "pipeline/model/date_format.h"

#include <utility>

#include "pipeline/model/date_pattern.h"
#include "pipeline/model/date_reader.h"

namespace sluice::pipeline {

std::int64_t DateNanos::millis() const {
  constexpr Wide kMillion = 1'000'000;
  Wide whole = nanos / kMillion;
  if (nanos % kMillion < 0) --whole;
  return static_cast<std::int64_t>(whole);
}

DateFormat::DateFormat(std::string text, std::vector<std::vector<DatePart>> alternatives)
    : text_(std::move(text)), alternatives_(std::move(alternatives)) {}
DateFormat::~DateFormat() = default;

Result<std::shared_ptr<const DateFormat>> DateFormat::compile(std::string_view format) {
  std::vector<std::vector<DatePart>> alternatives;
  for (std::string_view rest = format;;) {
    const std::size_t bars = rest.find("||");
    const std::string_view one = rest.substr(0, bars);
    if (one.empty()) return std::unexpected(illegal_argument("No date pattern provided"));
    auto parts = compile_date_pattern(one);
    if (!parts) {
      const std::string reason = parts.error().reason;
      return std::unexpected(
          illegal_argument("Invalid format: [" + std::string(one) + "]: " + reason).wrapping(std::move(parts.error())));
    }
    alternatives.push_back(std::move(*parts));
    if (bars == std::string_view::npos) break;
    rest.remove_prefix(bars + 2);
  }
  return std::make_shared<const DateFormat>(std::string(format), std::move(alternatives));
}

const std::shared_ptr<const DateFormat>& DateFormat::standard() {
  static const std::shared_ptr<const DateFormat> format = *compile("strict_date_optional_time||epoch_millis");
  return format;
}

std::optional<DateNanos> DateFormat::parse(std::string_view text, DateFill fill, std::int32_t offset_seconds) const {
  for (const auto& parts : alternatives_) {
    if (const auto date = read_date(parts, text, fill, offset_seconds)) return date;
  }
  return std::nullopt;
}

}  // namespace sluice::pipeline
