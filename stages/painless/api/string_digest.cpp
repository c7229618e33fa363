#include <openssl/evp.h>

#include "stages/painless/api/base64_codec.h"
#include "stages/painless/api/bytes.h"
#include "stages/painless/api/families.h"

namespace sluice::painless::api {

namespace {

/// Hexadecimal digits of the digest of a text's UTF-8.
Value digest(Machine& machine, const Value& of, const EVP_MD* how) {
  const std::string bytes = java_bytes(text(of));
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), out, &size, how, nullptr) != 1) {
    return machine.raise(known().illegal_state, "this system's OpenSSL has no such digest");
  }
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (unsigned int i = 0; i < size; ++i) {
    hex += kDigits[out[i] >> 4];
    hex += kDigits[out[i] & 0xF];
  }
  return machine.string_value(hex);
}
Value sha1(Machine& machine, const Value* a) { return digest(machine, a[0], EVP_sha1()); }
Value sha256(Machine& machine, const Value* a) { return digest(machine, a[0], EVP_sha256()); }
Value sha512(Machine& machine, const Value* a) { return digest(machine, a[0], EVP_sha512()); }

Value encode(Machine& machine, const Value* a) {
  if (!machine.afford(text(a[0]).size() * 3 / 2)) return Value::error();
  return machine.string_value(encode_base64(java_bytes(text(a[0]))));
}
Value decode(Machine& machine, const Value* a) {
  const auto bytes = decode_base64(java_bytes(text(a[0])));
  if (!bytes) return machine.raise(known().illegal_argument, bytes.error());
  return machine.string_value(java_text(*bytes));
}

constexpr MethodRow kDigests[] = {
    {"String encodeBase64()", encode, "The text's UTF-8 in base64.", "'été'.encodeBase64()", "w6l0w6k="},
    {"String decodeBase64()", decode, "The text whose UTF-8 this is in base64.", "'w6l0w6k='.decodeBase64()", "été"},
    {"String sha1()", sha1, "The SHA-1 of the text's UTF-8.", "'a'.sha1()", "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8",
     Flags::kNone, Contexts::kExtended},
    {"String sha256()", sha256, "The SHA-256 of the text's UTF-8.", "'a'.sha256()",
     "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb", Flags::kNone, Contexts::kExtended},
    {"String sha512()", sha512, "The SHA-512 of the text's UTF-8.", "'a'.sha512()",
     "1f40fc92da241694750979ee6cf582f2d5d7d28e18335de05abc54d0560e0f5302860c652bf08d560252aa5e74210546f369fbbbce8c12cfc"
     "7957b2652fe9a75",
     Flags::kNone, Contexts::kExtended},
};

constexpr ClassRow kRows[] = {
    {"java.lang.Digesting", "", "Methods of strings. Conditions have no digests; what changes documents has.", kDigests,
     true, true},
};

}  // namespace

std::span<const ClassRow> string_digest_family() { return kRows; }

}  // namespace sluice::painless::api
