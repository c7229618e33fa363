#include "pipeline/graph/run_graph.h"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "io/http/event_loop.h"
#include "tests/graph/memory_ends.h"

namespace sluice::pipeline {
namespace {

using testing::CountingParse;
using testing::Dice;
using testing::MemorySink;
using testing::MemorySource;
using testing::Mischief;
using testing::ThrowingStage;

struct Recipe {
  Mischief mischief;
  std::uint32_t slices = 1;
  std::uint64_t documents = 1000;
  GraphOptions options;
  std::uint64_t seed = 1;
};

/// A graph with its ends.
class Bench {
 public:
  explicit Bench(const Recipe& setup)
      : dice_(setup.seed),
        source(loop_, dice_, setup.mischief, setup.slices, setup.documents),
        sink(loop_, dice_, setup.mischief),
        throwing_(dice_, setup.mischief.stage_throws),
        graph(source, sink, {&parse_, &throwing_}, loop_, setup.slices, setup.options) {}

 private:
  io::EventLoop loop_;
  Dice dice_;

 public:
  MemorySource source;
  MemorySink sink;

 private:
  CountingParse parse_;
  ThrowingStage throwing_;

 public:
  RunGraph graph;
};

TEST(RunGraph, CopiesEverythingFromAllSlices) {
  Recipe setup;
  setup.slices = 3;
  setup.documents = 2500;
  Bench bench(setup);
  bench.graph.run();
  const RunStatus status = bench.graph.status();
  EXPECT_FALSE(status.error);
  EXPECT_EQ(status.totals.counters.created, 7500U);
  EXPECT_EQ(status.totals.batches, 9U);
  EXPECT_EQ(status.slices.size(), 3U);
  EXPECT_TRUE(status.totals.counters.balanced());
  EXPECT_EQ(bench.graph.tokens_away(), 0U);
}

TEST(RunGraph, NoMoreBatchesAreAliveThanThereAreTokens) {
  Recipe setup;
  setup.mischief.asynchronous = 1;
  setup.options.batch_size = 10;
  setup.options.memory = 1;  // one page at a time
  Bench bench(setup);
  bench.graph.run();
  EXPECT_EQ(bench.graph.status().totals.counters.created, 1000U);
  EXPECT_LE(bench.graph.peak_memory(), 10U * 10U * 5U / 2U + 25U);
}

TEST(RunGraph, SlicesThatKnowNothingOfTheirPagesYetStayWithinTheMemory) {
  Recipe setup;
  setup.slices = 16;
  setup.documents = 20;
  setup.options.batch_size = 10;
  setup.options.memory = std::size_t{4} << 20;
  setup.mischief.asynchronous = 1;
  Bench bench(setup);
  bench.source.page_bytes = std::size_t{256} << 10;
  bench.graph.run();
  EXPECT_EQ(bench.graph.status().totals.counters.created, 320U);
  EXPECT_LE(bench.graph.peak_memory(), setup.options.memory);
  EXPECT_EQ(bench.graph.tokens_away(), 0U);
}

TEST(RunGraph, MaxDocsIsExactWithSlices) {
  for (const std::uint64_t max_docs : {1, 7, 1000, 2999, 100'000}) {
    Recipe setup;
    setup.slices = 3;
    setup.options.batch_size = 100;
    setup.options.max_docs = max_docs;
    setup.options.proceed_on_conflicts = true;
    setup.mischief.conflicts = 0.3;
    setup.seed = max_docs;
    Bench bench(setup);
    bench.graph.run();
    const Counters counters = bench.graph.status().totals.counters;
    if (max_docs < 1500) {
      EXPECT_EQ(counters.created, max_docs);
    }
    EXPECT_LE(counters.created, max_docs);
    EXPECT_TRUE(counters.balanced());
  }
}

/// What a page that can't be shortened holds beyond the quota is lost, though others hand quota back later.
TEST(RunGraph, MaxDocsIsExactWithSlicesWhosePagesAreFixed) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    Recipe setup;
    setup.slices = 2;
    setup.documents = 200;
    setup.options.batch_size = 100;
    setup.options.max_docs = 209;
    setup.mischief.asynchronous = 1;
    setup.seed = seed;
    Bench bench(setup);
    bench.source.pages_are_fixed = true;
    bench.source.first_slice_documents = 10;
    bench.graph.run();
    const Counters counters = bench.graph.status().totals.counters;
    EXPECT_EQ(counters.created, 209U) << seed;
    EXPECT_TRUE(counters.balanced());
  }
}

TEST(RunGraph, AConflictAbortsUnlessItMayProceed) {
  Recipe setup;
  setup.mischief.conflicts = 0.05;
  setup.options.batch_size = 100;
  setup.documents = 10'000;
  {
    Bench bench(setup);
    bench.graph.run();
    const RunStatus status = bench.graph.status();
    EXPECT_GT(status.totals.counters.version_conflicts, 0U);
    EXPECT_LT(status.totals.counters.read, 10'000U);
    EXPECT_EQ(status.failures.size(), status.totals.counters.version_conflicts);
    EXPECT_TRUE(status.totals.counters.balanced());
  }
  setup.options.proceed_on_conflicts = true;
  Bench bench(setup);
  bench.graph.run();
  EXPECT_EQ(bench.graph.status().totals.counters.read, 10'000U);
  EXPECT_TRUE(bench.graph.status().failures.empty());
}

TEST(RunGraph, TheFailureBudgetIsKept) {
  Recipe setup;
  setup.mischief.item_fails = 0.01;
  setup.documents = 10'000;
  setup.options.batch_size = 100;
  setup.options.tokens_per_lane = 1;
  std::uint64_t reported = 0;
  setup.options.on_failure = [&](const Failure&) { ++reported; };
  setup.options.max_failures = FailureBudget::documents(20);
  Bench bench(setup);
  bench.graph.run();
  const Counters counters = bench.graph.status().totals.counters;
  EXPECT_GT(counters.failed, 20U);
  EXPECT_LT(counters.failed, 20U + 100U);
  EXPECT_EQ(reported, counters.failed);
  EXPECT_LT(counters.read, 10'000U);
}

TEST(RunGraph, AStageThatThrowsEndsTheRunWithItsError) {
  Recipe setup;
  setup.mischief.stage_throws = 1;
  Bench bench(setup);
  bench.graph.run();
  const RunStatus status = bench.graph.status();
  ASSERT_TRUE(status.error);
  EXPECT_EQ(status.error->reason, "planted");
  EXPECT_EQ(status.totals.counters.read, 0U);
  EXPECT_EQ(bench.graph.tokens_away(), 0U);
}

/// How well the rate is kept is Throttle's test, with a clock of its own; here it is never exceeded, however slow the
/// machine.
TEST(RunGraph, TheRateIsNeverExceeded) {
  Recipe setup;
  setup.mischief.asynchronous = 1;
  setup.documents = 600;
  setup.options.batch_size = 50;
  setup.options.requests_per_second = 1000;
  Bench bench(setup);
  bench.graph.run();
  const RunStatus status = bench.graph.status();
  // 12 batches; the last one is not waited for.
  EXPECT_GE(status.took, std::chrono::milliseconds(550));
  EXPECT_GT(status.totals.throttled, Nanoseconds{});
}

TEST(RunGraph, ASpeedUpActsAtOnce) {
  Recipe setup;
  setup.documents = 100;
  setup.options.batch_size = 10;
  setup.options.requests_per_second = 0.01F;
  Bench bench(setup);
  std::thread run([&] { bench.graph.run(); });
  while (bench.graph.status().totals.throttled_until == Nanoseconds{}) std::this_thread::yield();
  EXPECT_GT(bench.graph.status().totals.throttled_until, std::chrono::seconds(100));
  bench.graph.rethrottle(kUnlimited);
  run.join();
  EXPECT_EQ(bench.graph.status().totals.counters.created, 100U);
  EXPECT_LT(bench.graph.status().took, std::chrono::seconds(60));
}

/// The speed-up ends the last wait, and with it the run, before it has given the tokens back that were withheld.
TEST(RunGraph, ASpeedUpMayEndTheRun) {
  constexpr int kRounds = 2000;
  for (int round = 0; round < kRounds; ++round) {
    Recipe setup;
    setup.documents = 10;
    setup.slices = 2;
    setup.options.batch_size = 10;
    setup.options.tokens_per_lane = 200;
    setup.options.requests_per_second = 0.01F;
    setup.options.wait_at_end = true;
    Bench bench(setup);
    std::thread hurry([&] {
      while (bench.graph.status().totals.throttled_until == Nanoseconds{}) std::this_thread::yield();
      bench.graph.rethrottle(kUnlimited);
    });
    bench.graph.run();
    hurry.join();
    ASSERT_TRUE(bench.graph.status().totals.counters.balanced());
  }
}

TEST(RunGraph, WaitsOnceMoreBehindTheLastBatchWhereThatIsWanted) {
  for (const bool waits : {true, false}) {
    Recipe setup;
    setup.documents = 10;
    setup.options.batch_size = 10;
    setup.options.requests_per_second = 100;
    setup.options.wait_at_end = waits;
    Bench bench(setup);
    bench.graph.run();
    const RunStatus status = bench.graph.status();
    EXPECT_EQ(status.totals.throttled > std::chrono::milliseconds(50), waits);
    EXPECT_EQ(status.totals.counters.created, 10U);
  }
}

TEST(RunGraph, MaxDocsEndsWithoutAWait) {
  Recipe setup;
  setup.documents = 100;
  setup.options.batch_size = 10;
  setup.options.max_docs = 10;
  setup.options.requests_per_second = 0.01F;
  setup.options.wait_at_end = true;
  Bench bench(setup);
  bench.graph.run();
  EXPECT_EQ(bench.graph.status().totals.throttled, Nanoseconds{});
}

/// Waits until each of two slices waits after its first batch.
void until_both_wait(const Bench& bench) {
  for (;;) {
    const RunStatus status = bench.graph.status();
    if (status.slices[0].throttled_until > Nanoseconds{} && status.slices[1].throttled_until > Nanoseconds{}) return;
    std::this_thread::yield();
  }
}

TEST(RunGraph, OneSliceCanBeMadeFaster) {
  Recipe setup;
  setup.documents = 100;
  setup.slices = 2;
  setup.options.batch_size = 10;
  setup.options.requests_per_second = 0.02F;
  Bench bench(setup);
  std::thread run([&] { bench.graph.run(); });
  until_both_wait(bench);
  EXPECT_TRUE(bench.graph.rethrottle_slice(0, kUnlimited));
  while (!bench.graph.status().slices[0].finished) std::this_thread::yield();
  const RunStatus status = bench.graph.status();
  EXPECT_FALSE(status.slices[1].finished);
  EXPECT_FLOAT_EQ(status.slices[1].requests_per_second, 0.01F);
  EXPECT_EQ(status.slices[0].throttled, Nanoseconds{});  // what was left of the wait when it was ended
  EXPECT_FALSE(bench.graph.rethrottle_slice(0, 1));
  EXPECT_FALSE(bench.graph.rethrottle_slice(2, 1));
  bench.graph.rethrottle(kUnlimited);
  run.join();
  EXPECT_EQ(bench.graph.status().totals.counters.created, 200U);
}

TEST(RunGraph, OneSliceCanBeCancelled) {
  Recipe setup;
  setup.documents = 100;
  setup.slices = 2;
  setup.options.batch_size = 10;
  setup.options.requests_per_second = 0.02F;
  Bench bench(setup);
  std::thread run([&] { bench.graph.run(); });
  until_both_wait(bench);
  EXPECT_TRUE(bench.graph.cancel_slice(1, "by user request"));
  EXPECT_FALSE(bench.graph.cancel_slice(1, "again"));
  bench.graph.rethrottle_slice(0, kUnlimited);
  run.join();
  const RunStatus status = bench.graph.status();
  EXPECT_FALSE(status.totals.canceled);
  EXPECT_FALSE(status.slices[0].canceled);
  EXPECT_EQ(status.slices[1].canceled, "by user request");
  EXPECT_EQ(status.slices[1].counters.created, 10U);
  EXPECT_EQ(status.slices[0].counters.created, status.slices[0].total);
  EXPECT_TRUE(status.totals.counters.balanced());
  EXPECT_EQ(bench.graph.tokens_away(), 0U);
}

/// What a scroll's page holds beyond a shorter request would be lost.
TEST(RunGraph, ASlowDownDoesNotShortenPagesThatAreFixed) {
  for (const bool fixed : {true, false}) {
    Recipe setup;
    setup.documents = 1000;
    setup.options.smooth = true;
    setup.options.requests_per_second = 2000;
    Bench bench(setup);
    bench.source.pages_are_fixed = fixed;
    std::thread run([&] { bench.graph.run(); });
    while (bench.graph.status().totals.batches == 0) std::this_thread::yield();
    bench.graph.rethrottle(1000);
    run.join();
    EXPECT_EQ(bench.source.smallest_request, fixed ? 200U : 100U);
  }
}

TEST(RunGraph, CancelWakesAThrottledRunAndReportsWhatWasDone) {
  Recipe setup;
  setup.documents = 100;
  setup.options.batch_size = 10;
  setup.options.requests_per_second = 0.01F;
  Bench bench(setup);
  std::thread run([&] { bench.graph.run(); });
  while (bench.graph.status().totals.batches == 0) std::this_thread::yield();
  bench.graph.cancel("by user request", std::chrono::seconds(1));
  run.join();
  const RunStatus status = bench.graph.status();
  EXPECT_EQ(status.totals.canceled, "by user request");
  EXPECT_EQ(status.totals.counters.created, 10U);
  EXPECT_FALSE(status.error);
  EXPECT_EQ(bench.graph.tokens_away(), 0U);
}

/// More tokens than two must not mean a burst at the start.
TEST(RunGraph, OneTokenASliceGoesRoundWhileThereIsARate) {
  Recipe setup;
  setup.documents = 500;
  setup.options.batch_size = 100;
  setup.options.tokens_per_lane = 4;
  setup.options.requests_per_second = 1000;
  Bench bench(setup);
  const auto began = std::chrono::steady_clock::now();
  bench.graph.run();
  EXPECT_GE(std::chrono::steady_clock::now() - began, std::chrono::milliseconds(400));
  const RunStatus status = bench.graph.status();
  EXPECT_EQ(status.totals.counters.created, 500U);
  EXPECT_LE(status.totals.throttled, status.took);
  EXPECT_EQ(bench.graph.tokens_away(), 0U);
}

TEST(RunGraph, ASearchContextIsAskedToSurviveTheThrottle) {
  Recipe setup;
  setup.documents = 20;
  setup.options.batch_size = 10;
  setup.options.requests_per_second = 100;
  Bench bench(setup);
  bench.graph.run();
  EXPECT_EQ(bench.source.extra_keep_alive.load(), std::chrono::milliseconds(100));
}

/// The first write fails the run, the second is never answered: a cancel still ends the wait for it.
TEST(RunGraph, ACancelEndsARunThatHasFailedAndWaitsForItsSink) {
  Recipe setup;
  setup.slices = 2;
  setup.documents = 10;
  setup.options.batch_size = 10;
  setup.mischief.asynchronous = 0;
  setup.mischief.item_fails = 1;
  setup.mischief.hangs_after = 1;
  Bench bench(setup);
  std::thread run([&] { bench.graph.run(); });
  while (bench.graph.status().failures.empty()) std::this_thread::yield();
  bench.graph.cancel("by user request", std::chrono::milliseconds(1));
  run.join();
  const RunStatus status = bench.graph.status();
  EXPECT_EQ(status.failures.size(), 10U);
  EXPECT_TRUE(status.totals.counters.balanced());
  EXPECT_EQ(bench.graph.tokens_away(), 0U);
}

class NamingStage final : public Stage {
 public:
  [[nodiscard]] std::string_view name() const override { return "naming"; }
  Status apply(Batch& batch) const override {
    for (Document& document : batch.documents) {
      document.index = "\"i\"";
      document.id = "\"7\"";
    }
    return {};
  }
};

/// Has no room for anything, ever.
class FullSink final : public Sink {
 public:
  [[nodiscard]] std::string name() const override { return "full"; }
  void open(Done done) override { done({}); }
  Status encode(Batch& /*batch*/) override { return {}; }
  void send(const BatchPtr& /*batch*/, Task done) override { done(); }
  Result<Settlement> settle(Batch& /*batch*/) override {
    refused = true;
    return Settlement{Settlement::Next::kWrite, std::chrono::hours(1), true};
  }
  void abort() override {}
  void close(bool /*complete*/, Done done) override { done({}); }
  std::atomic<bool> refused{false};
};

TEST(RunGraph, WhatIsGivenUpIsNamed) {
  io::EventLoop loop;
  Dice dice(1);
  MemorySource source(loop, dice, {}, 1, 10);
  FullSink sink;
  const CountingParse parse;
  const NamingStage naming;
  std::string document;
  GraphOptions options;
  options.on_failure = [&](const Failure& failure) { document = failure.document; };
  RunGraph graph(source, sink, {&parse, &naming}, loop, 1, options);
  std::thread run([&] { graph.run(); });
  while (!sink.refused) std::this_thread::yield();
  graph.cancel("by user request", std::chrono::seconds(1));
  run.join();
  const RunStatus status = graph.status();
  ASSERT_EQ(status.failures.size(), 10U);
  EXPECT_EQ(status.failures[0].index, "i");
  EXPECT_EQ(status.failures[0].id, "7");
  EXPECT_EQ(document, "{}");
}

TEST(RunGraph, OrderedWritesKeepTheOrderOfASlice) {
  Recipe setup;
  setup.slices = 3;
  setup.documents = 2000;
  setup.mischief.refused_again = 0.02;
  setup.options.batch_size = 20;
  setup.options.tokens_per_lane = 4;
  setup.options.ordered_writes = true;
  Bench bench(setup);
  bench.graph.run();
  EXPECT_EQ(bench.graph.status().totals.counters.created, 6000U);
  EXPECT_EQ(bench.sink.overtakings, 0U);
}

/// A thousand graphs with random delays, failures and cancels: every batch that goes in comes out, every token comes
/// home, the ledger balances, and what the sink wrote is what the run says.
TEST(RunGraphStress, AThousandGraphs) {
  std::mt19937_64 random(42);
  const auto chance = [&](double probability) { return std::uniform_real_distribution<>(0, 1)(random) < probability; };
  for (int round = 0; round < 1000; ++round) {
    Recipe setup;
    setup.seed = random();
    setup.slices = 1 + static_cast<std::uint32_t>(random() % 4);
    setup.documents = random() % 2000;
    setup.options.batch_size = 1 + static_cast<std::uint32_t>(random() % 200);
    setup.options.tokens_per_lane = 1 + static_cast<std::uint32_t>(random() % 3);
    setup.options.threads = static_cast<int>(random() % 4);
    setup.options.proceed_on_conflicts = chance(0.5);
    setup.options.max_failures = FailureBudget::documents(random() % 10);
    if (chance(0.3)) setup.options.max_docs = 1 + random() % 1000;
    setup.options.ordered_writes = chance(0.3);
    if (chance(0.3)) setup.options.memory = random() % 10'000;
    if (chance(0.3)) setup.options.requests_per_second = 200'000;
    setup.mischief.asynchronous = chance(0.5) ? 0.5 : 0.05;
    if (chance(0.2)) setup.mischief.fetch_fails = 0.02;
    if (chance(0.2)) setup.mischief.write_fails = 0.02;
    if (chance(0.3)) setup.mischief.refused_again = 0.1;
    if (chance(0.2)) setup.mischief.item_fails = 0.01;
    if (chance(0.3)) setup.mischief.conflicts = 0.01;
    if (chance(0.1)) setup.mischief.stage_throws = 0.02;
    Bench bench(setup);
    std::thread canceller;
    if (chance(0.3)) canceller = std::thread([&] { bench.graph.cancel("planted", std::chrono::milliseconds(1)); });
    if (chance(0.2)) bench.graph.rethrottle(1'000'000);
    bench.graph.run();
    if (canceller.joinable()) canceller.join();
    const RunStatus status = bench.graph.status();
    ASSERT_EQ(bench.graph.tokens_away(), 0U) << "round " << round;
    ASSERT_TRUE(status.totals.counters.balanced()) << "round " << round;
    ASSERT_EQ(status.totals.counters.created, bench.sink.written) << "round " << round;
    if (setup.options.max_docs != Quota::kNoLimit) {
      ASSERT_LE(bench.sink.written, setup.options.max_docs) << "round " << round;
    }
    const bool undisturbed = !status.error && !status.totals.canceled && status.failures.empty() &&
                             setup.options.max_docs == Quota::kNoLimit;
    if (undisturbed) {
      ASSERT_EQ(status.totals.counters.read, setup.documents * setup.slices) << "round " << round;
    }
  }
}

}  // namespace
}  // namespace sluice::pipeline
