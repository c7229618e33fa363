// Amounts, zones, fields, units and formatters: what cases may call on them.
#include <stdexcept>

#include "stages/painless/time/format_text.h"
#include "tests/stages/painless/time/binding.h"

namespace sluice::painless::time::testing {
namespace {

void bind_duration() {
  using T = Duration;
  const std::string type = "Duration";
  bind_function(type, "of", &T::of);
  bind_function(type, "ofDays", &T::of_days);
  bind_function(type, "ofHours", &T::of_hours);
  bind_function(type, "ofMinutes", &T::of_minutes);
  bind_static<Long>(type, "ofSeconds", [](Long seconds) { return T::of_seconds(seconds); });
  bind_function(type, "ofSeconds", &T::of_seconds);
  bind_function(type, "ofMillis", &T::of_millis);
  bind_function(type, "ofNanos", &T::of_nanos);
  bind_function(type, "between", &T::between);
  bind_function(type, "parse", &T::parse);
  bind_member(type, "getSeconds", &T::seconds);
  bind_member(type, "getNano", &T::nano);
  bind_member(type, "get", &T::get);
  bind_member(type, "isNegative", &T::is_negative);
  bind_member(type, "isZero", &T::is_zero);
  bind_member(type, "abs", &T::abs);
  bind_member(type, "negated", &T::negated);
  bind_member(type, "multipliedBy", &T::multiplied_by);
  bind_member(type, "dividedBy", &T::divided_by);
  bind_method<T, T>(type, "plus", [](const T& self, const T& other) { return self.plus(other); });
  bind_method<T, T>(type, "minus", [](const T& self, const T& other) { return self.minus(other); });
  bind_method<T, Long, Unit>(type, "plus",
                             [](const T& self, Long amount, Unit unit) { return self.plus(amount, unit); });
  bind_method<T, Long, Unit>(type, "minus",
                             [](const T& self, Long amount, Unit unit) { return self.minus(amount, unit); });
  bind_member(type, "plusDays", &T::plus_days);
  bind_member(type, "plusMillis", &T::plus_millis);
  bind_member(type, "plusNanos", &T::plus_nanos);
  bind_member(type, "minusHours", &T::minus_hours);
  bind_member(type, "withSeconds", &T::with_seconds);
  bind_member(type, "withNanos", &T::with_nanos);
  bind_member(type, "toDays", &T::to_days);
  bind_member(type, "toHours", &T::to_hours);
  bind_member(type, "toMinutes", &T::to_minutes);
  bind_member(type, "toMillis", &T::to_millis);
  bind_member(type, "toNanos", &T::to_nanos);
  bind_member(type, "compareTo", &T::compare_to);
  bind_member(type, "hashCode", &T::hash);
  Methods::all().constant("Duration.ZERO", T::zero());
}

void bind_period() {
  using T = Period;
  const std::string type = "Period";
  bind_function(type, "of", &T::of);
  bind_function(type, "ofYears", &T::of_years);
  bind_function(type, "ofMonths", &T::of_months);
  bind_function(type, "ofWeeks", &T::of_weeks);
  bind_function(type, "ofDays", &T::of_days);
  bind_function(type, "between", &T::between);
  bind_function(type, "parse", &T::parse);
  bind_member(type, "getYears", &T::years);
  bind_member(type, "getMonths", &T::months);
  bind_member(type, "getDays", &T::days);
  bind_member(type, "toTotalMonths", &T::to_total_months);
  bind_member(type, "plus", &T::plus);
  bind_member(type, "minus", &T::minus);
  bind_member(type, "plusDays", &T::plus_days);
  bind_member(type, "minusYears", &T::minus_years);
  bind_member(type, "multipliedBy", &T::multiplied_by);
  bind_member(type, "negated", &T::negated);
  bind_member(type, "normalized", &T::normalized);
  bind_member(type, "hashCode", &T::hash);
  Methods::all().constant("Period.ZERO", T::zero());
}

void bind_zones() {
  bind_static<std::string>("ZoneId", "of", [](const std::string& id) { return ZoneId::of(id); });
  bind_function("ZoneId", "ofOffset", &ZoneId::of_offset);
  bind_static<Temporal>("ZoneId", "from", [](const Temporal& from) { return ZoneId::from(TemporalView(from)); });
  bind_member("ZoneId", "getId", &ZoneId::id);
  bind_member("ZoneId", "normalized", &ZoneId::normalized);
  bind_member("ZoneId", "hashCode", &ZoneId::hash);
  bind_function("ZoneOffset", "of", &ZoneOffset::of);
  bind_function("ZoneOffset", "ofHours", &ZoneOffset::of_hours);
  bind_function("ZoneOffset", "ofHoursMinutes", &ZoneOffset::of_hours_minutes);
  bind_function("ZoneOffset", "ofHoursMinutesSeconds", &ZoneOffset::of_hours_minutes_seconds);
  bind_function("ZoneOffset", "ofTotalSeconds", &ZoneOffset::of_total_seconds);
  bind_static<Temporal>("ZoneOffset", "from",
                        [](const Temporal& from) { return ZoneOffset::from(TemporalView(from)); });
  bind_member("ZoneOffset", "getTotalSeconds", &ZoneOffset::total_seconds);
  bind_member("ZoneOffset", "getId", &ZoneOffset::id);
  bind_member("ZoneOffset", "compareTo", &ZoneOffset::compare_to);
  bind_method<ZoneOffset>("ZoneOffset", "normalized", [](ZoneOffset self) { return self; });
  Methods::all().constant("ZoneOffset.UTC", Temporal(ZoneOffset::utc()));
  Methods::all().constant("ZoneOffset.MIN", Temporal(ZoneOffset::min()));
  Methods::all().constant("ZoneOffset.MAX", Temporal(ZoneOffset::max()));
}

void bind_fields() {
  Methods& all = Methods::all();
  for (int each = 0; each < kChronoFields; ++each) {
    const Field field = static_cast<FieldId>(each);
    all.constant("ChronoField." + std::string(field.name()), field);
  }
  for (int each = 0; each < kChronoUnits; ++each) {
    const auto unit = static_cast<Unit>(each);
    all.constant("ChronoUnit." + std::string(name_of(unit)), unit);
  }
  for (const FieldId each :
       {FieldId::kDayOfQuarter, FieldId::kQuarterOfYear, FieldId::kWeekOfWeekBasedYear, FieldId::kWeekBasedYear}) {
    all.constant("IsoFields." + std::string(Field(each).name()), Field(each));
  }
  all.constant("IsoFields.QUARTER_YEARS", Unit::kQuarterYears);
  all.constant("IsoFields.WEEK_BASED_YEARS", Unit::kWeekBasedYears);
  for (const FieldId each : {FieldId::kJulianDay, FieldId::kModifiedJulianDay, FieldId::kRataDie}) {
    all.constant("JulianFields." + std::string(Field(each).name()), Field(each));
  }
  all.constant("WeekFields.ISO", Week::iso());
  all.constant("WeekFields.SUNDAY_START", Week::sunday_start());
  bind_function("WeekFields", "of", &Week::of);
  bind_static<Locale>("WeekFields", "of", [](const Locale& locale) { return locale.week(); });
  const auto week_field = [](const std::string& name, FieldId id) {
    bind_method<Week>("WeekFields", name, [id](const Week& week) { return week.field(id); });
  };
  week_field("dayOfWeek", FieldId::kLocalDayOfWeek);
  week_field("weekOfMonth", FieldId::kLocalWeekOfMonth);
  week_field("weekOfYear", FieldId::kLocalWeekOfYear);
  week_field("weekOfWeekBasedYear", FieldId::kLocalWeekOfWeekBasedYear);
  week_field("weekBasedYear", FieldId::kLocalWeekBasedYear);
  bind_function("ChronoField", "valueOf", &Field::value_of);
  bind_function("ChronoUnit", "valueOf", &unit_value_of);
  for (const std::string type : {"ChronoField", "TemporalField"}) {
    bind_method<Field>(type, "range", [](Field field) { return field.range(); });
    bind_method<Field>(type, "getBaseUnit", [](Field field) { return field.base_unit(); });
    bind_method<Field>(type, "getRangeUnit", [](Field field) { return field.range_unit(); });
    bind_method<Field>(type, "isDateBased", [](Field field) { return field.is_date_based(); });
    bind_method<Field>(type, "isTimeBased", [](Field field) { return field.is_time_based(); });
    bind_method<Field, Long>(type, "checkValidValue", [](Field field, Long value) { return field.check(value); });
    bind_method<Field, Long>(type, "checkValidIntValue",
                             [](Field field, Long value) { return field.check_int(value); });
  }
  for (const std::string type : {"ChronoUnit", "TemporalUnit"}) {
    bind_method<Unit, Temporal, Temporal>(
        type, "between", [](Unit unit, const Temporal& from, const Temporal& to) { return from.until(to, unit); });
    bind_method<Unit>(type, "getDuration", [](Unit unit) { return duration_of(unit); });
    bind_method<Unit>(type, "isDateBased", [](Unit unit) { return is_date_based(unit); });
    bind_method<Unit>(type, "isTimeBased", [](Unit unit) { return is_time_based(unit); });
  }
  bind_static<Long, Long>("ValueRange", "of", [](Long min, Long max) { return ValueRange::of(min, max); });
  bind_static<Long, Long, Long>("ValueRange", "of",
                                [](Long min, Long small, Long large) { return ValueRange::of(min, small, large); });
  bind_member("ValueRange", "hashCode", &ValueRange::hash);
  bind_member("ValueRange", "isFixed", &ValueRange::is_fixed);
}

void bind_adjusters() {
  const std::string type = "TemporalAdjusters";
  bind_function(type, "firstDayOfMonth", &Adjuster::first_day_of_month);
  bind_function(type, "lastDayOfMonth", &Adjuster::last_day_of_month);
  bind_function(type, "firstDayOfNextMonth", &Adjuster::first_day_of_next_month);
  bind_function(type, "firstDayOfYear", &Adjuster::first_day_of_year);
  bind_function(type, "lastDayOfYear", &Adjuster::last_day_of_year);
  bind_function(type, "firstDayOfNextYear", &Adjuster::first_day_of_next_year);
  bind_function(type, "firstInMonth", &Adjuster::first_in_month);
  bind_function(type, "lastInMonth", &Adjuster::last_in_month);
  bind_function(type, "dayOfWeekInMonth", &Adjuster::day_of_week_in_month);
  bind_function(type, "next", &Adjuster::next);
  bind_function(type, "nextOrSame", &Adjuster::next_or_same);
  bind_function(type, "previous", &Adjuster::previous);
  bind_function(type, "previousOrSame", &Adjuster::previous_or_same);
}

void bind_formatter() {
  using T = DateTimeFormatter;
  const std::string type = "DateTimeFormatter";
  Methods& all = Methods::all();
  bind_static<std::string>(type, "ofPattern", [](const std::string& pattern) { return T::of_pattern(pattern); });
  bind_static<std::string, Locale>(type, "ofPattern", [](const std::string& pattern, const Locale& locale) {
    return T::of_pattern(pattern, locale);
  });
  bind_function(type, "ofLocalizedDate", &T::of_localized_date);
  bind_function(type, "ofLocalizedTime", &T::of_localized_time);
  bind_static<FormatStyle>(type, "ofLocalizedDateTime",
                           [](FormatStyle style) { return T::of_localized_date_time(style); });
  bind_static<FormatStyle, FormatStyle>(type, "ofLocalizedDateTime", [](FormatStyle date, FormatStyle time) {
    return T::of_localized_date_time(date, time);
  });
  const std::pair<const char*, const T& (*)()> constants[] = {
      {"BASIC_ISO_DATE", &T::basic_iso_date},
      {"ISO_DATE", &T::iso_date},
      {"ISO_DATE_TIME", &T::iso_date_time},
      {"ISO_INSTANT", &T::iso_instant},
      {"ISO_LOCAL_DATE", &T::iso_local_date},
      {"ISO_LOCAL_DATE_TIME", &T::iso_local_date_time},
      {"ISO_LOCAL_TIME", &T::iso_local_time},
      {"ISO_OFFSET_DATE", &T::iso_offset_date},
      {"ISO_OFFSET_DATE_TIME", &T::iso_offset_date_time},
      {"ISO_OFFSET_TIME", &T::iso_offset_time},
      {"ISO_ORDINAL_DATE", &T::iso_ordinal_date},
      {"ISO_TIME", &T::iso_time},
      {"ISO_WEEK_DATE", &T::iso_week_date},
      {"ISO_ZONED_DATE_TIME", &T::iso_zoned_date_time},
      {"RFC_1123_DATE_TIME", &T::rfc_1123_date_time},
  };
  for (const auto& [name, make] : constants) all.constant(type + "." + name, make());
  bind_method<T, Temporal>(type, "format", [](const T& self, const Temporal& what) { return self.format(what); });
  bind_method<T, std::shared_ptr<Parsed>>(type, "format",
                                          [](const T& self, const auto& what) { return self.format(*what); });
  bind_method<T, std::string>(
      type, "parse", [](const T& self, const std::string& text) { return std::make_shared<Parsed>(self.parse(text)); });
  bind_method<T, ZoneId>(type, "withZone", [](const T& self, ZoneId zone) { return self.with_zone(zone); });
  bind_member(type, "withLocale", &T::with_locale);
  bind_member(type, "withResolverStyle", &T::with_resolver_style);
  using P = std::shared_ptr<Parsed>;
  bind_method<P, Field>("Parsed", "get", [](const P& self, Field field) { return self->get(field); });
  bind_method<P, Field>("Parsed", "getLong", [](const P& self, Field field) { return self->get_long(field); });
  bind_method<P, Field>("Parsed", "isSupported", [](const P& self, Field field) { return self->is_supported(field); });
  for (const TextStyle each : {TextStyle::kFull, TextStyle::kShort, TextStyle::kNarrow}) {
    all.constant("TextStyle." + std::string(name_of(each)), each);
  }
  for (int each = 0; each < 4; ++each) {
    all.constant("FormatStyle." + std::string(name_of(static_cast<FormatStyle>(each))), static_cast<FormatStyle>(each));
  }
  for (int each = 0; each < 3; ++each) {
    all.constant("ResolverStyle." + std::string(name_of(static_cast<ResolverStyle>(each))),
                 static_cast<ResolverStyle>(each));
  }
  for (int each = 0; each < 5; ++each) {
    all.constant("SignStyle." + std::string(name_of(static_cast<SignStyle>(each))), static_cast<SignStyle>(each));
  }
  all.constant("Locale.ROOT", Locale::root());
  all.constant("Locale.ENGLISH", Locale::english());
  all.constant("Locale.US", Locale::us());
  all.constant("Locale.UK", Locale::uk());
  bind_function("Locale", "forLanguageTag", &Locale::for_language_tag);
  bind_method<Locale>("Locale", "toLanguageTag", [](const Locale& self) { return self.to_language_tag(); });
  bind_method<Month, TextStyle, Locale>(
      "Month", "getDisplayName",
      [](Month month, TextStyle style, const Locale& locale) { return display_name(month, style, locale); });
  bind_method<DayOfWeek, TextStyle, Locale>(
      "DayOfWeek", "getDisplayName",
      [](DayOfWeek day, TextStyle style, const Locale& locale) { return display_name(day, style, locale); });
}

void bind_builder() {
  using B = std::shared_ptr<DateTimeFormatterBuilder>;
  const std::string type = "DateTimeFormatterBuilder";
  bind_static<>(type, "new", [] { return std::make_shared<DateTimeFormatterBuilder>(); });
  const auto step = [&type]<typename... A>(const std::string& name, auto call) {
    bind_method<B, A...>(type, name, [call](const B& self, const A&... arguments) {
      call(*self, arguments...);
      return self;
    });
  };
  using D = DateTimeFormatterBuilder;
  step.template operator()<>("parseCaseInsensitive", [](D& self) { self.parse_case_insensitive(); });
  step.template operator()<>("parseLenient", [](D& self) { self.parse_lenient(); });
  step.template operator()<>("optionalStart", [](D& self) { self.optional_start(); });
  step.template operator()<>("optionalEnd", [](D& self) { self.optional_end(); });
  step.template operator()<>("appendInstant", [](D& self) { self.append_instant(); });
  step.template operator()<>("appendOffsetId", [](D& self) { self.append_offset_id(); });
  step.template operator()<>("appendZoneId", [](D& self) { self.append_zone_id(); });
  step.template operator()<>("appendZoneOrOffsetId", [](D& self) { self.append_zone_or_offset_id(); });
  step.template operator()<>("appendChronologyId", [](D& self) { self.append_chronology_id(); });
  step.template operator()<Int>("appendInstant", [](D& self, Int digits) { self.append_instant(digits); });
  step.template operator()<std::string>("appendPattern",
                                        [](D& self, const std::string& pattern) { self.append_pattern(pattern); });
  step.template operator()<std::string>("appendLiteral",
                                        [](D& self, const std::string& text) { self.append_literal(text); });
  step.template operator()<std::string, std::string>(
      "appendOffset",
      [](D& self, const std::string& pattern, const std::string& zero) { self.append_offset(pattern, zero); });
  step.template operator()<Field>("appendValue", [](D& self, Field field) { self.append_value(field); });
  step.template operator()<Field, Int>("appendValue",
                                       [](D& self, Field field, Int width) { self.append_value(field, width); });
  step.template operator()<Field, Int, Int, SignStyle>(
      "appendValue",
      [](D& self, Field field, Int least, Int most, SignStyle sign) { self.append_value(field, least, most, sign); });
  step.template operator()<Field, Int, Int, Int>(
      "appendValueReduced",
      [](D& self, Field field, Int width, Int most, Int base) { self.append_value_reduced(field, width, most, base); });
  step.template operator()<Field, Int, Int, bool>(
      "appendFraction",
      [](D& self, Field field, Int least, Int most, bool point) { self.append_fraction(field, least, most, point); });
  step.template operator()<Field>("appendText", [](D& self, Field field) { self.append_text(field); });
  step.template operator()<Field, TextStyle>(
      "appendText", [](D& self, Field field, TextStyle style) { self.append_text(field, style); });
  step.template operator()<Field, Long>("parseDefaulting",
                                        [](D& self, Field field, Long value) { self.parse_defaulting(field, value); });
  step.template operator()<Int>("padNext", [](D& self, Int width) { self.pad_next(width); });
  step.template operator()<DateTimeFormatter>("append",
                                              [](D& self, const DateTimeFormatter& other) { self.append(other); });
  step.template operator()<DateTimeFormatter>(
      "appendOptional", [](D& self, const DateTimeFormatter& other) { self.append_optional(other); });
  bind_method<B>(type, "toFormatter", [](const B& self) { return self->to_formatter(); });
  bind_method<B, Locale>(type, "toFormatter",
                         [](const B& self, const Locale& locale) { return self->to_formatter(locale); });
}

}  // namespace

void bind_amounts() {
  bind_duration();
  bind_period();
  bind_zones();
  bind_fields();
  bind_adjusters();
}

void bind_formatters() {
  bind_formatter();
  bind_builder();
}

Methods& Methods::all() {
  static Methods methods;
  return methods;
}

namespace {

struct TypeName {
  std::string operator()(std::monostate) const { return "null"; }
  std::string operator()(bool) const { return "Boolean"; }
  std::string operator()(Int) const { return "Integer"; }
  std::string operator()(Long) const { return "Long"; }
  std::string operator()(const std::string&) const { return "String"; }
  std::string operator()(const Temporal& temporal) const {
    return std::string(temporal.type_name().substr(temporal.type_name().rfind('.') + 1));
  }
  std::string operator()(const Duration&) const { return "Duration"; }
  std::string operator()(const Period&) const { return "Period"; }
  std::string operator()(ZoneId) const { return "ZoneId"; }
  std::string operator()(Field) const { return "ChronoField"; }
  std::string operator()(Unit) const { return "ChronoUnit"; }
  std::string operator()(const ValueRange&) const { return "ValueRange"; }
  std::string operator()(const Week&) const { return "WeekFields"; }
  std::string operator()(const Locale&) const { return "Locale"; }
  std::string operator()(const DateTimeFormatter&) const { return "DateTimeFormatter"; }
  std::string operator()(const std::shared_ptr<Parsed>&) const { return "Parsed"; }
  std::string operator()(const std::shared_ptr<DateTimeFormatterBuilder>&) const { return "DateTimeFormatterBuilder"; }
  std::string operator()(const std::shared_ptr<Any>& any) const { return any->type; }
  template <typename T>
  std::string operator()(const T&) const {
    return "Enum";
  }
};

struct JavaText {
  std::string operator()(std::monostate) const { return "null"; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(Int value) const { return std::to_string(value); }
  std::string operator()(Long value) const { return std::to_string(value); }
  std::string operator()(const std::string& value) const { return value; }
  std::string operator()(Unit unit) const { return std::string(time::to_string(unit)); }
  std::string operator()(const std::shared_ptr<Parsed>& parsed) const { return parsed->to_string(); }
  std::string operator()(const std::shared_ptr<Any>& any) const { return any->to_string(); }
  template <typename T>
  std::string operator()(const T& value) const {
    if constexpr (requires { value.to_string(); }) {
      return value.to_string();
    } else if constexpr (requires { name_of(value); }) {
      return std::string(name_of(value));
    } else {
      throw std::runtime_error("no text for this value");
    }
  }
};

}  // namespace

std::string to_java_text(const Value& value) { return std::visit(JavaText(), value); }

std::string type_of(const Value& value) { return std::visit(TypeName(), value); }

}  // namespace sluice::painless::time::testing
