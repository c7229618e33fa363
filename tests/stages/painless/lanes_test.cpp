#include "stages/painless/run/lanes.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "stages/painless/run/json_text.h"
#include "stages/painless/run/unicode.h"

namespace sluice::painless {
namespace {

constexpr std::size_t kLongest = 70;

bool has_x(std::string_view text) {
  return any_byte(text, [](const Bytes& bytes) { return bytes == 'x'; });
}

TEST(Lanes, AByteIsFoundWhereverItStands) {
  EXPECT_FALSE(has_x(""));
  for (std::size_t size = 1; size <= kLongest; ++size) {
    std::string text(size, 'a');
    EXPECT_FALSE(has_x(text)) << size;
    for (char& c : text) {
      c = 'x';
      EXPECT_TRUE(has_x(text)) << size << " bytes, at " << &c - text.data();
      c = 'a';
    }
    // What stands around it is not looked at.
    EXPECT_FALSE(has_x(std::string_view("x" + text + "x").substr(1, size))) << size;
  }
}

TEST(Lanes, TextIsCopiedWholeAndNothingElse) {
  for (std::size_t size = 0; size <= kLongest; ++size) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) text += static_cast<char>('A' + i % 50);
    std::string to(size + 2, '#');
    copy_text(to.data() + 1, text);
    EXPECT_EQ(to, "#" + text + "#");
  }
}

TEST(Lanes, TextIsLookedAtForWhatJsonAndUtf16Need) {
  for (std::size_t size = 1; size <= kLongest; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      std::string text(size, ' ');
      EXPECT_TRUE(is_plain_json_text(text) && is_ascii(text));
      for (const char odd : {'"', '\\', '\n', '\x1F', '\xED'}) {
        text[at] = odd;
        EXPECT_FALSE(is_plain_json_text(text)) << size << " bytes, at " << at;
      }
      text[at] = '\x7F';
      EXPECT_TRUE(is_plain_json_text(text) && is_ascii(text)) << size << " bytes, at " << at;
      text[at] = '\x80';
      EXPECT_FALSE(is_ascii(text)) << size << " bytes, at " << at;
    }
  }
}

}  // namespace
}  // namespace sluice::painless
