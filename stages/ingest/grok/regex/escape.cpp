#include "stages/ingest/grok/regex/escape.h"

#include <algorithm>
#include <array>
#include <string>

#include "stages/ingest/grok/regex/property.h"

namespace sluice::ingest::regex {

namespace {

bool is_octal(char byte) { return byte >= '0' && byte <= '7'; }

int hex_value(char byte) {
  if (byte >= '0' && byte <= '9') return byte - '0';
  if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
  if (byte >= 'A' && byte <= 'F') return byte - 'A' + 10;
  return -1;
}

char32_t take_digits(Cursor& cursor, unsigned base, std::size_t most) {
  char32_t value = 0;
  for (std::size_t i = 0; i < most; ++i) {
    const int digit = hex_value(cursor.peek());
    if (digit < 0 || digit >= static_cast<int>(base)) break;
    value = std::min<char32_t>(value * base + static_cast<char32_t>(digit), kNoCharacter);
    cursor.skip(1);
  }
  return value;
}

/// `\xE4` is a byte: with those behind it, it has to make a character.
char32_t joined_bytes(Cursor& cursor, char32_t first) {
  std::string bytes(1, static_cast<char>(first));
  const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  while (bytes.size() < size && cursor.starts_with("\\x") && hex_value(cursor.peek(2)) >= 0) {
    cursor.skip(2);
    bytes += static_cast<char>(take_digits(cursor, 16, 2));
  }
  Cursor character(bytes);
  const char32_t code = bytes.size() == size ? character.next() : 0xfffdU;
  if (code == 0xfffdU || !character.at_end()) cursor.fail("too short multibyte string");
  return code;
}

char32_t hexadecimal(Cursor& cursor) {
  if (cursor.peek() == '{') {
    std::size_t digits = 0;
    while (hex_value(cursor.peek(1 + digits)) >= 0) ++digits;
    if (digits > 0 && cursor.peek(1 + digits) == '}') {
      cursor.skip(1);
      const char32_t code = take_digits(cursor, 16, digits);
      cursor.skip(1);
      return code;
    }
  }
  const char32_t code = take_digits(cursor, 16, 2);
  return code < 0x80 ? code : joined_bytes(cursor, code);
}

char32_t control(Cursor& cursor) {
  if (cursor.at_end()) {
    cursor.fail("end pattern at control");
    return 0;
  }
  const char32_t code = cursor.next();
  if (code == '?') return 0x7f;
  if (code == '\\') return escaped_character(cursor) & 0x9fU;
  return code & 0x9fU;
}

}  // namespace

char32_t Cursor::next() {
  const auto first = static_cast<unsigned char>(pattern_[at_++]);
  if (first < 0x80) return first;
  const std::size_t more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
  if (more == 0 || at_ + more > pattern_.size()) return 0xfffdU;
  char32_t code = first & (0x3fU >> more);
  for (std::size_t i = 0; i < more; ++i) {
    const auto byte = static_cast<unsigned char>(pattern_[at_ + i]);
    if ((byte & 0xc0U) != 0x80U) return 0xfffdU;
    code = (code << 6U) | (byte & 0x3fU);
  }
  at_ += more;
  return code;
}

char32_t escaped_character(Cursor& cursor) {
  if (cursor.at_end()) {
    cursor.fail("end pattern at escape");
    return 0;
  }
  if (is_octal(cursor.peek())) return take_digits(cursor, 8, 3);
  const char32_t code = cursor.next();
  switch (code) {
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    case 'f':
      return '\f';
    case 'v':
      return '\v';
    case 'a':
      return 7;
    case 'e':
      return 0x1b;
    case 'x':
      return hexadecimal(cursor);
    case 'c':
      return control(cursor);
    case 'C':
      if (!cursor.take('-')) cursor.fail("invalid control-code syntax");
      return control(cursor);
    case 'M':
      // A byte over 0x7f alone: no text in UTF-8 has it.
      if (!cursor.take('-')) cursor.fail("invalid meta-code syntax");
      if (!cursor.at_end()) cursor.next();
      return kNoCharacter;
    default:
      return code;
  }
}

std::optional<CharacterSet> escaped_set(Cursor& cursor, bool unicode) {
  const char letter = cursor.peek();
  const char lower = static_cast<char>(letter | 0x20);
  CharacterSet set;
  set.negated = letter != lower;
  switch (lower) {
    case 'w':
    case 'd':
    case 's':
      set.parts.push_back(posix_set(lower == 'w' ? "word" : lower == 'd' ? "digit" : "space", !unicode)->to_set());
      break;
    case 'h':
      set.ranges = {{'0', '9'}, {'A', 'F'}, {'a', 'f'}};
      break;
    case 'p': {
      if (cursor.peek(1) != '{') return std::nullopt;
      cursor.skip(2);
      if (cursor.take('^')) set.negated = !set.negated;
      const std::size_t end = cursor.rest().find('}');
      if (end == std::string_view::npos) {
        cursor.fail("property name never terminated \\" + std::string(1, letter) + "{" + std::string(cursor.rest()));
        return set;
      }
      const std::string_view name = cursor.rest().substr(0, end);
      cursor.skip(end + 1);
      auto property = named_property(name);
      if (!property) {
        cursor.fail("invalid character property name <" + std::string(name) + ">");
        return set;
      }
      set.parts.push_back(*std::move(property));
      return set;
    }
    default:
      return std::nullopt;
  }
  cursor.skip(1);
  return set;
}

}  // namespace sluice::ingest::regex
