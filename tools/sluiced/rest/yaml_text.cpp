#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "pipeline/base/ascii_case.h"
#include "pipeline/base/json_text.h"
#include "tools/sluiced/rest/json_tokens.h"
#include "tools/sluiced/rest/rendering.h"

namespace sluice::rest {
namespace {

using Kind = JsonTokens::Kind;
using Token = JsonTokens::Token;

constexpr std::size_t kWidth = 80;

/// How Jackson's YAML generator and SnakeYAML write a key.
enum class KeyStyle : std::uint8_t { kPlain, kSingleQuotes, kDoubleQuotes };

/// Keys that YAML could take for a number, a truth or nothing.
bool is_ambiguous(std::string_view key) {
  if (key.empty() || std::string_view("0123456789+-~").find(key.front()) != std::string_view::npos) return true;
  const std::string lower = ascii_lower_case(key);
  constexpr std::array<std::string_view, 9> kReserved{"true", "false", "null", "yes", "no", "on", "off", "y", "n"};
  return std::ranges::find(kReserved, lower) != kReserved.end();
}

KeyStyle key_style(std::string_view key) {
  if (is_ambiguous(key)) return KeyStyle::kDoubleQuotes;
  for (const char c : key) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) return KeyStyle::kDoubleQuotes;
  }
  constexpr std::string_view kIndicators = "?:,[]{}#&*!|>'\"%@` ";
  const bool plain = kIndicators.find(key.front()) == std::string_view::npos && key.back() != ' ' &&
                     key.back() != ':' && key.find(": ") == std::string_view::npos &&
                     key.find(" #") == std::string_view::npos;
  return plain ? KeyStyle::kPlain : KeyStyle::kSingleQuotes;
}

class YamlPrinter {
 public:
  bool print(std::string_view json) {
    JsonTokens tokens(json);
    text_ = "---";
    Token token = tokens.next();
    if (!value(token, tokens, 0, Place::kTop)) return false;
    text_ += '\n';
    return tokens.next().kind == Kind::kEnd;
  }
  std::string take() { return std::move(text_); }

 private:
  enum class Place : unsigned char { kTop, kMember, kElement };
  static constexpr std::size_t kMaxDepth = 500;

  bool value(const Token& token, JsonTokens& tokens, std::size_t indent, Place place) {
    if (++depth_ > kMaxDepth) return false;
    bool good = true;
    if (token.kind == Kind::kBeginObject) {
      good = object(tokens, indent, place);
    } else if (token.kind == Kind::kBeginArray) {
      good = array(tokens, indent, place);
    } else if (token.kind == Kind::kScalar) {
      text_ += ' ';
      scalar(token.text, indent);
    } else {
      good = false;
    }
    --depth_;
    return good;
  }

  bool object(JsonTokens& tokens, std::size_t indent, Place place) {
    bool first = true;
    while (true) {
      const Token key = tokens.next();
      if (key.kind == Kind::kEndObject) break;
      if (key.kind != Kind::kKey) return false;
      // The first member of an element stands behind its dash.
      if (first && place == Place::kElement) {
        text_ += ' ';
      } else {
        line(indent);
      }
      first = false;
      write_key(json_unquoted(key.text), indent);
      text_ += ':';
      if (!value(tokens.next(), tokens, indent + 2, Place::kMember)) return false;
    }
    if (first) text_ += " {}";
    return true;
  }

  void write_key(const std::string& name, std::size_t indent) {
    const KeyStyle style = key_style(name);
    if (style == KeyStyle::kDoubleQuotes) return quoted(name, indent, false);
    if (style == KeyStyle::kPlain) {
      text_ += name;
      return;
    }
    text_ += '\'';
    for (const char c : name) text_.append(c == '\'' ? 2 : 1, c);
    text_ += '\'';
  }

  bool array(JsonTokens& tokens, std::size_t indent, Place place) {
    // Elements stand below their key's first letter.
    const std::size_t at = place == Place::kMember ? indent - 2 : indent;
    bool first = true;
    while (true) {
      const Token element = tokens.next();
      if (element.kind == Kind::kEndArray) break;
      if (first && place == Place::kElement) {
        text_ += ' ';
      } else {
        line(at);
      }
      first = false;
      text_ += '-';
      if (!value(element, tokens, at + 2, Place::kElement)) return false;
    }
    if (first) text_ += " []";
    return true;
  }

  void line(std::size_t indent) {
    text_ += '\n';
    text_.append(indent, ' ');
  }

  /// Letters in the line so far.
  [[nodiscard]] std::size_t column() const {
    const std::size_t begin = text_.rfind('\n') + 1;
    return static_cast<std::size_t>(
        std::count_if(text_.begin() + static_cast<std::ptrdiff_t>(begin), text_.end(),
                      [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
  }

  void scalar(std::string_view token, std::size_t indent) {
    if (token.starts_with('"')) {
      quoted(json_unquoted(token), indent, true);
    } else {
      text_ += token;
    }
  }

  /// As SnakeYAML writes it, with its rule for where a long text is folded: at a space, or behind an escape, once the
  /// line is full.
  void quoted(std::string_view text, std::size_t indent, bool fold) {
    text_ += '"';
    for (std::size_t i = 0; i < text.size(); ++i) {
      const bool escape = is_escaped(text[i]);
      if (escape) escaped(text[i]);
      if (fold && i > 0 && i + 1 < text.size() && (escape || text[i] == ' ') && column() > kWidth) {
        text_ += '\\';
        line(indent);
        if (text[i + (escape ? 1 : 0)] == ' ') text_ += '\\';
      }
      if (!escape) text_ += text[i];
    }
    text_ += '"';
  }

  static bool is_escaped(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return c == '"' || c == '\\' || byte < 0x20 || byte == 0x7F;
  }

  void escaped(char c) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
      case '"':
        text_ += "\\\"";
        break;
      case '\\':
        text_ += "\\\\";
        break;
      case '\n':
        text_ += "\\n";
        break;
      case '\r':
        text_ += "\\r";
        break;
      case '\t':
        text_ += "\\t";
        break;
      default:
        text_ += "\\x";
        text_ += kDigits[byte >> 4];
        text_ += kDigits[byte & 0xF];
    }
  }

  std::string text_;
  std::size_t depth_ = 0;
};

}  // namespace

std::string yaml_of_json(std::string_view json) {
  YamlPrinter printer;
  return printer.print(json) ? printer.take() : std::string(json);
}

}  // namespace sluice::rest
