#pragma once

#include <cstdint>
#include <string_view>

#include "stages/painless/run/json_span.h"
#include "stages/painless/run/machine.h"
#include "stages/painless/run/map_keys.h"

namespace sluice::painless {

/// An object or array of a document, not read yet.
Value json_container(Machine& machine, const JsonSpan& span);

/// Tells of a malformed walk: illegal_argument_exception.
void raise_malformed(Machine& machine, const JsonSpan& span);

/// Walks the members of a container of a structural index, whose neighbours parse has looked at. What it did not see (a
/// key without a value, a value too much) ends the walk and is told by malformed(). Everything is inline, so that a
/// loop over it keeps its places in registers.
class JsonWalk {
 public:
  /// Between tokens there is nothing else that is so small.
  static bool is_blank(char c) { return static_cast<unsigned char>(c) <= ' '; }

  /// From the first member on, or from the one whose key is at `from` in the span.
  explicit JsonWalk(const JsonSpan& span, std::uint32_t from = 1)
      : text_(span.text), at_(span.begin + from), end_(span.end - 1), may_escape_(span.may_escape) {}

  [[nodiscard]] bool done() const { return at_ >= end_; }
  /// The position of the token here, and behind the value that was taken last.
  [[nodiscard]] std::uint32_t position() const { return *at_; }
  [[nodiscard]] std::uint32_t value_end() const { return value_end_; }
  [[nodiscard]] bool malformed() const { return malformed_; }

  /// A member's key with its quotes; moves behind its colon. Empty: malformed.
  std::string_view key() {
    if (text_[*at_] != '"' || at_ + 2 >= end_ || text_[at_[1]] != ':') {
      malformed_ = true;
      at_ = end_;
      return {};
    }
    const std::string_view token = scalar();
    ++at_;
    return token;
  }

  /// Whether the member here has this key, which is not longer than the member's.
  [[nodiscard]] bool at_key(std::string_view name) const {
    const char* const begin = text_ + *at_ + 1;
    return begin[name.size()] == '"' && same_key({begin, name.size()}, name);
  }
  /// Moves from a member to its value; false: it is a container.
  bool to_scalar() {
    at_ += 2;
    return text_[*at_] != '{' && text_[*at_] != '[';
  }
  /// The value here, which is a scalar; moves behind it, but not behind its comma.
  Value scalar_value() { return scalar_value(scalar()); }

  /// The value here: raw, or a container that is read later. Moves behind it and its comma.
  Value value(Machine& machine) {
    const char c = text_[*at_];
    if (c != '{' && c != '[') {
      const std::string_view token = scalar();
      value_end_ = static_cast<std::uint32_t>(token.data() + token.size() - text_);
      take_comma();
      return scalar_value(token);
    }
    const std::uint32_t* begin = at_;
    std::int32_t depth = 0;
    do {
      const char bracket = text_[*at_++];
      depth += static_cast<int>(bracket == '{' || bracket == '[') - static_cast<int>(bracket == '}' || bracket == ']');
    } while (depth > 0 && at_ < end_);
    const Value made = json_container(machine, {text_, begin, at_, may_escape_});
    value_end_ = at_[-1] + 1;
    take_comma();
    return made;
  }

 private:
  [[nodiscard]] Value scalar_value(std::string_view token) const {
    return token.front() == 'n' ? Value::null() : Value::of_raw(token, !may_escape_);
  }

  /// The raw token here, blanks behind it left out; moves behind it.
  std::string_view scalar() {
    const char* begin = text_ + *at_;
    const char* behind = text_ + at_[1];
    while (behind > begin && is_blank(behind[-1])) --behind;
    ++at_;
    return {begin, static_cast<std::size_t>(behind - begin)};
  }

  void take_comma() {
    if (done()) return;
    if (text_[*at_] == ',') {
      ++at_;
      return;
    }
    malformed_ = true;
    at_ = end_;
  }

  const char* text_;
  const std::uint32_t* at_;
  const std::uint32_t* end_;
  bool may_escape_;
  std::uint32_t value_end_ = 0;
  bool malformed_ = false;
};

}  // namespace sluice::painless
