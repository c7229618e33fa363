#include "pipeline/base/units.h"

#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace sluice {
namespace {

using namespace std::chrono_literals;

TEST(TimeValue, UnitsAndTheirText) {
  struct Case {
    std::string text;
    Nanoseconds duration;
    std::string printed;
  };
  const std::vector<Case> cases = {{"17nanos", 17ns, "17nanos"},
                                   {"5micros", 5us, "5micros"},
                                   {"30ms", 30ms, "30ms"},
                                   {"30s", 30s, "30s"},
                                   {"5m", 5min, "5m"},
                                   {"2h", 2h, "2h"},
                                   {"3d", 72h, "3d"},
                                   {" 10S ", 10s, "10s"},
                                   {"1 m", 1min, "1m"},
                                   {"0", 0s, "0s"},
                                   {"000", 0s, "0s"},
                                   {"-1", -1ms, "-1"},
                                   {"-001", -1ms, "-1"},
                                   {"+5s", 5s, "5s"}};
  for (const Case& each : cases) {
    const auto value = parse_time_value(each.text, "timeout");
    ASSERT_TRUE(value) << each.text << ": " << value.error().message();
    EXPECT_EQ(value->duration, each.duration) << each.text;
    EXPECT_EQ(value->text, each.printed) << each.text;
  }
}

TEST(TimeValue, Errors) {
  struct Case {
    std::string text;
    std::string reason;
    std::string cause;
  };
  const std::string head = "failed to parse setting [timeout] with value [";
  const std::vector<Case> cases = {
      {"5", head + "5] as a time value: unit is missing or unrecognized", ""},
      {"", head + "] as a time value: unit is missing or unrecognized", ""},
      {"1M", head + "1M] as a time value: unit is missing or unrecognized", ""},
      {"-5s", head + "-5s] as a time value: negative durations are not supported", ""},
      {"1.5s", "failed to parse [1.5s], fractional time values are not supported", "For input string: \"1.5\""},
      {"borkeds", "failed to parse [borkeds]", "For input string: \"borked\""},
      {"s", "failed to parse [s]", "For input string: \"\""},
      {"99999999999999999999s", "failed to parse [99999999999999999999s], fractional time values are not supported",
       "For input string: \"99999999999999999999\""}};
  for (const Case& each : cases) {
    const auto value = parse_time_value(each.text, "timeout");
    ASSERT_FALSE(value) << each.text;
    EXPECT_EQ(value.error().type, "illegal_argument_exception");
    EXPECT_EQ(value.error().status, 400);
    EXPECT_EQ(value.error().reason, each.reason);
    ASSERT_EQ(value.error().caused_by != nullptr, !each.cause.empty()) << each.text;
    if (value.error().caused_by) {
      EXPECT_EQ(value.error().caused_by->type, "number_format_exception");
      EXPECT_EQ(value.error().caused_by->reason, each.cause);
    }
  }
}

TEST(TimeValue, SaturatesInsteadOfOverflowing) {
  const auto value = parse_time_value("9223372036854775807d", "timeout");
  ASSERT_TRUE(value);
  EXPECT_EQ(value->duration.count(), std::numeric_limits<std::int64_t>::max());
}

TEST(TimeValue, ShortestText) {
  EXPECT_EQ(time_value_text(5min), "5m");
  EXPECT_EQ(time_value_text(1500ms), "1500ms");
  EXPECT_EQ(time_value_text(17ns), "17nanos");
  EXPECT_EQ(time_value_text(0s), "0s");
  EXPECT_EQ(time_value_text(-1ms), "-1");
  EXPECT_EQ(time_value_text(48h), "2d");
}

TEST(HumanDuration, OneTruncatedDecimal) {
  EXPECT_EQ(human_duration(0ns), "0s");
  EXPECT_EQ(human_duration(941'199us), "941.1ms");
  EXPECT_EQ(human_duration(2'999ms), "2.9s");
  EXPECT_EQ(human_duration(90s), "1.5m");
  EXPECT_EQ(human_duration(2h), "2h");
  EXPECT_EQ(human_duration(29h), "1.2d");
  EXPECT_EQ(human_duration(17ns), "17nanos");
  EXPECT_EQ(human_duration(1'500ns), "1.5micros");
  EXPECT_EQ(human_duration(-1ms), "-1");
}

TEST(ByteSize, Units) {
  EXPECT_EQ(parse_byte_size("17", "memory").value(), 17U);
  EXPECT_EQ(parse_byte_size("17b", "memory").value(), 17U);
  EXPECT_EQ(parse_byte_size("4k", "memory").value(), 4096U);
  EXPECT_EQ(parse_byte_size("256MB", "memory").value(), std::uint64_t{256} << 20);
  EXPECT_EQ(parse_byte_size("2 GiB", "memory").value(), std::uint64_t{2} << 30);
  EXPECT_EQ(parse_byte_size("1tb", "memory").value(), std::uint64_t{1} << 40);
}

TEST(ByteSize, Errors) {
  for (const std::string text : {"", "mb", "1.5gb", "-1", "12 parsecs", "0x10"}) {
    const auto size = parse_byte_size(text, "memory");
    ASSERT_FALSE(size) << text;
    EXPECT_EQ(size.error().reason, "failed to parse setting [memory] with value [" + text +
                                       "] as a size in bytes: use a whole number with one of b, kb, mb, gb, tb, for "
                                       "example 256mb");
  }
  for (const std::string text : {"99999999999999999999", "9223372036854775807kb"}) {
    const auto size = parse_byte_size(text, "memory");
    ASSERT_FALSE(size) << text;
    EXPECT_TRUE(size.error().reason.ends_with("it is too large")) << size.error().reason;
  }
}

TEST(HumanBytes, OneTruncatedDecimal) {
  EXPECT_EQ(human_bytes(0), "0b");
  EXPECT_EQ(human_bytes(1023), "1023b");
  EXPECT_EQ(human_bytes(std::uint64_t{256} << 20), "256mb");
  EXPECT_EQ(human_bytes(1'503'238'553), "1.3gb");
  EXPECT_EQ(human_bytes(std::numeric_limits<std::uint64_t>::max()), "16383.9pb");
}

}  // namespace
}  // namespace sluice
