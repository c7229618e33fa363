#include "stages/painless/time/resolver.h"

#include <array>

namespace sluice::painless::time {
namespace {

using Id = FieldId;

[[noreturn]] void conflict(std::string_view left, std::string_view right, std::string_view what) {
  std::string message = "Conflict found: ";
  message.append(what).append(left).append(" ").append(right);
  fail(message);
}

}  // namespace

void Parsed::resolve(ResolverStyle style, const std::vector<Field>* only) {
  if (only != nullptr) fields_.keep_only(*only);
  Resolver(*this, style).resolve();
}

void Resolver::resolve() {
  resolve_all_fields();
  resolve_time_leniently();
  if (parsed_.date_) cross_check(*parsed_.date_);
  if (parsed_.time_) {
    cross_check(*parsed_.time_);
    if (parsed_.date_ && !fields_.empty()) cross_check(parsed_.date_->at_time(*parsed_.time_));
  }
  if (parsed_.date_ && parsed_.time_ && !parsed_.excess_.is_zero()) {
    parsed_.date_ = parsed_.date_->plus_days(parsed_.excess_.days());
    parsed_.excess_ = Period();
  }
  fill_fraction();
  resolve_instant();
}

Long Resolver::take(Field field) {
  const Long value = take_unchecked(field);
  check_unless_lenient(field, value);
  return value;
}

Int Resolver::take_int(Field field) { return field.check_int(take_unchecked(field)); }

void Resolver::put(Field by, Field field, Long value) {
  const auto old = fields_.put(field, value);
  if (old && *old != value) {
    const std::string name = field.to_string();
    fail("Conflict found: " + name + " " + std::to_string(*old) + " differs from " + name + " " +
         std::to_string(value) + " while resolving  " + by.to_string());
  }
}

void Resolver::add_date_field(Field field, Long value) {
  const Long* old = fields_.find(field);
  if (old != nullptr && *old != value) {
    const std::string name = field.to_string();
    fail("Conflict found: " + name + " " + std::to_string(*old) + " differs from " + name + " " +
         std::to_string(value));
  }
  fields_.put(field, value);
}

void Resolver::set_date(const std::optional<LocalDate>& date) {
  if (!date) return;
  if (parsed_.date_ && *parsed_.date_ != *date) {
    conflict(parsed_.date_->to_string(), date->to_string(), "Fields resolved to two different dates: ");
  }
  parsed_.date_ = date;
}

void Resolver::set_time(const LocalTime& time, Int excess_days) {
  const Period excess = Period::of_days(excess_days);
  if (!parsed_.time_) {
    parsed_.time_ = time;
    parsed_.excess_ = excess;
    return;
  }
  if (*parsed_.time_ != time) {
    conflict(parsed_.time_->to_string(), time.to_string(), "Fields resolved to different times: ");
  }
  if (!parsed_.excess_.is_zero() && !excess.is_zero() && parsed_.excess_ != excess) {
    conflict(parsed_.excess_.to_string(), excess.to_string(), "Fields resolved to different excess periods: ");
  }
  parsed_.excess_ = excess;
}

void Resolver::cross_check(const Temporal& against) {
  for (std::size_t each = fields_.size(); each-- > 0;) {
    const auto [field, value] = fields_[each];
    if (!against.is_supported(field)) continue;
    const Long derived = against.get_long(field);
    if (derived != value) {
      const std::string name = field.to_string();
      std::string reason = "Conflict found: Field ";
      reason.append(name).append(" ").append(std::to_string(derived)).append(" differs from ").append(name).append(" ");
      fail(reason.append(std::to_string(value)).append(" derived from ").append(against.to_string()));
    }
    fields_.remove(field);
  }
}

void Resolver::resolve_all_fields() {
  resolve_instant_fields();
  set_date(resolve_date());
  resolve_time_fields();
  bool changed = false;
  for (std::size_t each = 0; each < fields_.size();) {
    const Field field = fields_[each].field;
    if (!field.is_chrono() && resolve_computed(field)) {
      changed = true;
      each = 0;
    } else {
      ++each;
    }
  }
  if (!changed) return;
  resolve_instant_fields();
  set_date(resolve_date());
  resolve_time_fields();
}

void Resolver::resolve_instant_fields() {
  if (!has(Id::kInstantSeconds)) return;
  std::optional<ZoneId> zone = fields_.zone;
  if (!zone && has(Id::kOffsetSeconds)) {
    zone = ZoneOffset::of_total_seconds(static_cast<Int>(value(Id::kOffsetSeconds)));
  }
  if (!zone) return;
  const auto moment = ZonedDateTime::of_instant(Instant::of_epoch_second(take_unchecked(Id::kInstantSeconds)), *zone);
  set_date(moment.to_local_date());
  put(Id::kInstantSeconds, Id::kSecondOfDay, moment.to_local_time().to_second_of_day());
  put(Id::kInstantSeconds, Id::kOffsetSeconds, moment.offset().total_seconds());
}

void Resolver::resolve_time_fields() {
  resolve_hours();
  resolve_parts_of_day();
  resolve_fraction();
  resolve_day_period();
  if (has(Id::kHourOfDay) && has(Id::kMinuteOfHour) && has(Id::kSecondOfMinute) && has(Id::kNanoOfSecond)) {
    const Long hour = take_unchecked(Id::kHourOfDay);
    const Long minute = take_unchecked(Id::kMinuteOfHour);
    const Long second = take_unchecked(Id::kSecondOfMinute);
    resolve_time(hour, minute, second, take_unchecked(Id::kNanoOfSecond));
  }
}

void Resolver::resolve_hours() {
  const auto clock = [&](Field from, Field to, Long full) {
    if (!has(from)) return;
    const Long hour = take_unchecked(from);
    if (strict() || (smart() && hour != 0)) from.check(hour);
    put(from, to, hour == full ? 0 : hour);
  };
  clock(Id::kClockHourOfDay, Id::kHourOfDay, 24);
  clock(Id::kClockHourOfAmPm, Id::kHourOfAmPm, 12);
  if (!has(Id::kAmPmOfDay) || !has(Id::kHourOfAmPm)) return;
  const Long half = take_unchecked(Id::kAmPmOfDay);
  const Long hour = take_unchecked(Id::kHourOfAmPm);
  if (lenient()) {
    put(Id::kAmPmOfDay, Id::kHourOfDay, add_exact(multiply_exact(half, 12), hour));
  } else {
    Field(Id::kAmPmOfDay).check(half);
    Field(Id::kHourOfAmPm).check(hour);
    put(Id::kAmPmOfDay, Id::kHourOfDay, half * 12 + hour);
  }
}

void Resolver::resolve_parts_of_day() {
  if (has(Id::kNanoOfDay)) {
    const Long nano = take(Id::kNanoOfDay);
    put(Id::kNanoOfDay, Id::kHourOfDay, nano / nanos_of(Unit::kHours));
    put(Id::kNanoOfDay, Id::kMinuteOfHour, nano / nanos_of(Unit::kMinutes) % 60);
    put(Id::kNanoOfDay, Id::kSecondOfMinute, nano / kNanosPerSecond % 60);
    put(Id::kNanoOfDay, Id::kNanoOfSecond, nano % kNanosPerSecond);
  }
  if (has(Id::kMicroOfDay)) {
    const Long micro = take(Id::kMicroOfDay);
    put(Id::kMicroOfDay, Id::kSecondOfDay, micro / 1'000'000);
    put(Id::kMicroOfDay, Id::kMicroOfSecond, micro % 1'000'000);
  }
  if (has(Id::kMilliOfDay)) {
    const Long milli = take(Id::kMilliOfDay);
    put(Id::kMilliOfDay, Id::kSecondOfDay, milli / 1'000);
    put(Id::kMilliOfDay, Id::kMilliOfSecond, milli % 1'000);
  }
  if (has(Id::kSecondOfDay)) {
    const Long second = take(Id::kSecondOfDay);
    put(Id::kSecondOfDay, Id::kHourOfDay, second / 3'600);
    put(Id::kSecondOfDay, Id::kMinuteOfHour, second / 60 % 60);
    put(Id::kSecondOfDay, Id::kSecondOfMinute, second % 60);
  }
  if (has(Id::kMinuteOfDay)) {
    const Long minute = take(Id::kMinuteOfDay);
    put(Id::kMinuteOfDay, Id::kHourOfDay, minute / 60);
    put(Id::kMinuteOfDay, Id::kMinuteOfHour, minute % 60);
  }
}

void Resolver::resolve_fraction() {
  if (!has(Id::kNanoOfSecond)) return;
  Long nano = value(Id::kNanoOfSecond);
  check_unless_lenient(Id::kNanoOfSecond, nano);
  if (has(Id::kMicroOfSecond)) {
    nano = take(Id::kMicroOfSecond) * 1'000 + nano % 1'000;
    put(Id::kMicroOfSecond, Id::kNanoOfSecond, nano);
  }
  if (has(Id::kMilliOfSecond)) {
    const Long milli = take(Id::kMilliOfSecond);
    put(Id::kMilliOfSecond, Id::kNanoOfSecond, milli * 1'000'000 + nano % 1'000'000);
  }
}

/// `3 in the afternoon` says which half of the day the hour is in.
void Resolver::resolve_day_period() {
  if (fields_.day_period_name.empty() || !has(Id::kHourOfAmPm) || has(Id::kAmPmOfDay)) return;
  const Long hour = take_unchecked(Id::kHourOfAmPm);
  Long minute = 0;
  if (const Long* read = fields_.find(Id::kMinuteOfHour)) minute = *read;
  const Int begin = fields_.day_period_begin;
  const Int end = fields_.day_period_end;
  const auto inside = [&](Long at) { return begin == end ? at == begin : at >= begin && at < end; };
  Long excess = 0;
  if (lenient()) {
    excess = floor_div(hour, 12) * 12;
  } else {
    Field(Id::kHourOfAmPm).check(hour);
  }
  const Long in_half = hour - excess;
  const bool afternoon = !inside(in_half * 60 + minute) && inside(in_half * 60 + minute + 720);
  put(Id::kAmPmOfDay, Id::kHourOfDay, hour + (afternoon ? 12 : 0));
}

void Resolver::resolve_time(Long hour, Long minute, Long second, Long nano) {
  if (lenient()) {
    Long total = multiply_exact(hour, nanos_of(Unit::kHours));
    total = add_exact(total, multiply_exact(minute, nanos_of(Unit::kMinutes)));
    total = add_exact(total, multiply_exact(second, kNanosPerSecond));
    total = add_exact(total, nano);
    set_time(LocalTime::of_nano_of_day(floor_mod(total, kNanosPerDay)),
             static_cast<Int>(floor_div(total, kNanosPerDay)));
    return;
  }
  const Int valid_minute = Field(Id::kMinuteOfHour).check_int(minute);
  const Int valid_nano = Field(Id::kNanoOfSecond).check_int(nano);
  if (smart() && hour == 24 && valid_minute == 0 && second == 0 && valid_nano == 0) {
    set_time(LocalTime(), 1);
    return;
  }
  const Int valid_hour = Field(Id::kHourOfDay).check_int(hour);
  set_time(LocalTime::of(valid_hour, valid_minute, Field(Id::kSecondOfMinute).check_int(second), valid_nano), 0);
}

void Resolver::merge_small_units() {
  if (has(Id::kMilliOfSecond)) {
    const Long milli = take(Id::kMilliOfSecond);
    if (has(Id::kMicroOfSecond)) {
      const Long micro = milli * 1'000 + value(Id::kMicroOfSecond) % 1'000;
      put(Id::kMilliOfSecond, Id::kMicroOfSecond, micro);
      fields_.remove(Id::kMicroOfSecond);
      fields_.put(Id::kNanoOfSecond, micro * 1'000);
    } else {
      fields_.put(Id::kNanoOfSecond, milli * 1'000'000);
    }
  } else if (has(Id::kMicroOfSecond)) {
    fields_.put(Id::kNanoOfSecond, take(Id::kMicroOfSecond) * 1'000);
  }
}

void Resolver::resolve_time_leniently() {
  if (!parsed_.time_) {
    merge_small_units();
    if (has(Id::kHourOfDay)) {
      const bool minute = has(Id::kMinuteOfHour);
      const bool second = has(Id::kSecondOfMinute);
      const bool nano = has(Id::kNanoOfSecond);
      // A smaller unit without the ones above it makes no time.
      if ((!minute && (second || nano)) || (minute && !second && nano)) return;
      const auto take_or_zero = [&](Field field) { return fields_.remove(field).value_or(0); };
      const Long hours = take_or_zero(Id::kHourOfDay);
      const Long minutes = take_or_zero(Id::kMinuteOfHour);
      const Long seconds = take_or_zero(Id::kSecondOfMinute);
      resolve_time(hours, minutes, seconds, take_or_zero(Id::kNanoOfSecond));
    } else if (has(Id::kAmPmOfDay) && fields_.day_period_name.empty() && !has(Id::kHourOfAmPm) &&
               !has(Id::kMinuteOfHour) && !has(Id::kSecondOfMinute) && !has(Id::kNanoOfSecond)) {
      resolve_time(take(Id::kAmPmOfDay) * 12 + 6, 0, 0, 0);
    } else if (!fields_.day_period_name.empty()) {
      const Int begin = fields_.day_period_begin;
      const Int middle = begin + (fields_.day_period_end - begin) / 2;
      resolve_time(middle / 60, middle % 60, 0, 0);
    }
  }
  if (lenient()) return;
  for (std::size_t each = 0; each < fields_.size(); ++each) {
    const auto [field, value] = fields_[each];
    if (field.is_chrono() && field.is_time_based()) field.check(value);
  }
}

void Resolver::fill_fraction() {
  if (parsed_.time_) return;
  if (!has(Id::kInstantSeconds) && !has(Id::kSecondOfDay) && !has(Id::kSecondOfMinute)) return;
  const Long* nano = fields_.find(Id::kNanoOfSecond);
  const Long known = nano == nullptr ? 0 : *nano;
  if (nano == nullptr) fields_.put(Id::kNanoOfSecond, 0);
  fields_.put(Id::kMicroOfSecond, known / 1'000);
  fields_.put(Id::kMilliOfSecond, known / 1'000'000);
}

void Resolver::resolve_instant() {
  if (!parsed_.date_ || !parsed_.time_ || has(Id::kInstantSeconds)) return;
  const LocalDateTime local = parsed_.date_->at_time(*parsed_.time_);
  if (const Long* seconds = fields_.find(Id::kOffsetSeconds)) {
    fields_.put(Id::kInstantSeconds, local.to_epoch_second(ZoneOffset::of_total_seconds(static_cast<Int>(*seconds))));
  } else if (fields_.zone) {
    ZonedDateTime zoned = local.at_zone(*fields_.zone);
    if (fields_.zone_name == 0) zoned = zoned.with_later_offset_at_overlap();
    if (fields_.zone_name == 1) zoned = zoned.with_earlier_offset_at_overlap();
    fields_.put(Id::kInstantSeconds, zoned.to_epoch_second());
  }
}

}  // namespace sluice::painless::time
