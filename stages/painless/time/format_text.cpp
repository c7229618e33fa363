#include "stages/painless/time/format_text.h"

#include <algorithm>
#include <array>
#include <span>

#include "stages/painless/time/locale_names.h"

namespace sluice::painless::time {
namespace {

using Names = std::span<const std::string_view>;

constexpr std::array<std::string_view, 12> kMonths = {"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};
constexpr std::array<std::string_view, 12> kShortMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 12> kBritishMonths = {"Jan", "Feb", "Mar",  "Apr", "May", "Jun",
                                                             "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 12> kNarrowMonths = {"J", "F", "M", "A", "M", "J", "J", "A", "S", "O", "N", "D"};
constexpr std::array<std::string_view, 12> kRootNarrow = {"1", "2", "3", "4",  "5",  "6",
                                                          "7", "8", "9", "10", "11", "12"};
constexpr std::array<std::string_view, 7> kDays = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                   "Friday", "Saturday", "Sunday"};
constexpr std::array<std::string_view, 7> kShortDays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 7> kNarrowDays = {"M", "T", "W", "T", "F", "S", "S"};
constexpr std::array<std::string_view, 4> kQuarters = {"1st quarter", "2nd quarter", "3rd quarter", "4th quarter"};
constexpr std::array<std::string_view, 4> kShortQuarters = {"Q1", "Q2", "Q3", "Q4"};
constexpr std::array<std::string_view, 2> kEras = {"Before Christ", "Anno Domini"};
constexpr std::array<std::string_view, 2> kShortEras = {"BC", "AD"};
constexpr std::array<std::string_view, 2> kNarrowEras = {"B", "A"};
constexpr std::array<std::string_view, 2> kRootEras = {"BCE", "CE"};
constexpr std::array<std::string_view, 2> kHalves = {"AM", "PM"};
constexpr std::array<std::string_view, 2> kBritishHalves = {"am", "pm"};
constexpr std::array<std::string_view, 2> kNarrowHalves = {"a", "p"};

Names pick(TextStyle style, Names full, Names medium, Names narrow) {
  const TextStyle normal = as_normal(style);
  return normal == TextStyle::kFull ? full : (normal == TextStyle::kShort ? medium : narrow);
}

Names names_of(Field field, TextStyle style, const Locale& locale) {
  const bool root = locale.is_root();
  if (!root && locale.language() != "en") {
    if (const Names names = locale_names(field, style, locale); !names.empty()) return names;
  }
  switch (field.id()) {
    case FieldId::kMonthOfYear:
      if (root) return pick(style, kShortMonths, kShortMonths, kRootNarrow);
      return pick(style, kMonths, locale.has_british_texts() ? Names(kBritishMonths) : Names(kShortMonths),
                  kNarrowMonths);
    case FieldId::kDayOfWeek:
      return pick(style, root ? Names(kShortDays) : Names(kDays), kShortDays, kNarrowDays);
    case FieldId::kQuarterOfYear:
      if (root && style == TextStyle::kShortStandalone) return Names(kRootNarrow).first(4);
      return pick(style, root ? Names(kShortQuarters) : Names(kQuarters), kShortQuarters, Names(kRootNarrow).first(4));
    case FieldId::kEra:
      if (root) return kRootEras;
      return pick(style, kEras, kShortEras, kNarrowEras);
    case FieldId::kAmPmOfDay: {
      const Names halves = locale.has_british_texts() ? Names(kBritishHalves) : Names(kHalves);
      return pick(style, halves, halves, root ? Names(kHalves) : Names(kNarrowHalves));
    }
    default:
      return {};
  }
}

Long first_value(Field field) { return field == FieldId::kEra || field == FieldId::kAmPmOfDay ? 0 : 1; }

}  // namespace

std::optional<std::string_view> field_text(Field field, Long value, TextStyle style, const Locale& locale) {
  const Names names = names_of(field, style, locale);
  const Long index = value - first_value(field);
  if (index < 0 || index >= static_cast<Long>(names.size())) return std::nullopt;
  return names[static_cast<std::size_t>(index)];
}

std::vector<FieldName> field_names(Field field, const TextStyle* style, const Locale& locale) {
  std::vector<FieldName> result;
  const auto add = [&](TextStyle of) {
    const Names names = names_of(field, of, locale);
    for (std::size_t each = 0; each < names.size(); ++each) {
      // Of a name that several values have, the last one's counts.
      if (std::count(names.begin() + static_cast<std::ptrdiff_t>(each) + 1, names.end(), names[each]) > 0) continue;
      result.push_back({names[each], static_cast<Long>(each) + first_value(field)});
    }
  };
  if (style != nullptr) {
    add(*style);
  } else {
    for (int each = 0; each < 6; ++each) add(static_cast<TextStyle>(each));
  }
  std::stable_sort(result.begin(), result.end(),
                   [](const FieldName& left, const FieldName& right) { return left.name.size() > right.name.size(); });
  return result;
}

std::string display_name(Month month, TextStyle style, const Locale& locale) {
  return std::string(*field_text(FieldId::kMonthOfYear, static_cast<Long>(month), style, locale));
}

std::string display_name(DayOfWeek day, TextStyle style, const Locale& locale) {
  return std::string(*field_text(FieldId::kDayOfWeek, static_cast<Long>(day), style, locale));
}

std::vector<DayPeriod> day_periods(TextStyle style, const Locale& locale) {
  constexpr Int kNoon = 720;
  if (locale.is_root()) return {{"AM", 0, kNoon}, {"PM", kNoon, 2 * kNoon}};
  const bool narrow = style == TextStyle::kNarrow;
  return {{narrow ? "mi" : "midnight", 0, 0}, {narrow ? "n" : "noon", kNoon, kNoon}, {"in the morning", 0, kNoon},
          {"in the afternoon", kNoon, 1'080}, {"in the evening", 1'080, 1'260},      {"at night", 1'260, 2 * kNoon}};
}

std::string_view day_period(Int minute, TextStyle style, const Locale& locale) {
  for (const DayPeriod& each : day_periods(style, locale)) {
    if (each.begin == each.end ? minute == each.begin : minute >= each.begin && minute < each.end) return each.name;
  }
  return "";
}

}  // namespace sluice::painless::time
