#include "stages/painless/api/base64_codec.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "stages/painless/run/number_text.h"

namespace sluice::painless::api {

namespace {

constexpr std::string_view kBasicLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrlLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr int kNone = -1;
constexpr int kPadding = -2;

constexpr std::array<int, 256> table_of(std::string_view letters) {
  std::array<int, 256> table{};
  table.fill(kNone);
  for (std::size_t i = 0; i < letters.size(); ++i) table[static_cast<unsigned char>(letters[i])] = static_cast<int>(i);
  table['='] = kPadding;
  return table;
}
constexpr std::array<int, 256> kBasicTable = table_of(kBasicLetters);
constexpr std::array<int, 256> kUrlTable = table_of(kUrlLetters);

int code_of(char letter, Base64Kind kind) {
  return (kind == Base64Kind::kUrl ? kUrlTable : kBasicTable)[static_cast<unsigned char>(letter)];
}

/// The bytes that a decoder makes room for.
std::size_t decoded_room(std::string_view letters, Base64Kind kind) {
  std::size_t size = letters.size();
  std::size_t paddings = 0;
  if (kind == Base64Kind::kMime) {
    const std::size_t end = std::min(letters.find('='), letters.size());
    size = static_cast<std::size_t>(
        std::ranges::count_if(letters.substr(0, end), [&](char c) { return code_of(c, kind) != kNone; }));
  } else if (letters.ends_with("==")) {
    paddings = 2;
  } else if (letters.ends_with('=')) {
    paddings = 1;
  }
  if (paddings == 0 && size % 4 != 0) paddings = 4 - size % 4;
  return 3 * ((size + 3) / 4) - paddings;
}

std::unexpected<std::string> wrong(std::string reason) { return std::unexpected(std::move(reason)); }

}  // namespace

bool is_base64(char letter) { return code_of(letter, Base64Kind::kBasic) != kNone; }

std::size_t encoded_size(std::size_t bytes, const Base64Style& style) {
  const std::size_t whole = style.pads ? 4 * ((bytes + 2) / 3) : 4 * (bytes / 3) + (bytes % 3 == 0 ? 0 : bytes % 3 + 1);
  return style.line == 0 || whole == 0 ? whole : whole + (whole - 1) / style.line * style.separator.size();
}

std::string encode_base64(std::string_view bytes, const Base64Style& style) {
  const std::string_view letters = style.kind == Base64Kind::kUrl ? kUrlLetters : kBasicLetters;
  std::string out;
  out.reserve(encoded_size(bytes.size(), style));
  std::size_t in_line = 0;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    if (style.line != 0 && in_line == style.line) {
      out += style.separator;
      in_line = 0;
    }
    const std::size_t left = bytes.size() - i;
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) group = group << 8 | (k < left ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) {
      if (k <= left) {
        out += letters[group >> (18 - 6 * k) & 0x3F];
      } else if (style.pads) {
        out += '=';
      }
    }
    in_line += 4;
  }
  return out;
}

std::expected<std::string, std::string> decode_base64(std::string_view letters, Base64Kind kind, std::size_t room) {
  const bool mime = kind == Base64Kind::kMime;
  if (letters.empty()) return std::string();
  if (letters.size() < 2 && !mime) return wrong("Input byte[] should at least have 2 bytes for base64 bytes");
  if (room < decoded_room(letters, kind)) return wrong("Output byte array is too small for decoding all input bytes");
  std::string out;
  std::uint32_t bits = 0;
  int letters_in = 0;
  std::size_t at = 0;
  while (at < letters.size()) {
    const char letter = letters[at++];
    const int code = code_of(letter, kind);
    if (code == kPadding) {
      // Two letters are followed by two of it, three by one.
      const bool lacks_second = letters_in == 2 && !letters.substr(at).starts_with('=');
      if (lacks_second || letters_in == 0) return wrong("Input byte array has wrong 4-byte ending unit");
      if (letters_in == 2) ++at;
      break;
    }
    if (code == kNone) {
      if (mime) continue;
      return wrong("Illegal base64 character " + integer_text(static_cast<signed char>(letter), 16));
    }
    bits = bits << 6 | static_cast<std::uint32_t>(code);
    if (++letters_in < 4) continue;
    for (const int shift : {16, 8, 0}) out += static_cast<char>(bits >> shift);
    letters_in = 0;
    bits = 0;
  }
  if (letters_in == 1) return wrong("Last unit does not have enough valid bits");
  if (letters_in >= 2) out += static_cast<char>(bits >> (letters_in == 2 ? 4 : 10));
  if (letters_in == 3) out += static_cast<char>(bits >> 2);
  while (at < letters.size()) {
    if (mime && code_of(letters[at++], kind) < 0) continue;
    return wrong("Input byte array has incorrect ending byte at " + std::to_string(at));
  }
  return out;
}

}  // namespace sluice::painless::api
