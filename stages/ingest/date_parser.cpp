#include "stages/ingest/date_parser.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "stages/ingest/java_number.h"
#include "stages/painless/run/unicode.h"
#include "stages/painless/script_error.h"
#include "stages/painless/time/error.h"
#include "stages/painless/time/local_date.h"
#include "stages/painless/time/local_date_time.h"
#include "stages/painless/time/local_time.h"
#include "stages/painless/time/parsed.h"
#include "stages/painless/time/week.h"

namespace sluice::ingest {

namespace time = painless::time;
using time::FieldId;
using time::ZonedDateTime;

namespace {

constexpr std::int64_t kBillion = 1'000'000'000;

struct NamedFormat {
  std::string_view name;
  std::string_view pattern;
};
constexpr NamedFormat kNamed[] = {
#define SLUICE_DATE_FORMAT(name, pattern) {name, pattern},
#include "pipeline/model/date_formats.def"
#undef SLUICE_DATE_FORMAT
};

const NamedFormat* named_format(std::string_view name) {
  const auto found = std::ranges::find(kNamed, name, &NamedFormat::name);
  return found == std::ranges::end(kNamed) ? nullptr : found;
}

bool is_epoch(std::string_view name) { return name == "epoch_millis" || name == "epoch_second"; }

ZonedDateTime of_millis(std::int64_t millis, time::ZoneId zone) {
  return ZonedDateTime::of_instant(time::Instant::of_epoch_milli(millis), zone);
}

/// A double as a long, as Java casts it.
std::int64_t as_long(double value) {
  constexpr double kBeyond = 9223372036854775808.0;
  if (value >= kBeyond) return std::numeric_limits<std::int64_t>::max();
  if (value < -kBeyond) return std::numeric_limits<std::int64_t>::min();
  return value == value ? static_cast<std::int64_t>(value) : 0;  // of NaN
}

/// The seconds or milliseconds of a moment, with a fraction where there is one, and the sign in front of both. Numbers
/// of milliseconds that are too large wrap around. Source: a node's answers.
Result<std::string> epoch_text(const ZonedDateTime& date, bool millis) {
  constexpr std::uint64_t kNanosOfMilli = 1'000'000;
  const std::int64_t seconds = date.to_epoch_second();
  const auto nanos = static_cast<std::uint64_t>(date.nano());
  const bool negative = seconds < 0;
  const bool borrows = negative && nanos != 0;
  auto whole = static_cast<std::uint64_t>(negative ? -(seconds + (borrows ? 1 : 0)) : seconds);
  std::uint64_t fraction = borrows ? kBillion - nanos : nanos;
  std::size_t digits = 9;
  if (millis) {
    const auto wrapped = static_cast<std::int64_t>(whole * 1000 + fraction / kNanosOfMilli);
    if (wrapped == std::numeric_limits<std::int64_t>::min()) {
      return std::unexpected(Error(ErrorKind::kDocument, 500, "date_time_exception",
                                   "Field EpochMillis cannot be printed as the value " + std::to_string(wrapped) +
                                       " cannot be negative according to the SignStyle"));
    }
    whole = static_cast<std::uint64_t>(wrapped < 0 ? -wrapped : wrapped);
    fraction %= kNanosOfMilli;
    digits = 6;
  }
  std::string text = (negative ? "-" : "") + std::to_string(whole);
  if (fraction == 0) return text;
  std::string behind = std::to_string(fraction);
  behind.insert(0, digits - behind.size(), '0');
  behind.resize(behind.find_last_not_of('0') + 1);
  return text + "." + behind;
}

Error could_not_parse(std::string_view text, std::string_view format, Error cause) {
  return illegal_argument("failed to parse date field [" + std::string(text) + "] with format [" + std::string(format) +
                          "]")
      .wrapping(std::move(cause));
}

Error parse_error(std::string reason) {
  return {ErrorKind::kDocument, 500, "date_time_parse_exception", std::move(reason)};
}

/// The pattern of a name, as something to print with: every part of it, a fraction as milliseconds.
std::string printable(std::string_view name, std::string_view pattern) {
  std::string made;
  bool quoted = false;
  const std::string_view fraction = name.ends_with("_nanos") ? ".SSSSSSSSS" : ".SSS";
  for (const char c : pattern) {
    if (c == '\'') quoted = !quoted;
    const bool optional = c == '[' || c == ']';
    if (!quoted && optional) continue;
    if (!quoted && c == 'f') {
      made += fraction;
    } else if (!quoted && c == 'q') {
      made += "XXX";
    } else {
      made += c;
    }
  }
  return made;
}

/// A date of what a text said, where it did not say all of it.
time::LocalDate date_of(const time::Parsed& parsed) {
  if (const auto date = parsed.local_date()) return *date;
  const auto field = [&](time::Field which, time::Int fallback) {
    return parsed.is_supported(which) ? static_cast<time::Int>(parsed.get_long(which)) : fallback;
  };
  const time::Int year = field(FieldId::kYear, field(FieldId::kYearOfEra, 1970));
  if (parsed.is_supported(FieldId::kDayOfYear))
    return time::LocalDate::of_year_day(year, field(FieldId::kDayOfYear, 1));
  return time::LocalDate::of(year, field(FieldId::kMonthOfYear, 1), field(FieldId::kDayOfMonth, 1));
}

bool has_year(const time::Parsed& parsed) {
  return parsed.local_date() || parsed.is_supported(FieldId::kYear) || parsed.is_supported(FieldId::kYearOfEra);
}

/// The week that a text said, from its first day on; nothing: it said none.
std::optional<time::LocalDate> week_of(const time::Parsed& parsed, time::Week week) {
  if (parsed.local_date()) return std::nullopt;
  const time::Field year = week.field(FieldId::kLocalWeekBasedYear);
  const time::Field number = week.field(FieldId::kLocalWeekOfWeekBasedYear);
  if (!parsed.is_supported(year)) return std::nullopt;
  const time::Int in_year = parsed.is_supported(number) ? static_cast<time::Int>(parsed.get_long(number)) : 1;
  return week.date_of(static_cast<time::Int>(parsed.get_long(year)), in_year, 1);
}

/// Without a year it is the present one, and what else was not said is that of 1970's beginning.
ZonedDateTime without_year(const time::Parsed& parsed, time::Int year, time::ZoneId zone) {
  ZonedDateTime date = of_millis(0, time::ZoneOffset()).with_year(year);
  for (const time::Field field :
       {time::Field(FieldId::kNanoOfSecond), time::Field(FieldId::kSecondOfDay), time::Field(FieldId::kMinuteOfDay),
        time::Field(FieldId::kHourOfDay), time::Field(FieldId::kDayOfMonth), time::Field(FieldId::kMonthOfYear)}) {
    if (parsed.is_supported(field)) date = date.with(field, parsed.get_long(field));
  }
  return date.with_zone_same_local(zone);
}

}  // namespace

Error date_error(const time::DateTimeError& error) {
  Error made(ErrorKind::kDocument, error.kind == time::DateTimeError::kIllegalArgument ? 400 : 500,
             painless::exception_type(time::java_class(error.kind)), error.message);
  return error.cause == nullptr ? made : std::move(made).wrapping(date_error(*error.cause));
}

Result<time::ZoneId> zone_named(std::string_view text) {
  if (text.empty() || text == "UTC" || text == "Z") return time::ZoneId();
  try {
    return time::ZoneId::of(text);
  } catch (const time::DateTimeError& error) {
    return std::unexpected(date_error(error));
  }
}

Result<time::Locale> locale_named(std::string_view text) {
  if (text.empty()) return time::Locale::english();
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == '-' || c == '_') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  if (parts.size() > 3) {
    std::string shown;
    for (const std::string& part : parts) shown += (shown.empty() ? "" : ", ") + part;
    return std::unexpected(illegal_argument("Locales can have at most 3 parts but got " + std::to_string(parts.size()) +
                                            ": [" + shown + "]"));
  }
  if (text == "ROOT") return time::Locale::root();
  parts.resize(3);
  return time::Locale(parts[0], parts[1], parts[2]);
}

Result<DateParser> DateParser::compile(std::string_view format, time::ZoneId zone, const time::Locale& locale) {
  DateParser made;
  made.zone_ = zone;
  made.format_ = format;
  if (format == "UNIX") made.kind_ = Kind::kUnix;
  if (format == "UNIX_MS") made.kind_ = Kind::kUnixMs;
  if (format == "TAI64N") made.kind_ = Kind::kTai64n;
  if (format == "ISO8601") {
    made.kind_ = Kind::kIso8601;
    made.format_ = format = "iso8601";
  }
  if (made.kind_ != Kind::kFormat && made.kind_ != Kind::kIso8601) return made;
  std::string_view rest = format;
  if (rest.starts_with('8')) rest.remove_prefix(1);
  while (true) {
    const std::size_t bars = rest.find("||");
    const std::string_view one = rest.substr(0, bars);
    Alternative alternative;
    alternative.is_epoch = is_epoch(one);
    if (alternative.is_epoch || named_format(one) != nullptr) {
      auto named = pipeline::DateFormat::compile(one);
      if (!named) return std::unexpected(std::move(named.error()));
      alternative.named = std::move(*named);
    } else {
      try {
        alternative.pattern = time::DateTimeFormatter::of_pattern(one, locale);
      } catch (const time::DateTimeError& error) {
        return std::unexpected(illegal_argument("Invalid format: [" + std::string(one) + "]: " + error.message)
                                   .wrapping(date_error(error)));
      }
    }
    made.alternatives_.push_back(std::move(alternative));
    if (bars == std::string_view::npos) break;
    rest.remove_prefix(bars + 2);
  }
  return made;
}

ZonedDateTime DateParser::of_nanos(const pipeline::DateNanos& date) const {
  auto seconds = static_cast<std::int64_t>(date.nanos / kBillion);
  auto nanos = static_cast<std::int64_t>(date.nanos % kBillion);
  if (nanos < 0) {
    nanos += kBillion;
    --seconds;
  }
  if (date.has_zone) return ZonedDateTime::of_instant(time::Instant::of_epoch_second(seconds, nanos), zone_);
  const auto local = time::LocalDateTime::of_epoch_second(seconds, static_cast<time::Int>(nanos), time::ZoneOffset());
  return ZonedDateTime::of(local, zone_);
}

Result<ZonedDateTime> DateParser::parse_number(std::string_view text) const {
  if (kind_ == Kind::kUnixMs) {
    const auto millis = read_long(text);
    if (!millis) return std::unexpected(millis.error());
    return of_millis(*millis, zone_);
  }
  const auto seconds = read_double(text);
  if (!seconds) return std::unexpected(seconds.error());
  return of_millis(as_long(*seconds * 1000), zone_);
}

Result<ZonedDateTime> DateParser::parse_tai64n(std::string_view text) const {
  std::string_view digits = text;
  if (digits.starts_with('@')) digits.remove_prefix(1);
  const std::u16string units = painless::to_utf16(digits);
  const auto hexadecimal = [&](std::size_t from, std::size_t to) -> Result<std::int64_t> {
    if (units.size() < to) {
      return std::unexpected(Error(ErrorKind::kDocument, 500, "string_index_out_of_bounds_exception",
                                   "Range [" + std::to_string(from) + ", " + std::to_string(to) +
                                       ") out of bounds for length " + std::to_string(units.size())));
    }
    return read_long(painless::from_utf16(std::u16string_view(units).substr(from, to - from)), 16);
  };
  const auto base = hexadecimal(1, 16);
  if (!base) return std::unexpected(base.error());
  const auto rest = hexadecimal(16, 24);
  if (!rest) return std::unexpected(rest.error());
  // Wraps around, as Java's longs do.
  const auto millis = static_cast<std::uint64_t>(*base) * 1000 - 10'000 + static_cast<std::uint64_t>(*rest / 1'000'000);
  return of_millis(static_cast<std::int64_t>(millis), zone_);
}

Result<ZonedDateTime> DateParser::parse_format(std::string_view text, time::Int now_year) const {
  if (text.empty()) return std::unexpected(illegal_argument("cannot parse empty datetime"));
  std::optional<Error> first;
  for (const Alternative& alternative : alternatives_) {
    if (alternative.named != nullptr) {
      if (const auto date = alternative.named->parse(text)) return of_nanos(*date);
      if (first) continue;
      first = parse_error(kind_ == Kind::kIso8601 ? "Could not fully parse datetime"
                          : alternative.is_epoch  ? "Failed to parse with all enclosed parsers"
                                                  : "Text '" + std::string(text) + "' could not be parsed at index 0");
      continue;
    }
    try {
      const time::Parsed parsed = alternative.pattern->parse(text);
      const auto week = week_of(parsed, alternative.pattern->locale().week());
      if (!week && !has_year(parsed)) return without_year(parsed, now_year, zone_);
      const time::LocalDateTime local = time::LocalDateTime::of(
          week ? *week : date_of(parsed), parsed.local_time().value_or(time::LocalTime::of(0, 0)));
      const auto said = parsed.zone();
      return ZonedDateTime::of(local, said.value_or(zone_)).with_zone_same_instant(zone_);
    } catch (const time::DateTimeError& error) {
      if (!first) first = date_error(error);
    }
  }
  if (alternatives_.size() > 1) first = parse_error("Failed to parse with all enclosed parsers");
  return std::unexpected(could_not_parse(text, format_, std::move(*first)));
}

Result<ZonedDateTime> DateParser::parse(std::string_view text, time::Int now_year) const {
  try {
    switch (kind_) {
      case Kind::kUnix:
      case Kind::kUnixMs:
        return parse_number(text);
      case Kind::kTai64n:
        return parse_tai64n(text);
      default:
        return parse_format(text, now_year);
    }
  } catch (const time::DateTimeError& error) {
    return std::unexpected(date_error(error));
  }
}

Result<DatePrinter> DatePrinter::compile(std::string_view format, const time::Locale& locale) {
  DatePrinter made;
  if (format == "epoch_millis") made.kind_ = Kind::kEpochMillis;
  if (format == "epoch_second") made.kind_ = Kind::kEpochSecond;
  if (made.kind_ != Kind::kPattern) return made;
  const NamedFormat* named = named_format(format);
  const std::string pattern = named == nullptr ? std::string(format) : printable(format, named->pattern);
  try {
    made.pattern_ = time::DateTimeFormatter::of_pattern(pattern, locale);
  } catch (const time::DateTimeError& error) {
    return std::unexpected(illegal_argument("Invalid format: [" + std::string(format) + "]: " + error.message)
                               .wrapping(date_error(error)));
  }
  return made;
}

Result<std::string> DatePrinter::print(const ZonedDateTime& date) const {
  if (kind_ != Kind::kPattern) return epoch_text(date, kind_ == Kind::kEpochMillis);
  try {
    return date.format(*pattern_);
  } catch (const time::DateTimeError& error) {
    return std::unexpected(date_error(error));
  }
}

}  // namespace sluice::ingest
