#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/model/lookup_plan.h"
#include "stages/query/value_readers.h"

namespace sluice::stages {

/// Of longer texts only the first so many bytes are in a key, so that texts that begin alike share one.
inline constexpr std::size_t kMostKeyText = 256;

/// Values as keys of a field's index: bytes that sort as they do, none of which is the beginning of another. What is
/// larger than 2^94 counts as that, and -0 as 0.
void append_key(std::string& out, Wide value);
void append_key(std::string& out, double value);
void append_key(std::string& out, int value);
void append_key(std::string& out, const Address& value);
void append_key(std::string& out, std::string_view value);

template <typename T>
std::string key_of(const T& value) {
  std::string key;
  append_key(key, value);
  return key;
}

/// The first bytes behind all that begin with `prefix`; empty: there are none.
std::string behind_all(std::string prefix);

/// The keys of one value, and of texts that begin with `prefix`.
pipeline::KeyRange keys_equal(std::string key);
pipeline::KeyRange keys_of_prefix(std::string_view prefix);

}  // namespace sluice::stages
