#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace sluice::stages {

/// Walks a structural index: takes keys, raw values and separators one by one. Values are never converted, only
/// delimited. Cheap to copy. A failed take_*() leaves the walker at the offending place.
class Walker {
 public:
  Walker(const char* bytes, const std::uint32_t* begin, const std::uint32_t* end)
      : bytes_(bytes), origin_(begin), at_(begin), end_(end) {}

  [[nodiscard]] bool done() const { return at_ >= end_; }
  /// The structural character here; 0 at the end.
  [[nodiscard]] char peek() const { return done() ? '\0' : bytes_[*at_]; }
  /// The byte position here; the length of the bytes at the end.
  [[nodiscard]] std::uint32_t offset() const { return *at_; }
  [[nodiscard]] const std::uint32_t* position() const { return at_; }
  /// How many positions have been passed since the walker was made.
  [[nodiscard]] std::uint32_t passed() const { return static_cast<std::uint32_t>(at_ - origin_); }
  /// Behind the last position.
  [[nodiscard]] const std::uint32_t* limit() const { return end_; }
  void move_to(const std::uint32_t* position) { at_ = position; }

  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }

  /// A string with its quotes. Empty: there is no string here.
  std::string_view take_string() {
    if (peek() != '"') return {};
    return scalar();
  }

  /// Any value as raw bytes. Empty: there is none here, or an object or array in it is not closed.
  std::string_view take_value() {
    switch (peek()) {
      case '{':
      case '[':
        return container();
      case '}':
      case ']':
      case ':':
      case ',':
      case '\0':
        return {};
      default:
        return scalar();
    }
  }

 private:
  /// From here to the next structural character, white space behind it left out.
  std::string_view scalar() {
    const char* start = bytes_ + *at_;
    ++at_;
    const char* stop = bytes_ + *at_;
    while (stop > start && is_space(stop[-1])) --stop;
    return {start, static_cast<std::size_t>(stop - start)};
  }

  /// Brackets are counted, not matched by kind, four positions at a time while none can be the last.
  std::string_view container() {
    const std::uint32_t start = *at_;
    const std::uint32_t* at = at_ + 1;
    std::int32_t depth = 1;
    while (end_ - at >= 4) {
      const auto a = static_cast<std::uint8_t>(bytes_[at[0]]);
      const auto b = static_cast<std::uint8_t>(bytes_[at[1]]);
      const auto c = static_cast<std::uint8_t>(bytes_[at[2]]);
      const auto d = static_cast<std::uint8_t>(bytes_[at[3]]);
      // Low half: openers minus closers. High half: closers.
      const std::uint32_t sum = kWeight[a] + kWeight[b] + kWeight[c] + kWeight[d];
      const auto closers = static_cast<std::int32_t>(sum >> 16);
      if (closers >= depth) break;
      depth += static_cast<std::int32_t>(sum & 0xFFFF) - closers;
      at += 4;
    }
    for (; at < end_; ++at) {
      const auto c = static_cast<std::uint8_t>(bytes_[*at]);
      depth += static_cast<std::int32_t>(kWeight[c] & 0xFFFF) - static_cast<std::int32_t>(kWeight[c] >> 16);
      if (depth == 0) {
        at_ = at + 1;
        return {bytes_ + start, *at + 1 - start};
      }
    }
    return {};
  }

  static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

  /// 1 for an opening bracket, 1 << 16 for a closing one.
  static constexpr std::array<std::uint32_t, 256> kWeight = [] {
    std::array<std::uint32_t, 256> weight{};
    weight['{'] = weight['['] = 1;
    weight['}'] = weight[']'] = 1U << 16;
    return weight;
  }();

  const char* bytes_;
  const std::uint32_t* origin_;
  const std::uint32_t* at_;
  const std::uint32_t* end_;
};

}  // namespace sluice::stages
