#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace sluice::corpora {

/// A small deterministic generator (SplitMix64). Integers only: no libm, so that every machine makes the same bytes.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  /// The generator of one document.
  Random(std::uint64_t seed, std::uint64_t number)
      : state_((seed + 1) * 0x9e3779b97f4a7c15 ^ number * 0xd1342543de82ef95) {
    next();
  }
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  /// In [0, bound); bound > 0.
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32); }
  /// In [from, to].
  std::int64_t between(std::int64_t from, std::int64_t to) {
    return from + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(to - from + 1));
  }
  bool percent(std::uint32_t chance) { return below(100) < chance; }
  template <typename Table>
  const auto& pick(const Table& table) {
    return table[below(static_cast<std::uint32_t>(std::size(table)))];
  }

 private:
  std::uint64_t state_;
};

/// Ranks in [0, count) with probability proportional to 1 / (rank + 1), to a precision of 2^-16.
class Zipf {
 public:
  explicit Zipf(std::uint32_t count) : ranks_(std::size_t{1} << 16) {
    double sum = 0;
    for (std::uint32_t rank = 0; rank < count; ++rank) sum += 1.0 / (rank + 1);
    double reached = 1.0 / sum;
    std::uint32_t rank = 0;
    for (std::size_t i = 0; i < ranks_.size(); ++i) {
      while (static_cast<double>(i) / 65536.0 >= reached && rank + 1 < count) reached += 1.0 / (++rank + 1) / sum;
      ranks_[i] = rank;
    }
  }
  std::uint32_t operator()(Random& random) const { return ranks_[random.next() >> 48]; }

 private:
  std::vector<std::uint32_t> ranks_;
};

/// Sizes with given quantiles, straight lines between them: p0, p50, p90, p99, p99.9, p100.
class Sizes {
 public:
  explicit constexpr Sizes(std::array<std::uint32_t, 6> quantiles) : quantiles_(quantiles) {}
  std::uint32_t operator()(Random& random) const {
    constexpr std::array<std::uint32_t, 6> kParts = {0, 50'000, 90'000, 99'000, 99'900, 100'000};
    const std::uint32_t at = random.below(100'000);
    std::size_t i = 1;
    while (at >= kParts[i]) ++i;
    const std::uint64_t span = quantiles_[i] - quantiles_[i - 1];
    return quantiles_[i - 1] + static_cast<std::uint32_t>(span * (at - kParts[i - 1]) / (kParts[i] - kParts[i - 1]));
  }
  [[nodiscard]] constexpr std::uint32_t largest() const { return quantiles_.back(); }

 private:
  std::array<std::uint32_t, 6> quantiles_;
};

}  // namespace sluice::corpora
