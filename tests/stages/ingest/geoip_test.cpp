#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "tests/stages/ingest/mmdb_writer.h"
#include "tests/stages/ingest/run_pipeline.h"

namespace {

using namespace sluice::ingest;
using sluice::tests::geo_databases;

/// The `_source` that a document ends as, or the reason of an error.
std::string after(const std::string& options, std::string_view source, const std::string& folder = geo_databases()) {
  CompileEnvironment environment;
  environment.databases = folder;
  return sluice::tests::after_pipeline(R"({"geoip":{"field":"ip")" + options + "}}", source, environment);
}

TEST(GeoIp, ACityIsToldOfByElasticsearchsDefaultFields) {
  EXPECT_EQ(
      after("", R"({"ip":"89.160.20.112"})"),
      R"({"ip":"89.160.20.112","geoip":{"continent_name":"Europe","region_iso_code":"SE-E","city_name":"Linköping",)"
      R"("country_iso_code":"SE","country_name":"Sweden","region_name":"Östergötland County",)"
      R"("location":{"lon":15.6167,"lat":58.4167}}})");
  EXPECT_NE(after("", R"({"ip":"2001:db8:1::7"})").find("Linköping"), std::string::npos);
}

TEST(GeoIp, WhatADatabaseDoesNotSayIsNotWritten) {
  EXPECT_EQ(after("", R"({"ip":"10.1.2.3"})"),
            R"({"ip":"10.1.2.3","geoip":{"country_iso_code":"US","country_name":"United States"}})");
  EXPECT_EQ(after("", R"({"ip":"11.1.2.3"})"), R"({"ip":"11.1.2.3"})");
  EXPECT_EQ(after("", R"({"ip":"192.168.0.1"})"), R"({"ip":"192.168.0.1"})");
  EXPECT_EQ(after("", R"({"ip":"::1"})"), R"({"ip":"::1"})");
}

TEST(GeoIp, PropertiesSayWhatIsWritten) {
  EXPECT_EQ(after(R"(,"properties":["ip","TimeZone","accuracy_radius","postal_code"],"target_field":"a.b")",
                  R"({"ip":"89.160.20.112"})"),
            R"({"ip":"89.160.20.112","a":{"b":{"timezone":"Europe/Stockholm","ip":"89.160.20.112",)"
            R"("accuracy_radius":76,"postal_code":"580 00"}}})");
  EXPECT_EQ(after(R"(,"properties":["country_in_european_union","registered_country_in_european_union"])",
                  R"({"ip":"89.160.20.112"})"),
            R"({"ip":"89.160.20.112","geoip":{"country_in_european_union":true,)"
            R"("registered_country_in_european_union":false}})");
  EXPECT_EQ(after(R"(,"properties":["asn"])", "{}"),
            "[properties] illegal property value [asn]. valid values are [IP, COUNTRY_IN_EUROPEAN_UNION, "
            "COUNTRY_ISO_CODE, COUNTRY_NAME, CONTINENT_CODE, CONTINENT_NAME, REGION_ISO_CODE, REGION_NAME, CITY_NAME, "
            "TIMEZONE, LOCATION, ACCURACY_RADIUS, POSTAL_CODE, REGISTERED_COUNTRY_IN_EUROPEAN_UNION, "
            "REGISTERED_COUNTRY_ISO_CODE, REGISTERED_COUNTRY_NAME]");
}

TEST(GeoIp, CountriesAndNetworksHaveTheirOwnFields) {
  EXPECT_EQ(
      after(R"(,"database_file":"GeoLite2-Country.mmdb")", R"({"ip":"89.160.1.1"})"),
      R"({"ip":"89.160.1.1","geoip":{"continent_name":"Europe","country_iso_code":"SE","country_name":"Sweden"}})");
  EXPECT_EQ(after(R"(,"database_file":"GeoLite2-ASN.mmdb")", R"({"ip":"82.171.100.1"})"),
            R"({"ip":"82.171.100.1","geoip":{"ip":"82.171.100.1","organization_name":"KPN B.V.","asn":1136,)"
            R"("network":"82.171.64.0/18"}})");
  EXPECT_EQ(
      after(R"(,"database_file":"GeoLite2-ASN.mmdb","properties":["asn","network"])", R"({"ip":"2001:db8:7::1"})"),
      R"({"ip":"2001:db8:7::1","geoip":{"asn":4200000000,"network":"2001:db8::/33"}})");
}

TEST(GeoIp, OfAListTheFirstThatIsKnownOrAll) {
  const std::string only = R"(,"properties":["country_iso_code"])";
  const std::string list = R"({"ip":["192.168.0.1","10.0.0.1","89.160.20.112"]})";
  EXPECT_EQ(after(only, list),
            R"({"ip":["192.168.0.1","10.0.0.1","89.160.20.112"],"geoip":{"country_iso_code":"US"}})");
  EXPECT_EQ(after(only + R"(,"first_only":false)", list),
            R"({"ip":["192.168.0.1","10.0.0.1","89.160.20.112"],)"
            R"("geoip":[null,{"country_iso_code":"US"},{"country_iso_code":"SE"}]})");
  EXPECT_EQ(after(only + R"(,"first_only":false)", R"({"ip":["::1"]})"), R"({"ip":["::1"]})");
  EXPECT_EQ(after(only, R"({"ip":["::1",1]})"), "array in field [ip] should only contain strings");
  EXPECT_EQ(after(only, R"({"ip":[]})"), R"({"ip":[]})");
}

TEST(GeoIp, FieldsWithoutAnAddressFail) {
  EXPECT_EQ(after("", R"({"ip":null})"), "field [ip] is null, cannot extract geoip information.");
  EXPECT_EQ(after("", "{}"), "field [ip] not present as part of path [ip]");
  EXPECT_EQ(after("", R"({"ip":1})"), "field [ip] should contain only string or array of strings");
  EXPECT_EQ(after("", R"({"ip":"a.b"})"), "'a.b' is not an IP string literal.");
  EXPECT_EQ(after(R"(,"ignore_missing":true)", R"({"ip":null})"), R"({"ip":null})");
  EXPECT_EQ(after(R"(,"ignore_missing":true)", "{}"), "{}");
}

TEST(GeoIp, ADatabaseThatCannotBeUsedIsRefusedWhenThePipelineIsStored) {
  EXPECT_NE(after("", "{}", "").find("[GeoLite2-City.mmdb] can't be looked for: no folder of databases is named"),
            std::string::npos);
  EXPECT_NE(after(R"(,"database_file":"My.mmdb")", "{}")
                .find("database [My.mmdb] is not there: [" + geo_databases() + "/My.mmdb] was looked for"),
            std::string::npos);
  EXPECT_NE(after(R"(,"database_file":"../GeoLite2-City.mmdb")", "{}").find("is not there"), std::string::npos);
  EXPECT_EQ(after(R"(,"database_file":"Other.mmdb")", "{}"),
            "[database_file] Unsupported database type [GeoIP2-Shoe-Size] for file [Other.mmdb]");
  const std::string broken = geo_databases() + "/Broken.mmdb";
  std::ofstream(broken) << "no database";
  EXPECT_NE(after(R"(,"database_file":"Broken.mmdb")", "{}").find("[" + broken + "] can't be used: "),
            std::string::npos);
}

}  // namespace
