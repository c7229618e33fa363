#include "tools/sluiced/rest/uri.h"

#include <algorithm>
#include <utility>

namespace sluice::rest {
namespace {

int nibble(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// The length of the UTF-8 sequence that `text` begins with; 0: it is none.
std::size_t sequence(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xC2 && first < 0xE0   ? 2
                             : (first & 0xF0) == 0xE0        ? 3
                             : first >= 0xF0 && first < 0xF5 ? 4
                                                             : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  const unsigned char second = byte(1);
  const bool wrong = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
                     (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
  return wrong ? 0 : length;
}

std::unexpected<Error> wrong_escape(std::string reason) { return std::unexpected(illegal_argument(std::move(reason))); }

Status parse_query(std::string_view text, Uri& uri) {
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find_first_of("&;", begin), text.size());
    const std::string_view pair = text.substr(begin, end - begin);
    begin = end + 1;
    const std::size_t sign = std::min(pair.find('='), pair.size());
    if (sign == 0) continue;
    auto name = percent_decoded(pair.substr(0, sign), true);
    auto value = name ? percent_decoded(sign < pair.size() ? pair.substr(sign + 1) : "", true) : name;
    if (!value) {
      return std::unexpected(Error(ErrorKind::kBadRequest, 400, "bad_parameter_exception",
                                   "java.lang.IllegalArgumentException: " + value.error().reason)
                                 .wrapping(value.error()));
    }
    uri.query.insert_or_assign(std::move(*name), std::move(*value));
  }
  return {};
}

}  // namespace

std::string valid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = sequence(text);
    out += length == 0 ? "\xEF\xBF\xBD" : text.substr(0, length);
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

Result<std::string> percent_decoded(std::string_view text, bool plus) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else if (i + 1 == text.size()) {
      return wrong_escape("unterminated escape sequence at end of string: " + valid_utf8(text));
    } else if (text[i + 1] == '%') {
      out += '%';
      ++i;
    } else if (i + 2 == text.size()) {
      return wrong_escape("partial escape sequence at end of string: " + valid_utf8(text));
    } else {
      const int high = nibble(text[i + 1]);
      const int low = nibble(text[i + 2]);
      if (high < 0 || low < 0) {
        return wrong_escape("invalid escape sequence `" + valid_utf8(text.substr(i, 3)) + "' at index " +
                            std::to_string(i) + " of: " + valid_utf8(text));
      }
      out += static_cast<char>(high << 4 | low);
      i += 2;
    }
  }
  return valid_utf8(out);
}

Result<Uri> parse_uri(std::string_view target) {
  Uri uri;
  const std::size_t mark = std::min(target.find('?'), target.size());
  std::string_view raw = target.substr(0, mark);
  auto path = percent_decoded(raw, false);
  if (!path) return std::unexpected(std::move(path.error()));
  uri.path = std::move(*path);
  while (raw.ends_with('/')) raw.remove_suffix(1);
  if (raw.starts_with('/')) raw.remove_prefix(1);
  while (!raw.empty()) {
    const std::size_t slash = std::min(raw.find('/'), raw.size());
    uri.segments.push_back(*percent_decoded(raw.substr(0, slash), false));
    raw.remove_prefix(std::min(slash + 1, raw.size()));
  }
  if (mark < target.size()) {
    if (auto parsed = parse_query(target.substr(mark + 1), uri); !parsed) return std::unexpected(parsed.error());
  }
  return uri;
}

}  // namespace sluice::rest
