#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <utility>

namespace sluice {

/// Bytes that grow without being zeroed first, with kPadding readable bytes behind the end, as simdjson wants them.
/// The padding's content is unspecified. Move-only. Not thread-safe.
class Buffer {
 public:
  static constexpr std::size_t kPadding = 64;

  Buffer() = default;
  explicit Buffer(std::size_t capacity) { reserve(capacity); }
  Buffer(Buffer&& other) noexcept
      : data_(std::move(other.data_)),
        size_(std::exchange(other.size_, 0)),
        capacity_(std::exchange(other.capacity_, 0)) {}
  Buffer& operator=(Buffer&& other) noexcept {
    data_ = std::move(other.data_);
    size_ = std::exchange(other.size_, 0);
    capacity_ = std::exchange(other.capacity_, 0);
    return *this;
  }

  [[nodiscard]] char* data() { return data_.get(); }
  [[nodiscard]] const char* data() const { return data_.get(); }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  /// Bytes that fit without a new allocation, padding not counted.
  [[nodiscard]] std::size_t capacity() const { return capacity_; }
  [[nodiscard]] std::string_view view() const { return {data_.get(), size_}; }

  /// Keeps the content. Pointers into the buffer are invalid afterwards.
  void reserve(std::size_t capacity) {
    if (capacity <= capacity_) return;
    std::unique_ptr<char[], Free> grown(static_cast<char*>(::operator new(capacity + kPadding)));
    if (size_ != 0) std::memcpy(grown.get(), data_.get(), size_);
    std::memset(grown.get() + capacity, 0, kPadding);
    data_ = std::move(grown);
    capacity_ = capacity;
  }
  /// Room for `more` bytes behind the end, growing by half at least.
  void grow_for(std::size_t more) {
    if (size_ + more > capacity_) reserve(std::max(size_ + more, capacity_ + capacity_ / 2));
  }
  /// New bytes are unspecified.
  void resize(std::size_t size) {
    grow_for(size > size_ ? size - size_ : 0);
    size_ = size;
  }
  void clear() { size_ = 0; }
  void append(std::string_view bytes) {
    grow_for(bytes.size());
    if (!bytes.empty()) std::memcpy(data_.get() + size_, bytes.data(), bytes.size());
    size_ += bytes.size();
  }
  void append(char byte) {
    grow_for(1);
    data_[size_++] = byte;
  }
  /// Gives the memory back when it is more than `limit` bytes.
  void trim(std::size_t limit) {
    if (capacity_ > limit) *this = Buffer();
  }

 private:
  struct Free {
    void operator()(char* p) const { ::operator delete(p); }
  };
  std::unique_ptr<char[], Free> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace sluice
