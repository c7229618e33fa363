#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::stages {

/// A term on its way through the filters. UTF-16, as Lucene's rules are written for it.
struct Term {
  std::u16string text = {};
  std::uint32_t start = 0;  ///< offsets into the original text
  std::uint32_t end = 0;
  std::uint32_t increment = 1;  ///< positions after the term before
  std::uint16_t length = 1;     ///< positions that it spans
  bool keyword = false;         ///< stemmers leave it alone
  std::string_view type = "word";
};

/// All terms of one text.
struct TokenStream {
  std::vector<Term> terms;
  std::uint32_t end_increment = 0;  ///< positions that were dropped behind the last term
  std::uint32_t end_offset = 0;     ///< where the text ends
  /// UTF-16 units that filters which multiply terms may still make; at 0 they fail.
  std::size_t budget = 0;
};

/// Where characters of a changed text stood in the text before. Source: Lucene's BaseCharFilter.
class OffsetCorrections {
 public:
  /// From `offset` of the changed text on, `difference` is added. Offsets must not go down.
  void add(std::uint32_t offset, std::int32_t difference) {
    if (!corrections_.empty() && corrections_.back().first == offset) {
      corrections_.back().second = difference;
    } else {
      corrections_.emplace_back(offset, difference);
    }
  }
  [[nodiscard]] std::uint32_t original(std::uint32_t offset) const;
  [[nodiscard]] std::int32_t last() const { return corrections_.empty() ? 0 : corrections_.back().second; }
  [[nodiscard]] bool empty() const { return corrections_.empty(); }

 private:
  std::vector<std::pair<std::uint32_t, std::int32_t>> corrections_;
};

/// A text behind the char filters so far.
struct FilteredText {
  std::u16string text;
  std::vector<OffsetCorrections> layers;  ///< one for each char filter that changed lengths
  [[nodiscard]] std::uint32_t original(std::uint32_t offset) const;
};

}  // namespace sluice::stages
