#pragma once

#include <string>

#include "stages/painless/api/format_number.h"
#include "stages/painless/time/locale.h"

namespace sluice::painless::api {

/// What a `%t` makes of a moment, before its width is looked at. False: it can't, and an exception is pending.
bool format_time(Machine& machine, const FormatSpecifier& specifier, const Value& moment, const time::Locale& locale,
                 std::string& out);
/// How a language writes numbers: its signs in ICU's tables, English ones where there are none.
NumberSigns number_signs(const time::Locale& locale);

/// String.format(): the format and its `def[]`.
Value string_format(Machine& machine, const Value* args);
/// Likewise, a Locale first.
Value string_format_in(Machine& machine, const Value* args);

}  // namespace sluice::painless::api
