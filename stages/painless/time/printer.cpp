#include "stages/painless/time/printer.h"

#include <algorithm>
#include <cstdlib>

#include "stages/painless/time/digits.h"
#include "stages/painless/time/format_text.h"
#include "stages/painless/time/formatter_builder.h"
#include "stages/painless/time/zone_text.h"

namespace sluice::painless::time {
namespace {

constexpr Long kSecondsOf10000Years = 146'097L * 25 * kSecondsPerDay;
constexpr Long kSecondsTo1970 = 719'528L * kSecondsPerDay;

std::uint64_t magnitude(Long value) {
  return value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
}

Long power_of_ten(int exponent) {
  Long power = 1;
  for (; exponent > 0; --exponent) power *= 10;
  return power;
}

int utf16_size(std::string_view text) {
  int size = 0;
  for (const char each : text) {
    const auto byte = static_cast<unsigned char>(each);
    if ((byte & 0xC0) != 0x80) size += byte >= 0xF0 ? 2 : 1;
  }
  return size;
}

/// An accessor with the formatter's zone in place of its own.
class InZone final : public Accessor {
 public:
  InZone(const Accessor& base, ZoneId zone) : base_(base), zone_(zone) {}
  [[nodiscard]] bool is_supported(Field field) const override { return base_.is_supported(field); }
  [[nodiscard]] Long get_long(Field field) const override { return base_.get_long(field); }
  [[nodiscard]] std::optional<ZoneId> zone_id() const override { return zone_; }
  [[nodiscard]] std::optional<LocalDate> local_date() const override { return base_.local_date(); }
  [[nodiscard]] std::optional<LocalTime> local_time() const override { return base_.local_time(); }
  [[nodiscard]] std::optional<Unit> precision() const override { return base_.precision(); }
  [[nodiscard]] bool has_chronology() const override { return base_.has_chronology(); }
  [[nodiscard]] std::string to_string() const override {
    return base_.to_string() + (base_.has_chronology() ? " with chronology ISO" : "") + " with zone " +
           zone_.to_string();
  }
  [[nodiscard]] std::string_view type_name() const override { return base_.type_name(); }

 private:
  const Accessor& base_;
  ZoneId zone_;
};

}  // namespace

std::string DateTimeFormatter::format(const Temporal& temporal) const { return format(TemporalView(temporal)); }

std::string DateTimeFormatter::format(const Accessor& accessor) const {
  std::string out;
  if (root_->children.size() > 6) out.reserve(48);
  const auto print = [&](const Accessor& of) { Printer(of, *this, out).print(*root_); };
  if (!zone_ || accessor.zone_id() == zone_) {
    print(accessor);
    return out;
  }
  if (accessor.is_supported(FieldId::kInstantSeconds)) {
    print(TemporalView(ZonedDateTime::of_instant(Instant::from(accessor), *zone_)));
    return out;
  }
  if (zone_->is_fixed() && accessor.is_supported(FieldId::kOffsetSeconds) &&
      accessor.get(FieldId::kOffsetSeconds) != zone_->offset_at(0).total_seconds()) {
    fail("Unable to apply override zone '" + zone_->to_string() +
         "' because the temporal object being formatted has a different offset but does not represent an instant: " +
         accessor.to_string());
  }
  print(InZone(accessor, *zone_));
  return out;
}

Field week_based_field(char letter, const Locale& locale) {
  const Week week = locale.week();
  switch (letter) {
    case 'Y':
      return week.field(FieldId::kLocalWeekBasedYear);
    case 'w':
      return week.field(FieldId::kLocalWeekOfWeekBasedYear);
    case 'W':
      return week.field(FieldId::kLocalWeekOfMonth);
    default:
      return week.field(FieldId::kLocalDayOfWeek);
  }
}

Printer::Printer(const Accessor& accessor, const DateTimeFormatter& formatter, std::string& out)
    : accessor_(accessor),
      formatter_(formatter),
      out_(out),
      date_(accessor.local_date()),
      time_(accessor.local_time()) {}

std::optional<Long> Printer::value(Field field) const {
  if (field.is_chrono()) {
    if (date_ && field.is_date_based()) return date_->get_long(field);
    if (time_ && field.is_time_based()) return time_->get_long(field);
  }
  if (optional_ > 0 && !accessor_.is_supported(field)) return std::nullopt;
  return accessor_.get_long(field);
}

std::optional<ZoneId> Printer::zone(bool or_offset) const {
  const auto found = or_offset ? accessor_.zone() : accessor_.zone_id();
  if (!found && optional_ == 0) {
    fail(std::string("Unable to extract ") + (or_offset ? "Zone" : "ZoneId") + " from temporal " +
         accessor_.to_string() +
         (formatter_.has_chronology() && !accessor_.has_chronology() ? " with chronology ISO" : ""));
  }
  return found;
}

bool Printer::print(const FormatNode& node) {
  switch (node.kind) {
    case FormatNode::kLiteral:
      out_.append(node.text);
      return true;
    case FormatNode::kNumber:
      return print_number(node, node.field, [](Long number, const FormatNode&) { return number; });
    case FormatNode::kReduced:
      return print_number(node, node.field, [](Long number, const FormatNode& reduced) {
        const auto digits = static_cast<Long>(magnitude(number));
        const Long range = power_of_ten(reduced.min_width);
        const bool near = number >= reduced.number && number < reduced.number + range;
        return near ? digits % range : digits % power_of_ten(reduced.max_width);
      });
    case FormatNode::kFraction:
      return print_fraction(node);
    case FormatNode::kText:
      return print_text(node);
    case FormatNode::kWeekBased:
      return print_week_based(node);
    case FormatNode::kOffset:
      return print_offset(node);
    case FormatNode::kLocalizedOffset:
      return print_localized_offset(node);
    case FormatNode::kZoneId:
      return print_zone_id(node);
    case FormatNode::kZoneText:
      return print_zone_text(node);
    case FormatNode::kInstant:
      return print_instant(node);
    case FormatNode::kDayPeriod:
      return print_day_period(node);
    case FormatNode::kChronology:
      if (!accessor_.has_chronology() && optional_ == 0) {
        fail("Unable to extract Chronology from temporal " + accessor_.to_string());
      }
      if (accessor_.has_chronology()) out_.append("ISO");
      return accessor_.has_chronology();
    case FormatNode::kLocalized: {
      const Long date = node.number % 5;
      const Long time = node.number / 5;
      const auto date_style = static_cast<FormatStyle>(date);
      const auto time_style = static_cast<FormatStyle>(time);
      const std::string pattern = DateTimeFormatterBuilder::localized_pattern(
          date == 4 ? nullptr : &date_style, time == 4 ? nullptr : &time_style, formatter_.locale());
      return print(DateTimeFormatter::of_pattern(pattern, formatter_.locale()).root());
    }
    case FormatNode::kSequence:
      return print_sequence(node);
    case FormatNode::kPad:
      return print_pad(node);
    case FormatNode::kCase:
    case FormatNode::kStrictness:
    case FormatNode::kDefault:
      return true;
  }
  return true;
}

bool Printer::print_sequence(const FormatNode& node) {
  const std::size_t before = out_.size();
  if (node.flag) ++optional_;
  for (const FormatNode& each : node.children) {
    if (!print(each)) {
      out_.resize(before);  // what is missing takes all of its sequence with it, and no more
      break;
    }
  }
  if (node.flag) --optional_;
  return true;
}

bool Printer::print_number(const FormatNode& node, Field field, Long (*change)(Long, const FormatNode&)) {
  const auto found = value(field);
  if (!found) return false;
  append_number(node, field, change(*found, node));
  return true;
}

void Printer::append_number(const FormatNode& node, Field field, Long number) {
  if (number >= 0 && ((node.min_width == 2 && number < 100) || (node.min_width == 4 && number < 10'000)) &&
      node.sign != SignStyle::kAlways) {
    append_padded(out_, number, node.min_width);
    return;
  }
  const std::string digits = std::to_string(magnitude(number));
  const auto refuse = [&](const std::string& why) {
    fail("Field " + field.to_string() + " cannot be printed as the value " + std::to_string(number) + why);
  };
  if (static_cast<int>(digits.size()) > node.max_width) {
    refuse(" exceeds the maximum print width of " + std::to_string(node.max_width));
  }
  if (number >= 0) {
    const bool exceeds =
        node.sign == SignStyle::kExceedsPad && node.min_width < 19 && static_cast<int>(digits.size()) > node.min_width;
    if (exceeds || node.sign == SignStyle::kAlways) out_.push_back('+');
  } else if (node.sign == SignStyle::kNotNegative) {
    refuse(" cannot be negative according to the SignStyle");
  } else if (node.sign != SignStyle::kNever) {
    out_.push_back('-');
  }
  const auto width = static_cast<std::size_t>(node.min_width);
  if (width > digits.size()) out_.append(width - digits.size(), '0');
  out_.append(digits);
}

bool Printer::print_fraction(const FormatNode& node) {
  const auto found = value(node.field);
  if (!found) return false;
  // As billionths of the field's range, cut off.
  const ValueRange all = node.field.range();
  all.check(*found, node.field.to_string());
  const Wide range = Wide{all.maximum()} - all.minimum() + 1;
  const auto billionths = static_cast<Long>((Wide{*found} - all.minimum()) * kNanosPerSecond / range);
  std::string digits;
  append_padded(digits, billionths, 9);
  const std::size_t needed = billionths == 0 ? 0 : digits.find_last_not_of('0') + 1;
  const std::size_t size =
      std::clamp(needed, static_cast<std::size_t>(node.min_width), static_cast<std::size_t>(node.max_width));
  if (size == 0) return true;
  if (node.flag) out_.push_back('.');
  out_.append(digits, 0, size);
  return true;
}

bool Printer::print_text(const FormatNode& node) {
  const auto found = value(node.field);
  if (!found) return false;
  if (const auto text =
          field_text(node.field, *found, node.text_style, node.flag ? Locale::english() : formatter_.locale())) {
    out_.append(*text);
  } else {
    FormatNode number;
    number.min_width = 1;
    number.max_width = 19;
    append_number(number, node.field, *found);
  }
  return true;
}

bool Printer::print_week_based(const FormatNode& node) {
  const Field field = week_based_field(node.letter, formatter_.locale());
  if (node.letter == 'Y' && node.min_width == 2) {
    FormatNode reduced = node;
    reduced.number = 2'000;
    return print_number(reduced, field,
                        [](Long number, const FormatNode&) { return static_cast<Long>(magnitude(number) % 100); });
  }
  FormatNode number = node;
  if (node.letter != 'Y') number.max_width = 2;
  return print_number(number, field, [](Long value, const FormatNode&) { return value; });
}

bool Printer::print_offset(const FormatNode& node) {
  const auto found = value(FieldId::kOffsetSeconds);
  if (!found) return false;
  const Int total = to_int_exact(*found);
  if (total == 0) {
    out_.append(node.text);
    return true;
  }
  const int type = node.min_width;
  const int kind = type % 11;
  const bool colon = kind > 0 && kind % 2 == 0;
  const Int hours = std::abs(total / 3'600 % 100);
  const Int minutes = std::abs(total / 60 % 60);
  const Int seconds = std::abs(total % 60);
  const std::size_t before = out_.size();
  Int printed = hours;
  out_.push_back(total < 0 ? '-' : '+');
  append_padded(out_, hours, type < 11 || hours >= 10 ? 2 : 1);
  const auto part = [&](Int number) {
    if (colon) out_.push_back(':');
    append_padded(out_, number, 2);
    printed += number;
  };
  if ((kind >= 3 && kind <= 8) || (kind >= 9 && seconds > 0) || (kind >= 1 && minutes > 0)) {
    part(minutes);
    if (kind == 7 || kind == 8 || (kind >= 5 && seconds > 0)) part(seconds);
  }
  if (printed == 0) {
    out_.resize(before);
    out_.append(node.text);
  }
  return true;
}

bool Printer::print_localized_offset(const FormatNode& node) {
  const auto found = value(FieldId::kOffsetSeconds);
  if (!found) return false;
  out_.append("GMT");
  const Int total = to_int_exact(*found);
  if (total == 0) return true;
  const Int hours = std::abs(total / 3'600 % 100);
  const Int minutes = std::abs(total / 60 % 60);
  const Int seconds = std::abs(total % 60);
  const bool full = node.text_style == TextStyle::kFull;
  out_.push_back(total < 0 ? '-' : '+');
  append_padded(out_, hours, full ? 2 : 1);
  if (full || minutes != 0 || seconds != 0) {
    out_.push_back(':');
    append_padded(out_, minutes, 2);
  }
  if (seconds != 0) {
    out_.push_back(':');
    append_padded(out_, seconds, 2);
  }
  return true;
}

bool Printer::print_zone_id(const FormatNode& node) {
  auto found = node.number == 1 ? accessor_.zone_id() : zone(node.number == 2);
  if (node.number == 1) {
    // A region only: an offset is none.
    if (found && found->is_offset()) found.reset();
    if (!found && optional_ == 0) {
      fail("Unable to extract ZoneRegionId() from temporal " + accessor_.to_string());
    }
  }
  if (!found) return false;
  out_.append(found->id());
  return true;
}

bool Printer::print_zone_text(const FormatNode& node) {
  const auto found = zone(false);
  if (!found) return false;
  if (found->is_offset()) {
    out_.append(found->id());
    return true;
  }
  ZoneNameKind kind = ZoneNameKind::kGeneric;
  ZoneOffset offset = found->offset_at(0);
  std::optional<Long> moment;
  if (accessor_.is_supported(FieldId::kInstantSeconds)) {
    moment = accessor_.get_long(FieldId::kInstantSeconds);
  } else if (accessor_.is_supported(FieldId::kEpochDay) && accessor_.is_supported(FieldId::kNanoOfDay) && date_ &&
             time_) {
    moment = date_->at_time(*time_).at_zone(*found).to_epoch_second();
  }
  if (moment && !node.flag) {
    kind = found->is_daylight_savings(*moment) ? ZoneNameKind::kDaylight : ZoneNameKind::kStandard;
  }
  if (moment) offset = found->offset_at(*moment);
  out_.append(zone_name(*found, kind, offset, node.text_style == TextStyle::kFull, formatter_.locale()));
  return true;
}

bool Printer::print_instant(const FormatNode& node) {
  const auto seconds = value(FieldId::kInstantSeconds);
  if (!seconds) return false;
  Long nano = 0;
  if (accessor_.is_supported(FieldId::kNanoOfSecond)) nano = accessor_.get_long(FieldId::kNanoOfSecond);
  const Int valid_nano = Field(FieldId::kNanoOfSecond).check_int(nano);
  // Years beyond four digits are counted in groups of 10000.
  const bool usual = *seconds >= -kSecondsTo1970;
  const Long from_zero = usual ? *seconds - kSecondsOf10000Years + kSecondsTo1970 : *seconds + kSecondsTo1970;
  const Long high = usual ? floor_div(from_zero, kSecondsOf10000Years) + 1 : from_zero / kSecondsOf10000Years;
  const Long low = usual ? floor_mod(from_zero, kSecondsOf10000Years) : from_zero % kSecondsOf10000Years;
  const LocalDateTime local = LocalDateTime::of_epoch_second(low - kSecondsTo1970, 0, ZoneOffset::utc());
  if (usual && high > 0) out_.append("+").append(std::to_string(high));
  const std::size_t begin = out_.size();
  out_.append(local.to_string());
  if (local.second() == 0) out_.append(":00");
  if (!usual && high < 0) {
    if (local.year() == -10'000) {
      out_.replace(begin, 2, std::to_string(high - 1));
    } else if (low == 0) {
      out_.insert(begin, std::to_string(high));
    } else {
      out_.insert(begin + 1, std::to_string(std::abs(high)));
    }
  }
  if ((node.min_width < 0 && valid_nano > 0) || node.min_width > 0) {
    std::string digits;
    append_padded(digits, valid_nano, 9);
    std::size_t size = node.min_width > 0 ? static_cast<std::size_t>(node.min_width) : digits.find_last_not_of('0') + 1;
    if (node.min_width == -2) size = (size + 2) / 3 * 3;
    out_.append(".").append(digits, 0, size);
  }
  out_.push_back('Z');
  return true;
}

bool Printer::print_day_period(const FormatNode& node) {
  const auto hour = value(FieldId::kHourOfDay);
  const auto minute = accessor_.is_supported(FieldId::kMinuteOfHour) ? value(FieldId::kMinuteOfHour) : Long{0};
  if (!hour || !minute) return false;
  out_.append(day_period(static_cast<Int>(*hour * 60 + *minute), node.text_style, formatter_.locale()));
  return true;
}

bool Printer::print_pad(const FormatNode& node) {
  const std::size_t before = out_.size();
  if (!print(node.children[0])) return false;
  const int size = utf16_size(std::string_view(out_).substr(before));
  if (size > node.min_width) {
    fail("Cannot print as output of " + std::to_string(size) + " characters exceeds pad width of " +
         std::to_string(node.min_width));
  }
  std::string pad;
  for (int each = size; each < node.min_width; ++each) pad.append(node.text);
  out_.insert(before, pad);
  return true;
}

}  // namespace sluice::painless::time
