#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#include "stages/painless/run/lanes.h"
#include "stages/painless/run/map.h"

namespace sluice::painless {

/// Entries up to which looking through all of them is quicker than a table.
constexpr std::uint32_t kSmall = 40;

/// The text of a key that is text without escapes.
inline std::string_view plain_text(const Map::Entry& entry) {
  if (entry.key.is_raw()) return {entry.key.raw + 1, entry.key.length - 2};
  // A plain key is text; the analyzer doesn't know.
  return static_cast<const String*>(entry.key.o)->text();  // NOLINT(clang-analyzer-core.CallAndMessage)
}

/// Tells most texts apart without looking at all of them. Never 0.
inline std::uint32_t signature_of(std::string_view text) {
  if (text.empty()) return 0x10000;
  return static_cast<std::uint32_t>(text.size() & 0xFFFF) |
         static_cast<std::uint32_t>(static_cast<unsigned char>(text.front())) << 16 |
         static_cast<std::uint32_t>(static_cast<unsigned char>(text.back())) << 24;
}

/// Whether a plain key of a map may begin with one of two characters; false: none does. Signatures are looked at by
/// fours, for which a map has room.
inline bool may_begin_with(const Map& map, char one, char other) {
  Four found = {};
  for (std::uint32_t four = 0; four < map.used; four += 4) {
    Four signatures;
    std::memcpy(&signatures, map.signatures + four, sizeof signatures);
    const Four first = signatures >> 16 & 0xFF;
    found |= reinterpret_cast<Four>((first == static_cast<unsigned char>(one)) |
                                    (first == static_cast<unsigned char>(other)));
  }
  return any_lane(found);
}

/// Of a signature, in Map::keys_seen.
inline std::uint64_t seen_bit(std::uint32_t signature) { return std::uint64_t{1} << (signature * 0x9E3779B1U >> 26U); }

/// Whether two keys are the same. They are short: up to 16 bytes are compared without a call, as words that overlap.
inline bool same_key(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  const auto same_words = [&]<typename Word>(Word) {
    Word words[4];
    const std::size_t last = a.size() - sizeof(Word);
    std::memcpy(&words[0], a.data(), sizeof(Word));
    std::memcpy(&words[1], b.data(), sizeof(Word));
    std::memcpy(&words[2], a.data() + last, sizeof(Word));
    std::memcpy(&words[3], b.data() + last, sizeof(Word));
    return words[0] == words[1] && words[2] == words[3];
  };
  if (a.size() > 2 * sizeof(std::uint64_t) || a.size() < sizeof(std::uint32_t)) return a == b;
  return a.size() >= sizeof(std::uint64_t) ? same_words(std::uint64_t{}) : same_words(std::uint32_t{});
}

}  // namespace sluice::painless
