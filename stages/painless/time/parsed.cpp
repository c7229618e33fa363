#include "stages/painless/time/parsed.h"

#include <algorithm>

#include "stages/painless/time/extended_field.h"

namespace sluice::painless::time {

ParsedFields& ParsedFields::operator=(const ParsedFields& other) {
  if (this == &other) return *this;
  std::copy_n(other.slots_.begin(), other.count_, slots_.begin());
  count_ = other.count_;
  present_ = other.present_;
  zone = other.zone;
  day_period_name = other.day_period_name;
  day_period_begin = other.day_period_begin;
  day_period_end = other.day_period_end;
  leap_second = other.leap_second;
  zone_name = other.zone_name;
  return *this;
}

const Long* ParsedFields::search(Field field) const {
  for (std::size_t each = 0; each < count_; ++each) {
    if (std::bit_cast<Field>(slots_[each].field) == field) return &slots_[each].value;
  }
  return nullptr;
}

std::optional<Long> ParsedFields::put(Field field, Long value) {
  if (const Long* known = find(field)) {
    auto* place = const_cast<Long*>(known);  // a slot of this object
    const Long old = *place;
    *place = value;
    return old;
  }
  if (count_ == kMost) fail("Too many fields: " + field.to_string());
  slots_[count_++] = {std::bit_cast<std::array<std::uint8_t, sizeof(Field)>>(field), value};
  present_ |= std::uint64_t{1} << static_cast<unsigned>(field.id());
  return std::nullopt;
}

std::optional<Long> ParsedFields::remove(Field field) {
  if (find(field) == nullptr) return std::nullopt;
  std::optional<Long> removed;
  std::size_t kept = 0;
  present_ = 0;
  for (std::size_t each = 0; each < count_; ++each) {
    const auto one = std::bit_cast<Field>(slots_[each].field);
    if (one == field) {
      removed = slots_[each].value;
      continue;
    }
    present_ |= std::uint64_t{1} << static_cast<unsigned>(one.id());
    slots_[kept++] = slots_[each];
  }
  count_ = kept;
  return removed;
}

void ParsedFields::keep_only(const std::vector<Field>& fields) {
  for (std::size_t each = count_; each-- > 0;) {
    const Field field = (*this)[each].field;
    if (std::find(fields.begin(), fields.end(), field) == fields.end()) remove(field);
  }
}

bool Parsed::is_supported(Field field) const {
  if (fields_.find(field) != nullptr || (date_ && date_->is_supported(field)) ||
      (time_ && time_->is_supported(field))) {
    return true;
  }
  return !field.is_chrono() && computed_supported(*this, field);
}

Long Parsed::get_long(Field field) const {
  if (const Long* value = fields_.find(field)) return *value;
  if (date_ && date_->is_supported(field)) return date_->get_long(field);
  if (time_ && time_->is_supported(field)) return time_->get_long(field);
  if (!field.is_chrono()) return computed_get_long(*this, field);
  unsupported_field(field.to_string());
}

std::optional<ZoneOffset> Parsed::offset() const {
  if (const Long* seconds = fields_.find(FieldId::kOffsetSeconds)) {
    return ZoneOffset::of_total_seconds(static_cast<Int>(*seconds));
  }
  if (fields_.zone && fields_.zone->is_offset()) return fields_.zone->offset_at(0);
  return std::nullopt;
}

std::string Parsed::to_string() const {
  std::string text = "{";
  for (std::size_t each = 0; each < fields_.size(); ++each) {
    if (each > 0) text.append(", ");
    text.append(fields_[each].field.to_string()).append("=").append(std::to_string(fields_[each].value));
  }
  text.append("},ISO");
  if (fields_.zone) {
    text.append(",").append(fields_.zone->to_string()).append(",").append(std::to_string(fields_.zone_name));
  }
  if (!date_ && !time_) return text;
  text.append(" resolved to ");
  if (date_) text.append(date_->to_string());
  if (date_ && time_) text.append("T");
  if (time_) text.append(time_->to_string());
  return text;
}

}  // namespace sluice::painless::time
