#pragma once

#include <optional>
#include <string>

#include "stages/painless/time/calendar.h"
#include "stages/painless/time/temporal.h"

namespace sluice::painless::time {

/// What a document has for a value that a script put there, without the quotes: `2009-11-10T23:00:00.000Z` with three
/// to nine digits of the second for moments and times, Java's toString for the rest. A LocalDateTime is taken as UTC,
/// an offset loses its seconds. Nothing: Elasticsearch refuses it, `cannot write xcontent for unknown value of type
/// class java.time.YearMonth`; so it does a ZoneId. Source: answers of an Elasticsearch 9.
std::optional<std::string> json_text(const Temporal& temporal);
std::string json_text(const Date& date);
std::string json_text(Calendar calendar);

}  // namespace sluice::painless::time
