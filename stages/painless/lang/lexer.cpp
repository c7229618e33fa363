#include "stages/painless/lang/lexer.h"

#include <algorithm>
#include <array>

#include "stages/painless/lang/compile_error.h"

namespace sluice::painless {
namespace {

constexpr std::array<std::string_view, 18> kKeywords = {"if",       "else",  "while",      "do",   "for",   "in",
                                                        "continue", "break", "return",     "new",  "try",   "catch",
                                                        "throw",    "this",  "instanceof", "true", "false", "null"};
constexpr std::array<std::string_view, 9> kPrimitives = {"boolean", "byte",  "short",  "char", "int",
                                                         "long",    "float", "double", "def"};
/// Longest first.
constexpr std::array<std::string_view, 56> kPunctuation = {
    ">>>=", "<<=", ">>=", ">>>", "===", "!==", "==~", "?.", "?:", "->", "::", "==", "!=", "<<",
    ">>",   "<=",  ">=",  "&&",  "||",  "=~",  "++",  "--", "+=", "-=", "*=", "/=", "%=", "&=",
    "^=",   "|=",  "{",   "}",   "[",   "]",   "(",   ")",  ";",  ",",  ".",  "?",  ":",  "=",
    "!",    "~",   "*",   "/",   "%",   "+",   "-",   "<",  ">",  "&",  "^",  "|",  "$",  "@"};

bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_name(char c) { return is_name_start(c) || is_digit(c); }

class Lexer {
 public:
  explicit Lexer(std::string_view source) : source_(source) {}

  std::vector<Token> run() {
    while (skip_blanks()) scan();
    tokens_.push_back({TokenKind::kEnd, static_cast<std::uint32_t>(source_.size()), {}});
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
  }
  void emit(TokenKind kind, std::size_t begin) {
    tokens_.push_back({kind, static_cast<std::uint32_t>(begin), source_.substr(begin, at_ - begin)});
  }

  /// False at the end of the source.
  bool skip_blanks() {
    while (at_ < source_.size()) {
      const char c = source_[at_];
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        ++at_;
      } else if (c == '/' && peek(1) == '/') {
        while (at_ < source_.size() && source_[at_] != '\n' && source_[at_] != '\r') ++at_;
      } else if (c == '/' && peek(1) == '*') {
        const std::size_t end = source_.find("*/", at_ + 2);
        if (end == std::string_view::npos) break;  // Elasticsearch: no comment, so an unexpected token
        at_ = end + 2;
      } else {
        break;
      }
    }
    return at_ < source_.size();
  }

  void scan() {
    const std::size_t begin = at_;
    const char c = source_[at_];
    if (after_dot() && is_digit(c)) {
      if (source_[at_++] != '0') {
        while (is_digit(peek())) ++at_;
      }
      return emit(TokenKind::kDotInteger, begin);
    }
    if (is_name_start(c)) {
      while (is_name(peek())) ++at_;
      return emit(name_kind(source_.substr(begin, at_ - begin)), begin);
    }
    if (is_digit(c)) return number();
    if (c == '\'' || c == '"') return string(c);
    if (c == '/' && regex_may_begin() && regex()) return;
    for (const std::string_view text : kPunctuation) {
      if (source_.substr(at_).starts_with(text)) {
        at_ += text.size();
        return emit(TokenKind::kPunctuation, begin);
      }
    }
    unexpected(begin, begin + character_size(begin));
  }

  [[nodiscard]] bool after_dot() const {
    return !tokens_.empty() && tokens_.back().kind == TokenKind::kPunctuation &&
           (tokens_.back().text == "." || tokens_.back().text == "?.");
  }
  [[nodiscard]] TokenKind name_kind(std::string_view name) const {
    if (after_dot()) return TokenKind::kDotIdentifier;
    if (std::ranges::find(kKeywords, name) != kKeywords.end()) return TokenKind::kKeyword;
    if (std::ranges::find(kPrimitives, name) != kPrimitives.end()) return TokenKind::kPrimitive;
    return TokenKind::kIdentifier;
  }
  [[nodiscard]] std::size_t character_size(std::size_t at) const {
    std::size_t size = 1;
    while (at + size < source_.size() && (static_cast<unsigned char>(source_[at + size]) & 0xC0) == 0x80) ++size;
    return size;
  }

  void number() {
    const std::size_t begin = at_;
    const auto suffix = [&](std::string_view letters) {
      if (peek() != '\0' && letters.find(peek()) != std::string_view::npos) ++at_;
    };
    if (peek() == '0' && (peek(1) == 'x' || peek(1) == 'X') && is_hex(peek(2))) {
      at_ += 2;
      while (is_hex(peek())) ++at_;
      suffix("lL");
      return emit(TokenKind::kHex, begin);
    }
    if (peek() == '0' && peek(1) >= '0' && peek(1) <= '7') {
      while (peek() >= '0' && peek() <= '7') ++at_;
      suffix("lL");
      return emit(TokenKind::kOctal, begin);
    }
    if (source_[at_++] != '0') {
      while (is_digit(peek())) ++at_;
    }
    bool decimal = false;
    if (peek() == '.' && is_digit(peek(1))) {
      decimal = true;
      ++at_;
      while (is_digit(peek())) ++at_;
    }
    if (peek() == 'e' || peek() == 'E') {
      const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 2 : 1;
      if (is_digit(peek(sign))) {
        decimal = true;
        at_ += sign;
        while (is_digit(peek())) ++at_;
      }
    }
    suffix(decimal ? "fFdD" : "lLfFdD");
    emit(decimal ? TokenKind::kDecimal : TokenKind::kInteger, begin);
  }

  void string(char quote) {
    const std::size_t begin = at_++;
    while (at_ < source_.size() && source_[at_] != quote) {
      if (source_[at_] == '\\') {
        if (peek(1) != '\\' && peek(1) != quote) {
          if (at_ + 1 >= source_.size()) break;
          bad_escape(begin, at_ + 1 + character_size(at_ + 1), quote);
        }
        ++at_;
      }
      ++at_;
    }
    if (at_ >= source_.size()) unexpected(begin, source_.size());
    ++at_;
    emit(TokenKind::kString, begin);
  }

  /// A `/` divides behind what ends an operand.
  [[nodiscard]] bool regex_may_begin() const {
    if (tokens_.empty()) return true;
    const Token& last = tokens_.back();
    switch (last.kind) {
      case TokenKind::kOctal:
      case TokenKind::kHex:
      case TokenKind::kInteger:
      case TokenKind::kDecimal:
      case TokenKind::kIdentifier:
      case TokenKind::kDotIdentifier:
      case TokenKind::kDotInteger:
        return false;
      case TokenKind::kPunctuation:
        return last.text != ")" && last.text != "]";
      default:
        return true;
    }
  }
  bool regex() {
    const std::size_t begin = at_;
    std::size_t end = at_ + 1;
    while (end < source_.size() && source_[end] != '/' && source_[end] != '\n') {
      end += source_[end] == '\\' && end + 1 < source_.size() && source_[end + 1] != '\n' ? 2 : 1;
    }
    if (end >= source_.size() || source_[end] != '/' || end == begin + 1) return false;
    at_ = end + 1;
    while (peek() != '\0' && std::string_view("cilmsUux").find(peek()) != std::string_view::npos) ++at_;
    emit(TokenKind::kRegex, begin);
    return true;
  }

  [[noreturn]] void unexpected(std::size_t begin, std::size_t end) const {
    throw CompileError{static_cast<std::uint32_t>(begin),
                       {{"illegal_argument_exception",
                         "unexpected character [" + std::string(source_.substr(begin, end - begin)) + "]."},
                        {"lexer_no_viable_alt_exception", "", false}}};
  }
  [[noreturn]] void bad_escape(std::size_t begin, std::size_t end, char quote) const {
    const std::string q(1, quote);
    throw CompileError{
        static_cast<std::uint32_t>(begin),
        {{"illegal_argument_exception", "unexpected character [" + std::string(source_.substr(begin, end - begin)) +
                                            "]. The only valid escape sequences in strings starting with [" + q +
                                            "] are [\\\\] and [\\" + q + "]."},
         {"lexer_no_viable_alt_exception", "", false}}};
  }

  std::string_view source_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(std::string_view source) { return Lexer(source).run(); }

}  // namespace sluice::painless
