#include "stages/query/text_set.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace sluice::stages {
namespace {

TEST(TextSet, HoldsWhatItIsMadeOfAndNothingElse) {
  for (const int count : {0, 1, 3, 64, 10'000}) {
    std::vector<std::string> texts;
    for (int i = 0; i < count; ++i) texts.push_back("text " + std::to_string(2 * i));
    const TextSet set(texts);
    EXPECT_EQ(set.size(), texts.size());
    for (int i = 0; i < 2 * count; ++i) EXPECT_EQ(set.contains("text " + std::to_string(i)), i % 2 == 0) << i;
    EXPECT_FALSE(set.contains(""));
  }
}

TEST(TextSet, CountsTheSameTextOnce) {
  const std::vector<std::string> texts{"a", "", "a"};
  const TextSet set(texts);
  EXPECT_EQ(set.size(), 2U);
  EXPECT_TRUE(set.contains(""));
}

}  // namespace
}  // namespace sluice::stages
