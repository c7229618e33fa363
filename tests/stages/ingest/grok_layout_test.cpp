// How the bank's layouts become expressions.
#include <array>

#include <gtest/gtest.h>

#include "stages/ingest/grok/bank/layout.h"
#include "stages/ingest/grok/grok.h"

namespace {

using namespace sluice::ingest;
using namespace sluice::ingest::bank;

std::string classic(std::string_view text, std::span<const Row> parts = {}) {
  return layout(text, EcsMode::kDisabled, parts);
}

std::string ecs(std::string_view text, std::span<const Row> parts = {}) { return layout(text, EcsMode::kV1, parts); }

TEST(GrokLayout, TextStandsForItselfButForFullStops) {
  EXPECT_EQ(classic("(a) [b] * | ^"), R"(\(a\) \[b\] \* \| \^)");
  EXPECT_EQ(classic(R"(end. v1\.2)"), R"(end[^\n] v1\.2)");
  EXPECT_EQ(classic(R"(\s*a\t\d+`b?`)"), R"(\s*a\t\d+b?)");
}

TEST(GrokLayout, SlotsMakeGroupsWithWhatLeadsToThem) {
  EXPECT_EQ(classic("{INT:a} to {IP}!"), "%{INT:a}(?: to %{IP})!");
  EXPECT_EQ(classic("x{<a>{INT}-{INT}>}"), "(?:x(?<a>%{INT}(?:-%{INT})))");
}

TEST(GrokLayout, SlotsHaveNamesOfBothModes) {
  EXPECT_EQ(classic("{INT:a|b.c:int}"), "%{INT:a}");
  EXPECT_EQ(ecs("{INT:a|b.c:int}"), "%{INT:b.c:int}");
  EXPECT_EQ(classic("{INT:|b}{INT:a|}"), "%{INT}%{INT:a}");
  EXPECT_EQ(ecs("{INT:|b}{INT:a|}"), "%{INT:b}%{INT}");
  EXPECT_EQ(classic("{DATA:a||INT:b:int}"), "%{DATA:a}");
  EXPECT_EQ(ecs("{DATA:a||INT:b:int}"), "%{INT:b:int}");
  EXPECT_EQ(ecs("{<a|b.c>x>}"), "(?<b.c>x)");
}

TEST(GrokLayout, ATextMayStandForNoValue) {
  EXPECT_EQ(classic("{-?INT:a}"), "(?:-|%{INT:a})");
  EXPECT_EQ(ecs("{DATA:a||(empty)?DATA:b}"), R"((?:\(empty\)|%{DATA:b}))");
}

TEST(GrokLayout, AlternativesMayBeNestedAndEmpty) { EXPECT_EQ(classic("{[a|{[{INT}b|]}c]}"), "(?:a|(?:%{INT}b|)c)"); }

TEST(GrokLayout, PartsStandForLayoutsOfTheirMode) {
  constexpr auto kParts = std::to_array<Row>({
      {"end", "{IP:a}/{port}"},
      {"port", "{INT:b}", In::kClassic},
      {"port", "{INT:c}", In::kEcs},
  });
  EXPECT_EQ(classic("to {end}", kParts), "(?:to %{IP:a})(?:/%{INT:b})");
  EXPECT_EQ(ecs("{port}", kParts), "%{INT:c}");
}

TEST(GrokLayout, ColumnsAreCountedBeforeTheyAreLookedInto) {
  constexpr auto kColumns = std::to_array<Columns>({{"INT:int", "a b"}, {"", "[{IP}]"}});
  EXPECT_EQ(separated(";", {kColumns}), "{INT:a:int}`(?=(?:;[^;]*){2})`;{INT:b:int};[{IP}]");
  constexpr auto kGreedy = std::to_array<Columns>({{"INT", "a"}, {"GREEDYDATA", "b c"}});
  EXPECT_EQ(separated(";", {kGreedy}), "{INT:a}`(?=(?:;[^;]*){2})`;{GREEDYDATA:b}`(?=(?:;[^;]*){1})`;{GREEDYDATA:c}");
}

TEST(GrokLayout, WordsShareWhatTheyBeginWith) {
  EXPECT_EQ(any_of(std::to_array<std::string_view>({"Deny", "Denied", "Built"})), "(?:Den(?:y|ied)|Built)");
  EXPECT_EQ(any_of(std::to_array<std::string_view>({"a", "ab"})), "a(?:|b)");
  EXPECT_EQ(any_of(std::to_array<std::string_view>({"mär", "mãr"})), "m(?:är|ãr)");
}

TEST(GrokLayout, ColumnsAreNotTriedInAllWays) {
  const auto grok = Grok::compile(std::to_array<std::string>({"%{BRO_FILES}"}));
  ASSERT_TRUE(grok);
  std::string line = "1.5\tuid\t10.0.0.1\t10.0.0.2\tC1";
  for (int i = 0; i < 17; ++i) line += "\t" + std::string(2000, 'x');
  GrokMatch match;
  const auto matched = grok->match(line, match);
  ASSERT_TRUE(matched) << matched.error().reason;
  EXPECT_FALSE(*matched);
  line += "\t-";
  const auto whole = grok->match(line, match);
  ASSERT_TRUE(whole && *whole) << (whole ? "no match" : whole.error().reason);
  EXPECT_EQ(match.captures().size(), 23U);
}

}  // namespace
