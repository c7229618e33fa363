#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace sluice::painless {

/// Memory of one document's script: everything it makes is freed at once by clear(). Nothing is freed before that, so
/// what a script throws away counts until its document is done; `limit` bounds it. Not thread-safe: one machine, one
/// heap.
class Heap {
 public:
  static constexpr std::size_t kDefaultLimit = std::size_t{64} << 20;

  explicit Heap(std::size_t limit = kDefaultLimit) : limit_(limit) {}
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;
  ~Heap() { run_finalizers(); }

  /// `size` bytes, aligned to 16, uninitialised. Never fails for small sizes, even over the limit: the machine asks
  /// over_limit() after each call and loop. Sizes that a script chooses are asked for with fits() first.
  void* allocate(std::size_t size) {
    size = (size + 15) & ~std::size_t{15};
    if (size > left_) add_block(size);
    char* at = next_;
    next_ += size;
    left_ -= size;
    used_ += size;
    return at;
  }
  /// An object that lives until clear(). Its destructor runs then, if it has one worth running.
  template <typename T, typename... Args>
  T* make(Args&&... args) {
    static_assert(alignof(T) <= 16);
    T* object = new (allocate(sizeof(T))) T(std::forward<Args>(args)...);
    if constexpr (!std::is_trivially_destructible_v<T>) {
      finalizers_.push_back({object, [](void* at) { static_cast<T*>(at)->~T(); }});
    }
    return object;
  }
  template <typename T>
  T* array(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= 16);
    return static_cast<T*>(allocate(count * sizeof(T)));
  }
  /// `size` bytes of text, unaligned, uninitialised.
  char* text(std::size_t size) {
    if (size > text_left_) add_text_block(size);
    char* at = text_next_;
    text_next_ += size;
    text_left_ -= size;
    used_ += size;
    return at;
  }
  std::string_view copy(std::string_view bytes);
  /// Makes the newest text, which ends at `end`, `more` bytes longer where it stands; false: it is not the newest, or
  /// there is no room. So `text += x` in a loop copies nothing.
  bool extend_text(const char* end, std::size_t more) {
    if (end != text_next_ || more > text_left_) return false;
    text_next_ += more;
    text_left_ -= more;
    used_ += more;
    return true;
  }

  /// Bytes handed out since clear().
  [[nodiscard]] std::size_t used() const { return used_; }
  [[nodiscard]] std::size_t limit() const { return limit_; }
  [[nodiscard]] bool over_limit() const { return used_ > limit_; }
  [[nodiscard]] bool fits(std::size_t more) const { return more <= limit_ && used_ <= limit_ - more; }
  void set_limit(std::size_t limit) { limit_ = limit; }

  /// Frees everything; one block is kept.
  void clear();

 private:
  static constexpr std::size_t kBlock = std::size_t{64} << 10;
  static constexpr std::size_t kKeep = std::size_t{1} << 20;
  struct Block {
    std::unique_ptr<char[]> data;
    std::size_t size;
  };
  struct Finalizer {
    void* object;
    void (*run)(void*);
  };
  /// Blocks of one kind of memory: each twice as large as the one before, up to 8 MiB.
  struct Region {
    std::vector<Block> blocks;
    Block& add(std::size_t at_least);
    void keep_one() {
      if (blocks.size() > 1) keep_one_of_many();
    }
    void keep_one_of_many();
  };
  void add_block(std::size_t at_least);
  void add_text_block(std::size_t at_least);
  void run_finalizers();

  std::size_t limit_;
  std::size_t used_ = 0;
  char* next_ = nullptr;
  std::size_t left_ = 0;
  char* text_next_ = nullptr;
  std::size_t text_left_ = 0;
  Region objects_;
  Region texts_;
  std::vector<Finalizer> finalizers_;
};

}  // namespace sluice::painless
