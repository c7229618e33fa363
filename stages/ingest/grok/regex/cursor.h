#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sluice::ingest::regex {

/// A place in a pattern, read character by character, and the first thing that was found to be wrong with it.
class Cursor {
 public:
  static constexpr char32_t kEnd = 0xffffffffU;

  explicit Cursor(std::string_view pattern) : pattern_(pattern) {}
  [[nodiscard]] bool at_end() const { return at_ >= pattern_.size(); }
  [[nodiscard]] bool starts_with(std::string_view text) const { return pattern_.substr(at_).starts_with(text); }
  /// The byte `ahead` of the place; 0: there is none.
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < pattern_.size() ? pattern_[at_ + ahead] : '\0';
  }
  [[nodiscard]] std::string_view rest() const { return pattern_.substr(at_); }
  [[nodiscard]] std::size_t offset() const { return at_; }
  void skip(std::size_t bytes) { at_ += bytes; }
  bool take(char byte) {
    if (at_end() || pattern_[at_] != byte) return false;
    ++at_;
    return true;
  }
  /// The next character; a byte that is none is U+FFFD.
  char32_t next();

  [[nodiscard]] bool failed() const { return !error_.empty(); }
  [[nodiscard]] const std::string& error() const { return error_; }
  void fail(std::string_view message) {
    if (error_.empty()) error_ = message;
  }

 private:
  std::string_view pattern_;
  std::size_t at_ = 0;
  std::string error_;
};

}  // namespace sluice::ingest::regex
