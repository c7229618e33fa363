#include "pipeline/base/arena.h"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace sluice {
namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20;

/// Takes `total` bytes in pieces of a thousand, and says whether each piece still has its own bytes in the end.
bool filled(Arena& arena, std::size_t total) {
  std::vector<std::string_view> pieces;
  for (std::size_t taken = 0; taken < total; taken += 1000) {
    pieces.push_back(arena.copy(std::string(1000, static_cast<char>('a' + pieces.size() % 26))));
  }
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i] != std::string(1000, static_cast<char>('a' + i % 26))) return false;
  }
  return true;
}

TEST(Arena, KeepsOneBlockForWhatNeededSeveral) {
  Arena arena;
  EXPECT_EQ(arena.bytes(), 0U);
  ASSERT_TRUE(filled(arena, kMiB));
  const std::size_t held = arena.bytes();
  EXPECT_GE(held, kMiB);
  arena.clear();
  EXPECT_EQ(arena.bytes(), held);
  const char* const first = arena.allocate(1);
  arena.clear();
  ASSERT_TRUE(filled(arena, kMiB));
  EXPECT_EQ(arena.bytes(), held) << "another block was needed";
  arena.clear();
  EXPECT_EQ(arena.allocate(1), first) << "it is not the block that was kept";
}

TEST(Arena, GivesBackWhatIsTooMuchToKeep) {
  Arena arena;
  ASSERT_TRUE(filled(arena, 8 * kMiB));
  arena.clear();
  EXPECT_EQ(arena.bytes(), 0U);
  arena.allocate(8 * kMiB);
  arena.clear();
  EXPECT_EQ(arena.bytes(), 0U);
  ASSERT_TRUE(filled(arena, kMiB));
}

TEST(Arena, GivesBackTheTailOfTheNewestAllocation) {
  Arena arena;
  char* const first = arena.allocate(100);
  arena.shrink(first, 10);
  EXPECT_EQ(arena.allocate(1), first + 10);
}

}  // namespace
}  // namespace sluice
