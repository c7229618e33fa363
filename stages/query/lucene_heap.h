#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace sluice::stages {

/// Lucene's PriorityQueue: which of two equal elements comes first depends on its steps, and what is found on that.
/// `Less(a, b)`: a comes before b. One thread.
template <typename T, typename Less>
class LuceneHeap {
 public:
  explicit LuceneHeap(Less less) : less_(std::move(less)) {}

  void add(T element) {
    heap_.push_back(element);
    std::size_t at = heap_.size();
    for (std::size_t above = at / 2; above > 0 && less_(element, of(above)); above /= 2) {
      of(at) = of(above);
      at = above;
    }
    of(at) = element;
  }
  [[nodiscard]] T top() const { return heap_.front(); }
  T pop() {
    T first = heap_.front();
    heap_.front() = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) update_top();
    return first;
  }
  /// The first element has changed.
  void update_top() {
    T element = heap_.front();
    std::size_t at = 1;
    for (std::size_t below = lesser_below(at); below <= heap_.size() && less_(of(below), element);
         below = lesser_below(at)) {
      of(at) = of(below);
      at = below;
    }
    of(at) = element;
  }
  [[nodiscard]] std::size_t size() const { return heap_.size(); }
  [[nodiscard]] bool empty() const { return heap_.empty(); }

 private:
  /// Counted from 1.
  T& of(std::size_t at) { return heap_[at - 1]; }
  std::size_t lesser_below(std::size_t at) {
    const std::size_t left = at * 2;
    return left + 1 <= heap_.size() && less_(of(left + 1), of(left)) ? left + 1 : left;
  }

  std::vector<T> heap_;
  Less less_;
};

}  // namespace sluice::stages
