#pragma once

#include <cstdint>
#include <string_view>

#include "stages/painless/run/json_span.h"
#include "stages/painless/run/machine.h"

namespace sluice::painless {

/// Walks the members of a container of a structural index, whose neighbours parse has looked at. What it did not see (a
/// key without a value, a value too much) ends the walk and is told by malformed().
class JsonWalk {
 public:
  explicit JsonWalk(const JsonSpan& span) : text_(span.text), at_(span.begin + 1), end_(span.end - 1) {}

  [[nodiscard]] bool done() const { return at_ >= end_; }
  /// The raw token here, blanks behind it left out; moves behind it.
  std::string_view scalar() {
    const char* begin = text_ + *at_;
    const char* behind = text_ + at_[1];
    while (behind > begin && is_blank(behind[-1])) --behind;
    ++at_;
    return {begin, static_cast<std::size_t>(behind - begin)};
  }
  /// A member's key with its quotes; moves behind its colon. Empty: malformed.
  std::string_view key();
  /// The value here: raw, or a container that is read later. Moves behind it and its comma.
  Value value(Machine& machine);
  [[nodiscard]] bool malformed() const { return malformed_; }

 private:
  void take_comma();
  static bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

  const char* text_;
  const std::uint32_t* at_;
  const std::uint32_t* end_;
  bool malformed_ = false;
};

/// Tells of a malformed walk: illegal_argument_exception.
void raise_malformed(Machine& machine, const JsonSpan& span);

/// An object or array of a document, not read yet.
Value json_container(Machine& machine, const JsonSpan& span);

}  // namespace sluice::painless
