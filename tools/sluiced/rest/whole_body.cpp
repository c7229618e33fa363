#include "tools/sluiced/rest/whole_body.h"

#include <utility>

namespace sluice::rest {

namespace {

constexpr std::size_t kMost = std::size_t{1} << 30;

}  // namespace

Result<std::string> whole_body(std::string body, std::unique_ptr<serve::BodyStream> stream) {
  while (stream != nullptr) {
    auto more = stream->next(body);
    if (!more) return std::unexpected(std::move(more.error()));
    if (!*more) break;
    if (body.size() > kMost) {
      return std::unexpected(Error(ErrorKind::kThrottled, 429, "circuit_breaking_exception",
                                   "[request] Data too large: the page has more than [1gb]; ask for fewer documents "
                                   "with [size], or for less of them with [_source]"));
    }
  }
  return body;
}

}  // namespace sluice::rest
