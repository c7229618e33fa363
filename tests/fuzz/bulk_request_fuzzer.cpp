// `_bulk` bodies of any bytes: read into actions whose texts lie in the body or in the request's own strings, or
// refused.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "pipeline/base/buffer.h"
#include "tools/sluiced/rest/bulk_request.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string body(reinterpret_cast<const char*>(data), size);
  body.append(sluice::Buffer::kPadding, '\0');
  const std::string_view bytes = std::string_view(body).substr(0, size);
  const auto request = sluice::rest::read_bulk(bytes, {.index = "i", .routing = {}, .pipeline = {}});
  if (!request) return 0;
  static_cast<void>(sluice::rest::bulk_problems(*request));
  for (const auto& action : request->actions) {
    const bool has_source = action.kind != sluice::rest::BulkKind::kDelete;
    if (has_source && !action.source.empty() &&
        (action.source.data() < bytes.data() || action.source.data() > bytes.data() + size)) {
      std::abort();  // a source is always a line of the body
    }
  }
  return 0;
}
