#include "stages/ingest/dissect/dissect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/stages/ingest/case_file.h"

namespace {

using sluice::ingest::Dissect;
using sluice::ingest::DissectMatch;
using sluice::tests::CaseLine;
using sluice::tests::read_cases;
using Values = std::vector<std::vector<std::string>>;

Values actual_of(const Dissect& dissect, const std::string& text) {
  DissectMatch match;
  if (const auto status = dissect.match(text, match); !status) return {{status.error().reason}};
  Values values;
  for (const auto& field : match.fields()) {
    values.push_back({std::string(field.name), field.is_null ? "<NULL>" : std::string(field.value)});
  }
  return values;
}

Values expected_of(const std::vector<CaseLine>& block, std::size_t& at) {
  Values values;
  for (; at < block.size() && block[at].word != "text"; ++at) values.push_back(block[at].values);
  return values;
}

// Replays what a real node makes of patterns, from tests/cases/ingest.
TEST(Dissect, CutsAsTheNodeDoes) {
  std::size_t cases = 0;
  for (const auto& block : read_cases("dissect.cases")) {
    std::size_t at = 1;
    std::string separator;
    if (at < block.size() && block[at].word == "separator") separator = block[at++].values.at(0);
    SCOPED_TRACE("dissect.cases:" + std::to_string(block[0].number) + " " + block[0].values.at(0));
    const auto dissect = Dissect::compile(block[0].values.at(0), separator);
    if (at < block.size() && block[at].word == "error") {
      ++cases;
      EXPECT_EQ(dissect ? "it compiles" : dissect.error().reason, block[at].values.at(0));
      continue;
    }
    ASSERT_TRUE(dissect) << dissect.error().reason;
    while (at < block.size()) {
      const std::string& text = block[at++].values.at(0);
      EXPECT_EQ(actual_of(*dissect, text), expected_of(block, at)) << text;
      ++cases;
    }
  }
  EXPECT_GE(cases, 550U);
}

TEST(Dissect, TellsOfErrorsByTheirClasses) {
  const auto pattern = Dissect::compile("a");
  ASSERT_FALSE(pattern);
  EXPECT_EQ(pattern.error().type, "exception");
  EXPECT_EQ(pattern.error().status, 500);
  ASSERT_NE(pattern.error().caused_by, nullptr);
  EXPECT_EQ(pattern.error().caused_by->type, "pattern_parse");
  EXPECT_EQ(Dissect::compile("%{+}").error().caused_by->type, "key_parse");
  EXPECT_EQ(Dissect::compile("%{+a/99999}").error().caused_by->type, "number_format_exception");
  DissectMatch match;
  EXPECT_EQ(Dissect::compile("%{a} %{b}")->match("x", match).error().type, "find_match");
}

TEST(Dissect, ValuesAreViewsIntoTheText) {
  const auto dissect = Dissect::compile("%{a} %{b}");
  const std::string text = "x y";
  DissectMatch match;
  ASSERT_TRUE(dissect->match(text, match));
  EXPECT_EQ(match.fields()[1].value.data(), text.data() + 2);
}

TEST(Dissect, JoinedValuesStayValidWhenManyAre) {
  std::string pattern;
  std::string text;
  for (int i = 0; i < 200; ++i) {
    pattern += "%{+" + std::string(1, static_cast<char>('a' + i % 5)) + "} ";
    text += "value" + std::to_string(i) + " ";
  }
  const auto dissect = Dissect::compile(pattern, ",");
  DissectMatch match;
  ASSERT_TRUE(dissect->match(text, match));
  ASSERT_EQ(match.fields().size(), 5U);
  for (const auto& field : match.fields()) EXPECT_EQ(field.value.substr(0, 5), "value");
}

}  // namespace
