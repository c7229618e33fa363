#pragma once

#include "stages/painless/api/natives.h"

/// Natives of java.util.Locale that ask ICU's tables; time_format.cpp has the rows of what is static.
namespace sluice::painless::api {

/// A Locale.Category is DISPLAY or FORMAT; a node has one language for both.
Value default_locale(Machine& machine, const Value* a);
Value available_locales(Machine& machine, const Value* a);
Value iso_countries(Machine& machine, const Value* a);
Value iso_languages(Machine& machine, const Value* a);

}  // namespace sluice::painless::api
