#include "tools/sluiced/rest/json_tokens.h"

#include <algorithm>

namespace sluice::rest {

using Kind = JsonTokens::Kind;

void JsonTokens::skip_space() {
  const std::size_t space = rest_.find_first_not_of(" \t\r\n");
  rest_.remove_prefix(std::min(space, rest_.size()));
}

JsonTokens::Token JsonTokens::begin(bool object) {
  objects_.push_back(object);
  expects_key_ = object;
  after_key_ = false;
  after_value_ = false;
  rest_.remove_prefix(1);
  return {object ? Kind::kBeginObject : Kind::kBeginArray, {}};
}

JsonTokens::Token JsonTokens::end(bool object) {
  if (objects_.empty() || objects_.back() != object || after_key_) return {Kind::kBroken, {}};
  objects_.pop_back();
  expects_key_ = false;
  after_value_ = true;
  rest_.remove_prefix(1);
  return {object ? Kind::kEndObject : Kind::kEndArray, {}};
}

JsonTokens::Token JsonTokens::string() {
  std::size_t at = 1;
  while (at < rest_.size() && rest_[at] != '"') at += rest_[at] == '\\' ? 2 : 1;
  if (at >= rest_.size()) return {Kind::kBroken, {}};
  const std::string_view text = rest_.substr(0, at + 1);
  rest_.remove_prefix(at + 1);
  if (!expects_key_) {
    after_key_ = false;
    after_value_ = true;
    return {Kind::kScalar, text};
  }
  skip_space();
  if (!rest_.starts_with(':')) return {Kind::kBroken, {}};
  rest_.remove_prefix(1);
  expects_key_ = false;
  after_key_ = true;
  return {Kind::kKey, text};
}

JsonTokens::Token JsonTokens::scalar() {
  const std::size_t end = std::min(rest_.find_first_of(",]}[{\": \t\r\n"), rest_.size());
  if (end == 0 || expects_key_) return {Kind::kBroken, {}};
  const std::string_view text = rest_.substr(0, end);
  rest_.remove_prefix(end);
  after_key_ = false;
  after_value_ = true;
  return {Kind::kScalar, text};
}

JsonTokens::Token JsonTokens::next() {
  skip_space();
  if (rest_.empty()) return {objects_.empty() && after_value_ ? Kind::kEnd : Kind::kBroken, {}};
  const char first = rest_.front();
  if (first == '}' || first == ']') return end(first == '}');
  if (after_value_) {
    if (first != ',' || objects_.empty()) return {Kind::kBroken, {}};
    rest_.remove_prefix(1);
    after_value_ = false;
    expects_key_ = objects_.back();
    skip_space();
    if (rest_.empty()) return {Kind::kBroken, {}};
  }
  if (rest_.front() == '"') return string();
  if (expects_key_) return {Kind::kBroken, {}};
  if (rest_.front() == '{' || rest_.front() == '[') return begin(rest_.front() == '{');
  return scalar();
}

}  // namespace sluice::rest
