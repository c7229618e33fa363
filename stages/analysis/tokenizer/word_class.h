#pragma once

#include <cstdint>

namespace sluice::stages {

/// What the rules for words see in a character. Source: Unicode's UAX 29, with Han, Hiragana, Hangul and the scripts of
/// South East Asia set apart as Lucene's StandardTokenizer does.
enum class WordClass : std::uint8_t {
  kOther,
  kLetter,
  kHebrew,
  kHangul,
  kKatakana,
  kNumeric,
  kConnector,  ///< ExtendNumLet, `_`
  kMidLetter,
  kMidNumber,
  kMidEither,  ///< MidNumLet, `.`
  kSingleQuote,
  kDoubleQuote,
  kExtend,  ///< Extend, Format and the zero width joiner: belongs to what is in front of it
  kHan,
  kHiragana,
  kSouthEastAsian,
  kSouthEastAsianMark,  ///< extends what is in front of it, or begins a word of its own
  kRegional,
  kEmoji,
};

/// Characters newer than Unicode 12.1 are kOther: Lucene 9 and 10 don't know them.
WordClass word_class(char32_t point);

/// Whether it is an emoji, or a part of some: Extended_Pictographic and the skin tones.
bool is_pictograph(char32_t point);

}  // namespace sluice::stages
