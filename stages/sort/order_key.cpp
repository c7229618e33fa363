#include "stages/sort/order_key.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace sluice::stages {

namespace {

constexpr std::uint64_t kSign = std::uint64_t{1} << 63;

/// Whole numbers of 80 bits: what 64 bits hold, signed or not, and sums of it.
constexpr std::int64_t kMostHigh = 0x7FFF;

/// The byte in front of a value, and those of what is missing before and behind it.
constexpr char kMissingFirst = 0;
constexpr char kThere = 1;
constexpr char kMissingLast = 2;

void append_big_endian(std::string& out, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift);
}

/// Negative numbers have all bits turned around, others the sign alone: so they are in the order of unsigned ones.
std::uint64_t ordered_bits(double number) {
  const auto bits =
      std::bit_cast<std::uint64_t>(std::isnan(number) ? std::numeric_limits<double>::quiet_NaN() : number);
  return (bits & kSign) != 0 ? ~bits : bits | kSign;
}

/// Ends with two zeros; a zero inside has something behind it that is larger.
void append_text(std::string& out, const std::string& text) {
  for (const char c : text) {
    out += c;
    if (c == 0) out += '\xFF';
  }
  out.append(2, '\0');
}

}  // namespace

void append_order_key(std::string& out, const SortKey& key, const SortValue& value) {
  if (value.kind == SortValue::Kind::kMissing) {
    out += key.missing == "_first" ? kMissingFirst : kMissingLast;
    return;
  }
  out += kThere;
  const std::size_t begin = out.size();
  out += static_cast<char>(value.kind);
  if (value.kind == SortValue::Kind::kText) {
    append_text(out, value.text);
  } else if (value.kind == SortValue::Kind::kFloating) {
    append_big_endian(out, ordered_bits(value.floating));
  } else {
    const auto high = static_cast<std::int64_t>(value.whole >> 64);
    const auto offset = static_cast<std::uint64_t>(std::clamp(high, -kMostHigh, kMostHigh) + kMostHigh);
    out += static_cast<char>(offset >> 8);
    out += static_cast<char>(offset);
    append_big_endian(out, static_cast<std::uint64_t>(value.whole));
  }
  if (!key.descending) return;
  for (std::size_t i = begin; i < out.size(); ++i) out[i] = static_cast<char>(~out[i]);
}

}  // namespace sluice::stages
