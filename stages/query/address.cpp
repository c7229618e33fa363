#include "stages/query/address.h"

#include <charconv>
#include <cstring>
#include <string>

#include <arpa/inet.h>

#include "pipeline/base/parse_number.h"

namespace sluice::stages {

std::optional<Address> parse_address(std::string_view text) {
  Address address{};
  const std::string zero_ended(text);
  if (inet_pton(AF_INET6, zero_ended.c_str(), address.data()) == 1) return address;
  in_addr four{};
  if (inet_pton(AF_INET, zero_ended.c_str(), &four) != 1) return std::nullopt;
  address.fill(0);
  address[10] = address[11] = 0xFF;
  std::memcpy(address.data() + 12, &four, sizeof(four));
  return address;
}

bool is_version_4(const Address& address) {
  static constexpr std::array<unsigned char, 12> kPrefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  return std::memcmp(address.data(), kPrefix.data(), kPrefix.size()) == 0;
}

std::string address_text(const Address& address) {
  std::string out;
  if (is_version_4(address)) {
    for (std::size_t i = 12; i < 16; ++i) out += (i == 12 ? "" : ".") + std::to_string(address.at(i));
    return out;
  }
  const auto group = [&](std::size_t i) { return address.at(2 * i) * 256U + address.at(2 * i + 1); };
  // The longest run of two zeroes and more is left out, the first of equal ones.
  std::size_t begin = 8;
  std::size_t size = 1;
  for (std::size_t i = 0; i < 8; ++i) {
    std::size_t run = 0;
    while (i + run < 8 && group(i + run) == 0) ++run;
    if (run <= size) continue;
    begin = i;
    size = run;
  }
  for (std::size_t i = 0; i < 8; ++i) {
    if (i == begin) {
      out += "::";
      i += size - 1;
      continue;
    }
    if (!out.empty() && !out.ends_with(':')) out += ':';
    std::array<char, 4> digits{};
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), group(i), 16);
    out.append(digits.data(), written.ptr);
  }
  return out;
}

std::optional<Address> end_of_network(std::string_view text, bool low) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  auto address = parse_address(text.substr(0, slash));
  const std::string_view digits = text.substr(slash + 1);
  const auto bits = parse_number<int>(digits);
  if (!address || !bits) return std::nullopt;
  const int kept = text.find(':') == std::string_view::npos ? *bits + 96 : *bits;
  if (kept < 0 || kept > 128) return std::nullopt;
  for (int bit = kept; bit < 128; ++bit) {
    const auto mask = static_cast<unsigned char>(0x80U >> (bit % 8));
    unsigned char& byte = (*address).at(static_cast<std::size_t>(bit / 8));
    byte = static_cast<unsigned char>(low ? byte & ~mask : byte | mask);
  }
  return address;
}

}  // namespace sluice::stages
