#include "stages/painless/run/json_reader.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <limits>

#include "stages/painless/run/big_number.h"
#include "stages/painless/run/number_text.h"
#include "stages/painless/run/unicode.h"

namespace sluice::painless {

namespace {

constexpr std::uint32_t kMaxDepth = 1000;
constexpr std::size_t kShownSource = 500;
constexpr std::string_view kValues = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_name(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || byte >= 0x80;
}

std::string hex4(unsigned value) {
  const std::string digits = unsigned_text(value, 16);
  return std::string(4 - digits.size(), '0') + digits;
}

/// A text in a message, control characters spelled out.
std::string shown(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 && c != '\n' && c != '\r') {
      out += "\\u" + hex4(byte);
    } else {
      out += c;
    }
  }
  return out;
}

std::string character(std::string_view text, std::size_t at) {
  const char32_t point = next_code_point(text, at);
  if (point < 0x20) return "(CTRL-CHAR, code " + std::to_string(point) + ")";
  std::string out = "'";
  append_code_point(out, point);
  out += "' (code " + std::to_string(point);
  if (point > 0xFF) out += " / 0x" + unsigned_text(point, 16);
  return out + ")";
}

const Class* exception(std::string_view name) { return Registry::get().class_named(name); }

}  // namespace

std::pair<std::size_t, std::size_t> JsonReader::position(std::size_t place) const {
  const std::string_view before = text_.substr(0, place);
  const std::size_t newline = before.rfind('\n');
  const std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
  const auto line = static_cast<std::size_t>(std::ranges::count(before, '\n')) + 1;
  return {line, utf16_length(before.substr(begin)) + 1};
}

std::string JsonReader::source(std::size_t place) const {
  const String whole(known().string, text_);
  const std::size_t length = whole.length();
  std::string out = "[Source: (String)\"";
  out += shown(text_.substr(0, length > kShownSource ? whole.byte_of(kShownSource) : text_.size())) + "\"";
  if (length > kShownSource) out += "[truncated " + std::to_string(length - kShownSource) + " chars]";
  const auto [line, column] = position(place);
  return out + "; line: " + std::to_string(line) + ", column: " + std::to_string(column) + "]";
}

Value JsonReader::fail(const std::string& reason, std::size_t place) {
  const auto [line, column] = position(place);
  const std::string full = reason + "\n at " + source(place);
  auto* thrown = machine_.heap().make<Throwable>(
      exception("org.elasticsearch.xcontent.XContentParseException"),
      machine_.string("[" + std::to_string(line) + ":" + std::to_string(column) + "] " + full));
  thrown->cause = machine_.heap().make<Throwable>(exception("com.fasterxml.jackson.core.JsonParseException"),
                                                  machine_.string(full));
  return machine_.raise(thrown);
}

Value JsonReader::fail_end(const std::string& reason) {
  const auto [line, column] = position(text_.size());
  auto* thrown = machine_.heap().make<Throwable>(
      exception("org.elasticsearch.xcontent.XContentEOFException"),
      machine_.string("[" + std::to_string(line) + ":" + std::to_string(column) + "] Unexpected end of file"));
  thrown->cause = machine_.heap().make<Throwable>(
      exception("com.fasterxml.jackson.core.io.JsonEOFException"),
      machine_.string("Unexpected end-of-input" + reason + "\n at " + source(text_.size())));
  return machine_.raise(thrown);
}

Value JsonReader::fail_here(std::string_view what, std::size_t column_of) {
  std::string reason = "Unexpected character (" + character(text_, at_) + ")";
  return fail(reason + std::string(what), column_of);
}

Value JsonReader::fail_not_closed(Container in) {
  return fail_end(std::string(": expected close marker for ") + (in.open == '{' ? "Object" : "Array") +
                  " (start marker at " + source(in.begin) + ")");
}

bool JsonReader::comment() {
  ++at_;
  if (ended()) return !fail_end(" in a comment").is_error();
  if (here() == '/') {
    at_ = std::min(text_.find('\n', at_), text_.size());
    return true;
  }
  if (here() != '*') return !fail_here(": was expecting either '*' or '/' for a comment").is_error();
  const std::size_t end = text_.find("*/", at_ + 1);
  if (end == std::string_view::npos) return !fail_end(" in a comment").is_error();
  at_ = end + 2;
  return true;
}

bool JsonReader::skip() {
  while (!ended()) {
    if (here() == '/') {
      if (!comment()) return false;
    } else if (is_blank(here())) {
      ++at_;
    } else {
      break;
    }
  }
  return true;
}

Value JsonReader::read() {
  if (!skip()) return Value::error();
  if (ended()) {
    return machine_.raise(known().null_pointer,
                          "Cannot invoke \"org.elasticsearch.xcontent.XContentParser$Token.ordinal()\" because the "
                          "return value of \"org.elasticsearch.xcontent.XContentParser.nextToken()\" is null");
  }
  return value({});
}

Value JsonReader::skip_token() {
  if (here() == '{' || here() == '[' || here() == '"') return Value::null();
  return value({});
}

Value JsonReader::value(Container in) {
  if (!machine_.tick()) return Value::error();
  switch (const char c = here()) {
    case '{':
    case '[': {
      if (++depth_ > kMaxDepth) {
        return fail("Document nesting depth (" + std::to_string(depth_) + ") exceeds the maximum allowed (" +
                        std::to_string(kMaxDepth) + ", from `StreamReadConstraints.getMaxNestingDepth()`)",
                    at_);
      }
      const Value made = c == '{' ? object() : array();
      --depth_;
      return made;
    }
    case '"': {
      ++at_;
      std::string text;
      if (!string(text, ": was expecting closing quote for a string value")) return Value::error();
      return machine_.string_value(text);
    }
    case ']':
    case '}':
      if (in.open != 0) break;
      return fail(std::string("Unexpected close marker '") + c + "': expected '" + (c == ']' ? '}' : ']') +
                      "' (for root starting at " + source(0).substr(0, source(0).rfind(' ')) + " 0])",
                  at_);
    default:
      if (c == '-' || c == '+' || is_digit(c)) return number(in);
      if (is_name(c)) return word();
  }
  return fail_here(": expected a valid value " + std::string(kValues));
}

bool JsonReader::more(Container in, std::size_t count) {
  if (!skip()) return false;
  if (ended()) return !fail_not_closed(in).is_error();
  const char c = here();
  const char close = in.open == '{' ? '}' : ']';
  if (c == close) {
    ++at_;
    return false;
  }
  const std::string_view kind = in.open == '{' ? "Object" : "Array";
  if (count == 0) return true;
  if (c == '}' || c == ']') {
    fail(std::string("Unexpected close marker '") + c + "': expected '" + close + "' (for " + std::string(kind) +
             " starting at " + source(in.begin) + ")",
         at_);
    return false;
  }
  if (c != ',') {
    fail_here(": was expecting comma to separate " + std::string(kind) + " entries");
    return false;
  }
  ++at_;
  if (!skip()) return false;
  if (!ended()) return true;
  fail("Unexpected end-of-input within/between " + std::string(kind) + " entries", at_);
  return false;
}

Value JsonReader::array() {
  const Container self{'[', at_++};
  auto* list = machine_.heap().make<ArrayList>(known().array_list);
  while (more(self, list->count)) {
    const Value item = value(self);
    if (item.is_error()) return item;
    list->push(machine_.heap(), item);
  }
  return machine_.failed() ? Value::error() : Value::of(list);
}

Value JsonReader::object() {
  const Container self{'{', at_++};
  auto* map = machine_.heap().make<HashMap>(known().hash_map, Order::kHash);
  constexpr std::string_view kBetween = " within/between Object entries";
  while (more(self, map->count)) {
    if (here() != '"') return fail_here(": was expecting double-quote to start field name");
    ++at_;
    std::string name;
    if (!string(name, " in field name")) return Value::error();
    String* const key = machine_.string(name);
    if (!duplicates_ && map->find_text(machine_, key->text(), key->code()) != nullptr) {
      return fail("Duplicate field '" + name + "'", at_);
    }
    if (!skip()) return Value::error();
    if (ended()) return fail_end(std::string(kBetween));
    if (here() != ':') return fail_here(": was expecting a colon to separate field name and value");
    ++at_;
    if (!skip()) return Value::error();
    if (ended()) return fail_end(std::string(kBetween));
    const Value item = value(self);
    if (item.is_error() || map->put(machine_, Value::of(key), item).is_error()) return Value::error();
  }
  return machine_.failed() ? Value::error() : Value::of(map);
}

bool JsonReader::string(std::string& out, std::string_view what) {
  while (true) {
    if (ended()) return !fail_end(std::string(what)).is_error();
    const char c = here();
    if (c == '"') break;
    if (static_cast<unsigned char>(c) < 0x20) {
      fail("Illegal unquoted character (" + character(text_, at_) +
               "): has to be escaped using backslash to be included in " +
               (what == " in field name" ? "name" : "string value"),
           at_);
      return false;
    }
    ++at_;
    if (c != '\\') {
      out += c;
    } else if (!escape(out)) {
      return false;
    }
  }
  ++at_;
  return true;
}

bool JsonReader::escape(std::string& out) {
  constexpr std::string_view kLetters = "bfnrt\"\\/";
  constexpr std::string_view kMeanings = "\b\f\n\r\t\"\\/";
  if (ended()) return !fail_end(" in character escape sequence").is_error();
  const char c = here();
  if (const std::size_t letter = kLetters.find(c); letter != std::string_view::npos) {
    out += kMeanings[letter];
    ++at_;
    return true;
  }
  if (c != 'u') {
    fail("Unrecognized character escape " + character(text_, at_), at_);
    return false;
  }
  ++at_;
  char16_t unit = 0;
  for (int i = 0; i < 4; ++i) {
    if (ended()) return !fail_end(" in character escape sequence").is_error();
    std::uint16_t digit = 0;
    if (std::from_chars(&text_[at_], &text_[at_] + 1, digit, 16).ec != std::errc{}) {
      return !fail_here(": expected a hex-digit for character escape sequence").is_error();
    }
    unit = static_cast<char16_t>(unit << 4 | digit);
    ++at_;
  }
  append_unit(out, unit);
  return true;
}

Value JsonReader::word() {
  const std::size_t begin = at_;
  while (!ended() && is_name(here())) ++at_;
  const std::string_view name = text_.substr(begin, at_ - begin);
  if (name == "true" || name == "false") return Value::boolean(name == "true");
  if (name == "null") return Value::null();
  if (name == "NaN" || name == "Infinity") {
    return fail(
        "Non-standard token '" + std::string(name) + "': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow",
        at_);
  }
  return fail("Unrecognized token '" + std::string(name) + "': was expecting " + std::string(kValues), at_);
}

bool JsonReader::digits() {
  const std::size_t begin = at_;
  while (is_digit(here())) ++at_;
  return at_ != begin;
}

Value JsonReader::number(Container in) {
  const std::size_t begin = at_;
  const auto in_number = [&](std::string_view what, std::size_t column) {
    return fail_here(" in numeric value: " + std::string(what), column);
  };
  if (here() == '+') {
    if (at_ + 1 == text_.size()) return fail_end(" in a Number value");
    return in_number(
        "JSON spec does not allow numbers to have plus signs: enable "
        "`JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS` to allow",
        at_ + 1);
  }
  if (here() == '-') {
    ++at_;
    if (ended()) return fail_end("No digit following sign");
    if (here() == 'I') {
      while (!ended() && is_name(here())) ++at_;
      const std::string name(text_.substr(begin, at_ - begin));
      if (name == "-I" && ended()) return fail_end(" in a Number value");
      const bool infinite = name == "-Infinity";
      return fail(infinite
                      ? "Non-standard token '" + name + "': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow"
                      : "Unrecognized token '" + name + "': was expecting " + std::string(kValues),
                  at_);
    }
    if (!is_digit(here())) {
      return in_number("expected digit (0-9) to follow minus sign, for valid numeric value", at_);
    }
  }
  const std::size_t first = at_;
  digits();
  if (text_[first] == '0' && at_ - first > 1) {
    return fail("Invalid numeric value: Leading zeroes not allowed", first + 1);
  }
  bool whole = true;
  if (here() == '.') {
    whole = false;
    ++at_;
    if (ended()) --at_;
    if (!digits()) return in_number("Decimal point not followed by a digit", begin + 1);
  }
  if (here() == 'e' || here() == 'E') {
    whole = false;
    ++at_;
    if (here() == '+' || here() == '-') ++at_;
    if (ended()) return fail_end("expected a digit for number exponent");
    if (!digits()) return in_number("Exponent indicator not followed by a digit", begin + 1);
  }
  if (in.open == 0 && !ended() && !is_blank(here())) {
    return fail_here(": Expected space separating root-level values");
  }
  const std::string token(text_.substr(begin, at_ - begin));
  if (!whole) return Value::of_double(std::strtod(token.c_str(), nullptr));
  std::int64_t number = 0;
  if (std::from_chars(token.data(), token.data() + token.size(), number).ec != std::errc{}) {
    return make_big_integer(machine_, token);
  }
  const bool small =
      number >= std::numeric_limits<std::int32_t>::min() && number <= std::numeric_limits<std::int32_t>::max();
  return small ? Value::of_int(static_cast<std::int32_t>(number)) : Value::of_long(number);
}

}  // namespace sluice::painless
