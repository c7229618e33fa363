#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

namespace sluice::store {

/// Walks the tokens of one JSON text. Stage one of simdjson finds where they begin; nothing is copied. What follows
/// what is for the caller to check. One thread; reuse it, it keeps its memory.
class JsonCursor {
 public:
  JsonCursor();
  ~JsonCursor();
  JsonCursor(const JsonCursor&) = delete;
  JsonCursor& operator=(const JsonCursor&) = delete;

  /// False: it is empty, not UTF-8, over 4 GiB, has a string without an end or a bare control character.
  bool start(std::string_view json);

  /// The first character of the next token; 0 at the end.
  [[nodiscard]] char peek() const { return next_ == end_ ? '\0' : text_[*next_]; }
  /// Where the next token begins.
  [[nodiscard]] std::size_t offset() const { return next_ == end_ ? text_.size() : *next_; }
  /// The next token without the space behind it. Only if there is one.
  std::string_view take() {
    const std::size_t begin = *next_++;
    std::size_t end = next_ == end_ ? text_.size() : *next_;
    while (end > begin + 1 && is_space(text_[end - 1])) --end;
    return text_.substr(begin, end - begin);
  }
  /// Passes a bracket, a comma or a colon, if it is the next token.
  bool pass(char c) {
    if (peek() != c) return false;
    ++next_;
    return true;
  }
  /// Passes a whole value and checks its grammar. False: it is no JSON, has a name twice in one object, or is too deep.
  bool skip();

  [[nodiscard]] const std::uint32_t* mark() const { return next_; }
  void rewind(const std::uint32_t* mark) { next_ = mark; }
  [[nodiscard]] std::string_view text() const { return text_; }

 private:
  static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
  bool skip(std::uint32_t depth);

  struct Stage;
  std::unique_ptr<Stage> stage_;
  std::string_view text_;
  const std::uint32_t* next_ = nullptr;
  const std::uint32_t* end_ = nullptr;
};

/// Objects and arrays inside each other in one document. Source: XContent's limit.
constexpr std::uint32_t kDeepest = 1000;

/// Whether a token is a string with an end and good escapes, a number, or true, false or null.
bool is_string(std::string_view token);
bool is_number(std::string_view token);
bool is_scalar(std::string_view token);

}  // namespace sluice::store
