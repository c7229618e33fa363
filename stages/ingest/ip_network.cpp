#include "stages/ingest/ip_network.h"

#include <algorithm>
#include <string>

#include "stages/ingest/java_number.h"

namespace sluice::ingest {

Result<stages::Address> read_address(std::string_view text) {
  const std::size_t percent = text.find('%');
  const std::string_view literal = text.substr(0, percent);
  if (percent == std::string_view::npos || percent + 1 < text.size()) {
    if (const auto address = stages::parse_address(literal)) return *address;
  }
  return std::unexpected(illegal_argument("'" + std::string(text) + "' is not an IP string literal."));
}

bool is_version_4(const stages::Address& address) {
  return std::all_of(address.begin(), address.begin() + 10, [](unsigned char byte) { return byte == 0; }) &&
         address[10] == 0xFF && address[11] == 0xFF;
}

Result<IpNetwork> IpNetwork::parse(std::string_view text) {
  constexpr int kAll = 128;
  constexpr int kFour = 32;
  const std::size_t slash = text.find('/');
  const std::string_view digits = slash == std::string_view::npos ? std::string_view() : text.substr(slash + 1);
  if (slash != std::string_view::npos && (digits.empty() || digits.find('/') != std::string_view::npos))
    return std::unexpected(illegal_argument("Expected [ip/prefix] but was [" + std::string(text) + "]"));
  const std::string_view literal = text.substr(0, slash);
  const auto address = read_address(literal);
  if (!address) return std::unexpected(address.error());
  if (slash == std::string_view::npos) return IpNetwork(*address, kAll);
  const bool four = is_version_4(*address);
  if (four && literal.find(':') != std::string_view::npos) {
    return std::unexpected(
        illegal_argument("CIDR notation is not allowed with IPv6-mapped IPv4 address [" + std::string(literal) +
                         " as it introduces ambiguity as to whether the prefix length should be interpreted as a v4 "
                         "prefix length or a v6 prefix length"));
  }
  const auto bits = read_int(digits);
  if (!bits) return std::unexpected(bits.error());
  if (*bits < 0 || *bits > (four ? kFour : kAll)) {
    return std::unexpected(illegal_argument("Illegal prefix length [" + std::string(digits) + "] in [" +
                                            std::string(text) +
                                            "]. Must be 0-32 for IPv4 ranges, 0-128 for IPv6 ranges"));
  }
  return IpNetwork(*address, four ? *bits + kAll - kFour : *bits);
}

bool IpNetwork::contains(const stages::Address& address) const {
  const auto whole = static_cast<std::size_t>(bits_ / 8);
  if (!std::equal(address.begin(), address.begin() + static_cast<std::ptrdiff_t>(whole), address_.begin()))
    return false;
  const int rest = bits_ % 8;
  return rest == 0 || ((address.at(whole) ^ address_.at(whole)) >> (8 - rest)) == 0;
}

}  // namespace sluice::ingest
