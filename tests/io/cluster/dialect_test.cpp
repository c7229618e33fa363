#include "io/cluster/dialect.h"

#include <chrono>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sluice::io {
namespace {

Dialect dialect(const std::string& number, bool opensearch = false) {
  const std::string distribution = opensearch ? R"("distribution":"opensearch",)" : "";
  return read_dialect(R"({"name":"n","version":{)" + distribution + R"("number":")" + number + "\"}}", "http://h:1")
      .value();
}

TEST(Dialect, ReadsVersionsWithTheirSuffixes) {
  EXPECT_EQ(dialect("9.4.3").version, (ServerVersion{9, 4, 3}));
  EXPECT_EQ(dialect("5.0.0-alpha2").version, (ServerVersion{5, 0, 0}));
  EXPECT_EQ(dialect("9.1-SNAPSHOT").version, (ServerVersion{9, 1, 0}));
  EXPECT_EQ(dialect("3.6.0", true).name(), "OpenSearch 3.6.0");
  EXPECT_EQ(dialect("1.7.6").name(), "Elasticsearch 1.7.6");
}

TEST(Dialect, KnowsWhereAPointInTimeCanBePaged) {
  EXPECT_FALSE(dialect("7.10.2").has(Feature::kPointInTime));
  EXPECT_TRUE(dialect("7.12.0").has(Feature::kPointInTime));
  EXPECT_FALSE(dialect("7.14.2").has(Feature::kSlicedPointInTime));
  EXPECT_TRUE(dialect("7.15.0").has(Feature::kSlicedPointInTime));
  EXPECT_FALSE(dialect("2.19.6", true).has(Feature::kPointInTime));
  EXPECT_TRUE(dialect("3.3.0", true).has(Feature::kPointInTime));
}

TEST(Dialect, KnowsTheTypesOfOldServers) {
  EXPECT_EQ(dialect("1.7.6").default_type(), "doc");
  EXPECT_EQ(dialect("5.6.16").default_type(), "doc");
  EXPECT_EQ(dialect("6.8.23").default_type(), "_doc");
  EXPECT_EQ(dialect("7.0.0").default_type(), "");
  EXPECT_EQ(dialect("1.0.0", true).default_type(), "");
}

TEST(Dialect, RoundsKeepAlivesUpForServersThatKnowMillisecondsOnly) {
  EXPECT_EQ(dialect("2.4.6").keep_alive(std::chrono::nanoseconds(1'000'001)), "2ms");
  EXPECT_EQ(dialect("5.0.0").keep_alive(std::chrono::minutes(5)), "5m");
}

TEST(Dialect, RefusesWhatIsNoCluster) {
  for (const char* bad : {"", "[]", "{}", "<html>", R"({"version":"1"})", R"({"version":{"number":7}})",
                          R"({"version":{"number":"x"}})"}) {
    const auto read = read_dialect(bad, "http://h:1");
    ASSERT_FALSE(read) << bad;
    EXPECT_THAT(read.error().reason,
                ::testing::HasSubstr("remote is likely not an Elasticsearch instance: http://h:1"));
  }
}

}  // namespace
}  // namespace sluice::io
