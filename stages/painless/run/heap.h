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
  void* allocate(std::size_t size) { return objects_.take((size + 15) & ~std::size_t{15}); }
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
  char* text(std::size_t size) { return texts_.take(size); }
  std::string_view copy(std::string_view bytes);
  /// Makes the newest text, which ends at `end`, `more` bytes longer where it stands; false: it is not the newest, or
  /// there is no room. So `text += x` in a loop copies nothing.
  bool extend_text(const char* end, std::size_t more) {
    if (end != texts_.next || more > texts_.left()) return false;
    texts_.next += more;
    return true;
  }

  /// Bytes handed out since clear().
  [[nodiscard]] std::size_t used() const { return objects_.used() + texts_.used(); }
  [[nodiscard]] std::size_t limit() const { return limit_; }
  [[nodiscard]] bool over_limit() const { return used() > limit_; }
  [[nodiscard]] bool fits(std::size_t more) const { return more <= limit_ && used() <= limit_ - more; }
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
  /// Blocks of one kind of memory: each twice as large as the one before, up to 8 MiB. The newest is given away from
  /// its begin on.
  struct Region {
    std::vector<Block> blocks;
    char* begin = nullptr;
    char* next = nullptr;
    char* end = nullptr;
    std::size_t before = 0;  ///< bytes handed out of the blocks in front of it

    [[nodiscard]] std::size_t left() const { return static_cast<std::size_t>(end - next); }
    [[nodiscard]] std::size_t used() const { return before + static_cast<std::size_t>(next - begin); }
    char* take(std::size_t size) {
      if (size > left()) add(size);
      char* at = next;
      next += size;
      return at;
    }
    void add(std::size_t at_least);
    void clear();
    void keep_one_of_many();
    void begin_with(const Block& block);
  };
  void run_finalizers();

  std::size_t limit_;
  Region objects_;
  Region texts_;
  std::vector<Finalizer> finalizers_;
};

}  // namespace sluice::painless
