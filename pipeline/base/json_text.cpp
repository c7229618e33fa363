#include "pipeline/base/json_text.h"

#include <cstdint>

namespace sluice {

namespace {

bool needs_escape(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

bool is_surrogate(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]) == 0xED && at + 2 < text.size() &&
         static_cast<unsigned char>(text[at + 1]) >= 0xA0;
}

constexpr std::string_view kHex = "0123456789abcdef";

void append_escaped(std::string& out, char c) {
  static constexpr std::string_view kPlain = "\"\\\n\r\t\b\f";
  static constexpr std::string_view kLetters = "\"\\nrtbf";
  if (const std::size_t at = kPlain.find(c); at != std::string_view::npos) {
    out += '\\';
    out += kLetters[at];
    return;
  }
  out += "\\u00";
  out += kHex[static_cast<unsigned char>(c) >> 4];
  out += kHex[static_cast<unsigned char>(c) & 15];
}

/// Text of a script may have one without its other half, which UTF-8 has no bytes for.
void append_surrogate(std::string& out, std::string_view three) {
  const auto second = static_cast<unsigned char>(three[1]);
  const auto third = static_cast<unsigned char>(three[2]);
  out += "\\ud";
  out += kHex[(second >> 2) & 15];
  out += kHex[((second & 3) << 2) | ((third >> 4) & 3)];
  out += kHex[third & 15];
}

}  // namespace

void append_json_string(std::string& out, std::string_view utf8) {
  out += '"';
  for (std::size_t begin = 0; begin < utf8.size();) {
    std::size_t end = begin;
    while (end < utf8.size() && !needs_escape(utf8[end]) && !is_surrogate(utf8, end)) ++end;
    out.append(utf8, begin, end - begin);
    begin = end;
    if (end == utf8.size()) break;
    if (needs_escape(utf8[end])) {
      append_escaped(out, utf8[end]);
      begin += 1;
    } else {
      append_surrogate(out, utf8.substr(end, 3));
      begin += 3;
    }
  }
  out += '"';
}

std::string json_string(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size() + 2);
  append_json_string(out, utf8);
  return out;
}

namespace {

void append_utf8(std::string& out, std::uint32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | (code >> 6));
    out += static_cast<char>(0x80 | (code & 63));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | (code >> 12));
    out += static_cast<char>(0x80 | ((code >> 6) & 63));
    out += static_cast<char>(0x80 | (code & 63));
  } else {
    out += static_cast<char>(0xF0 | (code >> 18));
    out += static_cast<char>(0x80 | ((code >> 12) & 63));
    out += static_cast<char>(0x80 | ((code >> 6) & 63));
    out += static_cast<char>(0x80 | (code & 63));
  }
}

/// Four hex digits at `at`; -1 where they are not there.
std::int32_t hex4(std::string_view text, std::size_t at) {
  if (at + 4 > text.size()) return -1;
  std::int32_t value = 0;
  for (std::size_t i = at; i < at + 4; ++i) {
    const char c = text[i];
    int digit = -1;
    if (c >= '0' && c <= '9') digit = c - '0';
    if (c >= 'a' && c <= 'f') digit = c - 'a' + 10;
    if (c >= 'A' && c <= 'F') digit = c - 'A' + 10;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/// Appends the character of the `\u` escape whose digits start at `at`; returns the position behind it.
std::size_t append_unicode_escape(std::string& out, std::string_view body, std::size_t at) {
  constexpr std::uint32_t kReplacement = 0xFFFD;
  const std::int32_t first = hex4(body, at);
  if (first < 0) {
    append_utf8(out, kReplacement);
    return at;
  }
  auto code = static_cast<std::uint32_t>(first);
  at += 4;
  const bool high = code >= 0xD800 && code < 0xDC00;
  if (high && body.substr(at, 2) == "\\u") {
    const std::int32_t low = hex4(body, at + 2);
    if (low >= 0xDC00 && low < 0xE000) {
      append_utf8(out, 0x10000 + ((code - 0xD800) << 10) + (static_cast<std::uint32_t>(low) - 0xDC00));
      return at + 6;
    }
  }
  if (code >= 0xD800 && code < 0xE000) code = kReplacement;
  append_utf8(out, code);
  return at;
}

}  // namespace

std::string json_unquoted(std::string_view token) {
  if (token.size() < 2 || token.front() != '"') return std::string(token);
  const std::string_view body = token.substr(1, token.size() - 2);
  if (!has_escape(body)) return std::string(body);
  std::string out;
  out.reserve(body.size());
  for (std::size_t i = 0; i < body.size();) {
    if (body[i] != '\\' || i + 1 == body.size()) {
      out += body[i++];
      continue;
    }
    const char escape = body[i + 1];
    i += 2;
    switch (escape) {
      case 'n':
        out += '\n';
        break;
      case 'r':
        out += '\r';
        break;
      case 't':
        out += '\t';
        break;
      case 'b':
        out += '\b';
        break;
      case 'f':
        out += '\f';
        break;
      case 'u':
        i = append_unicode_escape(out, body, i);
        break;
      default:
        out += escape;
    }
  }
  return out;
}

}  // namespace sluice
