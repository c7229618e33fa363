#include "stages/analysis/token_stream.h"

#include <algorithm>
#include <ranges>

namespace sluice::stages {

std::uint32_t OffsetCorrections::original(std::uint32_t offset) const {
  const auto behind =
      std::ranges::upper_bound(corrections_, offset, {}, &std::pair<std::uint32_t, std::int32_t>::first);
  if (behind == corrections_.begin()) return offset;
  return static_cast<std::uint32_t>(static_cast<std::int64_t>(offset) + std::prev(behind)->second);
}

std::uint32_t FilteredText::original(std::uint32_t offset) const {
  for (const OffsetCorrections& layer : layers | std::views::reverse) offset = layer.original(offset);
  return offset;
}

}  // namespace sluice::stages
