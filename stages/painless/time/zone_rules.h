#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stages/painless/time/zone_id.h"

namespace sluice::painless::time {

/// When a zone's offset changes: the transitions of a TZif file (RFC 9636) and the rule of its last line, which holds
/// for all years after them. Immutable; any thread.
class ZoneRules {
 public:
  /// One span of time with the same offset.
  struct Span {
    Int offset = 0;
    bool daylight = false;
    std::string name;  ///< `CET`, or `+04` where people have none
  };

  /// Reads the content of a TZif file. Nothing: it isn't one.
  static std::optional<ZoneRules> read(std::string_view file);

  [[nodiscard]] Int offset_at(Long epoch_second) const { return span_at(epoch_second).offset; }
  [[nodiscard]] const Span& span_at(Long epoch_second) const;
  [[nodiscard]] LocalOffsets local(Long local_second, Int year) const;
  [[nodiscard]] bool is_fixed() const { return times_.empty() && !yearly_; }
  /// Where the offset becomes another one.
  struct Change {
    Long second = 0;
    Int before = 0;
    Int after = 0;
  };
  /// The first change after `epoch_second`, the last one before it. Nothing: there is none.
  [[nodiscard]] std::optional<Change> next_change(Long epoch_second) const;
  [[nodiscard]] std::optional<Change> previous_change(Long epoch_second) const;
  /// The offset without daylight saving.
  [[nodiscard]] Int standard_offset_at(Long epoch_second) const;
  /// The abbreviation of the newest time with that offset, or the newest of its kind.
  [[nodiscard]] const std::string& name_for(Int offset, bool daylight) const;
  /// The offset in winter, in the end.
  [[nodiscard]] Int last_standard_offset() const;
  /// The clock is still put forward each year.
  [[nodiscard]] bool uses_daylight() const { return yearly_; }
  /// By how much, in seconds; 0: it isn't.
  [[nodiscard]] Int daylight_savings() const { return yearly_ ? daylight_.offset - standard_.offset : 0; }

 private:
  /// A day of the rule's year, and the second of it.
  struct YearDay {
    enum Kind : std::uint8_t { kMonthWeekDay, kJulian, kDay };
    Kind kind = kMonthWeekDay;
    Int month = 0;
    Int week = 0;
    Int day = 0;
    Int second = 7'200;

    /// Seconds since 1970 in local time.
    [[nodiscard]] Long in_year(Int year) const;
  };
  class Footer;
  friend class Footer;

  void turn_negative_daylight();
  /// The two transitions of `year`: their moments and what begins there, in order.
  struct YearTransitions {
    Long first = 0;
    Long second = 0;
    const Span* before = nullptr;
    const Span* between = nullptr;
  };
  [[nodiscard]] YearTransitions in_year(Int year) const;
  [[nodiscard]] std::optional<Change> change_of(std::size_t each) const;

  std::vector<Long> times_;
  std::vector<std::uint8_t> kinds_;  ///< kinds_[i] begins with times_[i - 1]; kinds_[0] is before all
  std::vector<Span> spans_;
  bool yearly_ = false;
  Span standard_;
  Span daylight_;
  YearDay to_daylight_;
  YearDay to_standard_;
};

}  // namespace sluice::painless::time
