#include "tools/sluice/generate_command.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace sluice::tools {
namespace {

class GenerateCommand : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    path_ = std::filesystem::temp_directory_path() / ("sluice_generate_" + std::string(test->name()) + ".ndjson");
  }
  void TearDown() override { std::filesystem::remove(path_); }

  int run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "generate");
    std::vector<const char*> pointers;
    for (const std::string& argument : arguments) pointers.push_back(argument.c_str());
    testing::internal::CaptureStderr();
    const int status = generate_command(static_cast<int>(pointers.size()), pointers.data());
    message_ = testing::internal::GetCapturedStderr();
    return status;
  }
  std::string content() const {
    std::ostringstream text;
    text << std::ifstream(path_).rdbuf();
    return text.str();
  }

  std::filesystem::path path_;
  std::string message_;
};

TEST_F(GenerateCommand, WritesAsManyDocumentsAsAskedFor) {
  EXPECT_EQ(run({"http_logs", "--docs", "25", "--index", "logs", "-o", path_}), 0);
  const std::string lines = content();
  EXPECT_EQ(std::ranges::count(lines, '\n'), 25);
  EXPECT_TRUE(lines.starts_with(R"({"_index":"logs","_id":"1","_source":{"@timestamp")")) << lines.substr(0, 80);
  EXPECT_TRUE(message_.starts_with("25 documents of http_logs, ")) << message_;
}

TEST_F(GenerateCommand, StopsBehindTheDocumentThatReachesTheBytes) {
  EXPECT_EQ(run({"geonames", "--bytes", "10kb", "-o", path_}), 0);
  const std::string lines = content();
  EXPECT_GE(lines.size(), 10U << 10);
  EXPECT_LT(lines.rfind('\n', lines.size() - 2), 10U << 10) << "the last document was not needed";
}

TEST_F(GenerateCommand, TheSameSeedGivesTheSameBytes) {
  EXPECT_EQ(run({"so", "--docs", "20", "--seed", "9", "-o", path_}), 0);
  const std::string first = content();
  EXPECT_EQ(run({"so", "--docs", "20", "--seed", "9", "-o", path_}), 0);
  EXPECT_EQ(first, content());
}

TEST_F(GenerateCommand, AWrongRequestIsStatus2AndSaysWhatThereIs) {
  EXPECT_EQ(run({"geoname"}), 2);
  EXPECT_NE(message_.find("choose one of geonames"), std::string::npos) << message_;
  EXPECT_EQ(run({"so", "--format", "csv"}), 2);
  EXPECT_NE(message_.find("hits, bulk, docs"), std::string::npos) << message_;
  EXPECT_EQ(run({"so", "--bytes", "12 parsecs"}), 2);
  EXPECT_NE(message_.find("--bytes"), std::string::npos) << message_;
  EXPECT_EQ(run({"so", "--docs", "1", "--bytes", "1kb"}), 2);
  EXPECT_EQ(run({}), 2);
}

TEST_F(GenerateCommand, AFileThatCantBeWrittenIsStatus3) {
  EXPECT_EQ(run({"so", "-o", "/nonexistent/folder/file"}), 3);
  EXPECT_NE(message_.find("choose another file with -o"), std::string::npos) << message_;
  EXPECT_EQ(run({"so", "--docs", "2000", "-o", "/dev/full"}), 3);
  EXPECT_NE(message_.find("No space left"), std::string::npos) << message_;
}

}  // namespace
}  // namespace sluice::tools
