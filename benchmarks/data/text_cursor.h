#pragma once

#include <charconv>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "pipeline/base/buffer.h"

namespace sluice::corpora {

/// Writes text to the end of a buffer without a check for each piece: `most` is an upper bound that the caller knows.
/// The buffer has its new size when the cursor is destroyed.
class TextCursor {
 public:
  TextCursor(Buffer& buffer, std::size_t most) : buffer_(buffer), begin_(buffer.size()) {
    buffer.resize(begin_ + most);
    at_ = buffer.data() + begin_;
  }
  TextCursor(const TextCursor&) = delete;
  TextCursor& operator=(const TextCursor&) = delete;
  ~TextCursor() { buffer_.resize(static_cast<std::size_t>(at_ - buffer_.data())); }

  void put(char byte) { *at_++ = byte; }
  void put(std::string_view text) {
    std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
  }
  void integer(std::uint64_t value) { at_ = std::to_chars(at_, at_ + 20, value).ptr; }
  void signed_integer(std::int64_t value) { at_ = std::to_chars(at_, at_ + 20, value).ptr; }
  /// Exactly `width` digits, zeros in front.
  void digits(std::uint64_t value, int width) {
    for (int i = width - 1; i >= 0; --i, value /= 10) at_[i] = static_cast<char>('0' + value % 10);
    at_ += width;
  }
  /// A decimal number of `unscaled` / 10^scale, at least one digit on either side of the point.
  void decimal(std::int64_t unscaled, int scale) {
    if (unscaled < 0) put('-');
    const auto value = static_cast<std::uint64_t>(unscaled < 0 ? -unscaled : unscaled);
    std::uint64_t power = 1;
    for (int i = 0; i < scale; ++i) power *= 10;
    integer(value / power);
    put('.');
    digits(value % power, scale);
    while (at_[-1] == '0' && at_[-2] != '.') --at_;
  }
  /// `2015-01-31 23:59:59`, `separator` between date and time; seconds since 2015-01-01, at most 27 days on in a month.
  void date_time(std::uint64_t seconds, char separator) {
    const std::uint64_t days = seconds / 86400;
    const std::uint64_t rest = seconds % 86400;
    integer(2015 + days / 336);
    put('-');
    digits(1 + days % 336 / 28, 2);
    put('-');
    digits(1 + days % 28, 2);
    put(separator);
    digits(rest / 3600, 2);
    put(':');
    digits(rest / 60 % 60, 2);
    put(':');
    digits(rest % 60, 2);
  }
  /// Bytes written through this cursor.
  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(at_ - buffer_.data()) - begin_; }

 private:
  Buffer& buffer_;
  std::size_t begin_;
  char* at_;
};

}  // namespace sluice::corpora
