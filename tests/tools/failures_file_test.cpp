#include "tools/sluice/failures_file.h"

#include <cerrno>
#include <cstdio>
#include <fstream>

#include <gtest/gtest.h>
#include <simdjson.h>
#include <unistd.h>

namespace sluice::tools {
namespace {

constexpr const char* kReplacement = "\xEF\xBF\xBD";

TEST(ValidUtf8, KeepsWhatIsRight) {
  const std::string text = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z";
  EXPECT_EQ(valid_utf8(text), text);
  EXPECT_EQ(valid_utf8(""), "");
}

TEST(ValidUtf8, ReplacesWhatIsNot) {
  EXPECT_EQ(valid_utf8("a\xFFz"), std::string("a") + kReplacement + "z");
  EXPECT_EQ(valid_utf8("\xC3"), kReplacement);                                  // cut off
  EXPECT_EQ(valid_utf8("\xC0\x80"), std::string(kReplacement) + kReplacement);  // overlong
  EXPECT_EQ(valid_utf8("\xED\xA0\x80").size(), 9U);                             // a surrogate
  EXPECT_EQ(valid_utf8("\xF4\x90\x80\x80").size(), 12U);                        // above U+10FFFF
}

TEST(FailuresFile, SaysWhereItCantBe) {
  const auto file = FailuresFile::open("/no/such/folder/failures");
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(file.error().reason,
            "can't write [/no/such/folder/failures]: No such file or directory; choose another file with --failures");
}

TEST(FailuresFile, ALargeDocumentIsWrittenWhole) {
  const std::string path = testing::TempDir() + "failures-" + std::to_string(::getpid());
  std::string document(100'000, 'x');
  for (int i = 0; i < 100'000; ++i) document += i % 7 == 0 ? "\xE2\x82\xAC" : "\"\xF0\x9F\x98\x80";
  {
    auto file = FailuresFile::open(path);
    ASSERT_TRUE(file.has_value());
    pipeline::Failure failure;
    failure.document = document;
    ASSERT_TRUE((*file)->begin());
    (*file)->add(failure);
    failure.document = "{";
    failure.document_bytes = 7;
    (*file)->add(failure);
    ASSERT_TRUE((*file)->close());
  }
  std::ifstream in(path, std::ios::binary);
  std::string line;
  ASSERT_TRUE(std::getline(in, line));
  simdjson::dom::parser parser;
  std::string_view read;
  ASSERT_EQ(parser.parse(line)["document"].get(read), simdjson::SUCCESS);
  EXPECT_TRUE(read == document);
  EXPECT_FALSE(line.contains("truncated"));
  ASSERT_TRUE(std::getline(in, line));
  EXPECT_TRUE(line.ends_with(R"("truncated":true,"document_bytes":7,"document":"{"})")) << line;
  std::remove(path.c_str());
}

TEST(FailuresFile, AFullDiskIsAnError) {
  auto file = FailuresFile::open("/dev/full");
  ASSERT_TRUE(file.has_value());
  (*file)->add({});
  errno = ENOENT;  // of somebody else
  const Status closed = (*file)->close();
  ASSERT_FALSE(closed);
  EXPECT_EQ(closed.error().reason,
            "can't write [/dev/full]: No space left on device; choose another file with --failures");
}

}  // namespace
}  // namespace sluice::tools
