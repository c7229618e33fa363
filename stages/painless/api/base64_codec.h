#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

/// java.util.Base64, as its documentation and its errors have it.
namespace sluice::painless::api {

/// The alphabets: `+/` or `-_`; MIME is the first one in lines, and reads over what is no letter of it.
enum class Base64Kind : unsigned char { kBasic, kUrl, kMime };

/// How an encoder writes.
struct Base64Style {
  Base64Kind kind = Base64Kind::kBasic;
  bool pads = true;
  std::size_t line = 0;  ///< letters in a line, a multiple of four; 0: one line
  std::string separator;
};

std::string encode_base64(std::string_view bytes, const Base64Style& style = {});
/// How long encode_base64() will be.
std::size_t encoded_size(std::size_t bytes, const Base64Style& style);
/// The bytes, or the reason of Java's IllegalArgumentException. `room`: bytes that the caller has for them.
std::expected<std::string, std::string> decode_base64(std::string_view letters, Base64Kind kind = Base64Kind::kBasic,
                                                      std::size_t room = std::string::npos);
/// Whether a byte is a letter of the basic alphabet, or the padding.
bool is_base64(char letter);

}  // namespace sluice::painless::api
