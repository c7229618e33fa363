#include "stages/painless/run/regex.h"

#include <string>

#include <gtest/gtest.h>

namespace sluice::painless {
namespace {

/// What is wrong with a pattern; empty: nothing.
std::string description_of(const std::string& pattern) {
  const auto problem = regex_problem(pattern, "");
  return problem ? problem->description : std::string();
}

std::string repeated(std::string_view text, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

constexpr std::size_t kVeryMany = 2'000'000;

TEST(RegexDepth, ClassesThatNeverEndAreUnclosed) {
  EXPECT_EQ(description_of(repeated("[", kVeryMany)), "Unclosed character class");
  EXPECT_EQ(description_of(repeated("[^", kVeryMany)), "Unclosed character class");
  EXPECT_EQ(description_of(repeated("[a&&", kVeryMany)), "Unclosed character class");
}

TEST(RegexDepth, GroupsThatNeverEndAreUnclosed) {
  EXPECT_EQ(description_of(repeated("(", kVeryMany)), "Unclosed group");
  EXPECT_EQ(description_of(repeated("(?:", 501) + "a"), "Unclosed group");
}

TEST(RegexDepth, TooManyWithinEachOtherAreNotCalledUnclosed) {
  for (const std::size_t count : {std::size_t{600}, kVeryMany}) {
    EXPECT_EQ(description_of(repeated("(", count) + "a" + repeated(")", count)), "parentheses are too deeply nested");
    EXPECT_EQ(description_of(repeated("[", count) + "a" + repeated("]", count)), "parentheses are too deeply nested");
    EXPECT_EQ(description_of(repeated("[^b[", count) + "a" + repeated("]]", count)),
              "parentheses are too deeply nested");
  }
}

TEST(RegexDepth, ManyWithinEachOtherAreRead) {
  EXPECT_EQ(description_of(repeated("(", 200) + "a" + repeated(")", 200)), "");
  EXPECT_EQ(description_of(repeated("[", 200) + "a" + repeated("]", 200)), "");
  EXPECT_EQ(description_of("[^]a[b&&[^c]]]+(?i)(x(?<n>y)*)"), "");
}

}  // namespace
}  // namespace sluice::painless
