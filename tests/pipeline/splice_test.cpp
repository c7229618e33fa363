#include "pipeline/model/splice.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

namespace sluice::pipeline {
namespace {

std::string expected(std::string json) {
  std::replace(json.begin(), json.end(), '\n', ' ');
  return json;
}

// Every length around the block sizes, with a line feed at every place, and guards on both sides of the copy.
TEST(Splice, FlattensLineFeedsAtEveryPlaceAndWritesNothingElse) {
  for (std::size_t size = 0; size <= 200; ++size) {
    for (std::size_t at = 0; at <= size; ++at) {
      std::string json(size, 'x');
      if (at < size) json[at] = '\n';
      std::string out(size + 2, '#');
      ASSERT_EQ(splice(out.data() + 1, json), out.data() + 1 + size);
      ASSERT_EQ(out, "#" + expected(json) + "#") << size << " bytes, line feed at " << at;
    }
  }
}

TEST(Splice, KeepsEveryOtherByte) {
  std::string json;
  for (int byte = 0; byte < 256; ++byte) json += static_cast<char>(byte);
  std::string out(json.size(), '#');
  splice(out.data(), json);
  EXPECT_EQ(out, expected(json));
}

TEST(AppendJsonLine, MakesOneLineOfAPrettyPrintedObject) {
  Buffer out;
  append_json_line(out, "{\n  \"a\" : 1,\r\n  \"b\" : \"\\n\"\n}");
  append_json_line(out, "{}");
  EXPECT_EQ(out.view(), "{   \"a\" : 1,\r   \"b\" : \"\\n\" }\n{}\n");
}

}  // namespace
}  // namespace sluice::pipeline
