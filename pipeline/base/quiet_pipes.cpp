#include "pipeline/base/quiet_pipes.h"

#include <cerrno>
#include <ctime>

namespace sluice {
namespace {

sigset_t broken_pipe() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGPIPE);
  return set;
}

bool is_waiting() {
  sigset_t waiting;
  return sigpending(&waiting) == 0 && sigismember(&waiting, SIGPIPE) == 1;
}

}  // namespace

QuietPipes::QuietPipes() : waiting_(is_waiting()) {
  const sigset_t set = broken_pipe();
  pthread_sigmask(SIG_BLOCK, &set, &before_);
}

QuietPipes::~QuietPipes() {
  const int error = errno;  // of the write that somebody still wants to report
  const sigset_t set = broken_pipe();
  const timespec at_once{};
  if (!waiting_ && is_waiting()) {
    while (sigtimedwait(&set, nullptr, &at_once) < 0 && errno == EINTR) {
    }
  }
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  errno = error;
}

}  // namespace sluice
