#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

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
  std::size_t values = 0;    ///< how many texts they come from
  std::uint32_t length = 0;  ///< of the field, as scores have it: words at one position count once
  std::uint32_t total = 0;   ///< what the field adds to the sum of lengths of its index
  std::int64_t last = -1;    ///< position of the last word, or of a gap behind it
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
