#include "pipeline/base/parse_number.h"

#include <cstdint>

#include <gtest/gtest.h>

namespace sluice {
namespace {

TEST(ParseNumber, TakesTheWholeTextOrNothing) {
  EXPECT_EQ(parse_number<std::int32_t>("-17"), -17);
  EXPECT_EQ(parse_number<double>("1.5e3"), 1500);
  EXPECT_EQ(parse_number<std::uint16_t>("65535"), 65535);
  for (const std::string_view text : {"", " 1", "1 ", "1x", "+1", "0x1", "--1", "2147483648"}) {
    EXPECT_FALSE(parse_number<std::int32_t>(text)) << text;
  }
}

TEST(ParseNumber, JavaAlsoTakesAPlus) {
  EXPECT_EQ(parse_java_number<std::int64_t>("+9223372036854775807"), INT64_MAX);
  EXPECT_EQ(parse_java_number<std::int64_t>("-1"), -1);
  for (const std::string_view text : {"+", "+-1", "++1", "-+1", "9223372036854775808"}) {
    EXPECT_FALSE(parse_java_number<std::int64_t>(text)) << text;
  }
}

TEST(ParseNumber, TheErrorIsJavas) {
  const Error error = number_format_error("1x");
  EXPECT_EQ(error.status, 400);
  EXPECT_EQ(error.type, "number_format_exception");
  EXPECT_EQ(error.reason, "For input string: \"1x\"");
}

}  // namespace
}  // namespace sluice
