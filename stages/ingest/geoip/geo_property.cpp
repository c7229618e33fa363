#include "stages/ingest/geoip/geo_property.h"

namespace sluice::ingest {

namespace {

using How = GeoProperty::How;

constexpr std::uint8_t kCity = static_cast<std::uint8_t>(GeoKind::kCity);
constexpr std::uint8_t kCountry = static_cast<std::uint8_t>(GeoKind::kCountry);
constexpr std::uint8_t kAsn = static_cast<std::uint8_t>(GeoKind::kAsn);
constexpr std::uint8_t kPlaces = kCity | kCountry;
constexpr std::uint8_t kAll = kPlaces | kAsn;

constexpr GeoProperty kProperties[] = {
    {"IP", "ip", How::kIp, kAll, kAsn, {}},
    {"COUNTRY_IN_EUROPEAN_UNION",
     "country_in_european_union",
     How::kFlag,
     kPlaces,
     0,
     {"country", "is_in_european_union"}},
    {"COUNTRY_ISO_CODE", "country_iso_code", How::kText, kPlaces, kPlaces, {"country", "iso_code"}},
    {"COUNTRY_NAME", "country_name", How::kText, kPlaces, kPlaces, {"country", "names", "en"}},
    {"CONTINENT_CODE", "continent_code", How::kText, kPlaces, 0, {"continent", "code"}},
    {"CONTINENT_NAME", "continent_name", How::kText, kPlaces, kPlaces, {"continent", "names", "en"}},
    {"REGION_ISO_CODE", "region_iso_code", How::kRegionCode, kCity, kCity, {"subdivisions", "-1", "iso_code"}},
    {"REGION_NAME", "region_name", How::kText, kCity, kCity, {"subdivisions", "-1", "names", "en"}},
    {"CITY_NAME", "city_name", How::kText, kCity, kCity, {"city", "names", "en"}},
    {"TIMEZONE", "timezone", How::kText, kCity, 0, {"location", "time_zone"}},
    {"LOCATION", "location", How::kLocation, kCity, kCity, {}},
    {"ACCURACY_RADIUS", "accuracy_radius", How::kInteger, kCity, 0, {"location", "accuracy_radius"}},
    {"POSTAL_CODE", "postal_code", How::kText, kCity, 0, {"postal", "code"}},
    {"ASN", "asn", How::kLong, kAsn, kAsn, {"autonomous_system_number"}},
    {"ORGANIZATION_NAME", "organization_name", How::kText, kAsn, kAsn, {"autonomous_system_organization"}},
    {"NETWORK", "network", How::kNetwork, kAsn, kAsn, {}},
    {"REGISTERED_COUNTRY_IN_EUROPEAN_UNION",
     "registered_country_in_european_union",
     How::kFlag,
     kPlaces,
     0,
     {"registered_country", "is_in_european_union"}},
    {"REGISTERED_COUNTRY_ISO_CODE",
     "registered_country_iso_code",
     How::kText,
     kPlaces,
     0,
     {"registered_country", "iso_code"}},
    {"REGISTERED_COUNTRY_NAME",
     "registered_country_name",
     How::kText,
     kPlaces,
     0,
     {"registered_country", "names", "en"}},
};

}  // namespace

std::optional<GeoKind> geo_kind_of(std::string_view database_type) {
  if (database_type.ends_with("-City")) return GeoKind::kCity;
  if (database_type.ends_with("-Country")) return GeoKind::kCountry;
  if (database_type.ends_with("-ASN")) return GeoKind::kAsn;
  return std::nullopt;
}

std::span<const GeoProperty> geo_properties() { return kProperties; }

}  // namespace sluice::ingest
