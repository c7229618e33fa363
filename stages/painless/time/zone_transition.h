#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stages/painless/time/duration.h"
#include "stages/painless/time/instant.h"
#include "stages/painless/time/local_date_time.h"
#include "stages/painless/time/zone_id.h"

namespace sluice::painless::time {

/// Java's ZoneOffsetTransition: where a zone's offset becomes another one. Trivially copyable.
class ZoneTransition {
 public:
  static constexpr std::string_view kTypeName = "java.time.zone.ZoneOffsetTransition";

  ZoneTransition(Long second, ZoneOffset before, ZoneOffset after) : second_(second), before_(before), after_(after) {}
  /// `local` is what the clock shows before it. Errors: IllegalArgumentException `Offsets must not be equal`,
  /// `Nano-of-second must be zero`.
  static ZoneTransition of(const LocalDateTime& local, ZoneOffset before, ZoneOffset after);

  [[nodiscard]] Long to_epoch_second() const { return second_; }
  [[nodiscard]] Instant instant() const { return Instant::of_epoch_second(second_); }
  [[nodiscard]] ZoneOffset offset_before() const { return before_; }
  [[nodiscard]] ZoneOffset offset_after() const { return after_; }
  [[nodiscard]] LocalDateTime date_time_before() const { return LocalDateTime::of_epoch_second(second_, 0, before_); }
  [[nodiscard]] LocalDateTime date_time_after() const { return LocalDateTime::of_epoch_second(second_, 0, after_); }
  [[nodiscard]] Duration duration() const { return Duration::of_seconds(change()); }
  [[nodiscard]] bool is_gap() const { return change() > 0; }
  [[nodiscard]] bool is_overlap() const { return change() < 0; }
  /// Whether the offset holds for the times on the clock that come twice.
  [[nodiscard]] bool is_valid_offset(ZoneOffset offset) const {
    return !is_gap() && (offset == before_ || offset == after_);
  }

  [[nodiscard]] Int compare_to(const ZoneTransition& other) const {
    return second_ < other.second_ ? -1 : static_cast<Int>(second_ > other.second_);
  }
  [[nodiscard]] Int hash() const;
  /// `Transition[Gap at 2021-03-28T02:00+01:00 to +02:00]`.
  [[nodiscard]] std::string to_string() const;
  friend bool operator==(const ZoneTransition&, const ZoneTransition&) = default;

 private:
  [[nodiscard]] Int change() const { return after_.total_seconds() - before_.total_seconds(); }

  Long second_;
  ZoneOffset before_;
  ZoneOffset after_;
};

/// Java's ZoneRules, those of a zone. Trivially copyable.
class RulesOfZone {
 public:
  static constexpr std::string_view kTypeName = "java.time.zone.ZoneRules";

  explicit RulesOfZone(ZoneId zone) : zone_(zone) {}

  [[nodiscard]] ZoneOffset offset(const Instant& at) const { return zone_.offset_at(at.epoch_second()); }
  [[nodiscard]] ZoneOffset standard_offset(const Instant& at) const;
  [[nodiscard]] Duration daylight_savings(const Instant& at) const;
  [[nodiscard]] bool is_daylight_savings(const Instant& at) const { return standard_offset(at) != offset(at); }
  [[nodiscard]] bool is_fixed_offset() const { return zone_.is_fixed(); }
  [[nodiscard]] std::vector<ZoneOffset> valid_offsets(const LocalDateTime& local) const;
  [[nodiscard]] bool is_valid_offset(const LocalDateTime& local, ZoneOffset offset) const {
    return zone_.is_valid_offset(local, offset);
  }
  /// The gap or the overlap that `local` is in.
  [[nodiscard]] std::optional<ZoneTransition> transition(const LocalDateTime& local) const;
  [[nodiscard]] std::optional<ZoneTransition> next_transition(const Instant& after) const;
  [[nodiscard]] std::optional<ZoneTransition> previous_transition(const Instant& before) const;

  [[nodiscard]] std::string to_string() const;
  friend bool operator==(const RulesOfZone&, const RulesOfZone&) = default;

 private:
  ZoneId zone_;
};

}  // namespace sluice::painless::time
