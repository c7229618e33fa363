// The formatters that DateTimeFormatter has as constants, and those of the types' own texts.
#include "stages/painless/time/formatter_builder.h"

namespace sluice::painless::time {
namespace {

using Builder = DateTimeFormatterBuilder;

DateTimeFormatter strict_iso(Builder& builder) {
  return builder.to_formatter(Locale::node_default(), ResolverStyle::kStrict, true);
}

Builder& append_year(Builder& builder) { return builder.append_value(FieldId::kYear, 4, 10, SignStyle::kExceedsPad); }

Builder& append_lenient_offset(Builder& builder) { return builder.parse_lenient().append_offset_id().parse_strict(); }

}  // namespace

const DateTimeFormatter& DateTimeFormatter::iso_local_date() {
  static const DateTimeFormatter formatter = [] {
    Builder builder;
    append_year(builder).append_literal("-").append_value(FieldId::kMonthOfYear, 2);
    return strict_iso(builder.append_literal("-").append_value(FieldId::kDayOfMonth, 2));
  }();
  return formatter;
}

const DateTimeFormatter& DateTimeFormatter::iso_offset_date() {
  static const DateTimeFormatter formatter =
      strict_iso(Builder().parse_case_insensitive().append(iso_local_date()).append_offset_id());
  return formatter;
}

const DateTimeFormatter& DateTimeFormatter::iso_date() {
  static const DateTimeFormatter formatter =
      strict_iso(Builder().parse_case_insensitive().append(iso_local_date()).optional_start().append_offset_id());
  return formatter;
}

const DateTimeFormatter& DateTimeFormatter::iso_local_time() {
  static const DateTimeFormatter formatter = [] {
    Builder builder;
    builder.append_value(FieldId::kHourOfDay, 2).append_literal(":").append_value(FieldId::kMinuteOfHour, 2);
    builder.optional_start().append_literal(":").append_value(FieldId::kSecondOfMinute, 2);
    builder.optional_start().append_fraction(FieldId::kNanoOfSecond, 0, 9, true);
    return builder.to_formatter(Locale::node_default(), ResolverStyle::kStrict, false);
  }();
  return formatter;
}

const DateTimeFormatter& DateTimeFormatter::iso_offset_time() {
  static const DateTimeFormatter formatter = Builder()
                                                 .parse_case_insensitive()
                                                 .append(iso_local_time())
                                                 .append_offset_id()
                                                 .to_formatter(Locale::node_default(), ResolverStyle::kStrict, false);
  return formatter;
}

const DateTimeFormatter& DateTimeFormatter::iso_time() {
  static const DateTimeFormatter formatter = Builder()
                                                 .parse_case_insensitive()
                                                 .append(iso_local_time())
                                                 .optional_start()
                                                 .append_offset_id()
                                                 .to_formatter(Locale::node_default(), ResolverStyle::kStrict, false);
  return formatter;
}

const DateTimeFormatter& DateTimeFormatter::iso_local_date_time() {
  static const DateTimeFormatter formatter = strict_iso(
      Builder().parse_case_insensitive().append(iso_local_date()).append_literal("T").append(iso_local_time()));
  return formatter;
}

const DateTimeFormatter& DateTimeFormatter::iso_offset_date_time() {
  static const DateTimeFormatter formatter = [] {
    Builder builder;
    builder.parse_case_insensitive().append(iso_local_date_time());
    return strict_iso(append_lenient_offset(builder));
  }();
  return formatter;
}

const DateTimeFormatter& DateTimeFormatter::iso_zoned_date_time() {
  static const DateTimeFormatter formatter = [] {
    Builder builder;
    builder.append(iso_offset_date_time()).optional_start().append_literal("[").parse_case_sensitive();
    return strict_iso(builder.append_zone_region_id().append_literal("]"));
  }();
  return formatter;
}

const DateTimeFormatter& DateTimeFormatter::iso_date_time() {
  static const DateTimeFormatter formatter = [] {
    Builder builder;
    builder.append(iso_local_date_time()).optional_start().append_offset_id().optional_start();
    return strict_iso(builder.append_literal("[").parse_case_sensitive().append_zone_region_id().append_literal("]"));
  }();
  return formatter;
}

const DateTimeFormatter& DateTimeFormatter::iso_ordinal_date() {
  static const DateTimeFormatter formatter = [] {
    Builder builder;
    append_year(builder.parse_case_insensitive()).append_literal("-").append_value(FieldId::kDayOfYear, 3);
    return strict_iso(builder.optional_start().append_offset_id());
  }();
  return formatter;
}

const DateTimeFormatter& DateTimeFormatter::iso_week_date() {
  static const DateTimeFormatter formatter = [] {
    Builder builder;
    builder.parse_case_insensitive().append_value(FieldId::kWeekBasedYear, 4, 10, SignStyle::kExceedsPad);
    builder.append_literal("-W").append_value(FieldId::kWeekOfWeekBasedYear, 2).append_literal("-");
    return strict_iso(builder.append_value(FieldId::kDayOfWeek, 1).optional_start().append_offset_id());
  }();
  return formatter;
}

const DateTimeFormatter& DateTimeFormatter::iso_instant() {
  static const DateTimeFormatter formatter = Builder().parse_case_insensitive().append_instant().to_formatter(
      Locale::node_default(), ResolverStyle::kStrict, false);
  return formatter;
}

const DateTimeFormatter& DateTimeFormatter::basic_iso_date() {
  static const DateTimeFormatter formatter = [] {
    Builder builder;
    builder.parse_case_insensitive().append_value(FieldId::kYear, 4).append_value(FieldId::kMonthOfYear, 2);
    builder.append_value(FieldId::kDayOfMonth, 2).optional_start().parse_lenient();
    return strict_iso(builder.append_offset("+HHMMss", "Z").parse_strict());
  }();
  return formatter;
}

const DateTimeFormatter& DateTimeFormatter::rfc_1123_date_time() {
  // English in every locale, so the language is the formatter's own.
  static const DateTimeFormatter formatter = [] {
    Builder builder;
    builder.parse_case_insensitive().parse_lenient().optional_start();
    builder.append_english_text(FieldId::kDayOfWeek).append_literal(", ").optional_end();
    builder.append_value(FieldId::kDayOfMonth, 1, 2, SignStyle::kNotNegative).append_literal(" ");
    builder.append_english_text(FieldId::kMonthOfYear).append_literal(" ");
    builder.append_value(FieldId::kYear, 4).append_literal(" ").append_value(FieldId::kHourOfDay, 2);
    builder.append_literal(":").append_value(FieldId::kMinuteOfHour, 2).optional_start().append_literal(":");
    builder.append_value(FieldId::kSecondOfMinute, 2).optional_end().append_literal(" ");
    return builder.append_offset("+HHMM", "GMT").to_formatter(Locale::node_default(), ResolverStyle::kSmart, true);
  }();
  return formatter;
}

DateTimeFormatter DateTimeFormatter::of_localized_date(FormatStyle style) {
  return Builder().append_localized(&style, nullptr).to_formatter(Locale::node_default(), ResolverStyle::kSmart, true);
}

DateTimeFormatter DateTimeFormatter::of_localized_time(FormatStyle style) {
  return Builder().append_localized(nullptr, &style).to_formatter(Locale::node_default(), ResolverStyle::kSmart, true);
}

DateTimeFormatter DateTimeFormatter::of_localized_date_time(FormatStyle date, FormatStyle time) {
  return Builder().append_localized(&date, &time).to_formatter(Locale::node_default(), ResolverStyle::kSmart, true);
}

std::string DateTimeFormatterBuilder::localized_pattern(const FormatStyle* date, const FormatStyle* time,
                                                        const Locale& locale) {
  // CLDR's; the space before the half of the day is a narrow one that doesn't break.
  static constexpr std::string_view kEnglishDates[] = {"EEEE, MMMM d, y", "MMMM d, y", "MMM d, y", "M/d/yy"};
  static constexpr std::string_view kEnglishTimes[] = {"h:mm:ss\u202fa zzzz", "h:mm:ss\u202fa z", "h:mm:ss\u202fa",
                                                       "h:mm\u202fa"};
  static constexpr std::string_view kBritishDates[] = {"EEEE, d MMMM y", "d MMMM y", "d MMM y", "dd/MM/y"};
  static constexpr std::string_view kRootDates[] = {"y MMMM d, EEEE", "y MMMM d", "y MMM d", "y-MM-dd"};
  static constexpr std::string_view kTimes[] = {"HH:mm:ss zzzz", "HH:mm:ss z", "HH:mm:ss", "HH:mm"};
  if (date == nullptr && time == nullptr) {
    fail(DateTimeError::kIllegalArgument, "Either dateStyle or timeStyle must be non-null");
  }
  const bool plain = locale.is_root() || locale.has_british_texts();
  const auto* dates = locale.is_root() ? kRootDates : (plain ? kBritishDates : kEnglishDates);
  std::string pattern;
  if (date != nullptr) pattern = dates[static_cast<std::size_t>(*date)];
  if (date != nullptr && time != nullptr) pattern.append(locale.is_root() ? " " : ", ");
  if (time != nullptr) pattern.append((plain ? kTimes : kEnglishTimes)[static_cast<std::size_t>(*time)]);
  return pattern;
}

}  // namespace sluice::painless::time
