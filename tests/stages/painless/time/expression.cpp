#include "tests/stages/painless/time/expression.h"

#include <cctype>
#include <charconv>
#include <stdexcept>

namespace sluice::painless::time::testing {

const Value* Methods::find_constant(const std::string& name) const {
  const auto found = constants_.find(name);
  return found == constants_.end() ? nullptr : &found->second;
}

bool Methods::has_type(const std::string& type) const {
  const auto next = methods_.lower_bound(type + ".");
  const auto constant = constants_.lower_bound(type + ".");
  return (next != methods_.end() && next->first.starts_with(type + ".")) ||
         (constant != constants_.end() && constant->first.starts_with(type + "."));
}

Value Methods::call(const std::string& type, const std::string& name, const Value& self,
                    const Arguments& arguments) const {
  for (const std::string& owner : {type, std::string("Object")}) {
    const auto found = methods_.find(owner + "." + name);
    if (found == methods_.end()) continue;
    for (const Function& each : found->second) {
      if (auto result = each(self, arguments)) return *std::move(result);
    }
  }
  throw std::runtime_error("no method " + type + "." + name + " for these arguments");
}

namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Value whole() {
    Value value = expression();
    space();
    if (at_ != text_.size()) fail_at("the end");
    return value;
  }

 private:
  [[noreturn]] void fail_at(const std::string& wanted) const {
    throw std::runtime_error("expected " + wanted + " at `" + std::string(text_.substr(at_)) + "`");
  }
  void space() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool skip(char wanted) {
    space();
    if (at_ >= text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  std::string name() {
    space();
    const std::size_t begin = at_;
    while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 || text_[at_] == '_'))
      ++at_;
    if (at_ == begin) fail_at("a name");
    return std::string(text_.substr(begin, at_ - begin));
  }

  Arguments arguments() {
    Arguments result;
    if (!skip('(')) fail_at("(");
    if (skip(')')) return result;
    do {
      result.push_back(expression());
    } while (skip(','));
    if (!skip(')')) fail_at(")");
    return result;
  }

  Value expression() {
    Value value = primary();
    while (skip('.')) {
      const std::string method = name();
      value = Methods::all().call(type_of(value), method, value, arguments());
    }
    return value;
  }

  Value primary() {
    space();
    if (at_ >= text_.size()) fail_at("an expression");
    const char next = text_[at_];
    if (next == '"') return string();
    if (next == '-' || std::isdigit(static_cast<unsigned char>(next)) != 0) return number();
    std::string first = name();
    if (first == "true") return true;
    if (first == "false") return false;
    if (first == "null") return std::monostate();
    if (first == "new") {
      const std::string type = name();
      return Methods::all().call(type, "new", std::monostate(), arguments());
    }
    if (!Methods::all().has_type(first)) fail_at("a type, not " + first);
    if (!skip('.')) fail_at(".");
    const std::string member = name();
    if (const Value* constant = Methods::all().find_constant(first + "." + member)) return *constant;
    return Methods::all().call(first, member, std::monostate(), arguments());
  }

  Value number() {
    const std::size_t begin = at_;
    if (text_[at_] == '-') ++at_;
    while (at_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
    Long value = 0;
    std::from_chars(text_.data() + begin, text_.data() + at_, value);
    if (at_ < text_.size() && text_[at_] == 'L') {
      ++at_;
      return value;
    }
    return static_cast<Int>(value);
  }

  Value string() {
    std::string value;
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      value.push_back(text_[at_]);
    }
    ++at_;
    return value;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::string chain(const DateTimeError& error) {
  std::string text = std::string(java_class(error.kind)) + ": " + error.message;
  if (error.cause) text.append(" <- ").append(chain(*error.cause));
  return text;
}

}  // namespace

Value evaluate(std::string_view expression) { return Reader(expression).whole(); }

std::string answer_to(std::string_view expression) {
  try {
    return to_java_text(evaluate(expression));
  } catch (const DateTimeError& error) {
    return "! " + chain(error);
  }
}

}  // namespace sluice::painless::time::testing
