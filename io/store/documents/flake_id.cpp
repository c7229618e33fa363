#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <random>
#include <string>

#include "io/store/documents/documents.h"

namespace sluice::store {
namespace {

/// Fifteen bytes: six of time in milliseconds, three of a sequence, six of this process. Elasticsearch's
/// TimeBasedKOrderedUUIDGenerator does the same; a random number stands in for the address of a network card.
class FlakeIds {
 public:
  FlakeIds() {
    std::random_device random;
    for (std::uint8_t& byte : process_) byte = static_cast<std::uint8_t>(random());
    sequence_ = random() & kSequenceMask;
  }

  std::array<std::uint8_t, 15> next() {
    const auto now =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    std::uint64_t sequence = 0;
    std::uint64_t time = 0;
    {
      const std::lock_guard lock(mutex_);
      sequence = sequence_ = (sequence_ + 1) & kSequenceMask;
      last_time_ = std::max(last_time_, static_cast<std::uint64_t>(now));  // a clock that is set back changes nothing
      if (sequence == 0) ++last_time_;                                     // nor does a sequence that begins again
      time = last_time_;
    }
    std::array<std::uint8_t, 15> id{};
    for (std::size_t i = 0; i < 6; ++i) id[i] = static_cast<std::uint8_t>(time >> (40 - 8 * i));
    for (std::size_t i = 0; i < 3; ++i) id[6 + i] = static_cast<std::uint8_t>(sequence >> (16 - 8 * i));
    std::ranges::copy(process_, id.begin() + 9);
    return id;
  }

 private:
  static constexpr std::uint64_t kSequenceMask = 0xffffff;
  std::array<std::uint8_t, 6> process_{};
  std::mutex mutex_;
  std::uint64_t sequence_ = 0;
  std::uint64_t last_time_ = 0;
};

}  // namespace

std::string Documents::new_id() {
  static constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  static FlakeIds ids;
  const auto bytes = ids.next();
  std::string text(20, '\0');
  for (std::size_t i = 0; i < 5; ++i) {
    const std::uint32_t group =
        std::uint32_t{bytes[3 * i]} << 16 | std::uint32_t{bytes[3 * i + 1]} << 8 | bytes[3 * i + 2];
    for (std::size_t j = 0; j < 4; ++j) text[4 * i + j] = kAlphabet[group >> (18 - 6 * j) & 63];
  }
  return text;
}

}  // namespace sluice::store
