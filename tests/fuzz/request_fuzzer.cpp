// Bodies of any bytes: refused or understood, never worse.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "reindex/request.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto request = sluice::parse_request({reinterpret_cast<const char*>(data), size}, {});
  if (!request) static_cast<void>(request.error().envelope());
  return 0;
}
