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

Heap::Block& Heap::Region::add(std::size_t at_least) {
  const std::size_t grown = blocks.empty() ? kBlock : std::min(blocks.back().size * 2, std::size_t{8} << 20);
  const std::size_t size = std::max(at_least, std::max(grown, kBlock));
  blocks.push_back({std::make_unique_for_overwrite<char[]>(size), size});
  return blocks.back();
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

void Heap::add_block(std::size_t at_least) {
  Block& block = objects_.add(at_least);
  next_ = block.data.get();
  left_ = block.size;
}

void Heap::add_text_block(std::size_t at_least) {
  Block& block = texts_.add(at_least);
  text_next_ = block.data.get();
  text_left_ = block.size;
}

void Heap::run_finalizers() {
  for (auto it = finalizers_.rbegin(); it != finalizers_.rend(); ++it) it->run(it->object);
  finalizers_.clear();
}

void Heap::clear() {
  if (!finalizers_.empty()) run_finalizers();
  used_ = 0;
  objects_.keep_one();
  next_ = objects_.blocks.empty() ? nullptr : objects_.blocks.front().data.get();
  left_ = objects_.blocks.empty() ? 0 : objects_.blocks.front().size;
  texts_.keep_one();
  text_next_ = texts_.blocks.empty() ? nullptr : texts_.blocks.front().data.get();
  text_left_ = texts_.blocks.empty() ? 0 : texts_.blocks.front().size;
}

}  // namespace sluice::painless
