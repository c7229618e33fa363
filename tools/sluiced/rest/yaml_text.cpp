#include <string>

#include "pipeline/base/json_text.h"
#include "tools/sluiced/rest/json_tokens.h"
#include "tools/sluiced/rest/rendering.h"

namespace sluice::rest {
namespace {

using Kind = JsonTokens::Kind;
using Token = JsonTokens::Token;

constexpr std::size_t kWidth = 80;

/// Whether Jackson's YAML generator writes a key without quotes.
bool plain_key(std::string_view key) {
  if (key.empty() || std::string_view("-?:,[]{}#&*!|>'\"%@` ").find(key.front()) != std::string_view::npos)
    return false;
  for (const std::string_view word : {"true", "false", "null", "yes", "no", "on", "off", "y", "n", "~"}) {
    if (key == word) return false;
  }
  if (key.find_first_not_of("0123456789.-+_eE") == std::string_view::npos) return false;
  if (key.back() == ' ' || key.back() == ':') return false;
  for (std::size_t i = 0; i < key.size(); ++i) {
    const auto c = static_cast<unsigned char>(key[i]);
    if (c < 0x20 || c == 0x7F) return false;
    if (c == ':' && key[i + 1] == ' ') return false;
    if (c == '#' && key[i - 1] == ' ') return false;
  }
  return true;
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
      const std::string name = json_unquoted(key.text);
      if (plain_key(name)) {
        text_ += name;
      } else {
        quoted(name, indent, false);
      }
      text_ += ':';
      if (!value(tokens.next(), tokens, indent + 2, Place::kMember)) return false;
    }
    if (first) text_ += " {}";
    return true;
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

  [[nodiscard]] std::size_t column() const { return text_.size() - (text_.rfind('\n') + 1); }

  void scalar(std::string_view token, std::size_t indent) {
    if (token.starts_with('"')) {
      quoted(json_unquoted(token), indent, true);
    } else {
      text_ += token;
    }
  }

  /// As SnakeYAML writes it, with its rule for where a long text is folded: at a space, once the line is full.
  void quoted(std::string_view text, std::size_t indent, bool fold) {
    text_ += '"';
    for (std::size_t i = 0; i < text.size(); ++i) {
      const std::size_t space = text.find(' ', i + 1);
      if (fold && text[i] == ' ' && i > 0 && i + 1 < text.size() && column() > kWidth) {
        text_ += '\\';
        line(indent);
        text_ += '\\';
      }
      static_cast<void>(space);
      escaped(text[i]);
    }
    text_ += '"';
  }

  void escaped(char c) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
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
        if (byte >= 0x20 && byte != 0x7F) {
          text_ += c;
        } else {
          text_ += "\\x";
          text_ += kDigits[byte >> 4];
          text_ += kDigits[byte & 0xF];
        }
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
