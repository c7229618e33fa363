#include "tools/sluice/progress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tools/sluice/run_watch.h"

namespace sluice::tools {
namespace {

using namespace std::chrono_literals;
using pipeline::RunStatus;
using pipeline::SliceStatus;
using testing::HasSubstr;

RunStatus halfway() {
  RunStatus status;
  status.totals.total = 2'000'000;
  status.totals.total_known = true;
  status.totals.counters.read = status.totals.counters.created = 1'000'000;
  status.totals.bytes_read = std::uint64_t{300} << 20;
  status.totals.activity.sink = 3s;
  status.totals.activity.source = 1s;
  status.slices.assign(2, status.totals);
  status.slices[1].finished = true;
  return status;
}

TEST(Progress, GroupsDigits) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(1234567), "1,234,567");
}

TEST(Progress, SaysWhatTheRunWaitsFor) {
  SliceStatus before;
  SliceStatus after;
  EXPECT_EQ(waiting_for(before, after), "");
  after.activity.source = 2s;
  EXPECT_EQ(waiting_for(before, after), "source");
  after.activity.throttle = 3s;
  EXPECT_EQ(waiting_for(before, after), "throttle");
  before = after;
  after.activity.work += 1ms;
  EXPECT_EQ(waiting_for(before, after), "CPU") << "only what happened since counts";
}

TEST(Progress, Share) {
  RunStatus status = halfway();
  EXPECT_DOUBLE_EQ(share_done(status), 0.5);
  status.total_bytes = std::uint64_t{400} << 20;
  EXPECT_DOUBLE_EQ(share_done(status), 0.75) << "bytes of a file are known before its documents";
  status.packed_bytes = std::uint64_t{100} << 20;
  EXPECT_DOUBLE_EQ(share_done(status), 0.25) << "a packed file is as large as it is packed";
  status.finished = true;
  EXPECT_DOUBLE_EQ(share_done(status), 1);
  status.error = illegal_argument("no");
  EXPECT_LT(share_done(status), 0);
  EXPECT_LT(share_done(RunStatus{}), 0);
}

TEST(Progress, Line) {
  const ProgressText text;
  EXPECT_EQ(text.plain(halfway(), 10s), "10s: 1,000,000 docs  100,000/s  30mb/s  50%  10s left  waiting: sink");
}

TEST(Progress, SpeedIsThatSinceTheLastLine) {
  ProgressText text;
  text.shown(halfway(), 10s);
  RunStatus status = halfway();
  status.totals.counters.created += 10;
  status.totals.counters.failed += 2;
  const std::string line = text.plain(status, 12s);
  EXPECT_THAT(line, HasSubstr("1,000,012 docs  6/s  0b/s"));
  EXPECT_THAT(line, HasSubstr("2 failed or in conflict"));
}

TEST(Progress, OneLineForEachSliceThatFits) {
  const ProgressText text;
  auto lines = text.live(halfway(), 10s, 200, 10);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_THAT(lines[0], testing::StartsWith("slice 0  1,000,000 docs"));
  EXPECT_THAT(lines[1], testing::EndsWith("done"));
  EXPECT_THAT(lines[2], testing::StartsWith("all      1,000,000 docs"));
  lines = text.live(halfway(), 10s, 20, 2);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].size(), 20U);
  EXPECT_EQ(text.live(halfway(), 10s, 20, 1).size(), 1U);
}

TEST(Progress, ARunThatAnErrorEndedIsNotDone) {
  RunStatus status = halfway();
  status.finished = status.totals.finished = true;
  const ProgressText text;
  EXPECT_THAT(text.plain(status, 10s), testing::EndsWith("  done"));
  status.totals.counters.failed = 3;
  EXPECT_THAT(text.plain(status, 10s), testing::EndsWith("  done  3 failed or in conflict"));
  status.totals.canceled = "by user request";
  EXPECT_THAT(text.plain(status, 10s), HasSubstr("  cancelled"));
  EXPECT_THAT(text.json(status, 10s), HasSubstr(R"("ended":"cancelled")"));
  status.error = illegal_argument("no");
  EXPECT_THAT(text.plain(status, 10s), HasSubstr("  failed  3 failed or in conflict"));
  const auto lines = text.live(status, 10s, 200, 10);
  EXPECT_THAT(lines[1], testing::EndsWith("  ended"));
  EXPECT_THAT(lines[2], HasSubstr("  failed"));
}

TEST(Progress, WhatBecameOfTheDocuments) {
  pipeline::Counters counters;
  EXPECT_EQ(outcomes_text(counters), "0 documents were read");
  counters.read = 5000;
  counters.created = 4000;
  counters.failed = 1000;
  EXPECT_EQ(outcomes_text(counters), "5,000 documents were read: 4,000 created, 1,000 failed");
}

TEST(Rate, HalvesAndDoubles) {
  RunStatus status = halfway();
  status.took = 10s;
  EXPECT_EQ(changed_rate(status, false), pipeline::kUnlimited);
  EXPECT_EQ(changed_rate(status, true), 50'000.0F) << "half of what it has done so far";
  status.totals.requests_per_second = 500;
  status.slices.clear();  // before it has begun to read
  EXPECT_EQ(changed_rate(status, true), 250.0F);
  EXPECT_EQ(changed_rate(status, false), 1000.0F);
  status = RunStatus{};
  EXPECT_EQ(changed_rate(status, true), pipeline::kUnlimited);
}

TEST(Rate, IsThatOfTheSlicesWhichStillRun) {
  RunStatus status = halfway();  // of its two slices the second has ended
  status.totals.requests_per_second = 1000;
  for (SliceStatus& slice : status.slices) slice.requests_per_second = 500;
  EXPECT_EQ(changed_rate(status, true), 250.0F);
  EXPECT_EQ(changed_rate(status, false), 1000.0F);
}

}  // namespace
}  // namespace sluice::tools
