#include "stages/painless/time/adjusters.h"

namespace sluice::painless::time {

using Id = FieldId;

Temporal Adjuster::adjust(const Temporal& target) const {
  const auto last = [&](Field field) { return target.with(field, target.range(field).maximum()); };
  switch (kind_) {
    case kFirstDayOfMonth:
      return target.with(Id::kDayOfMonth, 1);
    case kLastDayOfMonth:
      return last(Id::kDayOfMonth);
    case kFirstDayOfNextMonth:
      return target.with(Id::kDayOfMonth, 1).plus(1, Unit::kMonths);
    case kFirstDayOfYear:
      return target.with(Id::kDayOfYear, 1);
    case kLastDayOfYear:
      return last(Id::kDayOfYear);
    case kFirstDayOfNextYear:
      return target.with(Id::kDayOfYear, 1).plus(1, Unit::kYears);
    case kDayOfWeekInMonth:
      return in_month(target);
    default:
      return near(target);
  }
}

Temporal Adjuster::in_month(const Temporal& target) const {
  const auto wanted = static_cast<Long>(day_);
  if (ordinal_ >= 0) {
    const Temporal first = target.with(Id::kDayOfMonth, 1);
    const Long ahead = floor_mod(wanted - first.get(Id::kDayOfWeek), 7);
    return first.plus(ahead + (Long{ordinal_} - 1) * 7, Unit::kDays);
  }
  const Temporal last = target.with(Id::kDayOfMonth, target.range(Id::kDayOfMonth).maximum());
  const Long back = floor_mod(last.get(Id::kDayOfWeek) - wanted, 7);
  return last.plus(-back - (-Long{ordinal_} - 1) * 7, Unit::kDays);
}

Temporal Adjuster::near(const Temporal& target) const {
  const Long now = target.get(Id::kDayOfWeek);
  const auto wanted = static_cast<Long>(day_);
  const bool forward = kind_ == kNext || kind_ == kNextOrSame;
  Long days = floor_mod(forward ? wanted - now : now - wanted, 7);
  if (days == 0 && (kind_ == kNext || kind_ == kPrevious)) days = 7;
  if (days == 0) return target;
  return forward ? target.plus(days, Unit::kDays) : target.minus(days, Unit::kDays);
}

}  // namespace sluice::painless::time
