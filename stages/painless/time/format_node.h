#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stages/painless/time/field.h"
#include "stages/painless/time/styles.h"
#include "stages/painless/time/zone_id.h"

namespace sluice::painless::time {

/// One step of a formatter: what it prints and what it parses. Java's PrinterParsers as one struct.
struct FormatNode {
  enum Kind : std::uint8_t {
    kLiteral,          ///< text
    kNumber,           ///< field, min_width, max_width, sign, subsequent
    kReduced,          ///< the last digits of a field, counted from number
    kFraction,         ///< field, min_width, max_width, flag: with a point; subsequent -1 or more: beside numbers
    kText,             ///< field, text_style, flag: English everywhere; as a number where the field has no text
    kWeekBased,        ///< letter and min_width: a number of the locale's weeks
    kOffset,           ///< text: for zero; min_width: the type of the pattern
    kLocalizedOffset,  ///< text_style
    kZoneId,           ///< number: 0 a zone, 1 a region, 2 a zone or an offset
    kZoneText,         ///< text_style, flag: generic
    kInstant,          ///< min_width: digits of the fraction, -2: as many as needed in threes, -1 as many as needed
    kDayPeriod,        ///< text_style
    kChronology,       ///< flag: its name, not its id
    kLocalized,        ///< number: date style + 4 * time style, 4 being none
    kSequence,         ///< children; flag: they are optional
    kPad,              ///< one child to min_width with text
    kCase,             ///< flag: sensitive
    kStrictness,       ///< flag: strict
    kDefault,          ///< field has number where it has none
  };

  Kind kind = kLiteral;
  TextStyle text_style = TextStyle::kFull;
  SignStyle sign = SignStyle::kNormal;
  char letter = 0;
  bool flag = false;
  Field field = FieldId::kYear;
  int min_width = 0;
  int max_width = 0;
  int subsequent = 0;  ///< digits that numbers right behind it need; -1: it is one of those itself
  Long number = 0;
  std::string text;
  std::vector<FormatNode> children;
};

/// The patterns of offsets; FormatNode::min_width counts them.
inline constexpr std::array<std::string_view, 22> kOffsetPatterns = {
    "+HH", "+HHmm", "+HH:mm", "+HHMM", "+HH:MM", "+HHMMss", "+HH:MM:ss", "+HHMMSS", "+HH:MM:SS", "+HHmmss", "+HH:mm:ss",
    "+H",  "+Hmm",  "+H:mm",  "+HMM",  "+H:MM",  "+HMMss",  "+H:MM:ss",  "+HMMSS",  "+H:MM:SS",  "+Hmmss",  "+H:mm:ss"};

}  // namespace sluice::painless::time
