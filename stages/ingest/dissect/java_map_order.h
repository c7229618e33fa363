#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sluice::ingest {

/// String.hashCode() of a text in UTF-8, spread over its bits as java.util.HashMap does.
std::uint32_t java_map_hash(std::string_view text);

/// How many buckets a java.util.HashMap has that was made for `capacity` entries, and got `entries`.
std::size_t java_map_buckets(std::size_t capacity, std::size_t entries);

}  // namespace sluice::ingest
