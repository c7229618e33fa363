// Runs tests/cases/painless/time/*.case: expressions and what a JDK says to them (java_oracle.py records it).
#include <algorithm>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/stages/painless/time/binding.h"

namespace sluice::painless::time::testing {
namespace {

void bind_all() {
  static const bool kBound = [] {
    bind_dates();
    bind_moments();
    bind_amounts();
    bind_formatters();
    bind_legacy();
    return true;
  }();
  ASSERT_TRUE(kBound);
}

std::vector<std::filesystem::path> case_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(SLUICE_TIME_CASES)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

class TimeCases : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(TimeCases, AnswerAsTheJdk) {
  bind_all();
  std::ifstream file(GetParam());
  std::string line;
  int number = 0;
  int cases = 0;
  while (std::getline(file, line)) {
    ++number;
    if (line.empty() || line[0] == '#') continue;
    const std::size_t arrow = line.find(" => ");
    ASSERT_NE(arrow, std::string::npos) << "line " << number << " is no case";
    const std::string expression = line.substr(0, arrow);
    ++cases;
    try {
      EXPECT_EQ(answer_to(expression), line.substr(arrow + 4)) << "line " << number << ": " << expression;
    } catch (const std::runtime_error& error) {
      ADD_FAILURE() << "line " << number << ": " << expression << ": " << error.what();
    }
  }
  EXPECT_GT(cases, 0);
}

INSTANTIATE_TEST_SUITE_P(Files, TimeCases, ::testing::ValuesIn(case_files()),
                         [](const auto& file) { return file.param.stem().string(); });

}  // namespace
}  // namespace sluice::painless::time::testing
