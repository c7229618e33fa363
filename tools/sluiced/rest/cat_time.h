#pragma once

#include <cstdint>
#include <string>

namespace sluice::rest {

/// `2026-11-24T03:19:02.123Z`, of milliseconds since 1970.
std::string cat_date(std::int64_t milliseconds);
/// `03:19:02`, UTC.
std::string cat_clock(std::int64_t milliseconds);
/// Milliseconds since 1970.
std::int64_t cat_now();

}  // namespace sluice::rest
