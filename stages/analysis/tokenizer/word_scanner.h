#pragma once

#include <cstddef>
#include <string_view>

#include "stages/analysis/tokenizer/word_class.h"

namespace sluice::stages {

/// A word of a text: units of the text's own encoding.
struct Word {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string_view type;
};

/// One character for the rules: its class, and where it ends together with what extends it.
struct WordUnit {
  WordClass word_class = WordClass::kOther;
  std::size_t end = 0;
};

/// How the characters of ASCII text are read: nothing extends anything there.
class AsciiUnits {
 public:
  explicit AsciiUnits(std::string_view text) : text_(text) {}
  [[nodiscard]] std::size_t size() const { return text_.size(); }
  [[nodiscard]] WordUnit read(std::size_t at, std::size_t limit) const;
  [[nodiscard]] std::size_t emoji_end(std::size_t at, std::size_t /*limit*/) const { return at; }
  [[nodiscard]] std::size_t behind(std::size_t at) const { return at + 1; }

 private:
  std::string_view text_;
};

/// The same for UTF-16.
class WideUnits {
 public:
  explicit WideUnits(std::u16string_view text) : text_(text) {}
  [[nodiscard]] std::size_t size() const { return text_.size(); }
  [[nodiscard]] WordUnit read(std::size_t at, std::size_t limit) const;
  /// Where an emoji that begins at `at` ends; `at`: there is none. Source: UTS 51 as Lucene has it.
  [[nodiscard]] std::size_t emoji_end(std::size_t at, std::size_t limit) const;
  [[nodiscard]] std::size_t behind(std::size_t at) const;

 private:
  [[nodiscard]] char32_t point(std::size_t at, std::size_t limit) const;
  [[nodiscard]] std::size_t skip_extends(std::size_t at, std::size_t limit, bool selectors) const;
  [[nodiscard]] std::size_t pictograph_end(std::size_t at, std::size_t limit) const;
  std::u16string_view text_;
};

/// Finds the words of a text by the rules of UAX 29 and Lucene's StandardTokenizer. A word is cut after `longest`
/// units.
template <typename Units>
class WordScanner {
 public:
  WordScanner(Units units, std::size_t longest) : units_(units), longest_(longest) {}
  /// The next word; false: there is none.
  bool next(Word& word);

 private:
  void walk(std::size_t begin, std::size_t limit, Word& word);
  std::size_t joined(WordClass before, WordUnit& unit, std::size_t limit, bool& plain) const;
  void skip_connectors(std::size_t begin, std::size_t limit);

  Units units_;
  std::size_t longest_;
  std::size_t at_ = 0;
};

extern template class WordScanner<AsciiUnits>;
extern template class WordScanner<WideUnits>;

}  // namespace sluice::stages
