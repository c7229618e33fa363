#pragma once

#include <csignal>

namespace sluice {

/// While it lives, what its thread writes to a pipe or socket that nobody reads any more is an error (EPIPE) and not
/// the signal SIGPIPE, which ends a program that has not said what to do with it: a library may not decide that for the
/// whole program. The signal of such a write is taken back in the end, except where one was waiting before. Made and
/// destroyed on one thread.
class QuietPipes {
 public:
  QuietPipes();
  ~QuietPipes();
  QuietPipes(const QuietPipes&) = delete;
  QuietPipes& operator=(const QuietPipes&) = delete;

 private:
  sigset_t before_{};
  bool waiting_ = false;  ///< a SIGPIPE that is not ours
};

}  // namespace sluice
