#include "io/serve/body_budget.h"

#include <string>

#include "pipeline/base/units.h"

namespace sluice::serve {

Status BodyBudget::charge(std::size_t bytes) {
  const std::size_t wanted = used_.fetch_add(bytes, std::memory_order_relaxed) + bytes;
  if (wanted <= limit_) return {};
  release(bytes);
  Error error(ErrorKind::kThrottled, 429, "circuit_breaking_exception",
              "[inflight_requests] Data too large, data for [<http_request>] would be [" + std::to_string(wanted) +
                  "/" + human_bytes(wanted) + "], which is larger than the limit of [" + std::to_string(limit_) + "/" +
                  human_bytes(limit_) + "]; send less at a time, or raise network.breaker.inflight_requests.limit");
  error.details = {{"bytes_wanted", std::to_string(wanted)},
                   {"bytes_limit", std::to_string(limit_)},
                   {"durability", "\"TRANSIENT\""}};
  return std::unexpected(std::move(error));
}

}  // namespace sluice::serve
