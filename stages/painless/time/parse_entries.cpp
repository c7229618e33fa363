// T.parse and T.format of the types: the usual texts directly, the others by their formatter.
#include "stages/painless/time/formatter_builder.h"
#include "stages/painless/time/iso_text.h"
#include "stages/painless/time/parsed.h"

namespace sluice::painless::time {
namespace {

template <typename T>
T parse_with(std::string_view text, const DateTimeFormatter& formatter) {
  return formatter.parse(text, [](const Parsed& parsed) { return T::from(parsed); });
}

using Builder = DateTimeFormatterBuilder;

const DateTimeFormatter& year_formatter() {
  static const DateTimeFormatter formatter =
      Builder().parse_lenient().append_value(FieldId::kYear, 1, 10, SignStyle::kNormal).to_formatter();
  return formatter;
}

const DateTimeFormatter& year_month_formatter() {
  static const DateTimeFormatter formatter = Builder()
                                                 .append_value(FieldId::kYear, 4, 10, SignStyle::kExceedsPad)
                                                 .append_literal("-")
                                                 .append_value(FieldId::kMonthOfYear, 2)
                                                 .to_formatter();
  return formatter;
}

const DateTimeFormatter& month_day_formatter() {
  static const DateTimeFormatter formatter = Builder()
                                                 .append_literal("--")
                                                 .append_value(FieldId::kMonthOfYear, 2)
                                                 .append_literal("-")
                                                 .append_value(FieldId::kDayOfMonth, 2)
                                                 .to_formatter();
  return formatter;
}

}  // namespace

LocalDate LocalDate::parse(std::string_view text) {
  if (const auto date = read_iso_date(text)) return *date;
  return parse(text, DateTimeFormatter::iso_local_date());
}

LocalTime LocalTime::parse(std::string_view text) {
  if (const auto time = read_iso_time(text)) return *time;
  return parse(text, DateTimeFormatter::iso_local_time());
}

LocalDateTime LocalDateTime::parse(std::string_view text) {
  if (const auto local = read_iso_date_time(text)) return *local;
  return parse(text, DateTimeFormatter::iso_local_date_time());
}

ZonedDateTime ZonedDateTime::parse(std::string_view text) {
  if (const auto moment = read_iso_moment(text, true)) {
    if (!moment->region) return of(moment->local, moment->offset);
    return create(moment->local.to_epoch_second(moment->offset), moment->local.nano(), *moment->region);
  }
  return parse(text, DateTimeFormatter::iso_zoned_date_time());
}

OffsetDateTime OffsetDateTime::parse(std::string_view text) {
  if (const auto moment = read_iso_moment(text, false)) return of(moment->local, moment->offset);
  return parse(text, DateTimeFormatter::iso_offset_date_time());
}

OffsetTime OffsetTime::parse(std::string_view text) { return parse(text, DateTimeFormatter::iso_offset_time()); }

Instant Instant::parse(std::string_view text) {
  const auto moment = read_iso_moment(text, false);
  // An instant has seconds.
  if (moment && text[16] == ':') return moment->local.to_instant(moment->offset);
  return parse_with<Instant>(text, DateTimeFormatter::iso_instant());
}

Year Year::parse(std::string_view text) { return parse(text, year_formatter()); }

YearMonth YearMonth::parse(std::string_view text) { return parse(text, year_month_formatter()); }

MonthDay MonthDay::parse(std::string_view text) { return parse(text, month_day_formatter()); }

LocalDate LocalDate::parse(std::string_view text, const DateTimeFormatter& formatter) {
  return parse_with<LocalDate>(text, formatter);
}
LocalTime LocalTime::parse(std::string_view text, const DateTimeFormatter& formatter) {
  return parse_with<LocalTime>(text, formatter);
}
LocalDateTime LocalDateTime::parse(std::string_view text, const DateTimeFormatter& formatter) {
  return parse_with<LocalDateTime>(text, formatter);
}
ZonedDateTime ZonedDateTime::parse(std::string_view text, const DateTimeFormatter& formatter) {
  return parse_with<ZonedDateTime>(text, formatter);
}
OffsetDateTime OffsetDateTime::parse(std::string_view text, const DateTimeFormatter& formatter) {
  return parse_with<OffsetDateTime>(text, formatter);
}
OffsetTime OffsetTime::parse(std::string_view text, const DateTimeFormatter& formatter) {
  return parse_with<OffsetTime>(text, formatter);
}
Year Year::parse(std::string_view text, const DateTimeFormatter& formatter) {
  return parse_with<Year>(text, formatter);
}
YearMonth YearMonth::parse(std::string_view text, const DateTimeFormatter& formatter) {
  return parse_with<YearMonth>(text, formatter);
}
MonthDay MonthDay::parse(std::string_view text, const DateTimeFormatter& formatter) {
  return parse_with<MonthDay>(text, formatter);
}

std::string LocalDate::format(const DateTimeFormatter& formatter) const { return formatter.format(*this); }
std::string LocalTime::format(const DateTimeFormatter& formatter) const { return formatter.format(*this); }
std::string LocalDateTime::format(const DateTimeFormatter& formatter) const { return formatter.format(*this); }
std::string ZonedDateTime::format(const DateTimeFormatter& formatter) const { return formatter.format(*this); }
std::string OffsetDateTime::format(const DateTimeFormatter& formatter) const { return formatter.format(*this); }
std::string OffsetTime::format(const DateTimeFormatter& formatter) const { return formatter.format(*this); }
std::string Year::format(const DateTimeFormatter& formatter) const { return formatter.format(*this); }
std::string YearMonth::format(const DateTimeFormatter& formatter) const { return formatter.format(*this); }
std::string MonthDay::format(const DateTimeFormatter& formatter) const { return formatter.format(*this); }

}  // namespace sluice::painless::time
