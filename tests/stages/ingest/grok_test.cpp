#include "stages/ingest/grok/grok.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace sluice::ingest;
using testing::ElementsAre;

Grok compiled(std::initializer_list<std::string> patterns, const GrokSettings& settings = {}) {
  const std::vector<std::string> all(patterns);
  auto grok = Grok::compile(all, settings);
  EXPECT_TRUE(grok) << grok.error().reason;
  return *grok;
}

sluice::Error refused(std::initializer_list<std::string> patterns, const GrokSettings& settings = {}) {
  const std::vector<std::string> all(patterns);
  const auto grok = Grok::compile(all, settings);
  EXPECT_FALSE(grok);
  return grok ? sluice::Error() : grok.error();
}

std::vector<std::string> captured(const Grok& grok, std::string_view text) {
  GrokMatch match;
  const auto matched = grok.match(text, match);
  EXPECT_TRUE(matched && *matched) << text;
  std::vector<std::string> values;
  for (const auto& capture : match.captures()) {
    values.push_back(grok.fields()[capture.field].name + "=" + std::string(capture.text));
  }
  return values;
}

TEST(Grok, ErrorsAreTheNodes) {
  const auto error = refused({"%{NOPE}"});
  EXPECT_EQ(error.type, "parse_exception");
  EXPECT_EQ(error.status, 400);
  EXPECT_EQ(error.reason,
            "[patterns] Invalid regex pattern found in: [%{NOPE}]. Unable to find pattern [NOPE] in Grok's pattern "
            "dictionary");
  ASSERT_EQ(error.details.size(), 1U);
  EXPECT_EQ(error.details[0].first, "property_name");
  EXPECT_EQ(error.details[0].second, "\"patterns\"");
  EXPECT_EQ(refused({}).reason, "[patterns] List of patterns must not be empty");
}

TEST(Grok, EcsModesHaveTwoNames) {
  EXPECT_EQ(ecs_mode("disabled").value(), EcsMode::kDisabled);
  EXPECT_EQ(ecs_mode("v1").value(), EcsMode::kV1);
  EXPECT_EQ(ecs_mode("v8").error().reason, "[ecs_compatibility] unsupported mode 'v8'");
}

TEST(Grok, ValuesOfOneFieldStandTogether) {
  EXPECT_THAT(captured(compiled({"%{INT:a} %{WORD:b} %{INT:a:int}"}), "1 x 2"), ElementsAre("a=1", "a=2", "b=x"));
}

TEST(Grok, FieldsThatMayHaveSeveralValuesSaySo) {
  const Grok grok = compiled({"%{INT:a} %{WORD:b} %{INT:a:int}"});
  EXPECT_TRUE(grok.fields()[0].several);
  EXPECT_FALSE(grok.fields()[1].several);
}

TEST(Grok, TextsAreViewsIntoWhatWasMatched) {
  const std::string text = "GET /x";
  const Grok grok = compiled({"%{WORD:verb} %{NOTSPACE:path}"});
  GrokMatch match;
  ASSERT_TRUE(grok.match(text, match).value());
  EXPECT_EQ(match.captures()[1].text.data(), text.data() + 4);
}

TEST(Grok, MatchesAreReused) {
  const Grok grok = compiled({"%{INT:n}"});
  GrokMatch match;
  EXPECT_TRUE(grok.match("12", match).value());
  EXPECT_FALSE(grok.match("x", match).value());
  EXPECT_TRUE(match.captures().empty());
}

TEST(Grok, BytesThatAreNoUtf8AreNotMatched) {
  const Grok grok = compiled({"(?<x>[^ ]+)"});
  GrokMatch match;
  ASSERT_TRUE(grok.match("\xff\xc3 \xed\xa0\x80 ab", match).value());
  EXPECT_EQ(match.captures()[0].text, "ab");
}

TEST(Grok, ReferencesThatGrowWithoutEndAreRefused) {
  GrokSettings settings;
  for (char name = 'A'; name < 'T'; ++name) {
    const std::string next = "%{" + std::string(1, static_cast<char>(name + 1)) + "}";
    settings.definitions.push_back({std::string(1, name), next + next + next});
  }
  settings.definitions.push_back({"T", "x"});
  EXPECT_EQ(refused({"%{A}"}, settings).reason,
            "[patterns] Invalid regex pattern found in: [%{A}]. Can not convert grok patterns to regular expression");
}

TEST(Grok, LongExpressionsShareWhatTheyRepeat) {
  std::vector<std::string> patterns;
  for (int i = 0; i < 120; ++i) patterns.push_back("k" + std::to_string(i) + " %{IP:a} %{IP:b} %{IP:c}");
  const auto grok = Grok::compile(patterns);
  ASSERT_TRUE(grok) << grok.error().reason.substr(grok.error().reason.size() - 200);
  EXPECT_THAT(captured(*grok, "k119 10.0.0.1 ::1 fe80::1%eth0"), ElementsAre("a=10.0.0.1", "b=::1", "c=fe80::1%eth0"));
  EXPECT_THAT(captured(*grok, "ü k7 1.2.3.4 5.6.7.8 ::"), ElementsAre("a=1.2.3.4", "b=5.6.7.8", "c=::"));
}

TEST(Grok, ManyThreadsMatchAtOnce) {
  const Grok grok = compiled({"%{COMMONAPACHELOG}", "%{WORD:first} %{GREEDYDATA:rest}"});
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      GrokMatch match;
      for (int i = 0; i < 500; ++i) {
        const std::string text = "word" + std::to_string(i) + (t % 2 == 0 ? " grün" : " green");
        if (grok.match(text, match).value_or(false) && match.captures().size() == 2) ++good;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, 2000);
}

/// Expressions that would take years, and their texts.
struct Endless {
  std::string pattern;
  std::string text;
};

class GrokTime : public testing::TestWithParam<Endless> {};

TEST_P(GrokTime, NoMatchTakesLongerThanASecond) {
  const Grok grok = compiled({GetParam().pattern});
  GrokMatch match;
  const auto begin = std::chrono::steady_clock::now();
  const auto matched = grok.match(GetParam().text, match);
  const auto took = std::chrono::steady_clock::now() - begin;
  ASSERT_FALSE(matched);
  EXPECT_EQ(matched.error().type, "runtime_exception");
  EXPECT_EQ(matched.error().reason, "grok pattern matching was interrupted after [1000] ms");
  EXPECT_LT(took, std::chrono::milliseconds(1000));
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

INSTANTIATE_TEST_SUITE_P(Patterns, GrokTime,
                         testing::Values(Endless{"(?<x>(?:a|aa)+)+$", repeated("a", 60) + "b"},
                                         Endless{"(?:a*)*[b!]", repeated("a", 100'000)},
                                         Endless{".*.*.*.*[x!]", repeated("a", 5'000)},
                                         Endless{"(?:(?:a|é)+)+$", repeated("é", 50'000) + "b"},
                                         Endless{"%{CISCO_REASON}[Q!]", repeated("word ", 5'000)},
                                         Endless{"(?<x>a*)\\k<x>[b!]", repeated("a", 100'000)}));

TEST(PatternBank, HasWhatTheNodeLists) {
  const auto classic = PatternBank::built_in(EcsMode::kDisabled).patterns();
  const auto ecs = PatternBank::built_in(EcsMode::kV1).patterns();
  EXPECT_EQ(classic.size(), 320U);
  EXPECT_EQ(ecs.size(), 363U);
  EXPECT_EQ(classic.front().name, "S3_REQUEST_LINE");
  EXPECT_EQ(classic.back().name, "SQUID3");
  EXPECT_EQ(ecs.back().name, "ZEEK_FILES");
}

TEST(PatternBank, SortsByName) {
  const auto sorted = PatternBank::built_in(EcsMode::kV1).sorted();
  EXPECT_EQ(sorted.size(), PatternBank::built_in(EcsMode::kV1).patterns().size());
  EXPECT_TRUE(std::ranges::is_sorted(sorted, {}, &PatternDefinition::name));
  EXPECT_EQ(sorted.front().name, "BACULA_CAPACITY");
}

TEST(PatternBank, CompilesButForWhatTheNodeCanNotUseEither) {
  std::set<std::string> refused_names;
  for (const EcsMode mode : {EcsMode::kDisabled, EcsMode::kV1}) {
    GrokSettings settings;
    settings.ecs = mode;
    for (const auto& [name, pattern] : PatternBank::built_in(mode).patterns()) {
      const std::vector<std::string> patterns{"%{" + name + "}"};
      if (!Grok::compile(patterns, settings)) refused_names.insert((mode == EcsMode::kV1 ? "v1 " : "") + name);
    }
  }
  EXPECT_THAT(refused_names, ElementsAre("v1 CISCOFW106023", "v1 CISCOFW106100", "v1 CISCOFW106100_2_3", "v1 EXIM",
                                         "v1 EXIM_MESSAGE_ARRIVAL", "v1 EXIM_NAMED_FIELDS", "v1 EXIM_REMOTE_HOST",
                                         "v1 S3_ACCESS_LOG"));
}

}  // namespace
