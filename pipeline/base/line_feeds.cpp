#include "pipeline/base/line_feeds.h"

#include <algorithm>
#include <cstdint>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace sluice {
namespace {

std::size_t count_bytes(std::string_view text) noexcept {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

#if defined(__x86_64__)

/// Each of the 32 counters of a vector is a byte: so many steps of two vectors fill none of them.
constexpr std::size_t kSteps = 127;
constexpr std::size_t kStep = 64;

[[gnu::target("avx2")]] __m256i ones_at_feeds(const char* from) noexcept {
  const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
  return _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\n'));
}

[[gnu::target("avx2")]] std::size_t count_avx2(std::string_view text) noexcept {
  const char* at = text.data();
  std::size_t steps = text.size() / kStep;
  __m256i sums = _mm256_setzero_si256();
  while (steps > 0) {
    const std::size_t some = std::min(steps, kSteps);
    __m256i counters = _mm256_setzero_si256();
    for (std::size_t i = 0; i < some; ++i, at += kStep) {
      counters = _mm256_sub_epi8(counters, _mm256_add_epi8(ones_at_feeds(at), ones_at_feeds(at + kStep / 2)));
    }
    sums = _mm256_add_epi64(sums, _mm256_sad_epu8(counters, _mm256_setzero_si256()));
    steps -= some;
  }
  const auto whole = static_cast<std::size_t>(_mm256_extract_epi64(sums, 0) + _mm256_extract_epi64(sums, 1) +
                                              _mm256_extract_epi64(sums, 2) + _mm256_extract_epi64(sums, 3));
  return whole + count_bytes(text.substr(text.size() / kStep * kStep));
}

#endif

}  // namespace

std::size_t count_line_feeds(std::string_view text) noexcept {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return count_avx2(text);
#endif
  return count_bytes(text);
}

}  // namespace sluice
