#include "tools/sluice/progress.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "pipeline/base/json_writer.h"
#include "pipeline/base/units.h"

namespace sluice::tools {
namespace {

using Seconds = std::chrono::duration<double>;
using pipeline::RunStatus;
using pipeline::SliceStatus;

double per_second(std::uint64_t before, std::uint64_t after, Seconds elapsed) {
  if (elapsed.count() <= 0 || after <= before) return 0;
  return static_cast<double>(after - before) / elapsed.count();
}

std::string clock_text(double seconds) {
  const auto whole = static_cast<std::uint64_t>(std::llround(std::max(0.0, seconds)));
  if (whole < 60) return fmt::format("{}s", whole);
  if (whole < 3600) return fmt::format("{}m{:02}s", whole / 60, whole % 60);
  return fmt::format("{}h{:02}m", whole / 3600, whole / 60 % 60);
}

SliceStatus slice_of(const RunStatus& status, std::size_t index) {
  return index < status.slices.size() ? status.slices[index] : SliceStatus{};
}

double slice_share(const SliceStatus& slice) {
  if (slice.finished) return 1;
  if (!slice.total_known || slice.total == 0) return -1;
  return std::min(1.0, static_cast<double>(slice.counters.settled()) / static_cast<double>(slice.total));
}

}  // namespace

std::string grouped(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, 1, ',');
  return text;
}

Speed speed_between(const SliceStatus& before, const SliceStatus& after, Seconds elapsed) {
  return {.documents = per_second(before.counters.settled(), after.counters.settled(), elapsed),
          .bytes = per_second(before.bytes_read, after.bytes_read, elapsed)};
}

std::string_view waiting_for(const SliceStatus& before, const SliceStatus& after) {
  using pipeline::Activity;
  struct State {
    Nanoseconds Activity::* time;
    std::string_view name;
  };
  static constexpr std::array<State, 4> kStates{{{&Activity::source, "source"},
                                                 {&Activity::work, "CPU"},
                                                 {&Activity::sink, "sink"},
                                                 {&Activity::throttle, "throttle"}}};
  Nanoseconds most{};
  std::string_view name;
  for (const State& state : kStates) {
    const Nanoseconds spent = after.activity.*state.time - before.activity.*state.time;
    if (spent <= most) continue;
    most = spent;
    name = state.name;
  }
  return name;
}

double share_done(const RunStatus& status) {
  if (status.error || status.totals.canceled) return -1;
  if (status.finished) return 1;
  if (status.total_bytes && *status.total_bytes > 0) {
    const std::uint64_t read = status.packed_bytes.value_or(status.totals.bytes_read);
    return std::min(1.0, static_cast<double>(read) / static_cast<double>(*status.total_bytes));
  }
  return slice_share(status.totals);
}

std::string_view way_of_ending(const RunStatus& status) {
  if (status.error) return "failed";
  return status.totals.canceled ? "cancelled" : "done";
}

std::string outcomes_text(const pipeline::Counters& counters) {
  const std::array<std::pair<std::uint64_t, std::string_view>, 7> outcomes{{{counters.created, "created"},
                                                                            {counters.updated, "updated"},
                                                                            {counters.deleted, "deleted"},
                                                                            {counters.noops, "noops"},
                                                                            {counters.version_conflicts, "conflicts"},
                                                                            {counters.failed, "failed"},
                                                                            {counters.filtered, "filtered"}}};
  std::string text = grouped(counters.read) + " documents were read";
  std::string_view before = ": ";
  for (const auto& [number, name] : outcomes) {
    if (number == 0) continue;
    text += fmt::format("{}{} {}", before, grouped(number), name);
    before = ", ";
  }
  return text;
}

std::string ProgressText::line(const std::string& label, const SliceStatus& before, const SliceStatus& now,
                               double share, Seconds since, Seconds elapsed, std::string_view end) const {
  const Speed speed = speed_between(before, now, since);
  std::string text = fmt::format("{}{} docs  {}/s  {}/s", label, grouped(now.counters.settled()),
                                 grouped(static_cast<std::uint64_t>(speed.documents)),
                                 human_bytes(static_cast<std::uint64_t>(speed.bytes)));
  if (share >= 0) text += fmt::format("  {}%", static_cast<int>(share * 100));
  if (share > 0 && share < 1) text += fmt::format("  {} left", clock_text(elapsed.count() * (1 - share) / share));
  if (now.finished) {
    text += fmt::format("  {}", end);
  } else if (const std::string_view what = waiting_for(before, now); !what.empty()) {
    text += fmt::format("  waiting: {}", what);
  }
  const std::uint64_t lost = now.counters.failed + now.counters.version_conflicts;
  if (lost > 0) text += fmt::format("  {} failed or in conflict", grouped(lost));
  return text;
}

std::vector<std::string> ProgressText::live(const RunStatus& status, std::chrono::nanoseconds elapsed,
                                            std::size_t width, std::size_t height) const {
  std::vector<std::string> lines;
  const Seconds since = elapsed - before(elapsed).elapsed;
  if (status.slices.size() > 1 && height > 1) {
    // Whether a slice was complete when the others were ended is nowhere noted.
    const std::string_view end = way_of_ending(status) == "done" ? "done" : "ended";
    for (std::size_t i = 0; i < std::min(status.slices.size(), height - 1); ++i) {
      lines.push_back(line(fmt::format("slice {:<3}", i), slice_of(before(elapsed).status, i), status.slices[i],
                           end == "done" ? slice_share(status.slices[i]) : -1, since, elapsed, end));
    }
  }
  lines.push_back(line(lines.empty() ? "" : "all      ", before(elapsed).status.totals, status.totals,
                       share_done(status), since, elapsed, way_of_ending(status)));
  for (std::string& each : lines) each.resize(std::min(each.size(), width));
  return lines;
}

std::string ProgressText::plain(const RunStatus& status, std::chrono::nanoseconds elapsed) const {
  return line(fmt::format("{}: ", clock_text(Seconds(elapsed).count())), before(elapsed).status.totals, status.totals,
              share_done(status), elapsed - before(elapsed).elapsed, elapsed, way_of_ending(status));
}

std::string ProgressText::json(const RunStatus& status, std::chrono::nanoseconds elapsed) const {
  const auto milliseconds = [](std::chrono::nanoseconds time) {
    return std::int64_t{std::chrono::duration_cast<std::chrono::milliseconds>(time).count()};
  };
  const Speed speed = speed_between(before(elapsed).status.totals, status.totals, elapsed - before(elapsed).elapsed);
  const pipeline::Counters& counters = status.totals.counters;
  JsonWriter out;
  out.begin_object().member("elapsed_millis", milliseconds(elapsed)).member("documents", counters.settled());
  if (status.finished) out.member("ended", way_of_ending(status));
  out.member("created", counters.created).member("updated", counters.updated).member("failed", counters.failed);
  out.member("version_conflicts", counters.version_conflicts).member("bytes_read", status.totals.bytes_read);
  out.member("bytes_written", status.totals.bytes_written);
  out.member("documents_per_second", static_cast<std::uint64_t>(speed.documents));
  out.member("bytes_per_second", static_cast<std::uint64_t>(speed.bytes));
  if (const double share = share_done(status); share >= 0) {
    out.key("percent").raw(fmt::format("{:.1f}", share * 100));
  }
  if (const std::string_view what = waiting_for(before(elapsed).status.totals, status.totals); !what.empty()) {
    out.member("waiting_for", what);
  }
  const auto time = [&](std::string_view name, Nanoseconds spent) { out.member(name, milliseconds(spent)); };
  out.key("activity_millis").begin_object();
  time("source", status.totals.activity.source);
  time("cpu", status.totals.activity.work);
  time("sink", status.totals.activity.sink);
  time("throttle", status.totals.activity.throttle);
  return out.end_object().end_object().take();
}

const ProgressText::Picture& ProgressText::before(std::chrono::nanoseconds now) const {
  for (const Picture& picture : pictures_) {
    if (now - picture.elapsed <= kWindow) return picture;
  }
  return pictures_.back();
}

void ProgressText::shown(RunStatus status, std::chrono::nanoseconds elapsed) {
  status.failures.clear();
  pictures_.push_back({std::move(status), elapsed});
  while (elapsed - pictures_.front().elapsed > kWindow) pictures_.pop_front();
}

}  // namespace sluice::tools
