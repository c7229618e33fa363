#include "pipeline/base/line_feeds.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

namespace sluice {
namespace {

TEST(CountLineFeeds, FindsOneAtEveryPlace) {
  for (std::size_t size = 0; size <= 200; ++size) {
    std::string text(size, 'x');
    ASSERT_EQ(count_line_feeds(text), 0U);
    for (std::size_t at = 0; at < size; ++at) {
      text[at] = '\n';
      ASSERT_EQ(count_line_feeds(text), 1U) << size << " bytes, line feed at " << at;
      text[at] = 'x';
    }
  }
}

/// Counters are bytes: nothing but line feeds fills them as fast as they can be.
TEST(CountLineFeeds, CountsMoreThanACounterHolds) {
  for (const std::size_t size : {63, 64, 127 * 64 - 1, 127 * 64, 127 * 64 + 1, 128 * 64, 1'000'003}) {
    EXPECT_EQ(count_line_feeds(std::string(size, '\n')), size);
  }
}

TEST(CountLineFeeds, CountsNoOtherByte) {
  std::string text;
  for (int i = 0; i < 4096; ++i) text += static_cast<char>(i % 256);
  EXPECT_EQ(count_line_feeds(text), 16U);
}

}  // namespace
}  // namespace sluice
