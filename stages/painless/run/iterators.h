#pragma once

#include <cstdint>

#include "stages/painless/run/object.h"

namespace sluice::painless {

/// Walks an array.
struct ArrayIterator final : Iterator {
  const Array* array;
  std::uint32_t position = 0;

  ArrayIterator(const Class* iterator_class, const Array* of) : Iterator(iterator_class), array(of) {}
  bool has_next(Machine& machine) override {
    (void)machine;
    return position < array->length;
  }
  Value next(Machine& machine) override {
    (void)machine;
    return array->items[position++];
  }
};

}  // namespace sluice::painless
