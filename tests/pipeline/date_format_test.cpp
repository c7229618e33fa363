#include "pipeline/model/date_format.h"

#include <string>

#include <gtest/gtest.h>

namespace sluice::pipeline {
namespace {

std::string millis(std::string_view format, std::string_view text, DateFill fill = DateFill::kStart) {
  const auto compiled = DateFormat::compile(format);
  if (!compiled) return compiled.error().reason;
  const auto date = (*compiled)->parse(text, fill);
  return date ? std::to_string(date->millis()) : "no";
}

TEST(DateFormat, ReadsTheStandardForms) {
  const std::string_view standard = "strict_date_optional_time||epoch_millis";
  EXPECT_EQ(millis(standard, "1970-01-01"), "0");
  EXPECT_EQ(millis(standard, "2020-02-29T12:30:45.678Z"), "1582979445678");
  EXPECT_EQ(millis(standard, "2020-02-29T12:30:45,678+01:00"), "1582975845678");
  EXPECT_EQ(millis(standard, "2020-02"), "1580515200000");
  EXPECT_EQ(millis(standard, "2020"), "1577836800000");
  EXPECT_EQ(millis(standard, "1577836800000"), "1577836800000");
  EXPECT_EQ(millis(standard, "-5"), "-5");
  EXPECT_EQ(millis(standard, "1969-12-31T23:59:59.999Z"), "-1");
  for (const std::string_view bad :
       {"", "x", "2020-1-1", "2019-02-29", "2020-13-01", "2020-01-01 10:00", "2020-01-01T24"}) {
    EXPECT_EQ(millis(standard, bad), "no") << bad;
  }
}

TEST(DateFormat, FillsWhatIsLeftOut) {
  EXPECT_EQ(millis("strict_date_optional_time", "2020-02", DateFill::kEnd), "1580601599999");
  EXPECT_EQ(millis("strict_date_optional_time", "2020", DateFill::kEnd), "1577923199999");
  EXPECT_EQ(millis("strict_date_optional_time", "2020-02-29T12", DateFill::kEnd), "1582981199999");
}

TEST(DateFormat, ReadsPatterns) {
  EXPECT_EQ(millis("yyyy/MM/dd HH:mm:ss Z||yyyy/MM/dd Z", "2015/09/02 00:00:00 +0000"), "1441152000000");
  EXPECT_EQ(millis("dd/MMM/yyyy:HH:mm:ss Z", "02/Sep/2015:01:00:00 +0100"), "1441152000000");
  EXPECT_EQ(millis("yyyyMMddHHmmssSSS", "20150902000000001"), "1441152000001");
  EXPECT_EQ(millis("h:mm a", "1:30 PM"), "48600000");
  EXPECT_EQ(millis("epoch_second", "1441152000.5"), "1441152000500");
  EXPECT_EQ(millis("strict_week_date", "2015-W36-3"), "1441152000000");
  EXPECT_EQ(millis("ordinal_date", "2015-245"), "1441152000000");
  EXPECT_EQ(millis("yyyy", "02015"), "no");
  EXPECT_EQ(millis("'T'''HH", "T'01"), "3600000");
}

TEST(DateFormat, RefusesWhatIsNoPattern) {
  EXPECT_EQ(millis("foo", ""), "Invalid format: [foo]: Unknown pattern letter: f");
  EXPECT_FALSE(DateFormat::compile("yyyy||").has_value());
  EXPECT_FALSE(DateFormat::compile("'open").has_value());
  EXPECT_FALSE(DateFormat::compile("yyyy]").has_value());
}

}  // namespace
}  // namespace sluice::pipeline
