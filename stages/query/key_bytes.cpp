#include "stages/query/key_bytes.h"

#include <algorithm>
#include <bit>

namespace sluice::stages {

namespace {

constexpr int kWideBytes = 12;
constexpr Wide kLargest = Wide{1} << 94;

template <typename Unsigned>
void append_big_endian(std::string& out, Unsigned value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
}

/// A zero byte is followed by 0xFF, so that what ends in two zeros is before all that goes on.
void append_escaped(std::string& out, std::string_view text) {
  for (std::size_t at = 0;;) {
    const std::size_t zero = std::min(text.find('\0', at), text.size());
    out.append(text.substr(at, zero - at));
    if (zero == text.size()) return;
    out.append("\0\xff", 2);
    at = zero + 1;
  }
}

}  // namespace

void append_key(std::string& out, Wide value) {
  __extension__ using Unsigned = unsigned __int128;
  append_big_endian(out, static_cast<Unsigned>(std::clamp(value, -kLargest, kLargest) + kLargest), kWideBytes);
}

void append_key(std::string& out, double value) {
  auto bits = std::bit_cast<std::uint64_t>(value == 0 ? 0.0 : value);
  bits = (bits >> 63U) != 0 ? ~bits : bits | (std::uint64_t{1} << 63U);
  append_big_endian(out, bits, 8);
}

void append_key(std::string& out, int value) { out.push_back(static_cast<char>(value)); }

void append_key(std::string& out, const Address& value) { out.append(value.begin(), value.end()); }

void append_key(std::string& out, std::string_view value) {
  append_escaped(out, value.substr(0, kMostKeyText));
  out.append(2, '\0');
}

std::string behind_all(std::string prefix) {
  while (!prefix.empty() && prefix.back() == '\xff') prefix.pop_back();
  if (!prefix.empty()) prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1);
  return prefix;
}

pipeline::KeyRange keys_equal(std::string key) {
  std::string end = behind_all(key);
  return {std::move(key), std::move(end), true};
}

pipeline::KeyRange keys_of_prefix(std::string_view prefix) {
  std::string begin;
  append_escaped(begin, prefix.substr(0, kMostKeyText));
  std::string end = behind_all(begin);
  return {std::move(begin), std::move(end)};
}

}  // namespace sluice::stages
