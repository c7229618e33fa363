// Which batches are written together.
#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include "io/store/reindexing/batch_groups.h"

namespace sluice::store {
namespace {

WaitingBatch batch(std::size_t documents) {
  auto made = std::make_shared<pipeline::Batch>();
  made->bulk.items.resize(documents);
  return {std::move(made), [] {}};
}

/// The number of batches of each group.
std::vector<std::size_t> sizes(const std::vector<BatchGroup>& groups) {
  std::vector<std::size_t> all;
  for (const BatchGroup& group : groups) all.push_back(group.size());
  return all;
}

using Sizes = std::vector<std::size_t>;
constexpr std::size_t kFull = BatchGroups::kGroupDocuments;

TEST(BatchGroups, TheFirstBatchIsWrittenAlone) {
  for (const bool grouping : {false, true}) {
    BatchGroups groups;
    if (grouping) groups.begin_grouping();
    EXPECT_EQ(sizes(groups.add(batch(1))), Sizes{1});
    EXPECT_EQ(sizes(groups.add(batch(kFull))), Sizes{});
    EXPECT_EQ(sizes(groups.add(batch(1))), Sizes{});
    EXPECT_EQ(sizes(groups.written()), grouping ? Sizes{1} : (Sizes{1, 1}));
  }
}

TEST(BatchGroups, EachIsWrittenAtOnceWithoutGrouping) {
  BatchGroups groups;
  groups.add(batch(1));
  groups.written();
  EXPECT_EQ(sizes(groups.add(batch(1))), Sizes{1});
  EXPECT_EQ(sizes(groups.add(batch(1))), Sizes{1});
  EXPECT_EQ(sizes(groups.written()), Sizes{});
}

TEST(BatchGroups, ThoseThatCameWhileAnotherWasWrittenAreWrittenTogether) {
  BatchGroups groups;
  groups.begin_grouping();
  groups.add(batch(1));
  groups.written();
  EXPECT_EQ(sizes(groups.add(batch(1))), Sizes{1});
  EXPECT_EQ(sizes(groups.add(batch(1))), Sizes{});
  EXPECT_EQ(sizes(groups.add(batch(1))), Sizes{});
  EXPECT_EQ(sizes(groups.written()), Sizes{2});
  EXPECT_EQ(sizes(groups.written()), Sizes{});
}

TEST(BatchGroups, AFullGroupWaitsForNothing) {
  BatchGroups groups;
  groups.begin_grouping();
  groups.add(batch(1));
  groups.written();
  EXPECT_EQ(sizes(groups.add(batch(1))), Sizes{1});
  EXPECT_EQ(sizes(groups.add(batch(kFull - 1))), Sizes{});
  EXPECT_EQ(sizes(groups.add(batch(1))), Sizes{2});
  EXPECT_EQ(sizes(groups.add(batch(1))), Sizes{});
}

TEST(BatchGroups, WhatWaitsIsWrittenByItselfOnceGroupsAreGivenUp) {
  BatchGroups groups;
  groups.begin_grouping();
  groups.add(batch(1));
  groups.written();
  groups.add(batch(1));
  groups.add(batch(1));
  groups.add(batch(1));
  groups.stop_grouping();
  EXPECT_EQ(sizes(groups.written()), (Sizes{1, 1}));
}

}  // namespace
}  // namespace sluice::store
