#include "stages/ingest/dissect/java_map_order.h"

#include <algorithm>
#include <bit>

#include "stages/ingest/grok/regex/cursor.h"

namespace sluice::ingest {

std::uint32_t java_map_hash(std::string_view text) {
  std::uint32_t hash = 0;
  regex::Cursor cursor(text);
  while (!cursor.at_end()) {
    const char32_t code = cursor.next();
    if (code < 0x10000) {
      hash = hash * 31 + code;
    } else {
      hash = (hash * 31 + (0xd7c0U + (code >> 10U))) * 31 + (0xdc00U + (code & 0x3ffU));
    }
  }
  return hash ^ (hash >> 16U);
}

std::size_t java_map_buckets(std::size_t capacity, std::size_t entries) {
  std::size_t buckets = std::bit_ceil(std::max<std::size_t>(capacity, 1));
  while (entries > buckets * 3 / 4) buckets *= 2;
  return buckets;
}

}  // namespace sluice::ingest
