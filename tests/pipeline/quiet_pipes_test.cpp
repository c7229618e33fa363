#include "pipeline/base/quiet_pipes.h"

#include <cerrno>

#include <gtest/gtest.h>
#include <unistd.h>

namespace sluice {
namespace {

/// Writes to a pipe that nobody reads. The errno, or 0.
int write_into_the_void() {
  int ends[2];
  if (::pipe(ends) != 0) return -1;
  ::close(ends[0]);
  errno = 0;
  const bool written = ::write(ends[1], "x", 1) == 1;
  const int why = written ? 0 : errno;
  ::close(ends[1]);
  return why;
}

bool blocked() {
  sigset_t set;
  pthread_sigmask(SIG_SETMASK, nullptr, &set);
  return sigismember(&set, SIGPIPE) == 1;
}

bool waiting() {
  sigset_t set;
  sigpending(&set);
  return sigismember(&set, SIGPIPE) == 1;
}

TEST(QuietPipes, ABrokenPipeIsAnErrorAndNoSignal) {
  std::signal(SIGPIPE, SIG_DFL);
  {
    const QuietPipes quiet;
    EXPECT_EQ(write_into_the_void(), EPIPE);
  }
  EXPECT_FALSE(blocked());
  EXPECT_FALSE(waiting());  // it would have ended the program
}

TEST(QuietPipes, ASignalOfSomebodyElseStays) {
  std::signal(SIGPIPE, SIG_DFL);
  {
    const QuietPipes outer;
    EXPECT_EQ(write_into_the_void(), EPIPE);
    {
      const QuietPipes inner;
      EXPECT_EQ(write_into_the_void(), EPIPE);
    }
    EXPECT_TRUE(blocked());
    EXPECT_TRUE(waiting());
  }
  EXPECT_FALSE(waiting());
}

}  // namespace
}  // namespace sluice
