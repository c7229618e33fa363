#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::stages {

/// An IP address as Lucene compares it: 16 bytes, those of version 4 mapped into version 6.
using Address = std::array<unsigned char, 16>;

/// Nothing: it is no address.
std::optional<Address> parse_address(std::string_view text);

/// As it is written shortest: `10.0.0.1`, `2001:db8::1`.
std::string address_text(const Address& address);
/// Whether it is one of version 4.
bool is_version_4(const Address& address);

/// The first (`low`) or last address of a network `10.0.0.0/8`. Nothing: it is no network.
std::optional<Address> end_of_network(std::string_view text, bool low);

}  // namespace sluice::stages
