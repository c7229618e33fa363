#pragma once

#include <string>

#include "stages/painless/time/formatter.h"

namespace sluice::painless::time {

/// Prints one accessor by the steps of a formatter. One use.
class Printer {
 public:
  Printer(const Accessor& accessor, const DateTimeFormatter& formatter, std::string& out);

  /// False: inside an optional part something is missing.
  bool print(const FormatNode& node);

 private:
  [[nodiscard]] std::optional<Long> value(Field field) const;
  [[nodiscard]] std::optional<ZoneId> zone(bool or_offset) const;
  bool print_sequence(const FormatNode& node);
  bool print_number(const FormatNode& node, Field field, Long (*change)(Long, const FormatNode&));
  void append_number(const FormatNode& node, Field field, Long number);
  bool print_fraction(const FormatNode& node);
  bool print_text(const FormatNode& node);
  bool print_week_based(const FormatNode& node);
  bool print_offset(const FormatNode& node);
  bool print_localized_offset(const FormatNode& node);
  bool print_zone_id(const FormatNode& node);
  bool print_zone_text(const FormatNode& node);
  bool print_instant(const FormatNode& node);
  bool print_day_period(const FormatNode& node);
  bool print_pad(const FormatNode& node);

  const Accessor& accessor_;
  const DateTimeFormatter& formatter_;
  std::string& out_;
  std::optional<LocalDate> date_;  ///< of values that have one, to save the way through the accessor
  std::optional<LocalTime> time_;
  int optional_ = 0;
};

/// The number node of a step of the locale's weeks.
Field week_based_field(char letter, const Locale& locale);

}  // namespace sluice::painless::time
