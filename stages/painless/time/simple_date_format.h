#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stages/painless/time/calendar.h"
#include "stages/painless/time/locale.h"
#include "stages/painless/time/styles.h"

namespace sluice::painless::time {

/// java.text.SimpleDateFormat: patterns of its own, parsed leniently. One thread.
class SimpleDateFormat {
 public:
  /// `now_millis` decides the century of two-digit years, which ends twenty years after it.
  /// Errors: IllegalArgumentException `Illegal pattern character 'b'`, `Unterminated quote`.
  explicit SimpleDateFormat(std::string_view pattern, const Locale& locale = Locale::node_default(),
                            Long now_millis = current_millis());
  /// The short date and time of the locale.
  static SimpleDateFormat with_styles(const FormatStyle* date, const FormatStyle* time,
                                      const Locale& locale = Locale::node_default());
  static Long current_millis();

  [[nodiscard]] std::string format(const Date& date) const;
  /// The beginning of `text`; the rest may be anything. Errors: ParseException `Unparseable date: "x"`.
  [[nodiscard]] Date parse(std::string_view text) const;
  /// From `position` on, which moves. Nothing: it doesn't fit, at `error`.
  [[nodiscard]] std::optional<Date> parse(std::string_view text, std::size_t& position, std::size_t& error) const;

  [[nodiscard]] const std::string& to_pattern() const { return pattern_; }
  void apply_pattern(std::string_view pattern);
  [[nodiscard]] const TimeZone& time_zone() const { return zone_; }
  void set_time_zone(const TimeZone& zone) { zone_ = zone; }
  [[nodiscard]] bool is_lenient() const { return lenient_; }
  void set_lenient(bool lenient) { lenient_ = lenient; }
  [[nodiscard]] Date two_digit_year_start() const { return Date(century_start_); }
  void set_two_digit_year_start(const Date& date) { century_start_ = date.time(); }

 private:
  friend class SimpleDateParser;

  /// A letter of the pattern and how often it stands there; no letter: text.
  struct Part {
    char letter = 0;
    int count = 0;
    std::string text;
  };

  void append(std::string& out, const Part& part, Calendar& calendar) const;
  static std::string number_of(const Part& part, Calendar& calendar);
  [[nodiscard]] std::string name_of_part(const Part& part, Calendar& calendar) const;
  [[nodiscard]] std::string offset_of(const Part& part, Calendar& calendar) const;

  std::string pattern_;
  Locale locale_;
  TimeZone zone_ = TimeZone::get_default();
  bool lenient_ = true;
  Long century_start_ = 0;
  std::vector<Part> parts_;
};

}  // namespace sluice::painless::time
