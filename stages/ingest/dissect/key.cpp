#include "stages/ingest/dissect/key.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "stages/ingest/dissect/error.h"

namespace sluice::ingest {

namespace {

constexpr std::string_view kModifiers = "/+*&?";
constexpr std::string_view kRight = "->";

DissectModifier modifier_of(char letter) {
  switch (letter) {
    case '/':
      return DissectModifier::kAppendWithOrder;
    case '+':
      return DissectModifier::kAppend;
    case '*':
      return DissectModifier::kFieldName;
    case '&':
      return DissectModifier::kFieldValue;
    default:
      return DissectModifier::kNamedSkip;
  }
}

Error bad_key(std::string_view text, std::string_view reason) {
  return dissect_error("KeyParse", "key_parse",
                       "Unable to parse key: " + std::string(text) + " Reason: " + std::string(reason));
}

Error no_name(std::string_view text) { return bad_key(text, "The key name could not be determined"); }

/// A modifier may stand anywhere, and there is one; only `+` may come with a `/`.
Result<DissectModifier> find_modifier(std::string_view text) {
  DissectModifier modifier = DissectModifier::kNone;
  bool first = true;
  for (const char letter : text) {
    if (kModifiers.find(letter) == std::string_view::npos) continue;
    const DissectModifier prior = modifier;
    modifier = modifier_of(letter);
    if (!first && (prior != DissectModifier::kAppend || modifier != DissectModifier::kAppendWithOrder)) {
      return std::unexpected(bad_key(text, "multiple modifiers are not allowed."));
    }
    first = false;
  }
  return modifier;
}

/// `$` of java.util.regex is before a line's end too, if that is the last.
std::string_view without_line_end(std::string_view text) {
  if (text.ends_with("\r\n")) return text.substr(0, text.size() - 2);
  return text.ends_with('\n') || text.ends_with('\r') ? text.substr(0, text.size() - 1) : text;
}

/// Takes `->` off the end.
bool take_right(std::string_view& text) {
  if (!text.ends_with(kRight)) return false;
  text.remove_suffix(kRight.size());
  return true;
}

/// java.lang.Short's, which the order is.
Result<int> read_order(std::string_view digits) {
  int order = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), order);
  std::string reason;
  if (read.ec != std::errc()) {
    reason = "For input string: \"" + std::string(digits) + "\"";
  } else if (order > std::numeric_limits<std::int16_t>::max()) {
    reason = "Value out of range. Value:\"" + std::string(digits) + "\" Radix:10";
  } else {
    return order;
  }
  Error cause(ErrorKind::kBadRequest, 400, "number_format_exception", reason);
  return std::unexpected(Error(ErrorKind::kBadRequest, 500, "exception", "java.lang.NumberFormatException: " + reason)
                             .wrapping(std::move(cause)));
}

/// `+name/2->`.
Result<DissectKey> parse_ordered(std::string_view text) {
  DissectKey key;
  key.modifier = DissectModifier::kAppendWithOrder;
  const std::size_t plus = text.find('+');
  if (plus == std::string_view::npos) return std::unexpected(no_name(text));
  std::string_view rest = without_line_end(text.substr(plus + 1));
  key.skip_right = take_right(rest);
  const std::size_t slash = rest.find('/');
  const std::string_view digits = rest.substr(slash + 1);
  const bool all_digits = std::ranges::all_of(digits, [](char digit) { return digit >= '0' && digit <= '9'; });
  if (slash == std::string_view::npos || slash == 0 || digits.empty() || !all_digits)
    return std::unexpected(no_name(text));
  key.name = rest.substr(0, slash);
  const auto order = read_order(digits);
  if (!order) return std::unexpected(order.error());
  key.order = *order;
  return key;
}

}  // namespace

Result<DissectKey> DissectKey::parse(std::string_view text) {
  const auto modifier = find_modifier(text);
  if (!modifier) return std::unexpected(modifier.error());
  if (*modifier == DissectModifier::kAppendWithOrder) return parse_ordered(text);
  DissectKey key;
  key.modifier = *modifier;
  std::string_view rest = without_line_end(text);
  // What stands in front of the modifier has no meaning.
  if (key.modifier != DissectModifier::kNone) rest.remove_prefix(rest.find_first_of("+*&?") + 1);
  key.skip_right = take_right(rest);
  key.name = rest;
  key.skip = key.modifier == DissectModifier::kNamedSkip || (key.modifier == DissectModifier::kNone && rest.empty());
  if (key.name.empty() && !key.skip) return std::unexpected(no_name(text));
  return key;
}

}  // namespace sluice::ingest
