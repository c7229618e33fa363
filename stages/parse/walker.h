#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace sluice::stages {

/// What JSON's grammar says of the characters of a structural index, as numbers that a walk adds up and compares.
namespace grammar {

enum Token : std::uint32_t { kString, kScalar, kOpenObject, kOpenArray, kCloseObject, kCloseArray, kComma, kColon };

/// A bit for each token.
constexpr std::uint32_t bits(std::initializer_list<Token> tokens) {
  std::uint32_t bits = 0;
  for (const Token token : tokens) bits |= 1U << token;
  return bits;
}

constexpr std::uint32_t kRefused = 0xFF000000;

/// For each byte that a position can have: openers in the first byte (0 or 1), closers in the second, its Token as a
/// bit in the third, and in the fourth the tokens it must not follow; a byte that begins no value follows none.
inline constexpr std::array<std::uint32_t, 256> kInfo = [] {
  constexpr std::uint32_t kValueEnds = bits({kString, kScalar, kCloseObject, kCloseArray});
  std::array<std::uint32_t, 256> info{};
  const auto set = [&](char c, Token token, std::uint32_t may_follow) {
    info[static_cast<std::uint8_t>(c)] = (1U << (16 + token)) | (~may_follow << 24);
  };
  info.fill((1U << (16 + kScalar)) | kRefused);
  for (const char c : std::string_view("-0123456789tfn")) set(c, kScalar, bits({kOpenArray, kComma, kColon}));
  set('"', kString, bits({kOpenObject, kOpenArray, kComma, kColon}));
  set('{', kOpenObject, bits({kOpenArray, kComma, kColon}));
  set('[', kOpenArray, bits({kOpenArray, kComma, kColon}));
  set('}', kCloseObject, kValueEnds | bits({kOpenObject}));
  set(']', kCloseArray, kValueEnds | bits({kOpenArray}));
  set(',', kComma, kValueEnds);
  set(':', kColon, bits({kString}));
  info['{'] += 1;
  info['['] += 1;
  info['}'] += 1U << 8;
  info[']'] += 1U << 8;
  return info;
}();

}  // namespace grammar

/// Walks a structural index: takes keys, raw values and separators one by one. Values are never converted, only
/// delimited; inside objects and arrays neighbours are checked, so that a value with a part missing or too much is
/// none. Cheap to copy. A failed take_*() leaves the walker at the offending place.
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

  /// Passes over a value without saying where it ends. False: there is none here.
  bool skip_value() {
    switch (peek()) {
      case '{':
      case '[':
        return !container().empty();
      case '}':
      case ']':
      case ':':
      case ',':
      case '\0':
        return false;
      default:
        ++at_;
        return true;
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

  /// Brackets are counted, four positions at a time while none can be the last; of every two neighbours the second says
  /// whether JSON allows it behind the first, which finds what is missing or too much between them.
  std::string_view container() {
    const std::uint32_t start = *at_;
    const std::uint32_t* at = at_ + 1;
    std::int32_t depth = 1;
    std::uint32_t before = info(at_);
    std::uint32_t wrong = 0;
    while (at < end_) {
      for (; end_ - at >= 4; at += 4) {
        const std::uint32_t a = info(at);
        const std::uint32_t b = info(at + 1);
        const std::uint32_t c = info(at + 2);
        const std::uint32_t d = info(at + 3);
        const std::uint32_t sum = a + b + c + d;
        const auto closers = static_cast<std::int32_t>((sum >> 8) & 0xFF);
        if (closers >= depth) break;
        wrong |= refused(before, a) | refused(a, b) | refused(b, c) | refused(c, d);
        depth += static_cast<std::int32_t>(sum & 0xFF) - closers;
        before = d;
      }
      // The end may be among the next four: one by one.
      for (const std::uint32_t* const stop = end_ - at < 4 ? end_ : at + 4; at < stop; ++at) {
        const std::uint32_t here = info(at);
        wrong |= refused(before, here);
        before = here;
        depth += static_cast<std::int32_t>(here & 0xFF) - static_cast<std::int32_t>((here >> 8) & 0xFF);
        if (depth != 0) continue;
        if ((wrong & grammar::kRefused) != 0) {
          at_ = first_wrong();
          return {};
        }
        at_ = at + 1;
        return {bytes_ + start, *at + 1 - start};
      }
    }
    if ((wrong & grammar::kRefused) != 0) at_ = first_wrong();
    return {};
  }

  /// The first position that is not allowed behind its neighbour.
  [[nodiscard]] const std::uint32_t* first_wrong() const {
    const std::uint32_t* at = at_ + 1;
    while (at < end_ && (refused(info(at - 1), info(at)) & grammar::kRefused) == 0) ++at;
    return at < end_ ? at : at_;
  }

  static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

  [[nodiscard]] std::uint32_t info(const std::uint32_t* at) const {
    return grammar::kInfo[static_cast<std::uint8_t>(bytes_[*at])];
  }
  /// Has a bit of grammar::kRefused where `second` must not follow `first`; its other bits mean nothing.
  static std::uint32_t refused(std::uint32_t first, std::uint32_t second) { return (first << 8) & second; }

  const char* bytes_;
  const std::uint32_t* origin_;
  const std::uint32_t* at_;
  const std::uint32_t* end_;
};

}  // namespace sluice::stages
