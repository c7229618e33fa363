// java.time's values: what cases may call on them.
#include "tests/stages/painless/time/binding.h"

namespace sluice::painless::time::testing {
namespace {

/// What all Temporals have.
template <typename T>
void bind_temporal(const std::string& type) {
  bind_method<T, Field>(type, "isSupported", [](const T& self, Field field) { return self.is_supported(field); });
  bind_method<T, Unit>(type, "isSupported", [](const T& self, Unit unit) { return self.is_supported(unit); });
  bind_method<T, Field, Long>(type, "with",
                              [](const T& self, Field field, Long value) { return self.with(field, value); });
  bind_method<T, Temporal>(type, "with", [](const T& self, const Temporal& by) { return adjust(self, by); });
  bind_method<T, Adjuster>(type, "with", [](const T& self, const Adjuster& by) { return by.adjust(self); });
  bind_method<T, Long, Unit>(type, "plus",
                             [](const T& self, Long amount, Unit unit) { return self.plus(amount, unit); });
  bind_method<T, Long, Unit>(type, "minus",
                             [](const T& self, Long amount, Unit unit) { return self.minus(amount, unit); });
  bind_method<T, Amount>(type, "plus", [](const T& self, const Amount& amount) { return plus_amount(self, amount); });
  bind_method<T, Amount>(type, "minus", [](const T& self, const Amount& amount) { return minus_amount(self, amount); });
  bind_method<T, Temporal, Unit>(
      type, "until", [](const T& self, const Temporal& end, Unit unit) { return Temporal(self).until(end, unit); });
}

template <typename T>
void bind_accessor(const std::string& type) {
  bind_method<T, Field>(type, "get", [](const T& self, Field field) { return Temporal(self).get(field); });
  bind_method<T, Field>(type, "getLong", [](const T& self, Field field) { return Temporal(self).get_long(field); });
  bind_method<T, Field>(type, "range", [](const T& self, Field field) { return Temporal(self).range(field); });
  bind_method<T>(type, "hashCode", [](const T& self) { return Temporal(self).hash(); });
  bind_static<Temporal>(type, "from", [](const Temporal& from) { return T::from(TemporalView(from)); });
  bind_static<std::shared_ptr<Parsed>>(type, "from", [](const auto& from) { return T::from(*from); });
}

template <typename T>
void bind_order(const std::string& type) {
  bind_method<T, T>(type, "compareTo", [](const T& self, const T& other) { return self.compare_to(other); });
  bind_method<T, T>(type, "isAfter", [](const T& self, const T& other) { return self.is_after(other); });
  bind_method<T, T>(type, "isBefore", [](const T& self, const T& other) { return self.is_before(other); });
}

template <typename T>
void bind_text(const std::string& type) {
  bind_static<std::string>(type, "parse", [](const std::string& text) { return T::parse(text); });
  bind_static<std::string, DateTimeFormatter>(
      type, "parse", [](const std::string& text, const DateTimeFormatter& by) { return T::parse(text, by); });
  bind_method<T, DateTimeFormatter>(type, "format",
                                    [](const T& self, const DateTimeFormatter& by) { return self.format(by); });
}

template <typename T>
void bind_date_parts(const std::string& type) {
  bind_member(type, "getYear", &T::year);
  bind_member(type, "getMonthValue", &T::month_value);
  bind_member(type, "getMonth", &T::month);
  bind_member(type, "getDayOfMonth", &T::day_of_month);
  bind_member(type, "getDayOfYear", &T::day_of_year);
  bind_member(type, "getDayOfWeek", &T::day_of_week);
  bind_member(type, "withYear", &T::with_year);
  bind_member(type, "withMonth", &T::with_month);
  bind_member(type, "withDayOfMonth", &T::with_day_of_month);
  bind_member(type, "withDayOfYear", &T::with_day_of_year);
  bind_member(type, "plusYears", &T::plus_years);
  bind_member(type, "plusMonths", &T::plus_months);
  bind_member(type, "plusWeeks", &T::plus_weeks);
  bind_member(type, "plusDays", &T::plus_days);
  bind_member(type, "minusYears", &T::minus_years);
  bind_member(type, "minusMonths", &T::minus_months);
  bind_member(type, "minusWeeks", &T::minus_weeks);
  bind_member(type, "minusDays", &T::minus_days);
}

template <typename T>
void bind_time_parts(const std::string& type) {
  bind_member(type, "getHour", &T::hour);
  bind_member(type, "getMinute", &T::minute);
  bind_member(type, "getSecond", &T::second);
  bind_member(type, "getNano", &T::nano);
  bind_member(type, "withHour", &T::with_hour);
  bind_member(type, "withMinute", &T::with_minute);
  bind_member(type, "withSecond", &T::with_second);
  bind_member(type, "withNano", &T::with_nano);
  bind_member(type, "plusHours", &T::plus_hours);
  bind_member(type, "plusMinutes", &T::plus_minutes);
  bind_member(type, "plusSeconds", &T::plus_seconds);
  bind_member(type, "plusNanos", &T::plus_nanos);
  bind_member(type, "minusHours", &T::minus_hours);
  bind_member(type, "minusMinutes", &T::minus_minutes);
  bind_member(type, "minusSeconds", &T::minus_seconds);
  bind_member(type, "minusNanos", &T::minus_nanos);
  bind_member(type, "truncatedTo", &T::truncated_to);
}

template <typename T>
void bind_whole(const std::string& type) {
  bind_temporal<T>(type);
  bind_accessor<T>(type);
  bind_order<T>(type);
  bind_text<T>(type);
}

void bind_local_date() {
  using T = LocalDate;
  const std::string type = "LocalDate";
  bind_whole<T>(type);
  bind_date_parts<T>(type);
  bind_static<Int, Int, Int>(type, "of", [](Int year, Int month, Int day) { return T::of(year, month, day); });
  bind_static<Int, Month, Int>(type, "of", [](Int year, Month month, Int day) { return T::of(year, month, day); });
  bind_function(type, "ofYearDay", &T::of_year_day);
  bind_function(type, "ofEpochDay", &T::of_epoch_day);
  bind_member(type, "lengthOfMonth", &T::length_of_month);
  bind_member(type, "lengthOfYear", &T::length_of_year);
  bind_member(type, "isLeapYear", &T::is_leap_year);
  bind_member(type, "toEpochDay", &T::to_epoch_day);
  bind_member(type, "isEqual", &T::is_equal);
  bind_method<T>(type, "atStartOfDay", [](const T& self) { return self.at_start_of_day(); });
  bind_method<T, ZoneId>(type, "atStartOfDay", [](const T& self, ZoneId zone) { return self.at_start_of_day(zone); });
  bind_method<T, LocalTime>(type, "atTime", [](const T& self, const LocalTime& time) { return self.at_time(time); });
  bind_method<T, Int, Int>(type, "atTime",
                           [](const T& self, Int hour, Int minute) { return self.at_time(hour, minute); });
  bind_method<T, Int, Int, Int, Int>(type, "atTime", [](const T& self, Int hour, Int minute, Int second, Int nano) {
    return self.at_time(hour, minute, second, nano);
  });
  bind_method<T, T>(type, "until", [](const T& self, const T& end) { return self.until(end); });
  Methods::all().constant("LocalDate.MIN", Temporal(T::min()));
  Methods::all().constant("LocalDate.MAX", Temporal(T::max()));
}

void bind_local_time() {
  using T = LocalTime;
  const std::string type = "LocalTime";
  bind_whole<T>(type);
  bind_time_parts<T>(type);
  bind_static<Int, Int>(type, "of", [](Int hour, Int minute) { return T::of(hour, minute); });
  bind_static<Int, Int, Int>(type, "of", [](Int hour, Int minute, Int second) { return T::of(hour, minute, second); });
  bind_function(type, "of", &T::of);
  bind_function(type, "ofSecondOfDay", &T::of_second_of_day);
  bind_function(type, "ofNanoOfDay", &T::of_nano_of_day);
  bind_member(type, "toSecondOfDay", &T::to_second_of_day);
  bind_member(type, "toNanoOfDay", &T::to_nano_of_day);
  bind_member(type, "atDate", &T::at_date);
  bind_member(type, "atOffset", &T::at_offset);
  Methods::all().constant("LocalTime.MIN", Temporal(T::min()));
  Methods::all().constant("LocalTime.MAX", Temporal(T::max()));
  Methods::all().constant("LocalTime.NOON", Temporal(T::noon()));
}

void bind_local_date_time() {
  using T = LocalDateTime;
  const std::string type = "LocalDateTime";
  bind_whole<T>(type);
  bind_date_parts<T>(type);
  bind_time_parts<T>(type);
  bind_static<Int, Int, Int, Int, Int>(type, "of", [](Int year, Int month, Int day, Int hour, Int minute) {
    return T::of(year, month, day, hour, minute);
  });
  bind_static<Int, Int, Int, Int, Int, Int>(type, "of",
                                            [](Int year, Int month, Int day, Int hour, Int minute, Int second) {
                                              return T::of(year, month, day, hour, minute, second);
                                            });
  bind_static<Int, Int, Int, Int, Int, Int, Int>(
      type, "of", [](Int year, Int month, Int day, Int hour, Int minute, Int second, Int nano) {
        return T::of(year, month, day, hour, minute, second, nano);
      });
  bind_static<LocalDate, LocalTime>(type, "of",
                                    [](const LocalDate& date, const LocalTime& time) { return T::of(date, time); });
  bind_function(type, "ofInstant", &T::of_instant);
  bind_function(type, "ofEpochSecond", &T::of_epoch_second);
  bind_member(type, "toLocalDate", &T::to_local_date);
  bind_member(type, "toLocalTime", &T::to_local_time);
  bind_member(type, "atOffset", &T::at_offset);
  bind_member(type, "atZone", &T::at_zone);
  bind_member(type, "toEpochSecond", &T::to_epoch_second);
  bind_member(type, "toInstant", &T::to_instant);
  bind_member(type, "isEqual", &T::is_equal);
  Methods::all().constant("LocalDateTime.MIN", Temporal(T::min()));
  Methods::all().constant("LocalDateTime.MAX", Temporal(T::max()));
}

void bind_zoned_date_time() {
  using T = ZonedDateTime;
  const std::string type = "ZonedDateTime";
  bind_whole<T>(type);
  bind_date_parts<T>(type);
  bind_time_parts<T>(type);
  bind_static<LocalDateTime, ZoneId>(type, "of",
                                     [](const LocalDateTime& local, ZoneId zone) { return T::of(local, zone); });
  bind_static<LocalDate, LocalTime, ZoneId>(
      type, "of", [](const LocalDate& date, const LocalTime& time, ZoneId zone) { return T::of(date, time, zone); });
  bind_static<Int, Int, Int, Int, Int, Int, Int, ZoneId>(
      type, "of", [](Int year, Int month, Int day, Int hour, Int minute, Int second, Int nano, ZoneId zone) {
        return T::of(year, month, day, hour, minute, second, nano, zone);
      });
  bind_static<Instant, ZoneId>(type, "ofInstant",
                               [](const Instant& at, ZoneId zone) { return T::of_instant(at, zone); });
  bind_static<LocalDateTime, ZoneOffset, ZoneId>(
      type, "ofInstant",
      [](const LocalDateTime& local, ZoneOffset offset, ZoneId zone) { return T::of_instant(local, offset, zone); });
  bind_static<LocalDateTime, ZoneId, ZoneOffset>(
      type, "ofLocal",
      [](const LocalDateTime& local, ZoneId zone, ZoneOffset offset) { return T::of_local(local, zone, &offset); });
  bind_function(type, "ofStrict", &T::of_strict);
  bind_member(type, "getOffset", &T::offset);
  bind_member(type, "getZone", &T::zone);
  bind_member(type, "toLocalDate", &T::to_local_date);
  bind_member(type, "toLocalTime", &T::to_local_time);
  bind_member(type, "toLocalDateTime", &T::to_local_date_time);
  bind_member(type, "toOffsetDateTime", &T::to_offset_date_time);
  bind_member(type, "toEpochSecond", &T::to_epoch_second);
  bind_member(type, "toInstant", &T::to_instant);
  bind_member(type, "withZoneSameInstant", &T::with_zone_same_instant);
  bind_member(type, "withZoneSameLocal", &T::with_zone_same_local);
  bind_member(type, "withFixedOffsetZone", &T::with_fixed_offset_zone);
  bind_member(type, "withEarlierOffsetAtOverlap", &T::with_earlier_offset_at_overlap);
  bind_member(type, "withLaterOffsetAtOverlap", &T::with_later_offset_at_overlap);
  bind_member(type, "isEqual", &T::is_equal);
}

void bind_small_ones() {
  bind_whole<Year>("Year");
  bind_function("Year", "of", &Year::of);
  bind_static<Long>("Year", "isLeap", [](Long year) { return is_leap_year(year); });
  bind_member("Year", "isLeap", &Year::is_leap);
  bind_member("Year", "length", &Year::length);
  bind_member("Year", "getValue", &Year::value);
  bind_member("Year", "atDay", &Year::at_day);
  bind_member("Year", "atMonth", &Year::at_month);
  bind_member("Year", "atMonthDay", &Year::at_month_day);
  bind_member("Year", "isValidMonthDay", &Year::is_valid_month_day);
  bind_member("Year", "plusYears", &Year::plus_years);
  bind_member("Year", "minusYears", &Year::minus_years);
  bind_whole<YearMonth>("YearMonth");
  bind_function("YearMonth", "of", &YearMonth::of);
  bind_member("YearMonth", "getYear", &YearMonth::year);
  bind_member("YearMonth", "getMonthValue", &YearMonth::month_value);
  bind_member("YearMonth", "lengthOfMonth", &YearMonth::length_of_month);
  bind_member("YearMonth", "isValidDay", &YearMonth::is_valid_day);
  bind_member("YearMonth", "atDay", &YearMonth::at_day);
  bind_member("YearMonth", "atEndOfMonth", &YearMonth::at_end_of_month);
  bind_member("YearMonth", "plusMonths", &YearMonth::plus_months);
  bind_member("YearMonth", "minusMonths", &YearMonth::minus_months);
  bind_member("YearMonth", "plusYears", &YearMonth::plus_years);
  bind_member("YearMonth", "withYear", &YearMonth::with_year);
  bind_member("YearMonth", "withMonth", &YearMonth::with_month);
  bind_accessor<MonthDay>("MonthDay");
  bind_order<MonthDay>("MonthDay");
  bind_text<MonthDay>("MonthDay");
  bind_function("MonthDay", "of", &MonthDay::of);
  bind_method<MonthDay, Int>("MonthDay", "atYear", [](const MonthDay& self, Int year) { return self.at_year(year); });
  bind_method<MonthDay, Int>("MonthDay", "withMonth",
                             [](const MonthDay& self, Int month) { return self.with_month(month); });
  bind_method<MonthDay, Int>("MonthDay", "isValidYear",
                             [](const MonthDay& self, Int year) { return self.is_valid_year(year); });
}

void bind_enums() {
  Methods& all = Methods::all();
  for (Int each = 1; each <= 7; ++each) {
    all.constant("DayOfWeek." + std::string(name_of(static_cast<DayOfWeek>(each))),
                 Temporal(static_cast<DayOfWeek>(each)));
  }
  for (Int each = 1; each <= 12; ++each) {
    all.constant("Month." + std::string(name_of(static_cast<Month>(each))), Temporal(static_cast<Month>(each)));
  }
  bind_function("DayOfWeek", "of", &day_of_week_of);
  bind_function("DayOfWeek", "valueOf", &day_of_week_value_of);
  bind_static<Temporal>("DayOfWeek", "from", [](const Temporal& from) { return day_of_week_from(TemporalView(from)); });
  bind_method<DayOfWeek, Long>("DayOfWeek", "plus", [](DayOfWeek day, Long days) { return plus(day, days); });
  bind_method<DayOfWeek, Long>("DayOfWeek", "minus", [](DayOfWeek day, Long days) { return minus(day, days); });
  bind_method<DayOfWeek>("DayOfWeek", "getValue", [](DayOfWeek day) { return static_cast<Int>(day); });
  bind_function("Month", "of", &month_of);
  bind_static<std::string>("Month", "valueOf", [](const std::string& name) { return month_value_of(name); });
  bind_static<Temporal>("Month", "from", [](const Temporal& from) { return month_from(TemporalView(from)); });
  bind_method<Month, Long>("Month", "plus", [](Month month, Long months) { return plus(month, months); });
  bind_method<Month, Long>("Month", "minus", [](Month month, Long months) { return minus(month, months); });
  bind_method<Month>("Month", "getValue", [](Month month) { return static_cast<Int>(month); });
  bind_method<Month, bool>("Month", "length", [](Month month, bool leap) { return length_of(month, leap); });
  bind_method<Month, bool>("Month", "firstDayOfYear",
                           [](Month month, bool leap) { return first_day_of_year(month, leap); });
  bind_method<Month>("Month", "firstMonthOfQuarter", [](Month month) { return first_month_of_quarter(month); });
  for (const std::string type : {"DayOfWeek", "Month", "ZoneOffset"}) {
    bind_method<Temporal, Field>(type, "get", [](const Temporal& self, Field field) { return self.get(field); });
    bind_method<Temporal, Field>(type, "getLong",
                                 [](const Temporal& self, Field field) { return self.get_long(field); });
    bind_method<Temporal, Field>(type, "isSupported",
                                 [](const Temporal& self, Field field) { return self.is_supported(field); });
    bind_method<Temporal, Field>(type, "range", [](const Temporal& self, Field field) { return self.range(field); });
  }
}

}  // namespace

void bind_dates() {
  bind_local_date();
  bind_local_time();
  bind_local_date_time();
  bind_zoned_date_time();
  bind_small_ones();
  bind_enums();
}

void bind_moments() {
  bind_whole<OffsetDateTime>("OffsetDateTime");
  bind_date_parts<OffsetDateTime>("OffsetDateTime");
  bind_time_parts<OffsetDateTime>("OffsetDateTime");
  bind_static<LocalDateTime, ZoneOffset>("OffsetDateTime", "of", [](const LocalDateTime& local, ZoneOffset offset) {
    return OffsetDateTime::of(local, offset);
  });
  bind_static<Int, Int, Int, Int, Int, Int, Int, ZoneOffset>(
      "OffsetDateTime", "of",
      [](Int year, Int month, Int day, Int hour, Int minute, Int second, Int nano, ZoneOffset offset) {
        return OffsetDateTime::of(year, month, day, hour, minute, second, nano, offset);
      });
  bind_function("OffsetDateTime", "ofInstant", &OffsetDateTime::of_instant);
  bind_member("OffsetDateTime", "getOffset", &OffsetDateTime::offset);
  bind_member("OffsetDateTime", "toEpochSecond", &OffsetDateTime::to_epoch_second);
  bind_member("OffsetDateTime", "toInstant", &OffsetDateTime::to_instant);
  bind_member("OffsetDateTime", "toOffsetTime", &OffsetDateTime::to_offset_time);
  bind_member("OffsetDateTime", "toZonedDateTime", &OffsetDateTime::to_zoned_date_time);
  bind_member("OffsetDateTime", "atZoneSameInstant", &OffsetDateTime::at_zone_same_instant);
  bind_member("OffsetDateTime", "atZoneSimilarLocal", &OffsetDateTime::at_zone_similar_local);
  bind_member("OffsetDateTime", "withOffsetSameInstant", &OffsetDateTime::with_offset_same_instant);
  bind_member("OffsetDateTime", "withOffsetSameLocal", &OffsetDateTime::with_offset_same_local);
  bind_member("OffsetDateTime", "isEqual", &OffsetDateTime::is_equal);
  bind_whole<OffsetTime>("OffsetTime");
  bind_time_parts<OffsetTime>("OffsetTime");
  bind_static<LocalTime, ZoneOffset>(
      "OffsetTime", "of", [](const LocalTime& time, ZoneOffset offset) { return OffsetTime::of(time, offset); });
  bind_static<LocalDate, LocalTime, ZoneOffset>("OffsetDateTime", "of",
                                                [](const LocalDate& date, const LocalTime& time, ZoneOffset offset) {
                                                  return OffsetDateTime::of(date, time, offset);
                                                });
  bind_member("OffsetTime", "withOffsetSameInstant", &OffsetTime::with_offset_same_instant);
  bind_member("OffsetTime", "isEqual", &OffsetTime::is_equal);
  bind_temporal<Instant>("Instant");
  bind_accessor<Instant>("Instant");
  bind_order<Instant>("Instant");
  bind_static<std::string>("Instant", "parse", [](const std::string& text) { return Instant::parse(text); });
  bind_static<Long>("Instant", "ofEpochSecond", [](Long second) { return Instant::of_epoch_second(second); });
  bind_static<Long, Long>("Instant", "ofEpochSecond",
                          [](Long second, Long nanos) { return Instant::of_epoch_second(second, nanos); });
  bind_function("Instant", "ofEpochMilli", &Instant::of_epoch_milli);
  bind_member("Instant", "getEpochSecond", &Instant::epoch_second);
  bind_member("Instant", "getNano", &Instant::nano);
  bind_member("Instant", "toEpochMilli", &Instant::to_epoch_milli);
  bind_member("Instant", "truncatedTo", &Instant::truncated_to);
  bind_member("Instant", "plusSeconds", &Instant::plus_seconds);
  bind_member("Instant", "plusMillis", &Instant::plus_millis);
  bind_member("Instant", "plusNanos", &Instant::plus_nanos);
  bind_member("Instant", "minusSeconds", &Instant::minus_seconds);
  bind_member("Instant", "minusMillis", &Instant::minus_millis);
  bind_member("Instant", "minusNanos", &Instant::minus_nanos);
  bind_member("Instant", "atZone", &Instant::at_zone);
  bind_member("Instant", "atOffset", &Instant::at_offset);
  Methods::all().constant("Instant.EPOCH", Temporal(Instant::epoch()));
  Methods::all().constant("Instant.MIN", Temporal(Instant::min()));
  Methods::all().constant("Instant.MAX", Temporal(Instant::max()));
}

}  // namespace sluice::painless::time::testing
