#include "io/store/reindexing/sorted_window.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <utility>

namespace sluice::store {

namespace {

constexpr std::string_view kHex = "0123456789abcdef";

/// Short keys stand in the text itself; others in memory of their own, which has an overhead.
std::size_t bytes_of(const SortedPlace& place) {
  constexpr std::size_t kShort = 15;
  constexpr std::size_t kOverhead = 16;
  const std::size_t key = place.key.capacity();
  return sizeof(SortedPlace) + (key > kShort ? key + kOverhead : 0);
}

template <typename Number>
bool read_number(std::string_view text, Number& number) {
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  return end.ec == std::errc() && end.ptr == text.data() + text.size();
}

}  // namespace

std::string SortedPlace::text() const {
  std::string text = std::to_string(part) + " " + std::to_string(seq_no) + " ";
  for (const char c : key) {
    text += kHex[static_cast<unsigned char>(c) >> 4];
    text += kHex[static_cast<unsigned char>(c) & 15];
  }
  return text;
}

std::optional<SortedPlace> SortedPlace::read(std::string_view text) {
  const std::size_t first = text.find(' ');
  const std::size_t second = first == std::string_view::npos ? first : text.find(' ', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  SortedPlace place;
  if (!read_number(text.substr(0, first), place.part)) return std::nullopt;
  if (!read_number(text.substr(first + 1, second - first - 1), place.seq_no)) return std::nullopt;
  const std::string_view hex = text.substr(second + 1);
  if (hex.size() % 2 != 0) return std::nullopt;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const std::size_t high = kHex.find(hex[i]);
    const std::size_t low = kHex.find(hex[i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    place.key += static_cast<char>(high << 4 | low);
  }
  return place;
}

void SortedWindow::begin(std::optional<SortedPlace> after) {
  after_ = std::move(after);
  kept_.clear();
  bytes_ = 0;
  complete_ = true;
}

void SortedWindow::offer(SortedPlace place) {
  if (after_ && place <= *after_) return;
  if (!complete_ && place > kept_.front()) return;
  place.key.shrink_to_fit();
  bytes_ += bytes_of(place);
  kept_.push_back(std::move(place));
  std::ranges::push_heap(kept_);
  while (bytes_ > limit_ && kept_.size() > 1) {
    complete_ = false;
    std::ranges::pop_heap(kept_);
    bytes_ -= bytes_of(kept_.back());
    kept_.pop_back();
  }
}

void SortedWindow::finish() { std::ranges::sort(kept_, std::greater<>()); }

std::optional<SortedPlace> SortedWindow::take() {
  if (kept_.empty()) return std::nullopt;
  SortedPlace place = std::move(kept_.back());
  kept_.pop_back();
  return place;
}

}  // namespace sluice::store
