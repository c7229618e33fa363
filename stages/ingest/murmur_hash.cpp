#include "stages/ingest/murmur_hash.h"

#include <array>
#include <bit>
#include <cstdint>

namespace sluice::ingest {

namespace {

constexpr std::uint64_t kFirst = 0x87c37b91114253d5;
constexpr std::uint64_t kSecond = 0x4cf5ad432745937f;

/// Up to eight bytes as a number, the lowest first.
std::uint64_t word_of(std::string_view bytes) {
  std::uint64_t word = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) word = word << 8 | static_cast<unsigned char>(bytes[i]);
  return word;
}

std::uint64_t mixed_first(std::uint64_t word) { return std::rotl(word * kFirst, 31) * kSecond; }
std::uint64_t mixed_second(std::uint64_t word) { return std::rotl(word * kSecond, 33) * kFirst; }

std::uint64_t finished(std::uint64_t word) {
  word = (word ^ (word >> 33)) * 0xff51afd7ed558ccd;
  word = (word ^ (word >> 33)) * 0xc4ceb9fe1a85ec53;
  return word ^ (word >> 33);
}

}  // namespace

std::string murmur_hash_128(std::string_view bytes) {
  const std::size_t size = bytes.size();
  std::uint64_t first = 0;
  std::uint64_t second = 0;
  for (; bytes.size() >= 16; bytes.remove_prefix(16)) {
    first = (std::rotl(first ^ mixed_first(word_of(bytes.substr(0, 8))), 27) + second) * 5 + 0x52dce729;
    second = (std::rotl(second ^ mixed_second(word_of(bytes.substr(8, 8))), 31) + first) * 5 + 0x38495ab5;
  }
  if (bytes.size() > 8) second ^= mixed_second(word_of(bytes.substr(8)));
  if (!bytes.empty()) first ^= mixed_first(word_of(bytes.substr(0, 8)));
  first ^= size;
  second ^= size;
  first += second;
  second += first;
  first = finished(first);
  second = finished(second);
  first += second;
  second += first;
  std::string out;
  for (const std::uint64_t word : {first, second}) {
    for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(word >> shift);
  }
  return out;
}

}  // namespace sluice::ingest
