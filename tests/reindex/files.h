#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "reindex/reindex.h"

namespace sluice {

/// A folder of its own for each test, and runs from file to file in it.
class Files : public testing::Test {
 protected:
  void SetUp() override {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::temp_directory_path() /
              ("sluice-" + std::to_string(::getpid()) + "-" + info->test_suite_name() + "-" + info->name());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream file(path(name), std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }

  static Request request(const std::string& index = "copy") {
    Request request;
    request.dest.index = index;
    return request;
  }
  RunOptions ends(const std::string& source, const std::string& dest) const {
    RunOptions options;
    options.source = path(source);
    options.dest = dest == "null:" ? dest : path(dest);
    return options;
  }
  static pipeline::RunStatus run(Request request, RunOptions options) {
    auto run = reindex(std::move(request), std::move(options));
    if (run) return run->wait();
    pipeline::RunStatus status;
    status.error = run.error();
    return status;
  }

  std::filesystem::path folder_;
};

/// A hit of the index `a` with what a parser might change: large numbers, a field that is there twice, a lone
/// surrogate.
inline std::string hit(int number) {
  return R"({"_index":"a","_id":")" + std::to_string(number) + R"(","_source":{"n":)" + std::to_string(number) +
         R"(,"big":12345678901234567890,"e":1e400,"n":"twice","s":"\u00e9\ud83d"}})" + "\n";
}

inline std::string hits(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += hit(i);
  return text;
}

/// What a copy to the index `copy` makes of hits.
inline std::string renamed(std::string text) {
  for (std::size_t at = 0; (at = text.find(R"("_index":"a")", at)) != std::string::npos;) {
    text.replace(at, 12, R"("_index":"copy")");
  }
  return text;
}

}  // namespace sluice
