#include "stages/analysis/analysis.h"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sluice::stages {

namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> texts_of(const Analyzer& analyzer, std::string_view text) {
  std::vector<Token> tokens;
  EXPECT_TRUE(analyzer.analyze(text, tokens).has_value());
  std::vector<std::string> texts;
  texts.reserve(tokens.size());
  for (const Token& token : tokens) texts.push_back(token.text);
  return texts;
}

AnalysisPtr made(const IndexSettings& settings) {
  auto analysis = Analysis::make(settings);
  EXPECT_TRUE(analysis.has_value()) << analysis.error().message();
  return *analysis;
}

Error error_of(const IndexSettings& settings) {
  auto analysis = Analysis::make(settings);
  EXPECT_FALSE(analysis.has_value());
  return analysis.has_value() ? Error() : analysis.error();
}

/// The analyzer of an `_analyze` body; `parts` is its tokenizer and filters.
Result<AnalyzerPtr> assembled(std::string tokenizer, std::string filters, std::string char_filters = {}) {
  constexpr std::size_t kPadding = 64;
  for (std::string* text : {&tokenizer, &filters, &char_filters}) text->reserve(text->size() + kPadding);
  return Analysis::global().assemble({tokenizer, filters, char_filters});
}

TEST(Analysis, KnowsTheAnalyzersOfItsSettings) {
  const AnalysisPtr analysis = made({{"index.analysis.analyzer.mine.tokenizer", "\"whitespace\""},
                                     {"index.analysis.analyzer.mine.filter", R"(["lowercase","no_dogs"])"},
                                     {"index.analysis.analyzer.mine.position_increment_gap", "\"7\""},
                                     {"index.analysis.filter.no_dogs.type", "\"stop\""},
                                     {"index.analysis.filter.no_dogs.stopwords", R"(["dogs"])"}});
  const AnalyzerPtr mine = *analysis->analyzer("mine");
  EXPECT_EQ(mine->name(), "mine");
  EXPECT_EQ(mine->position_increment_gap(), 7U);
  EXPECT_THAT(texts_of(*mine, "The Dogs-x dogs run"), ElementsAre("the", "dogs-x", "run"));
  EXPECT_EQ(*mine->normalize("Dogs"), "dogs");
  EXPECT_EQ(analysis->analyzer("other").error().reason, "failed to find analyzer [other]");
  EXPECT_EQ(Analysis::global().analyzer("other").error().reason, "failed to find global analyzer [other]");
}

TEST(Analysis, DefaultsAreThoseOfTheSettings) {
  EXPECT_EQ(made({})->default_analyzer()->name(), "standard");
  const AnalysisPtr analysis = made({{"index.analysis.analyzer.default.type", "\"simple\""},
                                     {"index.analysis.analyzer.default_search.type", "\"whitespace\""}});
  EXPECT_THAT(texts_of(*analysis->default_analyzer(), "A-1"), ElementsAre("a"));
  EXPECT_THAT(texts_of(*analysis->default_search_analyzer(), "A-1"), ElementsAre("A-1"));
  EXPECT_THAT(texts_of(*analysis->default_search_quoted_analyzer(), "A-1"), ElementsAre("A-1"));
}

TEST(Analysis, NormalizersAreOneTerm) {
  const AnalysisPtr analysis = made({{"index.analysis.normalizer.plain.type", "\"custom\""},
                                     {"index.analysis.normalizer.plain.filter", R"(["lowercase","asciifolding"])"}});
  const AnalyzerPtr plain = *analysis->normalizer("plain");
  EXPECT_THAT(texts_of(*plain, "Été Là"), ElementsAre("ete la"));
  EXPECT_EQ(*plain->normalize("ÉTÉ"), "ete");
  EXPECT_EQ(*(*analysis->normalizer("lowercase"))->normalize("ÉTÉ"), "été");
}

TEST(Analysis, SaysWhatIsWrongAsElasticsearchDoes) {
  EXPECT_EQ(error_of({{"index.analysis.analyzer.a.type", "\"nope\""}}).reason, "Unknown analyzer type [nope] for [a]");
  EXPECT_EQ(error_of({{"index.analysis.analyzer.a.filter", R"(["lowercase"])"}}).reason,
            "analyzer [a] must specify either an analyzer type, or a tokenizer");
  EXPECT_EQ(error_of({{"index.analysis.filter.f.type", "\"nope\""}}).reason, "Unknown filter type [nope] for [f]");
  EXPECT_EQ(error_of({{"index.analysis.normalizer.n.filter", R"(["stop"])"}}).reason,
            "Custom normalizer [n] may not use filter [stop]");
  EXPECT_EQ(error_of({{"index.analysis.analyzer._a.type", "\"simple\""}}).reason,
            "analyzer name must not start with '_'. got \"_a\"");
  EXPECT_THAT(
      error_of({{"index.analysis.filter.f.type", "\"ngram\""}, {"index.analysis.filter.f.max_gram", "\"9\""}}).reason,
      HasSubstr("less than or equal to: [1] but was [8]"));
}

TEST(Analysis, LimitsAreThoseOfTheIndex) {
  const IndexSettings settings{{"index.max_ngram_diff", "\"8\""},
                               {"index.analysis.filter.f.type", "\"ngram\""},
                               {"index.analysis.filter.f.max_gram", "\"9\""}};
  EXPECT_TRUE(Analysis::make(settings).has_value());
}

TEST(Analysis, WhatIsNotThereIsRefusedByName) {
  const Error error = error_of({{"index.analysis.filter.f.type", "\"hunspell\""}});
  EXPECT_EQ(error.kind, ErrorKind::kUnsupported);
  EXPECT_THAT(error.reason, HasSubstr("the filter [hunspell]"));
  EXPECT_EQ(Analysis::global().analyzer("thai").error().kind, ErrorKind::kUnsupported);
  EXPECT_EQ(assembled(R"("uax_url_email")", "").error().kind, ErrorKind::kUnsupported);
}

TEST(Analysis, ValuesOfAFieldFollowEachOtherWithAGap) {
  const AnalyzerPtr standard = *Analysis::global().analyzer("standard");
  std::vector<Token> tokens;
  TextPlace place;
  for (const std::string_view text : {"one two", "drei", "ünf"}) {
    ASSERT_TRUE(standard->analyze(text, tokens, place).has_value());
  }
  EXPECT_EQ(tokens[2], (Token{"drei", 102, 8, 12, 1, "<ALPHANUM>"}));
  EXPECT_EQ(tokens[3], (Token{"ünf", 203, 13, 16, 1, "<ALPHANUM>"}));
}

TEST(Analysis, VisitedTermsAreThoseOfTheTokens) {
  for (const std::string_view name : {"standard", "english", "fingerprint", "cjk"}) {
    const AnalyzerPtr analyzer = *Analysis::global().analyzer(name);
    for (const std::string_view text : {"The quick-Brown foxes' 3.14 _x", "Größe 漢字 the 1,000"}) {
      std::vector<Token> tokens;
      ASSERT_TRUE(analyzer->analyze(text, tokens).has_value());
      std::size_t seen = 0;
      TextPlace place;
      const TermVisitor visitor = [&](std::string_view term, std::uint32_t position) {
        ASSERT_LT(seen, tokens.size());
        EXPECT_EQ(term, tokens[seen].text);
        EXPECT_EQ(position, tokens[seen++].position);
      };
      ASSERT_TRUE(analyzer->visit_terms(text, visitor, place).has_value());
      EXPECT_EQ(seen, tokens.size());
    }
  }
}

TEST(Analysis, TheShortWayForAsciiIsTheWayOfAllText) {
  const AnalyzerPtr standard = *Analysis::global().analyzer("standard");
  const AnalyzerPtr chain = *assembled(R"("standard")", R"(["lowercase"])");
  std::mt19937 random(3);
  constexpr std::string_view kUnits = "abcXYZ019__.,;:'\"-/#* \n@";
  for (int i = 0; i < 20'000; ++i) {
    std::string text(random() % 40, ' ');
    for (char& c : text) c = kUnits[random() % kUnits.size()];
    std::vector<Token> one;
    std::vector<Token> other;
    ASSERT_TRUE(standard->analyze(text, one).has_value());
    ASSERT_TRUE(chain->analyze(text, other).has_value());
    ASSERT_EQ(one, other) << text;
  }
}

TEST(Analysis, NoTextTakesExponentialTime) {
  const AnalyzerPtr pattern = *assembled(R"({"type":"pattern","pattern":"(a|a|aa)+$"})", "");
  std::vector<Token> tokens;
  const Status bad = pattern->analyze(std::string(5'000, 'a') + "b", tokens);
  ASSERT_FALSE(bad.has_value());
  EXPECT_THAT(bad.error().reason, HasSubstr("takes too many steps"));
  const AnalyzerPtr grams = *assembled(R"("keyword")", R"([{"type":"edge_ngram","max_gram":1000000}])");
  const Status much = grams->analyze(std::string(200'000, 'a'), tokens);
  ASSERT_FALSE(much.has_value());
  EXPECT_THAT(much.error().reason, HasSubstr("makes too much of this text"));
  const AnalyzerPtr standard = *assembled(R"({"type":"standard","max_token_length":1048576})", "");
  EXPECT_TRUE(standard->analyze(std::string(3'000'000, '_'), tokens).has_value());
  const AnalyzerPtr classic = *assembled(R"("classic")", "");
  std::string words;
  for (int i = 0; i < 20'000; ++i) words += "a-";
  EXPECT_TRUE(classic->analyze(words, tokens).has_value());
}

TEST(Analysis, HalvesOfPairsAreKept) {
  const AnalyzerPtr keyword = *Analysis::global().analyzer("keyword");
  EXPECT_THAT(texts_of(*keyword,
                       "a\xED\xA0\xBD"
                       "b"),
              ElementsAre("a\xED\xA0\xBD"
                          "b"));
  const AnalyzerPtr classic = *assembled(R"("classic")", "");
  EXPECT_THAT(texts_of(*classic, "a \xED\xA0\xBD b"), ElementsAre("a", "b"));
}

}  // namespace

}  // namespace sluice::stages
