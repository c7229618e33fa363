#include "stages/painless/run/unicode.h"

#include "stages/painless/run/java_hash.h"
#include "stages/painless/run/lanes.h"

namespace sluice::painless {

void append_code_point(std::string& out, char32_t value) {
  if (value < 0x80) {
    out += static_cast<char>(value);
  } else if (value < 0x800) {
    out += static_cast<char>(0xC0 | (value >> 6));
    out += static_cast<char>(0x80 | (value & 0x3F));
  } else if (value < 0x10000) {
    out += static_cast<char>(0xE0 | (value >> 12));
    out += static_cast<char>(0x80 | ((value >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (value & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (value >> 18));
    out += static_cast<char>(0x80 | ((value >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((value >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (value & 0x3F));
  }
}

void append_unit(std::string& out, char16_t unit) {
  if (unit >= 0xDC00 && unit <= 0xDFFF && out.size() >= 3) {
    std::size_t at = out.size() - 3;
    if (static_cast<unsigned char>(out[at]) == 0xED) {
      const std::size_t begin = at;
      const char32_t high = next_code_point(out, at);
      if (high >= 0xD800 && high <= 0xDBFF) {
        out.resize(begin);
        append_code_point(out, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00U));
        return;
      }
    }
  }
  append_code_point(out, unit);
}

bool is_ascii(std::string_view text) {
  return !any_byte(text, [](const Bytes& bytes) { return bytes >= 0x80; });
}

std::size_t utf16_length(std::string_view text) {
  if (is_ascii(text)) return text.size();
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    units += static_cast<std::size_t>((byte & 0xC0) != 0x80);
    units += static_cast<std::size_t>(byte >= 0xF0);
  }
  return units;
}

std::u16string to_utf16(std::string_view text) {
  std::u16string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t value = next_code_point(text, at);
    if (value < 0x10000) {
      out += static_cast<char16_t>(value);
    } else {
      out += static_cast<char16_t>(0xD7C0 + (value >> 10));
      out += static_cast<char16_t>(0xDC00 + (value & 0x3FF));
    }
  }
  return out;
}

std::string from_utf16(std::u16string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char16_t unit : text) append_unit(out, unit);
  return out;
}

std::int32_t java_hash(std::string_view text, std::int32_t before) {
  auto hash = static_cast<std::uint32_t>(before);
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      hash = 31 * hash + byte;
      ++at;
      continue;
    }
    const char32_t value = next_code_point(text, at);
    if (value < 0x10000) {
      hash = 31 * hash + value;
    } else {
      hash = 31 * hash + (0xD7C0 + (value >> 10));
      hash = 31 * hash + (0xDC00 + (value & 0x3FF));
    }
  }
  return static_cast<std::int32_t>(hash);
}

}  // namespace sluice::painless
