// bulk_sink [--port PORT] [--stall SECONDS] [--stall-after DOCUMENTS]: prints its URL when it listens, and the number
// of documents it was sent when it is ended by SIGTERM or SIGINT.
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "benchmarks/macro/bulk_sink_server.h"

namespace {

std::atomic<bool> stop_asked = false;

void ask_to_stop(int) { stop_asked = true; }

int run(const sluice::benchmarks::BulkSinkServer::Options& options) {
  const auto server = sluice::benchmarks::BulkSinkServer::listen(options);
  if (!server) {
    std::fprintf(stderr, "bulk_sink: %s\n", server.error().message().c_str());
    return 1;
  }
  std::printf("http://127.0.0.1:%u\n", unsigned{(*server)->port()});
  std::fflush(stdout);
  const auto served = (*server)->serve(stop_asked);
  if (!served) std::fprintf(stderr, "bulk_sink: %s\n", served.error().message().c_str());
  std::printf("%llu\n", static_cast<unsigned long long>((*server)->documents()));
  return served ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
  sluice::benchmarks::BulkSinkServer::Options options;
  for (int i = 1; i < count; ++i) {
    const std::string_view name = arguments[i];
    char* end = nullptr;
    const unsigned long long value = i + 1 < count ? std::strtoull(arguments[++i], &end, 10) : 0;
    const bool number = end != nullptr && *end == '\0' && end != arguments[i];
    if (number && name == "--port" && value < 65536) {
      options.port = static_cast<std::uint16_t>(value);
    } else if (number && name == "--stall" && value < 3600) {
      options.stall = std::chrono::seconds(value);
    } else if (number && name == "--stall-after") {
      options.stall_after = value;
    } else {
      std::fprintf(stderr, "usage: bulk_sink [--port PORT] [--stall SECONDS] [--stall-after DOCUMENTS]\n");
      return 2;
    }
  }
  std::signal(SIGTERM, ask_to_stop);
  std::signal(SIGINT, ask_to_stop);
  return run(options);
}
