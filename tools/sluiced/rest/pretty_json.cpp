#include "tools/sluiced/rest/json_tokens.h"
#include "tools/sluiced/rest/rendering.h"

namespace sluice::rest {
namespace {

using Kind = JsonTokens::Kind;

/// Prints tokens. Every value but one after its key begins a line.
class PrettyPrinter {
 public:
  bool print(std::string_view json) {
    JsonTokens tokens(json);
    while (true) {
      const JsonTokens::Token token = tokens.next();
      if (token.kind == Kind::kEnd) break;
      if (token.kind == Kind::kBroken) return false;
      add(token);
    }
    text_ += '\n';
    return true;
  }
  std::string take() { return std::move(text_); }

 private:
  void add(const JsonTokens::Token& token) {
    if (token.kind == Kind::kEndObject || token.kind == Kind::kEndArray) return close(token.kind == Kind::kEndObject);
    if (!after_key_ && depth_ > 0) {
      if (!empty_) text_ += ',';
      line();
    }
    after_key_ = token.kind == Kind::kKey;
    empty_ = token.kind == Kind::kBeginObject || token.kind == Kind::kBeginArray;
    if (empty_) {
      text_ += token.kind == Kind::kBeginObject ? '{' : '[';
      ++depth_;
      return;
    }
    text_ += token.text;
    if (after_key_) text_ += " : ";
  }
  void close(bool object) {
    --depth_;
    if (empty_) {
      text_ += ' ';
    } else {
      line();
    }
    text_ += object ? '}' : ']';
    empty_ = false;
  }
  void line() {
    text_ += '\n';
    text_.append(2 * depth_, ' ');
  }

  std::string text_;
  std::size_t depth_ = 0;
  bool empty_ = true;
  bool after_key_ = false;
};

}  // namespace

std::string pretty_json(std::string_view json) {
  PrettyPrinter printer;
  return printer.print(json) ? printer.take() : std::string(json);
}

}  // namespace sluice::rest
