#include "stages/analysis/tokenizer/word_class.h"

#include <array>
#include <memory>

#include <unicode/uchar.h>
#include <unicode/uscript.h>

namespace sluice::stages {

namespace {

/// Unicode 12.1, as two numbers.
bool is_newer(char32_t point) {
  UVersionInfo age;
  u_charAge(static_cast<UChar32>(point), age);
  return age[0] == 0 || age[0] > 12 || (age[0] == 12 && age[1] > 1);
}

bool is_complex(UChar32 point) { return u_getIntPropertyValue(point, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT; }

WordClass letter_class(UChar32 point) {
  UErrorCode problem = U_ZERO_ERROR;
  return uscript_getScript(point, &problem) == USCRIPT_HANGUL ? WordClass::kHangul : WordClass::kLetter;
}

/// What is in no class of UAX 29, but words of Lucene's own.
WordClass other_class(UChar32 point) {
  if (is_complex(point)) return WordClass::kSouthEastAsian;
  UErrorCode problem = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(point, &problem);
  if (script == USCRIPT_HAN) return WordClass::kHan;
  if (script == USCRIPT_HIRAGANA) return WordClass::kHiragana;
  return is_pictograph(static_cast<char32_t>(point)) ? WordClass::kEmoji : WordClass::kOther;
}

WordClass looked_up(char32_t at) {
  const auto point = static_cast<UChar32>(at);
  if (is_newer(at)) return is_pictograph(at) ? WordClass::kEmoji : WordClass::kOther;
  switch (u_getIntPropertyValue(point, UCHAR_WORD_BREAK)) {
    case U_WB_ALETTER:
      return letter_class(point);
    case U_WB_HEBREW_LETTER:
      return WordClass::kHebrew;
    case U_WB_KATAKANA:
      return WordClass::kKatakana;
    case U_WB_NUMERIC:
      return WordClass::kNumeric;
    case U_WB_EXTENDNUMLET:
      return WordClass::kConnector;
    case U_WB_MIDLETTER:
      return WordClass::kMidLetter;
    case U_WB_MIDNUM:
      return WordClass::kMidNumber;
    case U_WB_MIDNUMLET:
      return WordClass::kMidEither;
    case U_WB_SINGLE_QUOTE:
      return WordClass::kSingleQuote;
    case U_WB_DOUBLE_QUOTE:
      return WordClass::kDoubleQuote;
    case U_WB_REGIONAL_INDICATOR:
      return WordClass::kRegional;
    case U_WB_EXTEND:
    case U_WB_FORMAT:
    case U_WB_ZWJ:
      return is_complex(point) ? WordClass::kSouthEastAsianMark : WordClass::kExtend;
    default:
      return other_class(point);
  }
}

using Table = std::array<WordClass, 0x10000>;

const Table& basic_plane() {
  static const std::unique_ptr<const Table> table = [] {
    auto made = std::make_unique<Table>();
    for (char32_t point = 0; point < made->size(); ++point) made->at(point) = looked_up(point);
    return made;
  }();
  return *table;
}

}  // namespace

bool is_pictograph(char32_t point) {
  const bool skin_tone = point >= 0x1F3FB && point <= 0x1F3FF;
  return skin_tone || u_hasBinaryProperty(static_cast<UChar32>(point), UCHAR_EXTENDED_PICTOGRAPHIC) != 0;
}

WordClass word_class(char32_t point) { return point < 0x10000 ? basic_plane()[point] : looked_up(point); }

}  // namespace sluice::stages
