// Targets and answers of any bytes: decoded, routed and printed, or refused.
#include <cstddef>
#include <cstdint>
#include <string>

#include "tools/sluiced/rest/rendering.h"
#include "tools/sluiced/rest/router.h"
#include "tools/sluiced/rest/uri.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto uri = sluice::rest::parse_uri(bytes)) {
    static_cast<void>(sluice::rest::router().find("GET", uri->segments));
  }
  static_cast<void>(sluice::rest::pretty_json(bytes));
  static_cast<void>(sluice::rest::yaml_of_json(bytes));
  static_cast<void>(sluice::rest::filtered_json(bytes, {"a.b*", "**.c", "-d"}));
  return 0;
}
