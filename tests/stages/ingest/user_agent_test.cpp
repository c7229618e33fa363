#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "stages/ingest/pipeline.h"
#include "stages/ingest/user_agent/agent.h"
#include "stages/ingest/user_agent/agent_row.h"

namespace {

using namespace sluice::ingest;

/// A folder of databases with one file in it.
class Folder {
 public:
  Folder() : path_(std::filesystem::path(testing::TempDir()) / "sluice_user_agent") {
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string path() const { return path_.string(); }
  std::string with(std::string_view name, std::string_view text) {
    const std::filesystem::path file = path_ / name;
    std::ofstream(file) << text;
    return file.string();
  }

 private:
  std::filesystem::path path_;
};

std::string problem_of(std::string_view text) {
  Folder folder;
  const auto made = agents_of_file(folder.with("a.yml", text));
  return made ? "" : made.error().reason;
}

std::string put_problem(const std::string& config, const CompileEnvironment& environment) {
  const auto made = Pipeline::compile("p", R"({"processors":[{"user_agent":)" + config + "}]}", environment);
  return made ? "" : made.error().reason;
}

TEST(UserAgent, FilesThatAreNoneAreRefusedWithTheirNameAndWhy) {
  EXPECT_NE(problem_of("user_agent_parsers: [\n").find("a.yml]: yaml-cpp: error at line"), std::string::npos);
  EXPECT_NE(problem_of("user_agent_parsers:\n - regex: '(a'\n").find("[(a] in user_agent_parsers: Unclosed group"),
            std::string::npos);
  EXPECT_NE(problem_of("os_parsers:\n - os_replacement: a\n").find("a row without [regex]"), std::string::npos);
  EXPECT_NE(problem_of("other: 1\n").find("not a valid regular expression file"), std::string::npos);
  EXPECT_NE(problem_of("- a\n- b\n").find("a.yml]: "), std::string::npos);
  EXPECT_NE(problem_of("user_agent_parsers:\n - regex: [a]\n").find("a.yml]: "), std::string::npos);
}

TEST(UserAgent, AFileIsFoundInTheFolderOfDatabasesOnly) {
  Folder folder;
  const std::string outside = std::filesystem::path(folder.path()).parent_path().string();
  CompileEnvironment environment;
  EXPECT_EQ(put_problem(R"({"field":"a","regex_file":"a.yml"})", environment),
            "[regex_file] regex file [a.yml] doesn't exist (has to exist at node startup)");
  environment.databases = folder.path();
  folder.with("a.yml", "user_agent_parsers:\n - regex: 'a'\n");
  EXPECT_EQ(put_problem(R"({"field":"a","regex_file":"a.yml"})", environment), "");
  environment.databases = outside;
  EXPECT_EQ(put_problem(R"({"field":"a","regex_file":"sluice_user_agent/a.yml"})", environment),
            "[regex_file] regex file [sluice_user_agent/a.yml] doesn't exist (has to exist at node startup)");
}

TEST(UserAgent, VersionsEndWhereTheirNumbersDo) {
  EXPECT_EQ(version_at("10_15_7)", 3), "10.15.7");
  EXPECT_EQ(version_at("1.2.3.4", 2), "1.2");
  EXPECT_EQ(version_at("7~bl", 3), "7");
  EXPECT_EQ(version_at("x", 3), "");
  EXPECT_EQ(version_at("", 3), "");
  EXPECT_EQ(version_at("5.", 3), "5");
}

TEST(UserAgent, WhatIsRememberedIsWhatWasRead) {
  const auto parser = remembering(built_in_agents());
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 3000; ++i) {
      const std::string number = std::to_string(i);
      ASSERT_EQ((*parser->parse("curl/" + number))->browser->version, number);
    }
    EXPECT_EQ((*parser->parse("curl/2999"))->browser->version, "2999");
  }
}

TEST(UserAgent, OddTextsAreOther) {
  for (const std::string_view text : {"", "(", ")", ";", "Android", "Android (", "Windows Phone", "CFNetwork/", "CrOS ",
                                      "BlackBerry", "Version/", "bot", "/bot", "Opera Mobi"}) {
    EXPECT_NE(device_type(text, **built_in_agents()->parse(text)), "") << text;
  }
}

TEST(UserAgent, ABlackBerrysNumberIsTheLastFourDigits) {
  const auto device = [](std::string_view text) { return *(*built_in_agents()->parse(text))->device; };
  EXPECT_EQ(device("BlackBerry9700/5.0"), "BlackBerry 9700");
  EXPECT_EQ(device("BlackBerry 12 129700"), "BlackBerry 9700");
}

TEST(UserAgent, RobotsAreNamedWhereverTheyStand) {
  const auto browser = [](std::string_view text) { return (*built_in_agents()->parse(text))->browser; };
  EXPECT_EQ(browser("http://robots.org/ FooBOT/2.1")->name, "FooBOT");
  EXPECT_EQ(browser("x (+http://a.b/crawler some-spider/v3)")->name, "some-spider");
  EXPECT_EQ(browser("x (+http://a.b/crawler some-spider/v3)")->version, "3");
}

// Quadratic, each of these took minutes.
TEST(UserAgent, LongTextsTakeNoLongerThanTheyAreLong) {
  constexpr std::size_t kMany = 1'000'000;
  std::string addresses;
  for (std::size_t i = 0; i < kMany / 5; ++i) addresses += "/bot:";
  std::string name = "/";
  for (std::size_t i = 0; i < kMany / 3; ++i) name += "bot";
  const auto begin = std::chrono::steady_clock::now();
  for (const std::string& text :
       {"BlackBerry " + std::string(kMany, '1'), "BlackBerry " + std::string(kMany, '1') + "x", addresses, name}) {
    EXPECT_TRUE(built_in_agents()->parse(text).has_value());
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
}

TEST(UserAgent, AnExpressionThatTakesTooLongIsNoDifferentProgram) {
  Folder folder;
  const auto parser = agents_of_file(folder.with("a.yml", "user_agent_parsers:\n - regex: '(a|aa)+$'\n"));
  ASSERT_TRUE(parser.has_value());
  const auto agent = (*parser)->parse(std::string(60, 'a') + "b");
  ASSERT_FALSE(agent.has_value());
  EXPECT_EQ(agent.error().reason, "matching the regular expression [(a|aa)+$] takes too long");
}

}  // namespace
