#include "io/store/documents/murmur3.h"

#include <bit>
#include <cstddef>

namespace sluice::store {
namespace {

/// Takes UTF-16 code units one by one: two of them are one block of the hash.
class Murmur3 {
 public:
  void add(std::uint32_t unit) {
    if (++units_ % 2 != 0) {
      first_ = unit;
      return;
    }
    hash_ ^= scrambled(first_ | unit << 16);
    hash_ = std::rotl(hash_, 13) * 5 + 0xe6546b64U;
  }
  [[nodiscard]] std::int32_t finish() const {
    std::uint32_t hash = hash_;
    if (units_ % 2 != 0) hash ^= scrambled(first_);
    hash ^= units_ * 2;
    hash = (hash ^ hash >> 16) * 0x85ebca6bU;
    hash = (hash ^ hash >> 13) * 0xc2b2ae35U;
    return static_cast<std::int32_t>(hash ^ hash >> 16);
  }

 private:
  static std::uint32_t scrambled(std::uint32_t block) { return std::rotl(block * 0xcc9e2d51U, 15) * 0x1b873593U; }
  std::uint32_t hash_ = 0;
  std::uint32_t first_ = 0;
  std::uint32_t units_ = 0;
};

constexpr std::uint32_t kReplacement = 0xfffd;

/// The code point at the front, which is taken off.
std::uint32_t take_code_point(std::string_view& utf8) {
  const auto lead = static_cast<unsigned char>(utf8.front());
  const std::size_t size = lead < 0x80 ? 1 : lead >> 5 == 6 ? 2 : lead >> 4 == 14 ? 3 : lead >> 3 == 30 ? 4 : 0;
  if (size == 0 || size > utf8.size()) {
    utf8.remove_prefix(1);
    return kReplacement;
  }
  std::uint32_t point = size == 1 ? lead : lead & (0x7fU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    const auto next = static_cast<unsigned char>(utf8[i]);
    if (next >> 6 != 2) {
      utf8.remove_prefix(1);
      return kReplacement;
    }
    point = point << 6 | (next & 0x3fU);
  }
  utf8.remove_prefix(size);
  return point;
}

}  // namespace

std::int32_t murmur3_of_text(std::string_view utf8) {
  Murmur3 hash;
  while (!utf8.empty()) {
    const std::uint32_t point = take_code_point(utf8);
    if (point < 0x10000) {
      hash.add(point);
    } else {
      hash.add(0xd7c0 + (point >> 10));
      hash.add(0xdc00 + (point & 0x3ff));
    }
  }
  return hash.finish();
}

}  // namespace sluice::store
