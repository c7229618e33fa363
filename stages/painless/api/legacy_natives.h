#pragma once

#include "stages/painless/api/collections.h"
#include "stages/painless/api/time_natives.h"
#include "stages/painless/time/simple_date_format.h"

/// The dates and formats that Java had before java.time, as objects of a script.
namespace sluice::painless::api {

template <>
inline constexpr std::string_view kJavaName<time::Date> = "java.util.Date";
template <>
inline constexpr std::string_view kJavaName<time::TimeZone> = "java.util.TimeZone";
template <>
inline constexpr std::string_view kJavaName<time::Calendar> = "java.util.GregorianCalendar";
template <>
inline constexpr std::string_view kJavaName<time::SimpleDateFormat> = "java.text.SimpleDateFormat";

}  // namespace sluice::painless::api
