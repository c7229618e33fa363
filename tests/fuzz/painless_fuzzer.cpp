// Scripts of any bytes: refused or run, within the limits of memory and time, never worse.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "stages/painless/run/json_document.h"
#include "stages/painless/script.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sluice;  // NOLINT(google-build-using-namespace)
  const auto script = painless::compile({reinterpret_cast<const char*>(data), size}, painless::reindex_context());
  if (!script) {
    static_cast<void>(script.error().envelope());
    return 0;
  }
  painless::Machine machine(
      (*script)->program, {.memory = std::size_t{16} << 20, .time = std::chrono::milliseconds(200), .regex_factor = 6});
  painless::JsonDocument params_json;
  painless::JsonDocument ctx_json;
  const auto params = params_json.read(machine, R"({"n":1,"s":"text"})");
  const auto ctx = ctx_json.read(
      machine, R"({"_source":{"a":1,"b":"x","c":[1,2,{"d":null}],"e":1.5,"f":true},"op":"index","_id":"1"})");
  const painless::Value arguments[] = {*params, *ctx};
  if (machine.run(arguments).is_error()) static_cast<void>(painless::runtime_error(**script, machine).envelope());
  return 0;
}
