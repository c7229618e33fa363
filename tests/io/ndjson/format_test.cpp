#include "io/ndjson/format.h"

#include <gtest/gtest.h>

namespace sluice::io {
namespace {

TEST(LineEnd, CountsLinesThatAreNotBlank) {
  EXPECT_EQ(end_of_line("a\nb\n", 1), 2U);
  EXPECT_EQ(end_of_line("a\nb\n", 2), 4U);
  EXPECT_EQ(end_of_line("\n \r\na\n\n\tb\n", 2), 10U);
  EXPECT_EQ(end_of_line("a\nb", 2), std::string_view::npos);
  EXPECT_EQ(end_of_line("", 1), std::string_view::npos);
}

TEST(LineEnd, IsFoundInATextThatGrowsByteByByte) {
  const std::string text = " \n\r\n a\r\n\t\nb \nc\n";
  for (const std::size_t count : {1, 2, 3}) {
    LineEnd end(count);
    std::size_t size = 0;
    while (end.find(std::string_view(text).substr(0, size)) == std::string_view::npos) ++size;
    EXPECT_EQ(size, end_of_line(text, count)) << count;
  }
}

/// A line of many megabytes comes in pieces of some kilobytes: looking from its beginning each time would take minutes.
TEST(LineEnd, DoesNotLookTwiceAtTheSameBytes) {
  std::string text(1000, 'x');
  LineEnd end(1);
  ASSERT_EQ(end.find(text), std::string_view::npos);
  text[500] = '\n';  // where it must not look any more
  text += "x\n";
  EXPECT_EQ(end.find(text), 1002U);
}

}  // namespace
}  // namespace sluice::io
