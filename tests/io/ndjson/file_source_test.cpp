#include "io/ndjson/file_source.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

namespace sluice::io {
namespace {

class FileSourceTest : public testing::Test {
 protected:
  void SetUp() override {
    path_ = std::filesystem::temp_directory_path() / ("sluice-file-source-" + std::to_string(::getpid()));
  }
  void TearDown() override { std::filesystem::remove(path_); }

  void open(const std::string& text) {
    std::ofstream(path_, std::ios::binary) << text;
    FileSourceOptions options;
    options.path = path_;
    auto source = make_file_source(options);
    ASSERT_TRUE(source);
    source_ = std::move(*source);
    source_->open([](const Result<pipeline::SourceFacts>& facts) { ASSERT_TRUE(facts); });
  }

  /// Reads the file in batches of `size` lines, as the graph does with parse. The bytes of all pages together.
  std::uint64_t read_all(std::uint32_t size) {
    std::uint64_t bytes = 0;
    text_.clear();
    pipeline::Cursor cursor;
    for (bool end = false; !end;) {
      pipeline::PageRequest request;
      request.max_documents = size;
      request.cursor = cursor;
      pipeline::Batch batch;
      source_->fetch(request, {}, [&](Result<pipeline::Page> page) {
        ASSERT_TRUE(page);
        batch.page = std::move(*page);
      });
      const std::string_view text = batch.page.text();
      bytes += text.size();
      std::size_t taken = 0;
      while (taken < text.size() && batch.documents.size() < size) {
        taken = std::min(text.find('\n', taken), text.size() - 1) + 1;
        batch.documents.emplace_back();
      }
      text_ += text.substr(0, taken);
      cursor.offset = batch.facts.next.offset = batch.page.begin.offset + taken;
      end = batch.page.last && taken == text.size();
      source_->parsed(batch);
    }
    return bytes;
  }

  std::string path_;
  std::string text_;
  std::unique_ptr<pipeline::Source> source_;
};

std::string lines(int count, std::size_t (*size)(int)) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "{\"a\":\"" + std::string(size(i), 'x') + "\"}\n";
  return text;
}

TEST_F(FileSourceTest, SmallBatchesDoNotReadTheFileOverAndOver) {
  const std::string text = lines(20'000, [](int) { return std::size_t{300}; });
  constexpr std::uint64_t kFirstPage = std::uint64_t{1} << 20;
  for (const auto& [size, most] : {std::pair{1U, 3.0}, {10U, 1.3}, {100U, 1.1}, {1000U, 1.1}}) {
    open(text);
    const std::uint64_t bytes = read_all(size);
    EXPECT_TRUE(text_ == text) << size;
    EXPECT_LT(static_cast<double>(bytes - kFirstPage), static_cast<double>(text.size()) * most) << size;
  }
}

TEST_F(FileSourceTest, SmallBatchesOfDocumentsThatAreNotAlike) {
  const std::string text = lines(2'000, [](int i) { return static_cast<std::size_t>(i % 7 == 0 ? 30'000 : i % 50); });
  for (const std::uint32_t size : {1U, 3U, 10U}) {
    open(text);
    read_all(size);
    EXPECT_TRUE(text_ == text) << size;
  }
}

}  // namespace
}  // namespace sluice::io
