#include "stages/query/address.h"

#include <charconv>
#include <cstring>
#include <string>

#include <arpa/inet.h>

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

std::optional<Address> end_of_network(std::string_view text, bool low) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  auto address = parse_address(text.substr(0, slash));
  const std::string_view digits = text.substr(slash + 1);
  int bits = 0;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  if (!address || problem != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  const int kept = text.find(':') == std::string_view::npos ? bits + 96 : bits;
  if (kept < 0 || kept > 128) return std::nullopt;
  for (int bit = kept; bit < 128; ++bit) {
    const auto mask = static_cast<unsigned char>(0x80U >> (bit % 8));
    unsigned char& byte = (*address).at(static_cast<std::size_t>(bit / 8));
    byte = static_cast<unsigned char>(low ? byte & ~mask : byte | mask);
  }
  return address;
}

}  // namespace sluice::stages
