#include <vector>

#include <gtest/gtest.h>

#include "pipeline/control/credits.h"
#include "pipeline/control/delays.h"
#include "pipeline/control/failure_budget.h"
#include "pipeline/control/ledger.h"
#include "pipeline/control/quota.h"
#include "pipeline/control/throttle.h"

namespace sluice::pipeline {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

const TimePoint kStart{hours(1000)};

// ---- throttle

TEST(Throttle, WaitsForTheBatchesShareLessTheTimeItTookToWrite) {
  Throttle throttle(500);
  EXPECT_EQ(throttle.after_batch(1000, kStart, kStart + milliseconds(300)), kStart + seconds(2));
}

TEST(Throttle, KeepsTheRateThoughReadsAndTimersAreLate) {
  Throttle throttle(1000);
  TimePoint now = kStart;
  for (int batch = 0; batch < 20; ++batch) {
    now = throttle.after_batch(100, now + milliseconds(7), now + milliseconds(20)) + milliseconds(3);
  }
  const double seconds_taken = std::chrono::duration<double>(now - kStart).count();
  EXPECT_NEAR(2000 / seconds_taken, 1000, 20);
}

TEST(Throttle, DoesNotMakeUpForMoreThanOneBatch) {
  Throttle throttle(100);
  throttle.after_batch(100, kStart, kStart);
  const TimePoint late = kStart + seconds(60);
  EXPECT_EQ(throttle.after_batch(100, late, late), late);
  EXPECT_EQ(throttle.after_batch(100, late, late), late + seconds(1));
}

TEST(Throttle, UnlimitedAndEmptyBatchesDoNotWait) {
  Throttle unlimited(kUnlimited);
  EXPECT_LE(unlimited.after_batch(1000, kStart, kStart), kStart);
  Throttle limited(1);
  EXPECT_LE(limited.after_batch(0, kStart, kStart), kStart);
}

TEST(Throttle, NeverWaitsLongerThanAnHour) {
  Throttle throttle(1e-8F);
  EXPECT_EQ(throttle.after_batch(1000, kStart, kStart), kStart + hours(1));
}

TEST(Throttle, TellsTheLongestWaitBeforehand) {
  EXPECT_EQ(Throttle(500).longest_wait(1000), std::chrono::seconds(2));
  EXPECT_EQ(Throttle(1e-8F).longest_wait(1), std::chrono::hours(1));
  EXPECT_EQ(Throttle(kUnlimited).longest_wait(1000), Nanoseconds{});
}

TEST(Throttle, ASpeedUpShortensTheWaitInProportionAndASlowDownLeavesIt) {
  Throttle throttle(1);
  const TimePoint due = throttle.after_batch(100, kStart, kStart);
  EXPECT_EQ(throttle.rethrottle(2, due, kStart), kStart + seconds(50));
  EXPECT_EQ(throttle.rethrottle(4, kStart + seconds(50), kStart), kStart + seconds(25));
  EXPECT_EQ(throttle.rethrottle(0.5F, kStart + seconds(25), kStart), kStart + seconds(25));
  EXPECT_EQ(throttle.rethrottle(kUnlimited, kStart + seconds(25), kStart), kStart);
}

// ---- credits

TEST(Credits, LetsThroughWhatFitsAndServesWaitersInOrder) {
  Credits credits(100);
  std::vector<int> served;
  credits.take(60, [&] { served.push_back(1); });
  credits.take(60, [&] { served.push_back(2); });
  credits.take(10, [&] { served.push_back(3); });  // would fit, but is not before its turn
  EXPECT_EQ(served, (std::vector{1}));
  EXPECT_EQ(credits.waiting(), 2U);
  credits.give_back(60);
  EXPECT_EQ(served, (std::vector{1, 2, 3}));
  EXPECT_EQ(credits.in_use(), 70U);
  EXPECT_EQ(credits.peak(), 70U);
}

TEST(Credits, SomebodyAloneIsLetThroughHoweverMuchItAsksFor) {
  Credits credits(100);
  bool served = false;
  credits.take(1000, [&] { served = true; });
  EXPECT_TRUE(served);
}

TEST(Credits, WhatTurnsOutLargerOverdrawsAndBlocksTheNext) {
  Credits credits(100);
  credits.take(10, [] {});
  credits.adjust(10, 200);
  bool served = false;
  credits.take(1, [&] { served = true; });
  EXPECT_FALSE(served);
  credits.give_back(200);
  EXPECT_TRUE(served);
}

TEST(Credits, CloseEndsAllWaiting) {
  Credits credits(100);
  int served = 0;
  credits.take(100, [&] { ++served; });
  credits.take(100, [&] { ++served; });
  credits.close();
  credits.take(100, [&] { ++served; });
  EXPECT_EQ(served, 3);
}

// ---- quota

TEST(Quota, GivesOutExactlyTheLimit) {
  Quota quota(150);
  std::vector<std::uint32_t> granted;
  const auto note = [&](std::uint32_t documents) { granted.push_back(documents); };
  quota.reserve(100, false, note);
  quota.reserve(100, false, note);
  quota.reserve(100, false, note);  // may still be needed
  EXPECT_EQ(granted, (std::vector<std::uint32_t>{100, 50}));
  quota.settle(10, 90);  // ten were noops
  EXPECT_EQ(granted, (std::vector<std::uint32_t>{100, 50, 10}));
  quota.settle(0, 50);
  quota.reserve(100, false, note);
  quota.settle(0, 10);
  EXPECT_EQ(granted, (std::vector<std::uint32_t>{100, 50, 10, 0}));
}

TEST(Quota, APageThatIsReadWholeWaitsForWhatOthersMayHandBack) {
  Quota quota(250);
  std::vector<std::uint32_t> granted;
  const auto note = [&](std::uint32_t documents) { granted.push_back(documents); };
  for (int i = 0; i < 4; ++i) quota.reserve(100, true, note);
  EXPECT_EQ(granted, (std::vector<std::uint32_t>{100, 100}));
  quota.settle(50, 0);
  EXPECT_EQ(granted, (std::vector<std::uint32_t>{100, 100, 100}));
  quota.settle(30, 20);
  quota.settle(0, 100);
  EXPECT_EQ(granted.size(), 3U);  // 30 are left, and 100 may come back
  quota.settle(0, 100);
  EXPECT_EQ(granted, (std::vector<std::uint32_t>{100, 100, 100, 30}));
}

TEST(Quota, WithoutALimitEverybodyGetsWhatTheyAskFor) {
  Quota quota(Quota::kNoLimit);
  std::uint32_t granted = 0;
  quota.reserve(1000, false, [&](std::uint32_t documents) { granted = documents; });
  EXPECT_EQ(granted, 1000U);
}

TEST(Quota, CloseEndsAllWaiting) {
  Quota quota(10);
  std::vector<std::uint32_t> granted;
  quota.reserve(10, false, [&](std::uint32_t documents) { granted.push_back(documents); });
  quota.reserve(10, false, [&](std::uint32_t documents) { granted.push_back(documents); });
  quota.close();
  EXPECT_EQ(granted, (std::vector<std::uint32_t>{10, 0}));
}

// ---- ledger

TEST(Ledger, CountsEachOutcomeOnceAndLeavesPendingOut) {
  std::vector<Document> documents(9);
  for (std::size_t i = 0; i < documents.size(); ++i) documents[i].outcome = static_cast<Outcome>(i % 8);
  const Counters counters = count_outcomes(documents);
  EXPECT_EQ(counters.read, 9U);
  EXPECT_EQ(counters.settled(), 7U);
  EXPECT_FALSE(counters.balanced());  // two are pending
}

TEST(Ledger, ThePrefixIsTheNewestCursorBelowWhichEverythingIsSettled) {
  const auto at = [](std::uint64_t offset) {
    Cursor cursor;
    cursor.offset = offset;
    return cursor;
  };
  Ledger ledger;
  ledger.settle(1, {}, at(20));
  ledger.settle(2, {}, at(30));
  EXPECT_EQ(ledger.prefix().offset, 0U);
  ledger.settle(0, {}, at(10));
  EXPECT_EQ(ledger.prefix().offset, 30U);
  EXPECT_EQ(ledger.batches_in_prefix(), 3U);
}

// ---- failure budget

TEST(FailureBudget, ZeroStopsAtTheFirstFailure) {
  const FailureBudget budget;
  EXPECT_FALSE(budget.spent(0, 10));
  EXPECT_TRUE(budget.spent(1, 10));
}

TEST(FailureBudget, APercentageIsJudgedFromAThousandDocumentsOn) {
  const FailureBudget budget = *FailureBudget::parse("1%");
  EXPECT_FALSE(budget.spent(5, 10));
  EXPECT_FALSE(budget.spent(10, 1000));
  EXPECT_TRUE(budget.spent(11, 1000));
}

TEST(FailureBudget, WhatIsNoNumberIsRefusedWithWhatItShouldBe) {
  for (const char* text : {"", "%", "-1", "x", "101%", "1.5", "5 %", "nan%"}) {
    const auto budget = FailureBudget::parse(text);
    ASSERT_FALSE(budget) << text;
    EXPECT_NE(budget.error().reason.find("[max_failures] must be"), std::string::npos);
  }
}

// ---- delays

/// Time that passes when the test says so.
class FakeTimers final : public Timers {
 public:
  [[nodiscard]] TimePoint now() const override { return now_; }
  void post(Task task) override { task(); }
  Id at(TimePoint when, Task task) override {
    timers_.emplace_back(++next_, when, std::move(task));
    return next_;
  }
  bool cancel(Id id) override {
    return std::erase_if(timers_, [&](const Timer& timer) { return timer.id == id; }) != 0;
  }
  void advance_to(TimePoint when) {
    now_ = when;
    std::vector<Timer> due;
    for (auto& timer : timers_) {
      if (timer.when <= now_) due.push_back(std::move(timer));
    }
    std::erase_if(timers_, [&](const Timer& timer) { return timer.when <= now_; });
    for (auto& timer : due) timer.task();
  }

 private:
  struct Timer {
    Id id;
    TimePoint when;
    Task task;
  };
  TimePoint now_ = kStart;
  Id next_ = 0;
  std::vector<Timer> timers_;
};

TEST(Delays, RunAtTheirTimeOrWhenMovedOrHurried) {
  FakeTimers timers;
  Delays delays(timers);
  std::vector<int> ran;
  delays.run_at(kStart + seconds(1), 0, [&] { ran.push_back(0); });
  delays.run_at(kStart + seconds(100), 1, [&] { ran.push_back(1); });
  delays.run_at(kStart + seconds(100), 2, [&] { ran.push_back(2); });
  timers.advance_to(kStart + seconds(1));
  EXPECT_EQ(ran, (std::vector{0}));
  delays.move(1, kStart + seconds(2));
  timers.advance_to(kStart + seconds(2));
  EXPECT_EQ(ran, (std::vector{0, 1}));
  delays.hurry_all();
  EXPECT_EQ(ran, (std::vector{0, 1, 2}));
  delays.run_at(kStart + seconds(500), 3, [&] { ran.push_back(3); });
  EXPECT_EQ(ran, (std::vector{0, 1, 2, 3}));
}

}  // namespace
}  // namespace sluice::pipeline
