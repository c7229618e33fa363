#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

namespace sluice::store {

/// Where a document stands in a sorted slice.
struct SortedPlace {
  std::string key;         ///< compares byte by byte
  std::uint32_t part = 0;  ///< of the slice: among equals the first comes first
  std::int64_t seq_no = 0;

  auto operator<=>(const SortedPlace&) const = default;

  /// As text without spaces but between its parts, and back; nothing: it is none.
  [[nodiscard]] std::string text() const;
  static std::optional<SortedPlace> read(std::string_view text);
};

/// The next documents of an order, as many as fit into so many bytes. Who wants those behind them passes over all
/// documents once more: so an order needs a fixed amount of memory, however many there are. Not thread-safe.
class SortedWindow {
 public:
  /// One place is kept whatever it takes.
  explicit SortedWindow(std::size_t bytes) : limit_(bytes) {}

  /// A pass begins, for what stands behind `after`; nothing: from the beginning.
  void begin(std::optional<SortedPlace> after);
  /// Another document of the pass.
  void offer(SortedPlace place);
  /// The pass has ended.
  void finish();
  /// Takes the next one; nothing: those were all that were kept.
  std::optional<SortedPlace> take();
  /// Whether nothing stands behind those that were kept.
  [[nodiscard]] bool complete() const { return complete_; }

 private:
  const std::size_t limit_;
  std::optional<SortedPlace> after_;
  std::deque<SortedPlace> kept_;  ///< a heap during the pass, the last on top; then sorted, the first at the end
  std::size_t bytes_ = 0;
  bool complete_ = false;
};

}  // namespace sluice::store
