#include "pipeline/base/json_text.h"

#include <string>

#include <gtest/gtest.h>

namespace sluice {
namespace {

// Words of eight bytes, the last one over the one before, and a search where the token is long: every place of each.
TEST(HasEscape, SeesABackslashAtEveryPlaceAndNothingElse) {
  for (std::size_t size = 0; size <= 80; ++size) {
    std::string token(size, '[');  // its neighbour in ASCII
    EXPECT_FALSE(has_escape(token));
    for (std::size_t at = 0; at < size; ++at) {
      token[at] = '\\';
      ASSERT_TRUE(has_escape(token)) << size << " bytes, backslash at " << at;
      token[at] = at % 2 == 0 ? '\xDC' : ']';
    }
    EXPECT_FALSE(has_escape(token));
  }
}

}  // namespace
}  // namespace sluice
