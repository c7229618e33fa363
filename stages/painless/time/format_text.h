#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stages/painless/time/field.h"
#include "stages/painless/time/locale.h"
#include "stages/painless/time/styles.h"

namespace sluice::painless::time {

/// The name that a locale has for the value of a field: months, weekdays, quarters, eras, halves of the day. Nothing:
/// it is printed as a number.
std::optional<std::string_view> field_text(Field field, Long value, TextStyle style, const Locale& locale);

/// A name and the value it stands for.
struct FieldName {
  std::string_view name;
  Long value;
};
/// The names of a field, longest first; of all styles where `style` is null, as a lenient parse has them. Empty: the
/// field is a number.
std::vector<FieldName> field_names(Field field, const TextStyle* style, const Locale& locale);

/// Month.getDisplayName, DayOfWeek.getDisplayName.
std::string display_name(Month month, TextStyle style, const Locale& locale);
std::string display_name(DayOfWeek day, TextStyle style, const Locale& locale);

/// `in the morning`, `noon`: the part of the day that `minute` of it is in.
std::string_view day_period(Int minute, TextStyle style, const Locale& locale);
/// A part of the day, from `begin` to `end` in minutes; the same: that minute.
struct DayPeriod {
  std::string_view name;
  Int begin;
  Int end;
};
std::vector<DayPeriod> day_periods(TextStyle style, const Locale& locale);

}  // namespace sluice::painless::time
