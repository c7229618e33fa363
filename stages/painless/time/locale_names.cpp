#include "stages/painless/time/locale_names.h"

#include <deque>
#include <map>
#include <mutex>
#include <span>
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

/// ICU's own names.
std::span<const icu::UnicodeString> names_in(const Symbols& symbols, Field field, TextStyle style) {
  const bool standalone = as_normal(style) != style;
  const auto context = standalone ? Symbols::STANDALONE : Symbols::FORMAT;
  std::int32_t count = 0;
  const auto all = [&count](const icu::UnicodeString* names) {
    return std::span(names, static_cast<std::size_t>(count));
  };
  switch (field.id()) {
    case FieldId::kMonthOfYear:
      return all(symbols.getMonths(count, context, width_of(style)));
    case FieldId::kDayOfWeek:
      return all(symbols.getWeekdays(count, context, width_of(style)));
    case FieldId::kAmPmOfDay:
      return all(symbols.getAmPmStrings(count));
    case FieldId::kEra:
      return all(width_of(style) == Symbols::WIDE ? symbols.getEraNames(count) : symbols.getEras(count));
    case FieldId::kQuarterOfYear:
      return all(symbols.getQuarters(count, context, width_of(style)));
    default:
      return {};
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
  const auto names = names_in(symbols, field, style);
  if (field.id() != FieldId::kDayOfWeek) {
    for (const icu::UnicodeString& name : names) keep(kept, name);
    return;
  }
  // ICU's weekdays are numbered from Sunday, which is 1; 0 is none.
  if (names.size() != 8) return;
  for (std::size_t day = 2; day <= 8; ++day) keep(kept, names[day == 8 ? 1 : day]);
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
