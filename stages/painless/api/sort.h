#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "stages/painless/api/natives.h"

namespace sluice::painless::api {

/// Sorts values, stable, by a merge of our own: std::stable_sort may run wild with what is no order. `before(a, b)`:
/// whether `a` comes first; nothing: it can't say, and false is returned.
template <typename Before>
bool merge_sort(std::vector<Value>& items, Before before) {
  std::vector<Value> other(items.size());
  for (std::size_t width = 1; width < items.size(); width *= 2) {
    for (std::size_t low = 0; low < items.size(); low += 2 * width) {
      const std::size_t middle = std::min(low + width, items.size());
      const std::size_t high = std::min(low + 2 * width, items.size());
      std::size_t left = low;
      std::size_t right = middle;
      for (std::size_t at = low; at < high; ++at) {
        bool take_right = left >= middle;
        if (!take_right && right < high) {
          const std::optional<bool> first = before(items[right], items[left]);
          if (!first) return false;
          take_right = *first;
        }
        other[at] = take_right ? items[right++] : items[left++];
      }
    }
    items.swap(other);
  }
  return true;
}

/// Sorts a list in place, stable, by a comparator or (null) the natural order. A comparator that contradicts itself
/// gives some order, as in Java. False: an exception is pending.
inline bool sort_list(Machine& machine, List& list, const Value& comparator) {
  const std::uint32_t count = list.size(machine);
  std::vector<Value> items;
  items.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) items.push_back(machine.force(list.get(machine, i)));
  const bool sorted = merge_sort(items, [&](const Value& a, const Value& b) -> std::optional<bool> {
    if (!machine.tick()) return std::nullopt;
    const bool first = before(machine, comparator, a, b);
    return machine.failed() ? std::nullopt : std::optional<bool>(first);
  });
  if (!sorted) return false;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (!list.set(machine, i, items[i])) return false;
  }
  return true;
}

}  // namespace sluice::painless::api
