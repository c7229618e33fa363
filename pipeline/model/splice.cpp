#include "pipeline/model/splice.h"

#include <cstddef>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace sluice::pipeline {
namespace {

char flat(char byte) noexcept { return byte == '\n' ? ' ' : byte; }

char* copy_bytes(char* to, const char* from, std::size_t size) noexcept {
  for (std::size_t i = 0; i < size; ++i) to[i] = flat(from[i]);
  return to + size;
}

#if defined(__x86_64__)

// A line feed is 0x0a and a space 0x20: xor with 0x2a turns the one into the other, where the comparison says so.
void copy_16(char* to, const char* from) noexcept {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
  const __m128i feeds = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n'));
  const __m128i change = _mm_and_si128(feeds, _mm_set1_epi8('\n' ^ ' '));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(to), _mm_xor_si128(bytes, change));
}

[[gnu::target("avx2")]] void copy_32(char* to, const char* from) noexcept {
  const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
  const __m256i feeds = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\n'));
  const __m256i change = _mm256_and_si256(feeds, _mm256_set1_epi8('\n' ^ ' '));
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), _mm256_xor_si256(bytes, change));
}

// The last block overlaps the one before it: the source is read, never the copy, so writing bytes twice is harmless.
char* copy_sse2(char* to, const char* from, std::size_t size) noexcept {
  std::size_t i = 0;
  for (; i + 16 <= size; i += 16) copy_16(to + i, from + i);
  if (i < size) copy_16(to + size - 16, from + size - 16);
  return to + size;
}

[[gnu::target("avx2")]] char* copy_avx2(char* to, const char* from, std::size_t size) noexcept {
  std::size_t i = 0;
  for (; i + 64 <= size; i += 64) {
    copy_32(to + i, from + i);
    copy_32(to + i + 32, from + i + 32);
  }
  for (; i + 32 <= size; i += 32) copy_32(to + i, from + i);
  if (i < size) copy_32(to + size - 32, from + size - 32);
  return to + size;
}

#endif

}  // namespace

char* splice(char* to, std::string_view json) noexcept {
#if defined(__x86_64__)
  if (json.size() >= 32 && __builtin_cpu_supports("avx2")) return copy_avx2(to, json.data(), json.size());
  if (json.size() >= 16) return copy_sse2(to, json.data(), json.size());
#endif
  return copy_bytes(to, json.data(), json.size());
}

}  // namespace sluice::pipeline
