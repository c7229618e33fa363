#pragma once

#include <span>
#include <string_view>

#include "stages/painless/time/field.h"
#include "stages/painless/time/locale.h"
#include "stages/painless/time/styles.h"

namespace sluice::painless::time {

/// The names that a language has for the values of a field, from the first value on, as ICU's CLDR has them: months,
/// weekdays from Monday on, eras, halves of the day. Empty: the field has none there. They live for the process. Any
/// thread.
std::span<const std::string_view> locale_names(Field field, TextStyle style, const Locale& locale);

}  // namespace sluice::painless::time
