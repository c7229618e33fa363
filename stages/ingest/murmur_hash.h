#pragma once

#include <string>
#include <string_view>

namespace sluice::ingest {

/// MurmurHash3, the 128-bit one for x64, seed 0: its two words, the highest byte first, as Java writes them.
/// Source: Austin Appleby's public description.
std::string murmur_hash_128(std::string_view bytes);

}  // namespace sluice::ingest
