#include "io/http/event_loop.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <future>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

namespace sluice::io {
namespace {

using std::chrono::milliseconds;

TEST(EventLoop, RunsPostedTasksInOrderOnItsThread) {
  EventLoop loop;
  std::vector<int> order;
  bool on_loop = false;
  for (int i = 0; i < 3; ++i) loop.post([&order, i] { order.push_back(i); });
  loop.run_and_wait([&] { on_loop = loop.on_loop(); });
  EXPECT_EQ(order, (std::vector<int>{0, 1, 2}));
  EXPECT_TRUE(on_loop);
  EXPECT_FALSE(loop.on_loop());
}

TEST(EventLoop, APeerThatHasGoneDoesNotEndTheProgram) {
  std::signal(SIGPIPE, SIG_DFL);
  EventLoop loop;
  int why = 0;
  loop.run_and_wait([&] {
    int ends[2];
    if (::pipe(ends) != 0) return;
    ::close(ends[0]);
    if (::write(ends[1], "x", 1) < 0) why = errno;
    ::close(ends[1]);
  });
  EXPECT_EQ(why, EPIPE);
}

TEST(EventLoop, FiresTimersInTheOrderOfTheirTimesAndNeverEarly) {
  EventLoop loop;
  std::vector<int> order;
  std::promise<TimePoint> done;
  const TimePoint start = loop.now();
  loop.at(start + milliseconds(20), [&] {
    order.push_back(2);
    done.set_value(loop.now());
  });
  loop.at(start + milliseconds(10), [&] { order.push_back(1); });
  EXPECT_GE(done.get_future().get(), start + milliseconds(20));
  EXPECT_EQ(order, (std::vector<int>{1, 2}));
}

TEST(EventLoop, CancelTellsWhetherTheTaskWillRun) {
  EventLoop loop;
  auto alive = std::make_shared<int>(0);
  const auto id = loop.at(loop.now() + std::chrono::hours(1), [alive] { ++*alive; });
  EXPECT_TRUE(loop.cancel(id));
  EXPECT_EQ(alive.use_count(), 1);
  EXPECT_FALSE(loop.cancel(id));
  std::promise<void> fired;
  const auto due = loop.at(loop.now(), [&] { fired.set_value(); });
  fired.get_future().get();
  EXPECT_FALSE(loop.cancel(due));
}

TEST(EventLoop, ATimerMayBeSetFromATask) {
  EventLoop loop;
  std::promise<void> done;
  loop.post([&] { loop.at(loop.now(), [&] { loop.post([&] { done.set_value(); }); }); });
  done.get_future().get();
}

TEST(EventLoop, DestructorRunsWhatWasPostedAndDropsTimers) {
  int posted = 0;
  auto timer = std::make_shared<int>(0);
  {
    EventLoop loop;
    loop.at(loop.now() + std::chrono::hours(1), [timer] { ++*timer; });
    for (int i = 0; i < 100; ++i) loop.post([&] { ++posted; });
  }
  EXPECT_EQ(posted, 100);
  EXPECT_EQ(*timer, 0);
  EXPECT_EQ(timer.use_count(), 1);
}

}  // namespace
}  // namespace sluice::io
