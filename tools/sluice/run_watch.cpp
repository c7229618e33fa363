#include "tools/sluice/run_watch.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <string>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "tools/sluice/progress.h"

namespace sluice::tools {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kCancelled = 130;

std::pair<std::size_t, std::size_t> terminal_size() {
  winsize size{};
  if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return {80, 24};
  return {size.ws_col, size.ws_row == 0 ? 24 : size.ws_row};
}

/// Shows a run in one of the ways.
class Display {
 public:
  explicit Display(ProgressMode mode) : mode_(mode) {
    if (mode_ != ProgressMode::kAuto) return;
    live_ = ::isatty(STDERR_FILENO) != 0;
    if (!live_) mode_ = ProgressMode::kPlain;
  }

  /// Milliseconds between two pictures; -1: nothing is shown.
  [[nodiscard]] int period() const {
    if (mode_ == ProgressMode::kNone) return -1;
    if (live_) return 250;
    return mode_ == ProgressMode::kJson ? 1000 : 5000;
  }

  void show(const pipeline::RunStatus& status, std::chrono::nanoseconds elapsed) {
    if (mode_ == ProgressMode::kNone) return;
    if (live_) {
      redraw(status, elapsed);
    } else if (mode_ == ProgressMode::kJson) {
      fmt::print(stderr, "{}\n", text_.json(status, elapsed));
    } else {
      fmt::print(stderr, "{}\n", text_.plain(status, elapsed));
    }
    text_.shown(status, elapsed);
  }

  void say(const std::string& message) {
    if (mode_ == ProgressMode::kNone || mode_ == ProgressMode::kJson) return;
    fmt::print(stderr, "{}{}\n", live_ ? "\r\x1b[2K" : "", message);
    drawn_ = 0;
  }

 private:
  void redraw(const pipeline::RunStatus& status, std::chrono::nanoseconds elapsed) {
    const auto [width, height] = terminal_size();
    // The last column stays free, or some terminals would wrap.
    const auto lines = text_.live(status, elapsed, width - 1, std::max<std::size_t>(height, 2) - 1);
    std::string out = drawn_ > 0 ? fmt::format("\x1b[{}A", drawn_) : std::string();
    for (const std::string& line : lines) out += "\r\x1b[2K" + line + "\n";
    fmt::print(stderr, "{}", out);
    drawn_ = lines.size();
  }

  ProgressMode mode_;
  bool live_ = false;
  std::size_t drawn_ = 0;
  ProgressText text_;
};

/// The rate of what still runs. The whole run's counts the slices that have ended too, and what it is told is spread
/// over the others only.
float running_rate(const pipeline::RunStatus& status) {
  float rate = 0;
  for (const pipeline::SliceStatus& slice : status.slices) {
    if (!slice.finished) rate += slice.requests_per_second;
  }
  return rate > 0 ? rate : status.totals.requests_per_second;
}

void change_rate(Run& run, bool halve, Display& display) {
  const pipeline::RunStatus status = run.status();
  const float rate = changed_rate(status, halve);
  if (rate == running_rate(status)) return;
  run.rethrottle(rate);
  display.say(fmt::format("sluice: {:.6g} requests per second from now on", rate));
}

}  // namespace

Signals::Signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGINT, SIGTERM, SIGUSR1, SIGUSR2}) sigaddset(&set, signal);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  descriptor_ = ::signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

Signals::~Signals() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

int Signals::take() const {
  signalfd_siginfo info{};
  if (::read(descriptor_, &info, sizeof info) != static_cast<ssize_t>(sizeof info)) return 0;
  return static_cast<int>(info.ssi_signo);
}

float changed_rate(const pipeline::RunStatus& status, bool halve) {
  const float rate = running_rate(status);
  if (!std::isinf(rate)) return halve ? rate / 2 : rate * 2;
  const double seconds = std::chrono::duration<double>(status.took).count();
  const auto settled = static_cast<double>(status.totals.counters.settled());
  if (!halve || seconds <= 0 || settled < 1) return rate;
  return static_cast<float>(settled / seconds / 2);
}

pipeline::RunStatus watch(Run& run, const Signals& signals, ProgressMode mode) {
  const auto begin = Clock::now();
  const int finished = ::eventfd(0, EFD_CLOEXEC);
  pipeline::RunStatus result;
  std::thread waiter([&] {
    result = run.wait();
    const std::uint64_t one = 1;
    static_cast<void>(::write(finished, &one, sizeof one) == sizeof one);
  });
  Display display(mode);
  bool cancelling = false;
  // The first picture comes soon, so that people see that it runs.
  auto next = begin + std::chrono::milliseconds(std::min(display.period(), 1000));
  for (;;) {
    pollfd events[2] = {{finished, POLLIN, 0}, {signals.descriptor(), POLLIN, 0}};
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(next - Clock::now()).count();
    ::poll(events, 2, display.period() < 0 ? -1 : static_cast<int>(std::max<std::int64_t>(left, 0)));
    if ((events[0].revents & POLLIN) != 0) break;
    while (const int signal = signals.take()) {
      if (signal == SIGUSR1 || signal == SIGUSR2) {
        change_rate(run, signal == SIGUSR1, display);
        continue;
      }
      if (cancelling) ::_exit(kCancelled);
      cancelling = true;
      display.say("sluice: cancelling; again to end at once");
      run.cancel("by user request");
    }
    if (display.period() < 0 || Clock::now() < next) continue;
    display.show(run.status(), Clock::now() - begin);
    next = Clock::now() + std::chrono::milliseconds(display.period());
  }
  waiter.join();
  ::close(finished);
  display.show(result, Clock::now() - begin);
  return result;
}

}  // namespace sluice::tools
