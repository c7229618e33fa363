#include "tools/sluiced/rest/node_figures.h"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include <sys/resource.h>
#include <unistd.h>

namespace sluice::rest {

namespace {

/// A value of /proc/meminfo in bytes; 0: it is not there.
std::uint64_t memory_figure(std::string_view name) {
  std::ifstream file("/proc/meminfo");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(name) && line.substr(name.size()).starts_with(':')) {
      return std::strtoull(line.c_str() + name.size() + 1, nullptr, 10) * 1024;
    }
  }
  return 0;
}

std::uint64_t open_files() {
  std::error_code problem;
  std::uint64_t count = 0;
  for (auto at = std::filesystem::directory_iterator("/proc/self/fd", problem);
       !problem && at != std::filesystem::directory_iterator(); at.increment(problem)) {
    ++count;
  }
  return count;
}

std::int64_t milliseconds_of(const timeval& time) { return time.tv_sec * 1000 + time.tv_usec / 1000; }

/// Pages of this process: in memory if `resident`, else of its addresses.
std::uint64_t own_bytes(bool resident) {
  std::ifstream file("/proc/self/statm");
  std::uint64_t size = 0;
  std::uint64_t in_memory = 0;
  file >> size >> in_memory;
  return (resident ? in_memory : size) * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace

void write_os_stats(JsonWriter& out, std::int64_t now_ms) {
  out.key("os").begin_object().member("timestamp", now_ms).key("cpu").begin_object();
  std::array<double, 3> load{};
  if (getloadavg(load.data(), 3) == 3) {
    out.key("load_average").begin_object().key("1m").java_float(static_cast<float>(load[0]));
    out.key("5m").java_float(static_cast<float>(load[1])).key("15m").java_float(static_cast<float>(load[2]));
    out.end_object();
  }
  out.member("available_processors", static_cast<std::int64_t>(std::thread::hardware_concurrency())).end_object();
  const std::uint64_t total = memory_figure("MemTotal");
  const std::uint64_t free = memory_figure("MemFree");
  if (total > 0) {
    const std::uint64_t percent = free * 100 / total;
    out.key("mem").begin_object().member("total_in_bytes", total).member("adjusted_total_in_bytes", total);
    out.member("free_in_bytes", free).member("used_in_bytes", total - free);
    out.member("free_percent", percent).member("used_percent", 100 - percent).end_object();
  }
  const std::uint64_t swap = memory_figure("SwapTotal");
  const std::uint64_t swap_free = memory_figure("SwapFree");
  out.key("swap").begin_object().member("total_in_bytes", swap).member("free_in_bytes", swap_free);
  out.member("used_in_bytes", swap - swap_free).end_object().end_object();
}

void write_process_stats(JsonWriter& out, std::int64_t now_ms) {
  out.key("process").begin_object().member("timestamp", now_ms).member("open_file_descriptors", open_files());
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
    out.member("max_file_descriptors", static_cast<std::uint64_t>(files.rlim_cur));
  }
  rusage usage{};
  if (getrusage(RUSAGE_SELF, &usage) == 0) {
    out.key("cpu").begin_object();
    out.member("total_in_millis", milliseconds_of(usage.ru_utime) + milliseconds_of(usage.ru_stime)).end_object();
  }
  out.key("mem").begin_object().member("total_virtual_in_bytes", own_bytes(false));
  out.member("resident_in_bytes", own_bytes(true)).end_object().end_object();
}

void write_fs_stats(JsonWriter& out, const Services& services, std::int64_t now_ms) {
  std::error_code problem;
  const std::filesystem::space_info space = std::filesystem::space(services.data_path, problem);
  if (problem) return;
  const auto write = [&] {
    out.member("total_in_bytes", static_cast<std::uint64_t>(space.capacity));
    out.member("free_in_bytes", static_cast<std::uint64_t>(space.free));
    out.member("available_in_bytes", static_cast<std::uint64_t>(space.available));
  };
  out.key("fs").begin_object().member("timestamp", now_ms).key("total").begin_object();
  write();
  out.end_object().key("data").begin_array().begin_object().member("path", services.data_path);
  write();
  out.end_object().end_array().end_object();
}

}  // namespace sluice::rest
