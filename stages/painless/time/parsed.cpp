#include "stages/painless/time/parsed.h"

#include <algorithm>

#include "stages/painless/time/extended_field.h"

namespace sluice::painless::time {

ParsedFields& ParsedFields::operator=(const ParsedFields& other) {
  if (this == &other) return *this;
  std::copy_n(other.entries_.begin(), other.count_, entries_.begin());
  count_ = other.count_;
  zone = other.zone;
  day_period_name = other.day_period_name;
  day_period_begin = other.day_period_begin;
  day_period_end = other.day_period_end;
  leap_second = other.leap_second;
  zone_name = other.zone_name;
  return *this;
}

const Long* ParsedFields::find(Field field) const {
  for (std::size_t each = 0; each < count_; ++each) {
    if (entries_[each].field == field) return &entries_[each].value;
  }
  return nullptr;
}

std::optional<Long> ParsedFields::put(Field field, Long value) {
  for (std::size_t each = 0; each < count_; ++each) {
    if (entries_[each].field == field) {
      const Long old = entries_[each].value;
      entries_[each].value = value;
      return old;
    }
  }
  if (count_ == kMost) fail("Too many fields: " + field.to_string());
  entries_[count_++] = {field, value};
  return std::nullopt;
}

std::optional<Long> ParsedFields::remove(Field field) {
  for (std::size_t each = 0; each < count_; ++each) {
    if (entries_[each].field == field) {
      const Long value = entries_[each].value;
      std::copy(entries_.begin() + static_cast<std::ptrdiff_t>(each) + 1,
                entries_.begin() + static_cast<std::ptrdiff_t>(count_),
                entries_.begin() + static_cast<std::ptrdiff_t>(each));
      --count_;
      return value;
    }
  }
  return std::nullopt;
}

void ParsedFields::keep_only(const std::vector<Field>& fields) {
  for (std::size_t each = count_; each-- > 0;) {
    const Field field = entries_[each].field;
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
