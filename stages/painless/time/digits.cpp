#include "stages/painless/time/digits.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "stages/painless/time/local_date.h"
#include "stages/painless/time/local_time.h"

namespace sluice::painless::time {

void append_padded(std::string& out, Long value, int width) {
  std::array<char, 20> digits{};
  std::size_t begin = digits.size();
  do {
    digits[--begin] = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value != 0);
  const std::size_t count = digits.size() - begin;
  if (const auto wanted = static_cast<std::size_t>(width); wanted > count) out.append(wanted - count, '0');
  out.append(digits.data() + begin, count);
}

void append_date(std::string& out, const LocalDate& date) {
  const Int year = date.year();
  if (year < 0) {
    out.push_back('-');
  } else if (year > 9'999) {
    out.push_back('+');
  }
  append_padded(out, std::abs(Long{year}), 4);
  out.push_back('-');
  append_padded(out, date.month_value(), 2);
  out.push_back('-');
  append_padded(out, date.day_of_month(), 2);
}

void append_time(std::string& out, const LocalTime& time) {
  append_padded(out, time.hour(), 2);
  out.push_back(':');
  append_padded(out, time.minute(), 2);
  const Int nano = time.nano();
  if (time.second() == 0 && nano == 0) return;
  out.push_back(':');
  append_padded(out, time.second(), 2);
  if (nano == 0) return;
  out.push_back('.');
  if (nano % 1'000'000 == 0) {
    append_padded(out, nano / 1'000'000, 3);
  } else if (nano % 1'000 == 0) {
    append_padded(out, nano / 1'000, 6);
  } else {
    append_padded(out, nano, 9);
  }
}

Int hash_of_text(std::string_view text) {
  std::uint32_t hash = 0;
  for (const char each : text) hash = 31 * hash + static_cast<unsigned char>(each);
  return static_cast<Int>(hash);
}

Int compare_texts(std::string_view left, std::string_view right) {
  const std::size_t shared = std::min(left.size(), right.size());
  for (std::size_t each = 0; each < shared; ++each) {
    if (left[each] != right[each]) return left[each] - right[each];
  }
  return static_cast<Int>(left.size()) - static_cast<Int>(right.size());
}

}  // namespace sluice::painless::time
