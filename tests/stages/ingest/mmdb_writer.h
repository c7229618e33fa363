#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace sluice::tests {

/// A value of a database in MaxMind's format.
struct MmdbValue {
  using Map = std::vector<std::pair<std::string, MmdbValue>>;
  using List = std::vector<MmdbValue>;
  std::variant<std::string, double, std::uint16_t, std::uint32_t, std::uint64_t, bool, Map, List> is;
};

/// A network `1.2.3.0/24` or `2001:db8::/32`, and what is told of it.
struct MmdbNetwork {
  std::string network;
  MmdbValue value;
};

/// Writes a database of addresses of both versions. Source: MaxMind DB File Format Specification 2.0.
void write_mmdb(const std::string& path, const std::string& type, const std::vector<MmdbNetwork>& networks);

/// A folder with GeoLite2-City.mmdb, GeoLite2-Country.mmdb, GeoLite2-ASN.mmdb and Other.mmdb of a kind that nobody
/// knows, each of a few networks; made when first asked for, and removed when the program ends.
const std::string& geo_databases();

}  // namespace sluice::tests
