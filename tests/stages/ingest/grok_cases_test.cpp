// What a real node makes of grok expressions, replayed from tests/cases/ingest.
#include <gtest/gtest.h>

#include "stages/ingest/grok/grok.h"
#include "tests/stages/ingest/case_file.h"

namespace {

using sluice::ingest::EcsMode;
using sluice::ingest::Grok;
using sluice::ingest::GrokMatch;
using sluice::ingest::GrokSettings;
using sluice::ingest::GrokType;
using sluice::tests::CaseLine;
using sluice::tests::read_cases;

std::string type_name(GrokType type) {
  switch (type) {
    case GrokType::kInt:
      return "int";
    case GrokType::kLong:
      return "long";
    case GrokType::kFloat:
      return "float";
    case GrokType::kDouble:
      return "double";
    case GrokType::kBoolean:
      return "boolean";
    case GrokType::kString:
      break;
  }
  return "string";
}

/// What the block's expression is, and where its texts begin.
struct Expression {
  std::vector<std::string> patterns;
  GrokSettings settings;
  std::size_t texts = 0;
};

Expression read_expression(const std::vector<CaseLine>& block) {
  Expression expression;
  for (const CaseLine& line : block) {
    if (line.word == "pattern") {
      expression.patterns.push_back(line.values.at(0));
    } else if (line.word == "ecs") {
      expression.settings.ecs = EcsMode::kV1;
    } else if (line.word == "define") {
      expression.settings.definitions.push_back({line.values.at(0), line.values.at(1)});
    } else if (line.word == "trace") {
      expression.settings.trace = true;
    } else {
      break;
    }
    ++expression.texts;
  }
  return expression;
}

using Values = std::vector<std::vector<std::string>>;

/// The lines behind a text as the match should be told of.
Values expected_of(const std::vector<CaseLine>& block, std::size_t& at) {
  Values values;
  for (; at < block.size() && block[at].word != "text"; ++at) {
    values.push_back(block[at].word == "none" ? std::vector<std::string>{"none"} : block[at].values);
  }
  return values;
}

Values actual_of(const Grok& grok, const std::string& text, bool trace) {
  GrokMatch match;
  const auto matched = grok.match(text, match);
  if (!matched) return {{matched.error().reason}};
  if (!*matched) return {{"none"}};
  Values values;
  if (trace) values.push_back({std::to_string(match.pattern())});
  for (const auto& capture : match.captures()) {
    values.push_back({grok.fields()[capture.field].name, type_name(capture.type), std::string(capture.text)});
  }
  return values;
}

void replay(const std::string& name, std::size_t least) {
  std::size_t cases = 0;
  for (const auto& block : read_cases(name)) {
    const Expression expression = read_expression(block);
    SCOPED_TRACE(name + ":" + std::to_string(block.front().number));
    const auto grok = Grok::compile(expression.patterns, expression.settings);
    std::size_t at = expression.texts;
    if (at < block.size() && block[at].word == "error") {
      ++cases;
      EXPECT_EQ(grok ? "it compiles" : grok.error().reason, block[at].values.at(0));
      continue;
    }
    ASSERT_TRUE(grok) << grok.error().reason;
    while (at < block.size()) {
      const std::string& text = block[at++].values.at(0);
      EXPECT_EQ(actual_of(*grok, text, expression.settings.trace), expected_of(block, at)) << text;
      ++cases;
    }
  }
  EXPECT_GE(cases, least);
}

TEST(GrokCases, SyntaxIsOniguruma) { replay("grok_syntax.cases", 400); }
TEST(GrokCases, PatternsOfTheBankMatchWhatTheNodesDo) { replay("grok_bank.cases", 1200); }

}  // namespace
