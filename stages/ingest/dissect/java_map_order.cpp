#include "stages/ingest/dissect/java_map_order.h"

#include <algorithm>
#include <bit>

namespace sluice::ingest {

std::size_t java_map_buckets(std::size_t capacity, std::size_t entries) {
  std::size_t buckets = std::bit_ceil(std::max<std::size_t>(capacity, 1));
  while (entries > buckets * 3 / 4) buckets *= 2;
  return buckets;
}

}  // namespace sluice::ingest
