// What the recorded questions can't ask: the bounds of regular expressions, and patterns that only look wrong.
#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "stages/ingest/java_regex.h"

namespace sluice::ingest {
namespace {

std::string outcome_of(std::string_view pattern, std::string_view text) {
  const auto regex = JavaRegex::compile(pattern);
  if (!regex) return regex.error().reason;
  JavaRegex::Finder finder(*regex, text);
  int count = 0;
  for (auto found = finder.next();; found = finder.next()) {
    if (!found) return found.error().reason;
    if (!*found) return std::to_string(count);
    ++count;
  }
}

TEST(IngestRegex, IsGivenUpWhenItTakesTooLong) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(outcome_of("(a+)+$", std::string(60, 'a') + "!"),
            "matching the regular expression [(a+)+$] takes too long");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(IngestRegex, OfManyMatchesIsGivenUpTogether) {
  // Each one looks at all that is left.
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(outcome_of("a(?!.*z)", std::string(200'000, 'a')),
            "matching the regular expression [a(?!.*z)] takes too long");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(IngestRegex, TakesWhatStandsInCommentsForNothing) {
  EXPECT_EQ(outcome_of("(?x) b # a comment (with {odd [brackets", "abc"), "1");
}

TEST(IngestRegex, LooksForPlainTextAsSuch) {
  EXPECT_EQ(outcome_of("\\.", "a.b.c"), "2");
  EXPECT_EQ(outcome_of("aa", "aaaaa"), "2");
  EXPECT_EQ(outcome_of("", "ab"), "3");
}

TEST(IngestRegex, FindsNothingBetweenTheHalvesOfACharacter) {
  EXPECT_EQ(outcome_of("", "\U0001F600"), "3");
  EXPECT_EQ(outcome_of("x*", "\U0001F600"), "3");
}

}  // namespace
}  // namespace sluice::ingest
