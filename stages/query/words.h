#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "stages/analysis/analyzer.h"

namespace sluice::stages {

/// One word of a field's texts, as its analyzer left it.
struct Word {
  std::string text;
  std::uint32_t position = 0;  ///< counted through all values of the field, with the gap between them
};

/// The words of a field, in their order. Only the first `count` are the document's; the others keep their memory.
struct Words {
  std::vector<Word> all;
  std::size_t count = 0;
  std::size_t values = 0;  ///< how many texts they come from
  TextPlace place;         ///< where the next text goes on
  bool ready = false;

  [[nodiscard]] const Word* begin() const { return all.data(); }
  [[nodiscard]] const Word* end() const { return all.data() + count; }
  /// One more, whose text is to be set.
  Word& add() {
    if (count == all.size()) all.emplace_back();
    return all[count++];
  }
};

}  // namespace sluice::stages
