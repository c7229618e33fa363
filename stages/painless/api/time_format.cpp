#include "stages/painless/api/families.h"
#include "stages/painless/api/locale_natives.h"
#include "stages/painless/api/time_natives.h"

namespace sluice::painless::api {

namespace {

Value chronology(Machine& machine, const Value* args) {
  return object<TimeObject<time::DateTimeFormatter>>(args[0]).value.has_chronology() ? make(machine, IsoChronology())
                                                                                     : Value::null();
}
Value zone(Machine& machine, const Value* args) {
  const auto& found = object<TimeObject<time::DateTimeFormatter>>(args[0]).value.zone();
  return found ? make(machine, *found) : Value::null();
}
Value with_zone(Machine& machine, const Value* args) {
  return call<[](Machine& with, const time::DateTimeFormatter& by, const Value& zone) {
    return by.with_zone(zone.is_null() ? std::nullopt : std::optional(argument<time::ZoneId>(with, zone)));
  }>(machine, args);
}

/// An exception of the script as one of C++, for the formatter to tell.
[[noreturn]] void rethrow(const Throwable& thrown) {
  time::DateTimeError error;
  for (int kind = time::DateTimeError::kDateTime; kind <= time::DateTimeError::kClassCast; ++kind) {
    const auto each = static_cast<time::DateTimeError::Kind>(kind);
    if (time::java_class(each) == thrown.type->java_name) error.kind = each;
  }
  error.message = thrown.message == nullptr ? "null" : std::string(thrown.message->text());
  throw error;
}

/// An exception of the query becomes what the text could not be parsed for, as Java has it.
Value parse_as(Machine& machine, const Value* args) {
  return call<[](Machine& with, const time::DateTimeFormatter& by, std::string_view text, const Value& query) {
    if (query.is_null()) fail_null("query");
    return by.parse(text, [&](const time::Parsed& parsed) {
      const Value asked[] = {query, make(with, parsed)};
      const Value answer = query_from(with, asked);
      const Throwable* thrown = answer.is_error() ? with.catch_exception() : nullptr;
      if (thrown != nullptr) rethrow(*thrown);
      return answer;
    });
  }>(machine, args);
}

/// The first query that has an answer.
Value parse_best(Machine& machine, const Value* args) {
  return call<[](Machine& with, const time::DateTimeFormatter& by, std::string_view text, const Value& queries) {
    if (queries.is_null()) fail_null("queries");
    const auto& all = object<Array>(queries);
    if (all.length < 2) time::fail(time::DateTimeError::kIllegalArgument, "At least two queries must be specified");
    return by.parse(text, [&](const time::Parsed& parsed) {
      for (std::uint32_t each = 0; each < all.length; ++each) {
        const Value asked[] = {all.items[each], make(with, parsed)};
        const Value answer = query_from(with, asked);
        if (!answer.is_error() || with.catch_exception() == nullptr) return answer;
      }
      time::fail("Unable to convert temporal accessor using any of the specified queries");
    });
  }>(machine, args);
}

Value with_resolver_fields(Machine& machine, const Value* args) {
  return call<[](Machine& with, const time::DateTimeFormatter& by, const Value& set) {
    if (set.is_null()) return make(with, by.with_resolver_fields(std::nullopt));
    std::vector<time::Field> fields;
    const bool walked = for_each(with, set, [&](const Value& item) {
      if (!item.is_null()) fields.push_back(object<TimeObject<time::Field>>(item).value);
      return true;
    });
    return walked ? make(with, by.with_resolver_fields(std::move(fields))) : Value::error();
  }>(machine, args);
}

constexpr MethodRow kDateTimeFormatter[] = {
    {"const DateTimeFormatter BASIC_ISO_DATE", call<&time::DateTimeFormatter::basic_iso_date>, "A format of ISO 8601.",
     "DateTimeFormatter.BASIC_ISO_DATE.format(ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]'))",
     "20200228+0100"},
    {"const DateTimeFormatter ISO_DATE", call<&time::DateTimeFormatter::iso_date>, "A format of ISO 8601.",
     "DateTimeFormatter.ISO_DATE.format(ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]'))",
     "2020-02-28+01:00"},
    {"const DateTimeFormatter ISO_DATE_TIME", call<&time::DateTimeFormatter::iso_date_time>, "A format of ISO 8601.",
     "DateTimeFormatter.ISO_DATE_TIME.format(ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]'))",
     "2020-02-28T13:05:09+01:00[Europe/Paris]"},
    {"const DateTimeFormatter ISO_INSTANT", call<&time::DateTimeFormatter::iso_instant>, "A format of ISO 8601.",
     "DateTimeFormatter.ISO_INSTANT.format(ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]'))",
     "2020-02-28T12:05:09Z"},
    {"const DateTimeFormatter ISO_LOCAL_DATE", call<&time::DateTimeFormatter::iso_local_date>, "A format of ISO 8601.",
     "DateTimeFormatter.ISO_LOCAL_DATE.format(ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]'))",
     "2020-02-28"},
    {"const DateTimeFormatter ISO_LOCAL_DATE_TIME", call<&time::DateTimeFormatter::iso_local_date_time>,
     "A format of ISO 8601.",
     "DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]'))",
     "2020-02-28T13:05:09"},
    {"const DateTimeFormatter ISO_LOCAL_TIME", call<&time::DateTimeFormatter::iso_local_time>, "A format of ISO 8601.",
     "DateTimeFormatter.ISO_LOCAL_TIME.format(ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]'))",
     "13:05:09"},
    {"const DateTimeFormatter ISO_OFFSET_DATE", call<&time::DateTimeFormatter::iso_offset_date>,
     "A format of ISO 8601.",
     "DateTimeFormatter.ISO_OFFSET_DATE.format(ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]'))",
     "2020-02-28+01:00"},
    {"const DateTimeFormatter ISO_OFFSET_DATE_TIME", call<&time::DateTimeFormatter::iso_offset_date_time>,
     "A format of ISO 8601.",
     "DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]'))",
     "2020-02-28T13:05:09+01:00"},
    {"const DateTimeFormatter ISO_OFFSET_TIME", call<&time::DateTimeFormatter::iso_offset_time>,
     "A format of ISO 8601.",
     "DateTimeFormatter.ISO_OFFSET_TIME.format(ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]'))",
     "13:05:09+01:00"},
    {"const DateTimeFormatter ISO_ORDINAL_DATE", call<&time::DateTimeFormatter::iso_ordinal_date>,
     "A format of ISO 8601.",
     "DateTimeFormatter.ISO_ORDINAL_DATE.format(ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]'))",
     "2020-059+01:00"},
    {"const DateTimeFormatter ISO_TIME", call<&time::DateTimeFormatter::iso_time>, "A format of ISO 8601.",
     "DateTimeFormatter.ISO_TIME.format(ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]'))",
     "13:05:09+01:00"},
    {"const DateTimeFormatter ISO_WEEK_DATE", call<&time::DateTimeFormatter::iso_week_date>, "A format of ISO 8601.",
     "DateTimeFormatter.ISO_WEEK_DATE.format(ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]'))",
     "2020-W09-5+01:00"},
    {"const DateTimeFormatter ISO_ZONED_DATE_TIME", call<&time::DateTimeFormatter::iso_zoned_date_time>,
     "A format of ISO 8601.",
     "DateTimeFormatter.ISO_ZONED_DATE_TIME.format(ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]'))",
     "2020-02-28T13:05:09+01:00[Europe/Paris]"},
    {"const DateTimeFormatter RFC_1123_DATE_TIME", call<&time::DateTimeFormatter::rfc_1123_date_time>,
     "A format of RFC 1123.",
     "DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.parse('2020-02-28T13:05:09+01:00[Europe/Paris]'))",
     "Fri, 28 Feb 2020 13:05:09 +0100"},
    {"String format(TemporalAccessor)",
     call<[](const time::DateTimeFormatter& by, const time::Accessor& of) { return by.format(of); }>,
     "The text of a date or time.", "DateTimeFormatter.ofPattern('dd/MM/uuuu').format(LocalDate.of(2020, 2, 28))",
     "28/02/2020"},
    {"Chronology getChronology()", chronology, "The calendar, where it has one.",
     "DateTimeFormatter.ISO_DATE.getChronology()", "ISO"},
    {"Locale getLocale()", call<&time::DateTimeFormatter::locale>, "The language of its names.",
     "DateTimeFormatter.ofPattern('uuuu', Locale.UK).getLocale()", "en_GB"},
    {"ResolverStyle getResolverStyle()", call<&time::DateTimeFormatter::resolver_style>,
     "How it makes dates of fields.", "DateTimeFormatter.ofPattern('dd/MM/uuuu').getResolverStyle()", "SMART"},
    {"ZoneId getZone()", zone, "The zone that it was given.",
     "DateTimeFormatter.ofPattern('dd/MM/uuuu').withZone(ZoneId.of('Europe/Paris')).getZone()", "Europe/Paris"},
    {"TemporalAccessor parse(CharSequence)",
     call<[](const time::DateTimeFormatter& by, std::string_view text) { return by.parse(text); }>, "What a text says.",
     "DateTimeFormatter.ofPattern('dd/MM/uuuu').parse('28/02/2020')", "{},ISO resolved to 2020-02-28"},
    {"def parse(CharSequence,TemporalQuery)", parse_as, "What a query makes of what a text says.",
     "DateTimeFormatter.ofPattern('dd/MM/uuuu').parse('28/02/2020', LocalDate::from)", "2020-02-28"},
    {"TemporalAccessor parseBest(CharSequence,TemporalQuery[])", parse_best,
     "What the first query that can makes of it.",
     "DateTimeFormatter.ofPattern('uuuu-MM-dd[ HH:mm]').parseBest('2020-02-28', new TemporalQuery[] "
     "{TemporalQueries.localDate(), TemporalQueries.localTime()})",
     "2020-02-28"},
    {"DateTimeFormatter withResolverFields(Set)", with_resolver_fields, "The same, making dates of these fields only.",
     "DateTimeFormatter.ISO_WEEK_DATE.withResolverFields(null).parse('2020-W09-5')", "{},ISO resolved to 2020-02-28"},
    {"DateTimeFormatter withLocale(Locale)", call<&time::DateTimeFormatter::with_locale>,
     "The same in another language.", "DateTimeFormatter.ofPattern('dd/MM/uuuu').withLocale(Locale.UK).getLocale()",
     "en_GB"},
    {"DateTimeFormatter withResolverStyle(ResolverStyle)", call<&time::DateTimeFormatter::with_resolver_style>,
     "The same, making dates otherwise.",
     "DateTimeFormatter.ofPattern('dd/MM/uuuu').withResolverStyle(ResolverStyle.STRICT).parse('30/02/2020')",
     "date_time_parse_exception: Text '30/02/2020' could not be parsed: Invalid date 'FEBRUARY 30' <- "
     "date_time_exception: Invalid date 'FEBRUARY 30'"},
    {"DateTimeFormatter withZone(ZoneId)", with_zone, "The same with a zone for texts and moments that have none.",
     "DateTimeFormatter.ofPattern('dd/MM/uuuu').withZone(ZoneId.of('Europe/Paris')).format(Instant.EPOCH)",
     "01/01/1970"},
    {"static DateTimeFormatter ofLocalizedDate(FormatStyle)", call<&time::DateTimeFormatter::of_localized_date>,
     "Dates as they are written.",
     "DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).format(LocalDate.of(2020, 2, 28))", "February 28, 2020"},
    {"static DateTimeFormatter ofLocalizedTime(FormatStyle)", call<&time::DateTimeFormatter::of_localized_time>,
     "Times as they are written.", "DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)", "Localized(,SHORT)"},
    {"static DateTimeFormatter ofLocalizedDateTime(FormatStyle)",
     call<[](time::FormatStyle style) { return time::DateTimeFormatter::of_localized_date_time(style); }>,
     "Dates and times as they are written.", "DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)",
     "Localized(MEDIUM,MEDIUM)"},
    {"static DateTimeFormatter ofLocalizedDateTime(FormatStyle,FormatStyle)",
     call<[](time::FormatStyle date, time::FormatStyle clock) {
       return time::DateTimeFormatter::of_localized_date_time(date, clock);
     }>,
     "Dates and times as they are written.",
     "DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)", "Localized(MEDIUM,SHORT)"},
    {"static DateTimeFormatter ofPattern(String)",
     call<[](std::string_view pattern) { return time::DateTimeFormatter::of_pattern(pattern); }>,
     "Of a pattern of letters.", "DateTimeFormatter.ofPattern('b')",
     "illegal_argument_exception: Unknown pattern letter: b"},
    {"static DateTimeFormatter ofPattern(String,Locale)",
     call<[](std::string_view pattern, const time::Locale& locale) {
       return time::DateTimeFormatter::of_pattern(pattern, locale);
     }>,
     "Of a pattern of letters, in a language.",
     "DateTimeFormatter.ofPattern('d MMM uuuu', Locale.ENGLISH).format(LocalDate.of(2020, 2, 28))", "28 Feb 2020"},
};

constexpr MethodRow kTextStyle[] = {
    {"const TextStyle FULL", constant<time::TextStyle::kFull>, "The style FULL.", "TextStyle.FULL", "FULL"},
    {"const TextStyle FULL_STANDALONE", constant<time::TextStyle::kFullStandalone>, "The style FULL_STANDALONE.",
     "TextStyle.FULL_STANDALONE", "FULL_STANDALONE"},
    {"const TextStyle SHORT", constant<time::TextStyle::kShort>, "The style SHORT.", "TextStyle.SHORT", "SHORT"},
    {"const TextStyle SHORT_STANDALONE", constant<time::TextStyle::kShortStandalone>, "The style SHORT_STANDALONE.",
     "TextStyle.SHORT_STANDALONE", "SHORT_STANDALONE"},
    {"const TextStyle NARROW", constant<time::TextStyle::kNarrow>, "The style NARROW.", "TextStyle.NARROW", "NARROW"},
    {"const TextStyle NARROW_STANDALONE", constant<time::TextStyle::kNarrowStandalone>, "The style NARROW_STANDALONE.",
     "TextStyle.NARROW_STANDALONE", "NARROW_STANDALONE"},
    {"TextStyle asNormal()", call<[](time::TextStyle of) { return time::as_normal(of); }>, "The style within a text.",
     "TextStyle.FULL.asNormal()", "FULL"},
    {"TextStyle asStandalone()", call<[](time::TextStyle of) { return time::as_standalone(of); }>,
     "The style on its own.", "TextStyle.FULL.asStandalone()", "FULL_STANDALONE"},
    {"boolean isStandalone()", call<[](time::TextStyle of) { return time::is_standalone(of); }>,
     "Whether the name stands on its own.", "TextStyle.FULL.isStandalone()", "false"},
    {"static TextStyle valueOf(String)", call<&time::text_style_value_of>, "The one of a name.",
     "TextStyle.valueOf('FULL')", "FULL"},
    {"static TextStyle[] values()", enum_values<time::TextStyle, 0, 6>, "All of them.", "TextStyle.values().length",
     "6"},
};

constexpr MethodRow kFormatStyle[] = {
    {"const FormatStyle FULL", constant<time::FormatStyle::kFull>, "The style FULL.", "FormatStyle.FULL", "FULL"},
    {"const FormatStyle LONG", constant<time::FormatStyle::kLong>, "The style LONG.", "FormatStyle.LONG", "LONG"},
    {"const FormatStyle MEDIUM", constant<time::FormatStyle::kMedium>, "The style MEDIUM.", "FormatStyle.MEDIUM",
     "MEDIUM"},
    {"const FormatStyle SHORT", constant<time::FormatStyle::kShort>, "The style SHORT.", "FormatStyle.SHORT", "SHORT"},
    {"static FormatStyle valueOf(String)", call<&time::format_style_value_of>, "The one of a name.",
     "FormatStyle.valueOf('FULL')", "FULL"},
    {"static FormatStyle[] values()", enum_values<time::FormatStyle, 0, 4>, "All of them.",
     "FormatStyle.values().length", "4"},
};

constexpr MethodRow kResolverStyle[] = {
    {"const ResolverStyle STRICT", constant<time::ResolverStyle::kStrict>, "The style STRICT.", "ResolverStyle.STRICT",
     "STRICT"},
    {"const ResolverStyle SMART", constant<time::ResolverStyle::kSmart>, "The style SMART.", "ResolverStyle.SMART",
     "SMART"},
    {"const ResolverStyle LENIENT", constant<time::ResolverStyle::kLenient>, "The style LENIENT.",
     "ResolverStyle.LENIENT", "LENIENT"},
    {"static ResolverStyle valueOf(String)", call<&time::resolver_style_value_of>, "The one of a name.",
     "ResolverStyle.valueOf('STRICT')", "STRICT"},
    {"static ResolverStyle[] values()", enum_values<time::ResolverStyle, 0, 3>, "All of them.",
     "ResolverStyle.values().length", "3"},
};

constexpr MethodRow kSignStyle[] = {
    {"const SignStyle NORMAL", constant<time::SignStyle::kNormal>, "The style NORMAL.", "SignStyle.NORMAL", "NORMAL"},
    {"const SignStyle ALWAYS", constant<time::SignStyle::kAlways>, "The style ALWAYS.", "SignStyle.ALWAYS", "ALWAYS"},
    {"const SignStyle NEVER", constant<time::SignStyle::kNever>, "The style NEVER.", "SignStyle.NEVER", "NEVER"},
    {"const SignStyle NOT_NEGATIVE", constant<time::SignStyle::kNotNegative>, "The style NOT_NEGATIVE.",
     "SignStyle.NOT_NEGATIVE", "NOT_NEGATIVE"},
    {"const SignStyle EXCEEDS_PAD", constant<time::SignStyle::kExceedsPad>, "The style EXCEEDS_PAD.",
     "SignStyle.EXCEEDS_PAD", "EXCEEDS_PAD"},
    {"static SignStyle valueOf(String)", call<&time::sign_style_value_of>, "The one of a name.",
     "SignStyle.valueOf('NORMAL')", "NORMAL"},
    {"static SignStyle[] values()", enum_values<time::SignStyle, 0, 5>, "All of them.", "SignStyle.values().length",
     "5"},
};

constexpr MethodRow kLocale[] = {
    {"const Locale ROOT", call<[]() { return time::Locale(); }>, "None.", "Locale.ROOT", ""},
    {"const Locale ENGLISH", call<[]() { return time::Locale("en"); }>, "English.", "Locale.ENGLISH", "en"},
    {"const Locale US", call<[]() { return time::Locale("en", "US"); }>, "English of the USA.", "Locale.US", "en_US"},
    {"const Locale UK", call<[]() { return time::Locale("en", "GB"); }>, "British English.", "Locale.UK", "en_GB"},
    {"const Locale CANADA", call<[]() { return time::Locale("en", "CA"); }>, "English of Canada.", "Locale.CANADA",
     "en_CA"},
    {"const Locale FRENCH", call<[]() { return time::Locale("fr"); }>, "French.", "Locale.FRENCH", "fr"},
    {"const Locale FRANCE", call<[]() { return time::Locale("fr", "FR"); }>, "French of France.", "Locale.FRANCE",
     "fr_FR"},
    {"const Locale GERMAN", call<[]() { return time::Locale("de"); }>, "German.", "Locale.GERMAN", "de"},
    {"const Locale GERMANY", call<[]() { return time::Locale("de", "DE"); }>, "German of Germany.", "Locale.GERMANY",
     "de_DE"},
    {"const Locale ITALIAN", call<[]() { return time::Locale("it"); }>, "Italian.", "Locale.ITALIAN", "it"},
    {"const Locale ITALY", call<[]() { return time::Locale("it", "IT"); }>, "Italian of Italy.", "Locale.ITALY",
     "it_IT"},
    {"const Locale JAPANESE", call<[]() { return time::Locale("ja"); }>, "Japanese.", "Locale.JAPANESE", "ja"},
    {"const Locale JAPAN", call<[]() { return time::Locale("ja", "JP"); }>, "Japanese of Japan.", "Locale.JAPAN",
     "ja_JP"},
    {"const Locale KOREAN", call<[]() { return time::Locale("ko"); }>, "Korean.", "Locale.KOREAN", "ko"},
    {"const Locale KOREA", call<[]() { return time::Locale("ko", "KR"); }>, "Korean of Korea.", "Locale.KOREA",
     "ko_KR"},
    {"const Locale CHINESE", call<[]() { return time::Locale("zh"); }>, "Chinese.", "Locale.CHINESE", "zh"},
    {"const Locale CHINA", call<[]() { return time::Locale("zh", "CN"); }>, "Chinese of China.", "Locale.CHINA",
     "zh_CN"},
    {"const Locale CANADA_FRENCH", call<[]() { return time::Locale("fr", "CA"); }>, "French of Canada.",
     "Locale.CANADA_FRENCH", "fr_CA"},
    {"const Locale PRC", call<[]() { return time::Locale("zh", "CN"); }>, "Chinese of China.", "Locale.PRC", "zh_CN"},
    {"const Locale SIMPLIFIED_CHINESE", call<[]() { return time::Locale("zh", "CN"); }>, "Chinese of China.",
     "Locale.SIMPLIFIED_CHINESE", "zh_CN"},
    {"const Locale TAIWAN", call<[]() { return time::Locale("zh", "TW"); }>, "Chinese of Taiwan.", "Locale.TAIWAN",
     "zh_TW"},
    {"const Locale TRADITIONAL_CHINESE", call<[]() { return time::Locale("zh", "TW"); }>, "Chinese of Taiwan.",
     "Locale.TRADITIONAL_CHINESE", "zh_TW"},
    {"const char PRIVATE_USE_EXTENSION", [](Machine&, const Value*) { return Value::of_char('x'); },
     "What private extensions begin with.", "Locale.PRIVATE_USE_EXTENSION", "x"},
    {"const char UNICODE_LOCALE_EXTENSION", [](Machine&, const Value*) { return Value::of_char('u'); },
     "What Unicode's extensions begin with.", "Locale.UNICODE_LOCALE_EXTENSION", "u"},
    {"new(String,String,String)",
     call<[](std::string_view language, std::string_view country, std::string_view variant) {
       return time::Locale(language, country, variant);
     }>,
     "Of a language, a country and a variant.", "new Locale('en', 'US', 'POSIX')", "en_US_POSIX"},
    {"static Locale getDefault(Locale.Category)", default_locale, "The one that servers run in.",
     "Locale.getDefault(Locale.Category.DISPLAY)", "en"},
    {"static Locale[] getAvailableLocales()", available_locales, "All that ICU knows.",
     "Locale.getAvailableLocales().length > 100", "true"},
    {"static String[] getISOCountries()", iso_countries, "All codes of countries.", "Locale.getISOCountries()[0]",
     "AD"},
    {"static String[] getISOLanguages()", iso_languages, "All codes of languages of two letters.",
     "Locale.getISOLanguages()[0]", "aa"},
    {"new(String)", call<[](std::string_view language) { return time::Locale(language); }>, "Of a language.",
     "new Locale('en')", "en"},
    {"new(String,String)",
     call<[](std::string_view language, std::string_view country) { return time::Locale(language, country); }>,
     "Of a language and a country.", "new Locale('en', 'gb')", "en_GB"},
    {"String getLanguage()", call<&time::Locale::language>, "The language.", "Locale.UK.getLanguage()", "en"},
    {"String getCountry()", call<&time::Locale::country>, "The country.", "Locale.UK.getCountry()", "GB"},
    {"String getScript()", call<&time::Locale::script>, "The script.", "Locale.UK.getScript()", ""},
    {"String getVariant()", call<&time::Locale::variant>, "The variant.", "Locale.UK.getVariant()", ""},
    {"String toLanguageTag()", call<&time::Locale::to_language_tag>, "The tag of BCP 47.", "Locale.UK.toLanguageTag()",
     "en-GB"},
    {"static Locale forLanguageTag(String)", call<&time::Locale::for_language_tag>, "Reads a tag of BCP 47.",
     "Locale.forLanguageTag('en-GB')", "en_GB"},
    {"static Locale getDefault()", call<&time::Locale::node_default>, "The one that servers run in.",
     "Locale.getDefault()", "en"},
};

constexpr ClassRow kRows[] = {
    {"java.time.format.DateTimeFormatter", "", "What writes and reads dates and times.", kDateTimeFormatter},
    {"java.time.format.TextStyle", "Enum", "How long a name is.", kTextStyle},
    {"java.time.format.FormatStyle", "Enum", "How long a date is.", kFormatStyle},
    {"java.time.format.ResolverStyle", "Enum", "How dates are made of fields.", kResolverStyle},
    {"java.time.format.SignStyle", "Enum", "How signs are written.", kSignStyle},
    {"java.util.Locale", "java.util.LocaleMore", "A language and a country.", kLocale},
};

}  // namespace

std::span<const ClassRow> time_format_family() { return kRows; }

}  // namespace sluice::painless::api
