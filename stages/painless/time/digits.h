#pragma once

#include <string>
#include <string_view>

#include "stages/painless/time/exact_math.h"

namespace sluice::painless::time {

class LocalDate;
class LocalTime;

/// Appends `value`, which isn't negative, with zeros before it up to `width`.
void append_padded(std::string& out, Long value, int width);
/// `2020-01-31`, `-0001-01-31`, `+12345-01-31`: LocalDate.toString.
void append_date(std::string& out, const LocalDate& date);
/// `10:15`, `10:15:30`, `10:15:30.123`, with 0, 3, 6 or 9 digits: LocalTime.toString.
void append_time(std::string& out, const LocalTime& time);
/// Java's String.hashCode of an ASCII text.
Int hash_of_text(std::string_view text);
/// Java's String.compareTo of two ASCII texts.
Int compare_texts(std::string_view left, std::string_view right);

}  // namespace sluice::painless::time
