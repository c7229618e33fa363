#include "tests/stages/painless/reference.h"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace sluice::painless {
namespace {

TEST(PainlessReference, IsMadeFromTheRows) {
  std::ifstream file(SLUICE_PAINLESS_PAGE);
  ASSERT_TRUE(file);
  std::stringstream page;
  page << file.rdbuf();
  EXPECT_TRUE(page.str() == reference_page()) << "run build/release/tests/painless_reference > docs/painless.md";
}

}  // namespace
}  // namespace sluice::painless
