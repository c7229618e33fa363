#include "stages/painless/run/heap.h"

#include <algorithm>
#include <cstring>

namespace sluice::painless {

std::string_view Heap::copy(std::string_view bytes) {
  if (bytes.empty()) return {};
  char* at = text(bytes.size());
  std::memcpy(at, bytes.data(), bytes.size());
  return {at, bytes.size()};
}

void Heap::Region::begin_with(const Block& block) {
  begin = next = block.data.get();
  end = begin + block.size;
}

void Heap::Region::add(std::size_t at_least) {
  before = used();
  const std::size_t grown = blocks.empty() ? kBlock : std::min(blocks.back().size * 2, std::size_t{8} << 20);
  const std::size_t size = std::max(at_least, std::max(grown, kBlock));
  blocks.push_back({std::make_unique_for_overwrite<char[]>(size), size});
  begin_with(blocks.back());
}

void Heap::Region::clear() {
  before = 0;
  next = begin;
  if (blocks.size() <= 1) return;
  keep_one_of_many();
  begin = next = end = nullptr;
  if (!blocks.empty()) begin_with(blocks.front());
}

void Heap::Region::keep_one_of_many() {
  const auto kept = std::ranges::find_if(blocks, [](const Block& block) { return block.size <= kKeep; });
  if (kept == blocks.end()) {
    blocks.clear();
    return;
  }
  Block block = std::move(*kept);
  blocks.clear();
  blocks.push_back(std::move(block));
}

void Heap::run_finalizers() {
  for (auto it = finalizers_.rbegin(); it != finalizers_.rend(); ++it) it->run(it->object);
  finalizers_.clear();
}

void Heap::clear() {
  if (!finalizers_.empty()) run_finalizers();
  objects_.clear();
  texts_.clear();
}

}  // namespace sluice::painless
