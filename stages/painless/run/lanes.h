#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace sluice::painless {

/// Sixteen bytes, or four numbers, that are looked at together.
using Bytes [[gnu::vector_size(16)]] = unsigned char;
using Four [[gnu::vector_size(16)]] = std::uint32_t;

/// Whether a lane of a comparison's result, or of several that were put together, is met.
template <typename Lanes>
bool any_lane(const Lanes& lanes) {
  static_assert(sizeof(Lanes) == 16);
  std::uint64_t halves[2];
  std::memcpy(halves, &lanes, sizeof halves);
  return (halves[0] | halves[1]) != 0;
}

/// Whether `wanted` is one of four. They are looked at together.
inline bool any_of_four(const std::uint32_t* four, std::uint32_t wanted) {
  Four values;
  std::memcpy(&values, four, sizeof values);
  return any_lane(values == wanted);
}

/// Text of 4 to 16 bytes as sixteen, some of them twice. They are put together in registers: what is written in parts
/// and read as a whole has to wait for the memory.
inline Bytes spread_out(std::string_view text) {
  using Words [[gnu::vector_size(16)]] = std::uint64_t;
  const auto pair = [&]<typename Word>(Word) {
    Word first;
    Word last;
    std::memcpy(&first, text.data(), sizeof first);
    std::memcpy(&last, text.data() + text.size() - sizeof last, sizeof last);
    return reinterpret_cast<Bytes>(Words{first | (sizeof first == 4 ? std::uint64_t{first} << 32 : 0),
                                         last | (sizeof last == 4 ? std::uint64_t{last} << 32 : 0)});
  };
  return text.size() >= sizeof(std::uint64_t) ? pair(std::uint64_t{}) : pair(std::uint32_t{});
}

/// Whether a byte of `text` is wanted: `wanted` gets sixteen at a time, some of them twice, and answers in lanes.
template <typename Wanted>
bool any_byte(std::string_view text, Wanted wanted) {
  Bytes bytes;
  if (text.size() > sizeof bytes) {
    const char* const last = text.data() + text.size() - sizeof bytes;
    for (const char* at = text.data(); at < last; at += sizeof bytes) {
      std::memcpy(&bytes, at, sizeof bytes);
      if (any_lane(wanted(bytes))) return true;
    }
    std::memcpy(&bytes, last, sizeof bytes);
    return any_lane(wanted(bytes));
  }
  if (text.size() >= 4) return any_lane(wanted(spread_out(text)));
  if (text.empty()) return false;
  bytes = Bytes{} + static_cast<unsigned char>(text.front());
  bytes[0] = static_cast<unsigned char>(text[text.size() / 2]);
  bytes[1] = static_cast<unsigned char>(text.back());
  return any_lane(wanted(bytes));
}

/// Copies text that is mostly short: up to 16 bytes without a call, as words that overlap.
inline void copy_text(char* to, std::string_view text) {
  const auto copy_words = [&]<typename Word>(Word) {
    Word first;
    Word last;
    const std::size_t behind = text.size() - sizeof(Word);
    std::memcpy(&first, text.data(), sizeof first);
    std::memcpy(&last, text.data() + behind, sizeof last);
    std::memcpy(to, &first, sizeof first);
    std::memcpy(to + behind, &last, sizeof last);
  };
  if (text.size() > 16) {
    std::memcpy(to, text.data(), text.size());
  } else if (text.size() >= 8) {
    copy_words(std::uint64_t{});
  } else if (text.size() >= 4) {
    copy_words(std::uint32_t{});
  } else if (text.size() >= 2) {
    copy_words(std::uint16_t{});
  } else if (!text.empty()) {
    *to = text.front();
  }
}

}  // namespace sluice::painless
