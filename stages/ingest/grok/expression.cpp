#include "stages/ingest/grok/expression.h"

#include <vector>

#include <unicode/uchar.h>

#include "stages/ingest/grok/regex/cursor.h"

namespace sluice::ingest {

namespace {

constexpr int kMostReferences = 100'000;
/// PCRE2 takes none that is nearly as long.
constexpr std::size_t kLongest = std::size_t{1} << 20U;

struct Reference {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string_view pattern;
  std::string_view name;  ///< `NAME:field:type`
  bool captures = false;
};

bool is_pattern_name(char byte) { return (byte >= 'A' && byte <= 'z') || (byte >= '0' && byte <= '9'); }

/// The bytes of a field and its type: letters and digits of any script, and some signs.
std::size_t size_of_field(std::string_view text) {
  regex::Cursor cursor(text);
  while (!cursor.at_end()) {
    const std::size_t before = cursor.offset();
    const char32_t code = cursor.next();
    const bool sign =
        code < 0x80 && std::string_view("@_.:-[]").find(static_cast<char>(code)) != std::string_view::npos;
    const auto point = static_cast<UChar32>(code);
    if (!sign && u_hasBinaryProperty(point, UCHAR_ALPHABETIC) == 0 && u_isdigit(point) == 0) return before;
  }
  return text.size();
}

/// Reads `NAME:field:type=definition}`; the definition has no meaning. Nothing: it is no reference.
bool read_reference(std::string_view text, std::size_t at, Reference& found) {
  std::size_t end = at + 2;
  while (end < text.size() && is_pattern_name(text[end])) ++end;
  if (end == at + 2) return false;
  found.begin = at;
  found.pattern = text.substr(at + 2, end - at - 2);
  found.captures = false;
  if (end < text.size() && text[end] == ':') {
    const std::size_t size = size_of_field(text.substr(end + 1));
    if (size == 0) return false;
    end += 1 + size;
    found.captures = true;
  }
  found.name = text.substr(at + 2, end - at - 2);
  if (end < text.size() && text[end] == '=') {
    const std::size_t stop = text.find_first_of("{}", end + 1);
    if (stop == std::string_view::npos || stop == end + 1) return false;
    end = stop;
  }
  if (end >= text.size() || text[end] != '}') return false;
  found.end = end + 1;
  return true;
}

bool find_reference(std::string_view text, Reference& found) {
  for (std::size_t at = text.find("%{"); at != std::string_view::npos; at = text.find("%{", at + 1)) {
    if (read_reference(text, at, found)) return true;
  }
  return false;
}

}  // namespace

std::expected<std::string, std::string> expand(std::string_view expression, const PatternBank& bank) {
  std::string out;
  std::vector<std::string_view> open{expression};  // what is left of each pattern that is being written
  Reference reference;
  for (int references = 0; !open.empty();) {
    std::string_view& text = open.back();
    if (out.size() > kLongest) break;
    if (!find_reference(text, reference)) {
      out += text;
      open.pop_back();
      if (!open.empty()) out += ')';
      continue;
    }
    if (++references > kMostReferences) break;
    const std::string* pattern = bank.find(reference.pattern);
    if (pattern == nullptr) {
      return std::unexpected("Unable to find pattern [" + std::string(reference.pattern) +
                             "] in Grok's pattern dictionary");
    }
    out += text.substr(0, reference.begin);
    if (reference.captures) {
      out.append("(?<").append(reference.name).append(">");
    } else {
      out += "(?:";
    }
    text.remove_prefix(reference.end);
    open.emplace_back(*pattern);
  }
  if (!open.empty()) return std::unexpected("Can not convert grok patterns to regular expression");
  return out;
}

}  // namespace sluice::ingest
