#include <thread>

#include <fmt/format.h>
#include <simdjson.h>

#include "tools/sluice/command.h"

namespace sluice::tools {

int version_command(int, const char* const*) {
  fmt::print("sluice {}\n", SLUICE_VERSION);
  fmt::print("reads JSON with {} ({}), {} cores\n", simdjson::get_active_implementation()->name(),
             simdjson::get_active_implementation()->description(), std::thread::hardware_concurrency());
  return 0;
}

}  // namespace sluice::tools
