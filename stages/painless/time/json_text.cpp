#include "stages/painless/time/json_text.h"

#include <cstdlib>

#include "stages/painless/time/digits.h"

namespace sluice::painless::time {
namespace {

void append_clock(std::string& out, const LocalTime& time) {
  append_padded(out, time.hour(), 2);
  out.push_back(':');
  append_padded(out, time.minute(), 2);
  out.push_back(':');
  append_padded(out, time.second(), 2);
  std::string digits;
  append_padded(digits, time.nano(), 9);
  while (digits.size() > 3 && digits.back() == '0') digits.pop_back();
  out.append(".").append(digits);
}

void append_offset(std::string& out, ZoneOffset offset) {
  const Int minutes = std::abs(offset.total_seconds()) / 60;
  if (offset.total_seconds() == 0) {
    out.push_back('Z');
    return;
  }
  out.push_back(offset.total_seconds() < 0 ? '-' : '+');
  append_padded(out, minutes / 60, 2);
  out.push_back(':');
  append_padded(out, minutes % 60, 2);
}

std::string moment_text(const LocalDateTime& local, ZoneOffset offset) {
  std::string text;
  append_date(text, local.to_local_date());
  text.push_back('T');
  append_clock(text, local.to_local_time());
  append_offset(text, offset);
  return text;
}

}  // namespace

std::optional<std::string> json_text(const Temporal& temporal) {
  if (temporal.get_if<YearMonth>() != nullptr || temporal.get_if<ZoneOffset>() != nullptr) return std::nullopt;
  if (const auto* instant = temporal.get_if<Instant>()) {
    return moment_text(LocalDateTime::of_epoch_second(instant->epoch_second(), instant->nano(), ZoneOffset::utc()), {});
  }
  const auto date = temporal.local_date();
  const auto time = temporal.local_time();
  if (!time) return temporal.to_string();
  const auto offset = temporal.offset();
  if (date) return moment_text(date->at_time(*time), offset.value_or(ZoneOffset::utc()));
  std::string text;
  append_clock(text, *time);
  if (offset) append_offset(text, *offset);
  return text;
}

std::string json_text(Calendar calendar) { return json_text(calendar.time()); }

std::string json_text(const Date& date) {
  const Long second = floor_div(date.time(), 1'000);
  const auto nano = static_cast<Int>(floor_mod(date.time(), 1'000) * 1'000'000);
  return moment_text(LocalDateTime::of_epoch_second(second, nano, ZoneOffset::utc()), {});
}

}  // namespace sluice::painless::time
