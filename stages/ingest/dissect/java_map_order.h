#pragma once

#include <cstddef>

namespace sluice::ingest {

/// How many buckets a java.util.HashMap has that was made for `capacity` entries, and got `entries`.
std::size_t java_map_buckets(std::size_t capacity, std::size_t entries);

}  // namespace sluice::ingest
