#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace sluice::ingest {

/// What a database tells: of what its name ends in.
enum class GeoKind : std::uint8_t { kCity = 1, kCountry = 2, kAsn = 4 };

/// `GeoLite2-City`, `GeoIP2-Country`, `GeoLite2-ASN`; nothing: another kind.
std::optional<GeoKind> geo_kind_of(std::string_view database_type);

/// A field that `geoip` writes. Source: Elasticsearch's documentation of the processor.
struct GeoProperty {
  /// How its value is found.
  enum class How : std::uint8_t { kIp, kNetwork, kText, kFlag, kInteger, kLong, kLocation, kRegionCode };
  std::string_view name;  ///< of the option: `COUNTRY_NAME`
  std::string_view key;   ///< of the field: `country_name`
  How how;
  std::uint8_t kinds;     ///< the databases that have it, GeoKind's bits
  std::uint8_t defaults;  ///< those of which it is written where nothing else is said
  const char* path[5];    ///< in the database, ends with a null

  [[nodiscard]] bool is_of(GeoKind kind) const { return (kinds & static_cast<std::uint8_t>(kind)) != 0; }
  [[nodiscard]] bool is_default(GeoKind kind) const { return (defaults & static_cast<std::uint8_t>(kind)) != 0; }
};

std::span<const GeoProperty> geo_properties();

}  // namespace sluice::ingest
