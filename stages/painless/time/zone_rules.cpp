#include "stages/painless/time/zone_rules.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "stages/painless/time/local_date.h"

namespace sluice::painless::time {
namespace {

/// Big-endian numbers of a file, with its end in sight.
class Bytes {
 public:
  explicit Bytes(std::string_view file) : rest_(file) {}
  [[nodiscard]] bool has(std::size_t count) const { return rest_.size() >= count; }
  std::string_view take(std::size_t count) {
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(taken.size());
    return taken;
  }
  Long number(std::size_t width) {
    const std::string_view taken = take(width);
    std::uint64_t value = !taken.empty() && (static_cast<unsigned char>(taken[0]) & 0x80) != 0 ? ~std::uint64_t{0} : 0;
    for (const char each : taken) value = value << 8 | static_cast<unsigned char>(each);
    return static_cast<Long>(value);
  }
  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

struct Header {
  std::size_t utc = 0, standard = 0, leaps = 0, times = 0, types = 0, characters = 0;

  [[nodiscard]] std::size_t data_size(std::size_t time_width) const {
    return times * (time_width + 1) + types * 6 + characters + leaps * (time_width + 4) + standard + utc;
  }
};

constexpr std::size_t kHeaderSize = 44;

std::optional<Header> read_header(Bytes& in) {
  if (!in.has(kHeaderSize) || in.take(4) != "TZif") return std::nullopt;
  in.take(16);
  Header header;
  for (std::size_t* each :
       {&header.utc, &header.standard, &header.leaps, &header.times, &header.types, &header.characters}) {
    *each = static_cast<std::size_t>(in.number(4) & 0xFFFF'FFFF);
  }
  if (header.types == 0 || header.types > 255 || header.times > 100'000 || header.characters > 100'000) {
    return std::nullopt;
  }
  return header;
}

}  // namespace

/// Reads the rule after the data, such as `CET-1CEST,M3.5.0,M10.5.0/3`.
class ZoneRules::Footer {
 public:
  explicit Footer(std::string_view text) : rest_(text) {}

  void read_into(ZoneRules& rules) {
    rules.standard_.name = name();
    rules.standard_.offset = -seconds();
    if (rest_.empty()) return;
    rules.daylight_.name = name();
    rules.daylight_.daylight = true;
    rules.daylight_.offset = rules.standard_.offset + 3'600;
    if (!rest_.empty() && rest_[0] != ',') rules.daylight_.offset = -seconds();
    if (!skip(',')) return;
    rules.to_daylight_ = day();
    if (!skip(',')) return;
    rules.to_standard_ = day();
    rules.yearly_ = true;
  }

 private:
  bool skip(char wanted) {
    if (rest_.empty() || rest_[0] != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::string name() {
    const auto end_of = [&](auto belongs) {
      return static_cast<std::size_t>(std::find_if_not(rest_.begin(), rest_.end(), belongs) - rest_.begin());
    };
    const bool quoted = skip('<');
    const std::size_t size =
        quoted ? std::min(rest_.find('>'), rest_.size())
               : end_of([](char each) { return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z'); });
    std::string result(rest_.substr(0, size));
    rest_.remove_prefix(size);
    if (quoted) skip('>');
    return result;
  }

  Int number() {
    Int value = 0;
    while (!rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9' && value < 100'000) {
      value = value * 10 + (rest_[0] - '0');
      rest_.remove_prefix(1);
    }
    return value;
  }

  Int seconds() {
    const bool negative = skip('-');
    if (!negative) skip('+');
    Int total = number() * 3'600;
    if (skip(':')) total += number() * 60;
    if (skip(':')) total += number();
    return negative ? -total : total;
  }

  YearDay day() {
    YearDay result;
    if (skip('M')) {
      result.month = std::clamp(number(), 1, 12);
      skip('.');
      result.week = number();
      skip('.');
      result.day = number();
    } else {
      result.kind = skip('J') ? YearDay::kJulian : YearDay::kDay;
      result.day = number();
    }
    if (skip('/')) result.second = seconds();
    return result;
  }

  std::string_view rest_;
};

Long ZoneRules::YearDay::in_year(Int year) const {
  const Long january = LocalDate::of(year, 1, 1).to_epoch_day();
  Long at = january + day;
  if (kind == kJulian) {
    at = january + day - 1 + (is_leap_year(year) && day >= 60 ? 1 : 0);
  } else if (kind == kMonthWeekDay) {
    const LocalDate first = LocalDate::of(year, month, 1);
    const Int weekday = static_cast<Int>(first.day_of_week()) % 7;
    Int in_month = (day - weekday + 7) % 7 + (week - 1) * 7;
    if (in_month >= first.length_of_month()) in_month -= 7;
    at = first.to_epoch_day() + in_month;
  }
  return at * kSecondsPerDay + second;
}

std::optional<ZoneRules> ZoneRules::read(std::string_view file) {
  Bytes in(file);
  auto header = read_header(in);
  if (!header || !in.has(header->data_size(4))) return std::nullopt;
  in.take(header->data_size(4));
  header = read_header(in);  // the second part has 64 bits for a time
  if (!header || !in.has(header->data_size(8))) return std::nullopt;

  ZoneRules rules;
  for (std::size_t each = 0; each < header->times; ++each) rules.times_.push_back(in.number(8));
  rules.kinds_.push_back(0);
  for (std::size_t each = 0; each < header->times; ++each) {
    rules.kinds_.push_back(static_cast<std::uint8_t>(in.number(1) & 0xFF));
    if (rules.kinds_.back() >= header->types) return std::nullopt;
  }
  std::vector<std::size_t> names;
  for (std::size_t each = 0; each < header->types; ++each) {
    Span span;
    span.offset = static_cast<Int>(in.number(4));
    span.daylight = in.number(1) != 0;
    names.push_back(static_cast<std::size_t>(in.number(1) & 0xFF));
    rules.spans_.push_back(std::move(span));
  }
  const std::string_view characters = in.take(header->characters);
  for (std::size_t each = 0; each < header->types; ++each) {
    if (names[each] >= characters.size()) return std::nullopt;
    const std::string_view name = characters.substr(names[each]);
    rules.spans_[each].name = std::string(name.substr(0, name.find('\0')));
  }
  in.take(header->leaps * 12 + header->standard + header->utc);
  const std::string_view footer = in.rest();
  if (footer.size() > 2) Footer(footer.substr(1, footer.find('\n', 1) - 1)).read_into(rules);
  rules.turn_negative_daylight();
  return rules;
}

/// Where tzdata has a standard time in summer and a daylight time behind it in winter (Dublin), Java has it the usual
/// way round.
void ZoneRules::turn_negative_daylight() {
  std::vector<bool> behind(spans_.size(), false);
  for (std::size_t each = 1; each < kinds_.size(); ++each) {
    const Span& before = spans_[kinds_[each - 1]];
    const Span& after = spans_[kinds_[each]];
    if (!before.daylight && after.daylight && after.offset < before.offset) behind[kinds_[each]] = true;
  }
  const std::vector<Span> old = spans_;
  for (std::size_t each = 1; each < kinds_.size(); ++each) {
    if (behind[kinds_[each]]) {
      spans_[kinds_[each]].daylight = false;
      if (!old[kinds_[each - 1]].daylight) spans_[kinds_[each - 1]].daylight = true;
    }
  }
  if (yearly_ && daylight_.offset < standard_.offset) {
    std::swap(daylight_, standard_);
    std::swap(to_daylight_, to_standard_);
    standard_.daylight = false;
    daylight_.daylight = true;
  }
}

ZoneRules::YearTransitions ZoneRules::in_year(Int year) const {
  const Long spring = to_daylight_.in_year(year) - standard_.offset;
  const Long autumn = to_standard_.in_year(year) - daylight_.offset;
  if (spring < autumn) return {spring, autumn, &standard_, &daylight_};
  return {autumn, spring, &daylight_, &standard_};
}

const ZoneRules::Span& ZoneRules::span_at(Long epoch_second) const {
  if (yearly_ && (times_.empty() || epoch_second >= times_.back())) {
    // Far years repeat after 400 of them.
    constexpr Long kSecondsOf400Years = 146'097 * kSecondsPerDay;
    const Long folded = floor_mod(epoch_second, kSecondsOf400Years);
    const Int year = LocalDate::of_epoch_day(folded / kSecondsPerDay).year();
    const YearTransitions in = in_year(year);
    return folded >= in.first && folded < in.second ? *in.between : *in.before;
  }
  const auto next = std::upper_bound(times_.begin(), times_.end(), epoch_second);
  return spans_[kinds_[static_cast<std::size_t>(next - times_.begin())]];
}

namespace {

/// Where `local` is around a change from `before` to `after` at `time`: before it, in its gap or overlap, or past it.
std::optional<LocalOffsets> around(Long local, Long time, Int before, Int after) {
  LocalOffsets result{.kind = LocalOffsets::kUnique,
                      .before = ZoneOffset::unchecked(before),
                      .after = ZoneOffset::unchecked(after),
                      .transition = time};
  if (local >= time + std::max(before, after)) return std::nullopt;
  if (local >= time + std::min(before, after)) {
    result.kind = after > before ? LocalOffsets::kGap : LocalOffsets::kOverlap;
  }
  return result;
}

LocalOffsets unique(Int offset) {
  return {.kind = LocalOffsets::kUnique,
          .before = ZoneOffset::unchecked(offset),
          .after = ZoneOffset::unchecked(offset),
          .transition = 0};
}

}  // namespace

LocalOffsets ZoneRules::local(Long local_second, Int year) const {
  constexpr Long kFarthest = 2 * kSecondsPerDay;
  auto next = static_cast<std::size_t>(std::upper_bound(times_.begin(), times_.end(), local_second - kFarthest) -
                                       times_.begin());
  for (; next < times_.size(); ++next) {
    const auto found = around(local_second, times_[next], spans_[kinds_[next]].offset, spans_[kinds_[next + 1]].offset);
    if (found) return *found;
  }
  if (!yearly_) return unique(spans_[kinds_.back()].offset);
  const Int folded = static_cast<Int>(2'000 + floor_mod(year, 400));
  const Long shift =
      (LocalDate::of(year, 1, 1).to_epoch_day() - LocalDate::of(folded, 1, 1).to_epoch_day()) * kSecondsPerDay;
  const YearTransitions in = in_year(folded);
  for (const bool first : {true, false}) {
    auto found = around(local_second - shift, first ? in.first : in.second, (first ? in.before : in.between)->offset,
                        (first ? in.between : in.before)->offset);
    if (found) {
      found->transition += shift;
      return *found;
    }
  }
  return unique(in.before->offset);
}

const std::string& ZoneRules::name_for(Int offset, bool daylight) const {
  if (yearly_ && daylight_.offset == offset && daylight) return daylight_.name;
  if (yearly_ && standard_.offset == offset && !daylight) return standard_.name;
  for (std::size_t each = kinds_.size(); each-- > 0;) {
    const Span& span = spans_[kinds_[each]];
    if (span.offset == offset && span.daylight == daylight) return span.name;
  }
  return spans_[kinds_.back()].name;
}

Int ZoneRules::last_standard_offset() const {
  if (yearly_) return standard_.offset;
  return spans_[kinds_.back()].offset;
}

}  // namespace sluice::painless::time
