#include "io/cluster/backoff.h"

#include <chrono>

#include <gtest/gtest.h>

namespace sluice::io {
namespace {

using std::chrono::milliseconds;

TEST(BackoffDelay, DoublesUpToALimitAndJittersByHalf) {
  constexpr Nanoseconds kFirst = milliseconds(500);
  EXPECT_EQ(backoff_delay(kFirst, 0, 0), milliseconds(250));
  EXPECT_EQ(backoff_delay(kFirst, 0, 0xffff), milliseconds(500));
  EXPECT_EQ(backoff_delay(kFirst, 3, 0xffffffff), milliseconds(4000));
  EXPECT_EQ(backoff_delay(kFirst, 1000, 0xffff), std::chrono::seconds(30));
}

TEST(SharedBackoff, CountsOneBusyMomentOnceAndComesDownAgain) {
  SharedBackoff backoff(milliseconds(100), 1);
  const TimePoint now{};
  const Nanoseconds wait = backoff.refused(now);
  EXPECT_GE(wait, milliseconds(50));
  EXPECT_EQ(backoff.level(), 1U);
  EXPECT_GE(backoff.refused(now), wait);
  EXPECT_EQ(backoff.level(), 1U);
  EXPECT_GE(backoff.refused(now + wait), milliseconds(100));
  EXPECT_EQ(backoff.level(), 2U);
  backoff.accepted();
  backoff.accepted();
  backoff.accepted();
  EXPECT_EQ(backoff.level(), 0U);
}

TEST(SharedBackoff, WhatIsAcceptedWithinABusyMomentDoesNotMakeTheNextWaitLonger) {
  SharedBackoff backoff(milliseconds(500), 1);
  const TimePoint now{};
  ASSERT_GE(backoff.refused(now), milliseconds(250));
  backoff.accepted();
  EXPECT_EQ(backoff.level(), 0U);
  EXPECT_LE(backoff.refused(now + milliseconds(10)), milliseconds(500));
}

}  // namespace
}  // namespace sluice::io
