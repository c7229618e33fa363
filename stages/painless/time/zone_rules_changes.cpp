#include <algorithm>

#include "stages/painless/time/local_date.h"
#include "stages/painless/time/zone_rules.h"

namespace sluice::painless::time {

namespace {

/// Far years repeat after 400 of them.
constexpr Long kSecondsOf400Years = 146'097 * kSecondsPerDay;

}  // namespace

/// The offset may stay what it was where only the name changes: that is no change.
std::optional<ZoneRules::Change> ZoneRules::change_of(std::size_t each) const {
  const Int before = spans_[kinds_[each]].offset;
  const Int after = spans_[kinds_[each + 1]].offset;
  if (before == after) return std::nullopt;
  return Change{times_[each], before, after};
}

std::optional<ZoneRules::Change> ZoneRules::next_change(Long epoch_second) const {
  const auto next = std::ranges::upper_bound(times_, epoch_second);
  for (auto each = static_cast<std::size_t>(next - times_.begin()); each < times_.size(); ++each) {
    if (const auto change = change_of(each)) return change;
  }
  if (!yearly_) return std::nullopt;
  const Long from = times_.empty() ? epoch_second : std::max(epoch_second, times_.back());
  const Long folded = floor_mod(from, kSecondsOf400Years);
  const Int year = LocalDate::of_epoch_day(folded / kSecondsPerDay).year();
  for (const Int each : {year, year + 1}) {
    const YearTransitions in = in_year(each);
    if (in.first > folded) return Change{in.first - folded + from, in.before->offset, in.between->offset};
    if (in.second > folded) return Change{in.second - folded + from, in.between->offset, in.before->offset};
  }
  return std::nullopt;
}

std::optional<ZoneRules::Change> ZoneRules::previous_change(Long epoch_second) const {
  if (yearly_) {
    const Long folded = floor_mod(epoch_second, kSecondsOf400Years);
    const Long shift = epoch_second - folded;
    const Int year = LocalDate::of_epoch_day(folded / kSecondsPerDay).year();
    const auto is_listed = [&](Long second) { return !times_.empty() && second + shift <= times_.back(); };
    for (const Int each : {year, year - 1}) {
      const YearTransitions in = in_year(each);
      if (in.second < folded && !is_listed(in.second)) {
        return Change{in.second + shift, in.between->offset, in.before->offset};
      }
      if (in.first < folded && !is_listed(in.first)) {
        return Change{in.first + shift, in.before->offset, in.between->offset};
      }
    }
  }
  const auto next = std::ranges::lower_bound(times_, epoch_second);
  for (auto each = static_cast<std::size_t>(next - times_.begin()); each-- > 0;) {
    if (const auto change = change_of(each)) return change;
  }
  return std::nullopt;
}

Int ZoneRules::standard_offset_at(Long epoch_second) const {
  const Span& now = span_at(epoch_second);
  if (!now.daylight) return now.offset;
  if (yearly_ && (times_.empty() || epoch_second >= times_.back())) return standard_.offset;
  const auto next = std::ranges::upper_bound(times_, epoch_second);
  for (auto each = static_cast<std::size_t>(next - times_.begin()); each-- > 0;) {
    if (!spans_[kinds_[each]].daylight) return spans_[kinds_[each]].offset;
  }
  return now.offset;
}

}  // namespace sluice::painless::time
