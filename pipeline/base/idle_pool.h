#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace sluice {

/// Things that are dear to make and used by one thread at a time, a batch long: machines of scripts and the like. There
/// are as many as were ever in use at once. Any thread. The pool outlives what was borrowed.
template <typename T>
class IdlePool {
 public:
  struct GiveBack {
    IdlePool* pool;
    void operator()(T* used) const { pool->take_back(std::unique_ptr<T>(used)); }
  };
  /// Goes back to the pool in its destructor.
  using Borrowed = std::unique_ptr<T, GiveBack>;

  /// One that nobody uses, or what `make()` makes, a std::unique_ptr.
  template <typename Make>
  Borrowed borrow(Make&& make) {
    {
      const std::scoped_lock lock(mutex_);
      if (!idle_.empty()) {
        T* const last = idle_.back().release();
        idle_.pop_back();
        return Borrowed(last, GiveBack{this});
      }
    }
    return Borrowed(std::forward<Make>(make)().release(), GiveBack{this});
  }

 private:
  void take_back(std::unique_ptr<T> used) {
    const std::scoped_lock lock(mutex_);
    idle_.push_back(std::move(used));
  }

  std::mutex mutex_;
  std::vector<std::unique_ptr<T>> idle_;
};

}  // namespace sluice
