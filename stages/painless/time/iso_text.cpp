#include "stages/painless/time/iso_text.h"

namespace sluice::painless::time {
namespace {

class IsoReader {
 public:
  explicit IsoReader(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}

  [[nodiscard]] bool at_end() const { return at_ == end_; }
  [[nodiscard]] std::string_view rest() const { return {at_, static_cast<std::size_t>(end_ - at_)}; }

  bool skip(char wanted) {
    if (at_ == end_ || *at_ != wanted) return false;
    ++at_;
    return true;
  }

  bool digits(int count, Int& number) {
    if (end_ - at_ < count) return false;
    Int value = 0;
    for (int each = 0; each < count; ++each) {
      const auto digit = static_cast<unsigned char>(at_[each] - '0');
      if (digit > 9) return false;
      value = value * 10 + digit;
    }
    at_ += count;
    number = value;
    return true;
  }

  bool date(LocalDate& date) {
    Int year = 0;
    Int month = 0;
    Int day = 0;
    if (!digits(4, year) || !skip('-') || !digits(2, month) || !skip('-') || !digits(2, day)) return false;
    if (month < 1 || month > 12 || day < 1 || day > length_of(static_cast<Month>(month), is_leap_year(year)))
      return false;
    date = LocalDate::clamped(year, month, day);
    return true;
  }

  bool time(LocalTime& time) {
    Int hour = 0;
    Int minute = 0;
    Int second = 0;
    Int nano = 0;
    if (!digits(2, hour) || !skip(':') || !digits(2, minute)) return false;
    if (skip(':') && (!digits(2, second) || !fraction(nano))) return false;
    if (hour > 23 || minute > 59 || second > 59) return false;
    time = LocalTime::of(hour, minute, second, nano);
    return true;
  }

  bool offset(ZoneOffset& offset) {
    if (skip('Z')) return true;
    if (at_ == end_ || (*at_ != '+' && *at_ != '-')) return false;
    const bool negative = *at_++ == '-';
    Int hours = 0;
    Int minutes = 0;
    if (!digits(2, hours) || !skip(':') || !digits(2, minutes)) return false;
    const Int total = hours * 3'600 + minutes * 60;
    if (hours > 18 || minutes > 59 || total > 64'800 || (at_ != end_ && *at_ == ':')) return false;
    offset = ZoneOffset::unchecked(negative ? -total : total);
    return true;
  }

 private:
  bool fraction(Int& nano) {
    if (at_ == end_ || *at_ != '.') return true;
    ++at_;
    int count = 0;
    while (at_ != end_ && count < 9 && *at_ >= '0' && *at_ <= '9') {
      nano = nano * 10 + (*at_++ - '0');
      ++count;
    }
    if (count == 0) return false;
    for (; count < 9; ++count) nano *= 10;
    return true;
  }

  const char* at_;
  const char* end_;
};

}  // namespace

std::optional<LocalDate> read_iso_date(std::string_view text) {
  IsoReader in(text);
  LocalDate date;
  return in.date(date) && in.at_end() ? std::optional(date) : std::nullopt;
}

std::optional<LocalTime> read_iso_time(std::string_view text) {
  IsoReader in(text);
  LocalTime time;
  return in.time(time) && in.at_end() ? std::optional(time) : std::nullopt;
}

std::optional<LocalDateTime> read_iso_date_time(std::string_view text) {
  IsoReader in(text);
  LocalDate date;
  LocalTime time;
  if (!in.date(date) || !in.skip('T') || !in.time(time) || !in.at_end()) return std::nullopt;
  return LocalDateTime::of(date, time);
}

std::optional<IsoMoment> read_iso_moment(std::string_view text, bool region) {
  IsoReader in(text);
  LocalDate date;
  LocalTime time;
  IsoMoment moment;
  if (!in.date(date) || !in.skip('T') || !in.time(time) || !in.offset(moment.offset)) return std::nullopt;
  moment.local = LocalDateTime::of(date, time);
  if (in.at_end()) return moment;
  std::string_view rest = in.rest();
  if (!region || rest.size() < 5 || rest.front() != '[' || rest.back() != ']') return std::nullopt;
  rest = rest.substr(1, rest.size() - 2);
  // Only the ids that a slash shows to be regions: the others have more than one spelling.
  if (rest.find('/') == std::string_view::npos) return std::nullopt;
  try {
    moment.region = ZoneId::of(rest);
  } catch (const DateTimeError&) {
    return std::nullopt;
  }
  return moment;
}

}  // namespace sluice::painless::time
