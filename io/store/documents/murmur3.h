#pragma once

#include <cstdint>
#include <string_view>

namespace sluice::store {

/// murmur3_x86_32 with seed 0 of the text's UTF-16 code units, low byte first: Elasticsearch's Murmur3HashFunction.
/// Bytes that are not UTF-8 count as U+FFFD each.
std::int32_t murmur3_of_text(std::string_view utf8);

}  // namespace sluice::store
