#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace sluice {

/// Memory that lives as long as a batch: what edits produce. Freed all at once by clear(), which keeps one block of it.
/// Not thread-safe: a batch is in one node at a time.
class Arena {
 public:
  /// So many bytes behind every allocation are readable, for who looks at text in steps.
  static constexpr std::size_t kPadding = 64;

  /// `size` bytes, unaligned, uninitialised.
  char* allocate(std::size_t size) {
    if (size > left_) add_block(size);
    char* at = next_;
    next_ += size;
    left_ -= size;
    return at;
  }
  /// A copy of `bytes` that lives as long as the arena's content.
  std::string_view copy(std::string_view bytes) {
    char* at = allocate(bytes.size());
    if (!bytes.empty()) std::memcpy(at, bytes.data(), bytes.size());
    return {at, bytes.size()};
  }
  /// Gives back the tail of the newest allocation, which began at `at`, down to `used` bytes.
  void shrink(const char* at, std::size_t used) {
    const auto taken = static_cast<std::size_t>(next_ - at);
    next_ -= taken - used;
    left_ += taken - used;
  }
  void clear() {
    const std::size_t held = bytes_;
    next_ = nullptr;
    left_ = bytes_ = 0;
    if (held > kKeep) return blocks_.clear();
    // What needed several will need as much again: in one, nothing is asked of the system from then on.
    if (blocks_.size() > 1) {
      blocks_.clear();
      return add_block(held);
    }
    if (blocks_.empty()) return;
    next_ = blocks_.front().data.get();
    left_ = bytes_ = blocks_.front().size;
  }
  /// Bytes held, for the credit account.
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  static constexpr std::size_t kBlock = std::size_t{256} << 10;
  static constexpr std::size_t kKeep = std::size_t{4} << 20;
  struct Block {
    std::unique_ptr<char[]> data;
    std::size_t size;
  };
  void add_block(std::size_t at_least) {
    const std::size_t size = at_least > kBlock ? at_least : std::max(kBlock, bytes_);
    blocks_.push_back({std::make_unique_for_overwrite<char[]>(size + kPadding), size});
    next_ = blocks_.back().data.get();
    left_ = size;
    bytes_ += size;
  }
  std::vector<Block> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace sluice
