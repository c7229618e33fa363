#include "reindex/json_reader.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "pipeline/base/json_text.h"

namespace sluice {
namespace {

constexpr std::size_t kMaxDepth = 1000;  ///< Jackson's StreamReadConstraints
constexpr std::string_view kValueKinds = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_identifier(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}
unsigned byte(char c) { return static_cast<unsigned char>(c); }

}  // namespace

std::string_view token_name(JsonToken token) {
  switch (token) {
    case JsonToken::kStartObject:
      return "START_OBJECT";
    case JsonToken::kEndObject:
      return "END_OBJECT";
    case JsonToken::kStartArray:
      return "START_ARRAY";
    case JsonToken::kEndArray:
      return "END_ARRAY";
    case JsonToken::kFieldName:
      return "FIELD_NAME";
    case JsonToken::kString:
      return "VALUE_STRING";
    case JsonToken::kNumber:
      return "VALUE_NUMBER";
    case JsonToken::kTrue:
    case JsonToken::kFalse:
      return "VALUE_BOOLEAN";
    case JsonToken::kNull:
      return "VALUE_NULL";
    case JsonToken::kNone:
    case JsonToken::kEnd:
      break;
  }
  return "null";
}

std::string JsonLocation::text() const { return fmt::format("[{}:{}]", line, column); }

JsonToken JsonReader::accept(JsonToken token, std::size_t start, std::size_t end) {
  token_ = token;
  start_ = start;
  at_token_end_ = at_ = end;
  return token;
}

Result<JsonToken> JsonReader::next() {
  if (string_open_) {
    const auto end = string_end(start_, false);
    if (!end) return std::unexpected(end.error());
    at_token_end_ = at_ = *end;
    string_open_ = false;
  }
  if (token_ == JsonToken::kFieldName) return read_value();
  if (const Status space = skip_space(); !space) return std::unexpected(space.error());
  if (levels_.empty()) {
    if (token_ != JsonToken::kNone || at_ == text_.size()) return accept(JsonToken::kEnd, text_.size(), text_.size());
    return read_value();
  }
  if (at_ == text_.size()) {
    return std::unexpected(
        end_of_input(fmt::format(": expected close marker for {} (start marker at {})",
                                 levels_.back().object ? "Object" : "Array", described(levels_.back().start))));
  }
  if (text_[at_] == '}' || text_[at_] == ']') return close(text_[at_]);
  if (levels_.back().has_entries) {
    if (const Status separator = read_separator(); !separator) return std::unexpected(separator.error());
  }
  levels_.back().has_entries = true;
  return levels_.back().object ? read_name() : read_value();
}

Status JsonReader::skip_space() {
  for (;;) {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    if (at_ == text_.size() || text_[at_] != '/') return {};
    if (const Status comment = skip_comment(); !comment) return comment;
  }
}

Status JsonReader::skip_comment() {
  const std::string_view rest = text_.substr(at_);
  const bool line = rest.starts_with("//");
  if (!line && !rest.starts_with("/*"))
    return std::unexpected(unexpected(at_, "expected a valid value " + std::string(kValueKinds)));
  const std::size_t end = line ? rest.find('\n') : rest.find("*/", 2);
  if (end != std::string_view::npos) {
    at_ += line ? end : end + 2;
    return {};
  }
  if (!line) return std::unexpected(end_of_input(" in a comment"));
  at_ = text_.size();
  return {};
}

Status JsonReader::read_separator() {
  const std::string_view entries = levels_.back().object ? "Object" : "Array";
  if (text_[at_] != ',') {
    return std::unexpected(unexpected(at_, fmt::format("was expecting comma to separate {} entries", entries)));
  }
  ++at_;
  if (const Status space = skip_space(); !space) return space;
  if (at_ == text_.size()) return std::unexpected(end_of_input(fmt::format(" within/between {} entries", entries)));
  return {};
}

Result<JsonToken> JsonReader::close(char bracket) {
  const Level& level = levels_.back();
  if ((bracket == '}') != level.object) {
    start_ = at_;
    return std::unexpected(error_at(
        at_, fmt::format("Unexpected close marker '{}': expected '{}' (for {} starting at {})", bracket,
                         level.object ? '}' : ']', level.object ? "Object" : "Array", described(level.start))));
  }
  levels_.pop_back();
  return accept(bracket == '}' ? JsonToken::kEndObject : JsonToken::kEndArray, at_, at_ + 1);
}

Result<JsonToken> JsonReader::read_name() {
  if (text_[at_] != '"') return std::unexpected(unexpected(at_, "was expecting double-quote to start field name"));
  const std::size_t quote = at_;
  const auto end = string_end(quote, true);
  if (!end) return std::unexpected(end.error());
  std::string name = json_unquoted(text_.substr(quote, *end - quote));
  if (levels_.back().names.contains(name)) {
    return std::unexpected(error_at(*end, fmt::format("Duplicate field '{}'", name)));
  }
  levels_.back().names.insert(std::move(name));
  at_ = *end;
  if (const Status space = skip_space(); !space) return std::unexpected(space.error());
  if (at_ == text_.size()) return std::unexpected(end_of_input(" within/between Object entries"));
  if (text_[at_] != ':') {
    return std::unexpected(unexpected(at_, "was expecting a colon to separate field name and value"));
  }
  const std::size_t behind_colon = at_ + 1;
  accept(JsonToken::kFieldName, quote, *end);
  at_ = behind_colon;
  return token_;
}

Result<JsonToken> JsonReader::read_value() {
  if (const Status space = skip_space(); !space) return std::unexpected(space.error());
  if (at_ == text_.size()) {
    const bool object = levels_.empty() || levels_.back().object;
    return std::unexpected(end_of_input(fmt::format(" within/between {} entries", object ? "Object" : "Array")));
  }
  const char c = text_[at_];
  switch (c) {
    case '{':
      return open(true);
    case '[':
      return open(false);
    case '"':
      string_open_ = true;
      return accept(JsonToken::kString, at_, at_ + 1);
    case '}':
    case ']':
      return std::unexpected(unexpected(at_, "expected a value"));
    case '+':
      return std::unexpected(error_at(std::min(at_ + 1, text_.size()),
                                      "Unexpected character ('+' (code 43)) in numeric value: JSON spec does not allow "
                                      "numbers to have plus signs: enable "
                                      "`JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS` to allow"));
    default:
      break;
  }
  if (c == '-' || is_digit(c)) return read_number();
  if (is_identifier(c) || byte(c) >= 0x80) return read_word();
  return std::unexpected(unexpected(at_, "expected a valid value " + std::string(kValueKinds)));
}

Result<JsonToken> JsonReader::open(bool object) {
  if (levels_.size() == kMaxDepth) {
    const std::string reason = fmt::format(
        "Document nesting depth ({}) exceeds the maximum allowed ({}, from "
        "`StreamReadConstraints.getMaxNestingDepth()`)",
        kMaxDepth + 1, kMaxDepth);
    return std::unexpected(x_content_parse_error(reason).wrapping(
        Error(ErrorKind::kBadRequest, 400, "stream_constraints_exception", reason)));
  }
  levels_.push_back({.object = object, .start = at_, .has_entries = false, .names = {}});
  return accept(object ? JsonToken::kStartObject : JsonToken::kStartArray, at_, at_ + 1);
}

Result<JsonToken> JsonReader::read_number() {
  std::size_t end = at_;
  const auto peek = [&] { return end < text_.size() ? text_[end] : '\0'; };
  const auto digits = [&](const std::string& why) -> Status {
    if (!is_digit(peek())) {
      if (end == text_.size()) return std::unexpected(end_of_input(" in a number"));
      return std::unexpected(error_at(
          end, fmt::format("Unexpected character ('{}' (code {})) in numeric value: {}", peek(), byte(peek()), why)));
    }
    while (is_digit(peek())) ++end;
    return {};
  };
  if (peek() == '-') ++end;
  if (peek() == '0' && end + 1 < text_.size() && is_digit(text_[end + 1])) {
    return std::unexpected(error_at(end + 1, "Invalid numeric value: Leading zeroes not allowed"));
  }
  if (const Status whole = digits("expected digit (0-9) to follow minus sign, for valid numeric value"); !whole) {
    return std::unexpected(whole.error());
  }
  if (peek() == '.') {
    ++end;
    if (const Status part = digits("Decimal point not followed by a digit"); !part)
      return std::unexpected(part.error());
  }
  if (peek() == 'e' || peek() == 'E') {
    ++end;
    if (peek() == '+' || peek() == '-') ++end;
    if (const Status part = digits("Exponent indicator not followed by a digit"); !part) {
      return std::unexpected(part.error());
    }
  }
  return accept(JsonToken::kNumber, at_, end);
}

Result<JsonToken> JsonReader::read_word() {
  if (byte(text_[at_]) >= 0x80) {
    // Jackson takes the first byte for a character of its own and then finds the second where a first should be.
    const std::size_t second = std::min(at_ + 1, text_.size() - 1);
    return std::unexpected(error_at(second + 1, fmt::format("Invalid UTF-8 start byte 0x{:x}", byte(text_[second]))));
  }
  std::size_t end = at_;
  while (end < text_.size() && is_identifier(text_[end])) ++end;
  const std::string_view word = text_.substr(at_, end - at_);
  if (word == "true") return accept(JsonToken::kTrue, at_, end);
  if (word == "false") return accept(JsonToken::kFalse, at_, end);
  if (word == "null") return accept(JsonToken::kNull, at_, end);
  if (word == "NaN" || word == "Infinity") {
    return std::unexpected(error_at(
        end,
        fmt::format("Non-standard token '{}': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow", word)));
  }
  return std::unexpected(error_at(std::min(end + 1, text_.size()),
                                  fmt::format("Unrecognized token '{}': was expecting {}", word, kValueKinds)));
}

Result<std::size_t> JsonReader::string_end(std::size_t quote, bool name) const {
  std::size_t at = quote + 1;
  while (at < text_.size()) {
    const char c = text_[at];
    if (c == '"') return at + 1;
    if (byte(c) < 0x20) {
      return std::unexpected(error_at(at, fmt::format("Illegal unquoted character ((CTRL-CHAR, code {})): has to be "
                                                      "escaped using backslash to be included in {}",
                                                      byte(c), name ? "name" : "string value")));
    }
    auto next = Result<std::size_t>(at + 1);
    if (c == '\\') next = escape_end(at);
    if (byte(c) >= 0x80) next = character_end(at);
    if (!next) return next;
    at = *next;
  }
  return std::unexpected(end_of_input(name ? " in field name" : " in VALUE_STRING"));
}

Result<std::size_t> JsonReader::escape_end(std::size_t backslash) const {
  const std::size_t at = backslash + 1;
  if (at == text_.size()) return std::unexpected(end_of_input(" in character escape sequence"));
  const char c = text_[at];
  if (std::string_view("\"\\/bfnrt").find(c) != std::string_view::npos) return at + 1;
  if (c != 'u') {
    return std::unexpected(error_at(at, fmt::format("Unrecognized character escape '{}' (code {})", c, byte(c))));
  }
  for (std::size_t i = at + 1; i < at + 5; ++i) {
    if (i >= text_.size()) return std::unexpected(end_of_input(" in character escape sequence"));
    if (!is_hex(text_[i])) {
      return std::unexpected(unexpected(i, "expected a hex-digit for character escape sequence"));
    }
  }
  return at + 5;
}

Result<std::size_t> JsonReader::character_end(std::size_t lead) const {
  const unsigned first = byte(text_[lead]);
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC0 || first >= 0xF8) {
    return std::unexpected(error_at(lead + 1, fmt::format("Invalid UTF-8 start byte 0x{:x}", first)));
  }
  for (std::size_t i = lead + 1; i < lead + length; ++i) {
    if (i >= text_.size()) return std::unexpected(end_of_input(" in VALUE_STRING"));
    if ((byte(text_[i]) & 0xC0) != 0x80) {
      return std::unexpected(error_at(i + 1, fmt::format("Invalid UTF-8 middle byte 0x{:x}", byte(text_[i]))));
    }
  }
  return lead + length;
}

Result<std::string> JsonReader::value() {
  if (string_open_) {
    const auto end = string_end(start_, false);
    if (!end) return std::unexpected(end.error());
    at_token_end_ = at_ = *end;
    string_open_ = false;
  }
  return json_unquoted(raw());
}

}  // namespace sluice
