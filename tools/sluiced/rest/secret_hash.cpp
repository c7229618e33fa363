#include "tools/sluiced/rest/secret_hash.h"

#include <array>
#include <charconv>
#include <vector>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

namespace sluice::rest {
namespace {

constexpr std::string_view kPrefix = "pbkdf2$sha256$";
constexpr int kIterations = 100'000;
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kHashBytes = 32;

std::string hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    text += kDigits[static_cast<unsigned char>(c) >> 4];
    text += kDigits[static_cast<unsigned char>(c) & 0xF];
  }
  return text;
}

std::string unhex(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    unsigned value = 0;
    std::from_chars(text.data() + i, text.data() + i + 2, value, 16);
    bytes += static_cast<char>(value);
  }
  return bytes;
}

std::string derive(std::string_view secret, std::string_view salt, int iterations) {
  std::string out(kHashBytes, '\0');
  PKCS5_PBKDF2_HMAC(secret.data(), static_cast<int>(secret.size()), reinterpret_cast<const unsigned char*>(salt.data()),
                    static_cast<int>(salt.size()), iterations, EVP_sha256(), static_cast<int>(out.size()),
                    reinterpret_cast<unsigned char*>(out.data()));
  return out;
}

}  // namespace

std::string hash_secret(std::string_view secret) {
  std::string salt(kSaltBytes, '\0');
  RAND_bytes(reinterpret_cast<unsigned char*>(salt.data()), static_cast<int>(salt.size()));
  return std::string(kPrefix) + std::to_string(kIterations) + "$" + hex(salt) + "$" +
         hex(derive(secret, salt, kIterations));
}

bool is_secret_hash(std::string_view text) { return text.starts_with(kPrefix); }

bool secret_matches(std::string_view secret, std::string_view hash) {
  if (!is_secret_hash(hash)) return false;
  hash.remove_prefix(kPrefix.size());
  int iterations = 0;
  const auto end = std::from_chars(hash.data(), hash.data() + hash.size(), iterations);
  if (end.ec != std::errc() || iterations <= 0) return false;
  hash.remove_prefix(static_cast<std::size_t>(end.ptr - hash.data()));
  const std::size_t separator = hash.rfind('$');
  if (!hash.starts_with('$') || separator == 0) return false;
  const std::string salt = unhex(hash.substr(1, separator - 1));
  const std::string expected = unhex(hash.substr(separator + 1));
  if (expected.size() != kHashBytes) return false;
  return CRYPTO_memcmp(derive(secret, salt, iterations).data(), expected.data(), kHashBytes) == 0;
}

std::string digest(std::string_view text) {
  std::string out(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
         reinterpret_cast<unsigned char*>(out.data()));
  return out;
}

std::string base64(std::string_view bytes) {
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(size));
  return out;
}

std::string unbase64(std::string_view text) {
  if (text.empty() || text.size() % 4 != 0) return {};
  std::string out(text.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                   reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  if (size < 0) return {};
  out.resize(static_cast<std::size_t>(size) - (text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0));
  return out;
}

}  // namespace sluice::rest
