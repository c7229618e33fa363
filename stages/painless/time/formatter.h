#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stages/painless/time/format_node.h"
#include "stages/painless/time/locale.h"
#include "stages/painless/time/parsed.h"
#include "stages/painless/time/temporal.h"

namespace sluice::painless::time {

/// Java's DateTimeFormatter. Immutable, cheap to copy; any thread. Positions that people see are UTF-16 units, texts
/// are UTF-8.
class DateTimeFormatter {
 public:
  /// Errors: IllegalArgumentException `Unknown pattern letter: b`, `Too many pattern letters: d`, ...
  static DateTimeFormatter of_pattern(std::string_view pattern, const Locale& locale = Locale::node_default());
  static DateTimeFormatter of_localized_date(FormatStyle style);
  static DateTimeFormatter of_localized_time(FormatStyle style);
  static DateTimeFormatter of_localized_date_time(FormatStyle style) { return of_localized_date_time(style, style); }
  static DateTimeFormatter of_localized_date_time(FormatStyle date, FormatStyle time);
  static const DateTimeFormatter& basic_iso_date();
  static const DateTimeFormatter& iso_date();
  static const DateTimeFormatter& iso_date_time();
  static const DateTimeFormatter& iso_instant();
  static const DateTimeFormatter& iso_local_date();
  static const DateTimeFormatter& iso_local_date_time();
  static const DateTimeFormatter& iso_local_time();
  static const DateTimeFormatter& iso_offset_date();
  static const DateTimeFormatter& iso_offset_date_time();
  static const DateTimeFormatter& iso_offset_time();
  static const DateTimeFormatter& iso_ordinal_date();
  static const DateTimeFormatter& iso_time();
  static const DateTimeFormatter& iso_week_date();
  static const DateTimeFormatter& iso_zoned_date_time();
  static const DateTimeFormatter& rfc_1123_date_time();

  DateTimeFormatter(FormatNode root, Locale locale, ResolverStyle resolver, bool iso_chronology);

  /// Errors: UnsupportedTemporalTypeException `Unsupported field: HourOfDay`, DateTimeException `Unable to extract
  /// ZoneId from temporal 2020-01-01`.
  [[nodiscard]] std::string format(const Temporal& temporal) const;
  [[nodiscard]] std::string format(const Accessor& accessor) const;

  /// Reads all of `text` and resolves its fields. Errors: DateTimeParseException `Text 'x' could not be parsed at
  /// index 0`, `Text 'x' could not be parsed, unparsed text found at index 4`, `Text 'x' could not be parsed: WHY`.
  [[nodiscard]] Parsed parse(std::string_view text) const;
  /// parse(), and what `query` makes of it; its errors become `Text 'x' could not be parsed: WHY`.
  template <typename Query>
  auto parse(std::string_view text, Query query) const;
  /// Reads from byte `position` on without resolving and moves it. Nothing: it doesn't fit, at byte `error`.
  [[nodiscard]] std::optional<Parsed> parse_unresolved(std::string_view text, std::size_t& position, int& error) const;

  [[nodiscard]] DateTimeFormatter with_locale(const Locale& locale) const;
  [[nodiscard]] DateTimeFormatter with_zone(std::optional<ZoneId> zone) const;
  [[nodiscard]] DateTimeFormatter with_resolver_style(ResolverStyle style) const;
  /// Nothing: all fields.
  [[nodiscard]] DateTimeFormatter with_resolver_fields(std::optional<std::vector<Field>> fields) const;
  [[nodiscard]] const Locale& locale() const { return locale_; }
  [[nodiscard]] const std::optional<ZoneId>& zone() const { return zone_; }
  [[nodiscard]] ResolverStyle resolver_style() const { return resolver_; }
  [[nodiscard]] const std::optional<std::vector<Field>>& resolver_fields() const { return resolver_fields_; }
  /// Its chronology is ISO; else it has none.
  [[nodiscard]] bool has_chronology() const { return iso_chronology_; }
  [[nodiscard]] const FormatNode& root() const { return *root_; }
  /// `Value(YearOfEra,4,19,EXCEEDS_PAD)'-'Value(MonthOfYear,2)`.
  [[nodiscard]] std::string to_string() const;

 private:
  [[noreturn]] static void refuse(std::string_view text, const DateTimeError& why);

  std::shared_ptr<const FormatNode> root_;
  Locale locale_;
  ResolverStyle resolver_;
  bool iso_chronology_;
  std::optional<ZoneId> zone_;
  std::optional<std::vector<Field>> resolver_fields_;
};

template <typename Query>
auto DateTimeFormatter::parse(std::string_view text, Query query) const {
  const auto parsed = parse(text);
  try {
    return query(parsed);
  } catch (const DateTimeError& error) {
    if (error.kind == DateTimeError::kParse) throw;
    refuse(text, error);
  }
}

}  // namespace sluice::painless::time
