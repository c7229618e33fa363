#include "stages/painless/time/locale_names.h"

#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

#include <unicode/dtfmtsym.h>
#include <unicode/locid.h>

namespace sluice::painless::time {

namespace {

using Symbols = icu::DateFormatSymbols;

/// Names that have been asked for once; the texts stay where they are.
struct Kept {
  std::deque<std::string> texts;
  std::vector<std::string_view> names;
};

Symbols::DtWidthType width_of(TextStyle style) {
  switch (as_normal(style)) {
    case TextStyle::kFull:
      return Symbols::WIDE;
    case TextStyle::kShort:
      return Symbols::ABBREVIATED;
    default:
      return Symbols::NARROW;
  }
}

/// ICU's own array of names, and where in it the first value stands.
std::pair<const icu::UnicodeString*, std::int32_t> names_in(const Symbols& symbols, Field field, TextStyle style,
                                                            std::int32_t& count) {
  const bool standalone = as_normal(style) != style;
  const auto context = standalone ? Symbols::STANDALONE : Symbols::FORMAT;
  switch (field.id()) {
    case FieldId::kMonthOfYear:
      return {symbols.getMonths(count, context, width_of(style)), 0};
    case FieldId::kDayOfWeek:
      return {symbols.getWeekdays(count, context, width_of(style)), 0};
    case FieldId::kAmPmOfDay:
      return {symbols.getAmPmStrings(count), 0};
    case FieldId::kEra:
      if (width_of(style) == Symbols::WIDE) return {symbols.getEraNames(count), 0};
      return {symbols.getEras(count), 0};
    case FieldId::kQuarterOfYear:
      return {symbols.getQuarters(count, context, width_of(style)), 0};
    default:
      count = 0;
      return {nullptr, 0};
  }
}

void keep(Kept& kept, const icu::UnicodeString& name) {
  std::string& text = kept.texts.emplace_back();
  name.toUTF8String(text);
  kept.names.push_back(text);
}

void fill(Kept& kept, Field field, TextStyle style, const Locale& locale) {
  UErrorCode problem = U_ZERO_ERROR;
  const Symbols symbols(icu::Locale::createCanonical(locale.to_string().c_str()), problem);
  if (U_FAILURE(problem)) return;
  std::int32_t count = 0;
  const auto [names, first] = names_in(symbols, field, style, count);
  if (names == nullptr) return;
  if (field.id() != FieldId::kDayOfWeek) {
    for (std::int32_t i = first; i < count; ++i) keep(kept, names[i]);
    return;
  }
  // ICU's weekdays are numbered from Sunday, which is 1.
  for (std::int32_t day = 2; day <= 8; ++day) keep(kept, names[day == 8 ? 1 : day]);
}

}  // namespace

std::span<const std::string_view> locale_names(Field field, TextStyle style, const Locale& locale) {
  static std::mutex mutex;
  static std::map<std::tuple<std::string, FieldId, TextStyle>, Kept> all;
  const std::scoped_lock lock(mutex);
  auto [at, added] = all.try_emplace({locale.to_string(), field.id(), style});
  if (added) fill(at->second, field, style, locale);
  return at->second.names;
}

}  // namespace sluice::painless::time
