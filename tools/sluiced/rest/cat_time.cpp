#include "tools/sluiced/rest/cat_time.h"

#include <chrono>

#include <fmt/format.h>

namespace sluice::rest {

std::int64_t cat_now() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string cat_clock(std::int64_t milliseconds) {
  const std::int64_t seconds = milliseconds / 1000 % 86'400;
  return fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

std::string cat_date(std::int64_t milliseconds) {
  const std::chrono::sys_time<std::chrono::milliseconds> time{std::chrono::milliseconds(milliseconds)};
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(time));
  return fmt::format("{:04}-{:02}-{:02}T{}.{:03}Z", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()), cat_clock(milliseconds), milliseconds % 1000);
}

}  // namespace sluice::rest
