#pragma once

#include <string_view>
#include <vector>

namespace sluice::rest {

/// The tokens of a JSON text, one after the other, as spans of it. For text that sluiced wrote itself or has stored:
/// structure is checked, scalars are not. One thread.
class JsonTokens {
 public:
  enum class Kind : unsigned char { kBeginObject, kEndObject, kBeginArray, kEndArray, kKey, kScalar, kEnd, kBroken };
  struct Token {
    Kind kind = Kind::kEnd;
    std::string_view text;  ///< with its quotes
  };

  explicit JsonTokens(std::string_view json) : rest_(json) {}
  Token next();

 private:
  Token begin(bool object);
  Token end(bool object);
  Token string();
  Token scalar();
  void skip_space();

  std::string_view rest_;
  std::vector<bool> objects_;  ///< what is open: an object, or an array
  bool expects_key_ = false;
  bool after_key_ = false;
  bool after_value_ = false;
};

}  // namespace sluice::rest
