#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"

namespace sluice {

enum class JsonToken : std::uint8_t {
  kNone,
  kStartObject,
  kEndObject,
  kStartArray,
  kEndArray,
  kFieldName,
  kString,
  kNumber,
  kTrue,
  kFalse,
  kNull,
  kEnd,  ///< behind the last value
};

/// The token's name in Elasticsearch's messages: `VALUE_STRING`, `START_OBJECT`, ...; `null` at the end.
std::string_view token_name(JsonToken token);

/// A place in a text, both counted from 1; columns count bytes.
struct JsonLocation {
  int line = 1;
  int column = 1;
  /// `[line:column]`.
  [[nodiscard]] std::string text() const;
};

/// A pull parser for request bodies that makes the mistakes of the parser Elasticsearch uses, Jackson: same tokens,
/// same positions, same messages; duplicate keys are errors, comments are not. For bodies of kilobytes, not for
/// documents. The text must outlive the reader. One thread.
class JsonReader {
 public:
  explicit JsonReader(std::string_view text) : text_(text) {}

  /// Goes to the next token. After an error the reader stays where it was.
  Result<JsonToken> next();
  [[nodiscard]] JsonToken token() const { return token_; }
  /// Where the current token begins.
  [[nodiscard]] JsonLocation location() const { return location_at(start_); }
  /// The text of a field name or a string, escapes resolved; other scalars as they are written. A broken string is
  /// found here (or by the next next()), not when it becomes the current token.
  Result<std::string> value();
  /// The current token as it is written.
  [[nodiscard]] std::string_view raw() const { return text_.substr(start_, at_token_end_ - start_); }
  [[nodiscard]] std::size_t offset() const { return start_; }
  [[nodiscard]] std::size_t end_offset() const { return at_token_end_; }
  [[nodiscard]] std::string_view text() const { return text_; }

  /// A parse error with its cause, as Elasticsearch reports one at `offset`.
  [[nodiscard]] Error error_at(std::size_t offset, const std::string& message,
                               std::string_view type = "json_parse_exception") const;
  [[nodiscard]] JsonLocation location_at(std::size_t offset) const;

 private:
  struct Level {
    bool object;
    std::size_t start;
    bool has_entries = false;
    std::set<std::string, std::less<>> names;
  };

  Status skip_space();
  Status skip_comment();
  Result<JsonToken> read_name();
  Result<JsonToken> read_value();
  Result<JsonToken> open(bool object);
  Result<JsonToken> close(char bracket);
  Status read_separator();
  Result<JsonToken> read_number();
  Result<JsonToken> read_word();
  /// The position behind the closing quote of the string that begins at `quote`.
  Result<std::size_t> string_end(std::size_t quote, bool name) const;
  [[nodiscard]] Result<std::size_t> escape_end(std::size_t backslash) const;
  [[nodiscard]] Result<std::size_t> character_end(std::size_t lead) const;
  JsonToken accept(JsonToken token, std::size_t start, std::size_t end);

  [[nodiscard]] Error unexpected(std::size_t offset, const std::string& why) const;
  [[nodiscard]] Error end_of_input(const std::string& where) const;
  [[nodiscard]] std::string source_text() const;
  [[nodiscard]] std::string described(std::size_t offset) const;

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;
  std::size_t at_token_end_ = 0;
  JsonToken token_ = JsonToken::kNone;
  bool string_open_ = false;  ///< the current string has not been looked through yet
  std::vector<Level> levels_;
};

}  // namespace sluice
