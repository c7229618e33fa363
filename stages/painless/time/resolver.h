#pragma once

#include "stages/painless/time/parsed.h"
#include "stages/painless/time/week.h"

namespace sluice::painless::time {

/// Makes a date and a time of the fields of a text, as java.time.format.Parsed and IsoChronology do. One use.
class Resolver {
 public:
  Resolver(Parsed& parsed, ResolverStyle style) : parsed_(parsed), fields_(parsed.fields_), style_(style) {}

  void resolve();

 private:
  [[nodiscard]] bool lenient() const { return style_ == ResolverStyle::kLenient; }
  [[nodiscard]] bool smart() const { return style_ == ResolverStyle::kSmart; }
  [[nodiscard]] bool strict() const { return style_ == ResolverStyle::kStrict; }
  [[nodiscard]] bool has(Field field) const { return fields_.find(field) != nullptr; }
  [[nodiscard]] Long value(Field field) const { return *fields_.find(field); }
  /// Takes the field out; checked unless lenient.
  Long take(Field field);
  Int take_int(Field field);
  Long take_unchecked(Field field) { return *fields_.remove(field); }
  void check_unless_lenient(Field field, Long value) const {
    if (!lenient()) field.check(value);
  }

  /// Sets what `by` says about `field`; it must not contradict what is there.
  void put(Field by, Field field, Long value);
  void add_date_field(Field field, Long value);
  void set_date(const std::optional<LocalDate>& date);
  void set_time(const LocalTime& time, Int excess_days);
  void cross_check(const Temporal& against);

  void resolve_all_fields();
  void resolve_instant_fields();
  void resolve_time_fields();
  void resolve_hours();
  void resolve_parts_of_day();
  void resolve_fraction();
  void resolve_day_period();
  void resolve_time(Long hour, Long minute, Long second, Long nano);
  void resolve_time_leniently();
  void merge_small_units();
  void fill_fraction();
  void resolve_instant();
  /// A field that isn't a ChronoField; whether it changed anything.
  bool resolve_computed(Field field);
  std::optional<LocalDate> quarter_date();
  std::optional<LocalDate> week_date();
  bool resolve_local_weeks(Field field);
  std::optional<LocalDate> based_week_date(const Week& week, Int day);
  std::optional<LocalDate> local_week_date(const Week& week, Field field, Int day);

  std::optional<LocalDate> resolve_date();
  void resolve_proleptic_month();
  void resolve_year_of_era();
  LocalDate year_month_day();
  LocalDate year_day();
  /// By aligned weeks: with the aligned day or the weekday.
  LocalDate month_week(Field day);
  LocalDate year_week(Field day);
  LocalDate week_in(const LocalDate& first, Field week, Field day);

  Parsed& parsed_;
  ParsedFields& fields_;
  ResolverStyle style_;
};

}  // namespace sluice::painless::time
