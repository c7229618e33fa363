// Bytes of any kind on a connection: requests or a refusal, never worse, and the same whatever pieces they come in.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "io/serve/content_coding.h"
#include "io/serve/request_reader.h"

namespace {

using sluice::serve::RequestReader;

std::string requests(std::string_view bytes, std::size_t piece) {
  sluice::serve::ServerOptions options;
  options.max_content_length = 1000;
  RequestReader reader(options, std::make_shared<sluice::serve::BodyBudget>(5000));
  std::string seen;
  while (!bytes.empty()) {
    const auto room = reader.prepare();
    const std::size_t size = std::min({room.size(), bytes.size(), piece});
    std::memcpy(room.data(), bytes.data(), size);
    bytes.remove_prefix(size);
    reader.commit(size);
    RequestReader::Step step = reader.step();
    for (; step == RequestReader::Step::kComplete; step = reader.step()) {
      const auto received = reader.take();
      seen += received.request.method + " " + received.request.target + " " + std::string(received.request.body.view());
      static_cast<void>(
          sluice::serve::unpack(received.request.header("Content-Encoding"), received.request.body.view(), 1000));
    }
    if (step == RequestReader::Step::kRefused) return seen;
  }
  return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static_cast<void>(requests(bytes, 4096));
  static_cast<void>(requests(bytes, 1));
  return 0;
}
