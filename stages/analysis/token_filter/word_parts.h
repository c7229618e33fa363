#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/base/error.h"
#include "stages/analysis/component_settings.h"
#include "stages/analysis/word_set.h"

namespace sluice::stages {

/// What a character is to the word delimiters; classes of letters join.
enum WordPart : std::uint8_t { kLowerPart = 1, kUpperPart = 2, kDigitPart = 4, kDelimiterPart = 8 };
constexpr std::uint8_t kLetterPart = kLowerPart | kUpperPart;
inline bool is_letter_part(std::uint8_t type) { return (type & kLetterPart) != 0; }
inline bool is_digit_part(std::uint8_t type) { return (type & kDigitPart) != 0; }

/// Settings of `word_delimiter` and `word_delimiter_graph`.
struct WordDelimiterOptions {
  bool generate_word_parts = true;
  bool generate_number_parts = true;
  bool catenate_words = false;
  bool catenate_numbers = false;
  bool catenate_all = false;
  bool split_on_case_change = true;
  bool preserve_original = false;
  bool split_on_numerics = true;
  bool stem_english_possessive = true;
  bool adjust_offsets = true;
  bool ignore_keywords = false;
  WordSet protected_words;
  std::map<char16_t, std::uint8_t> types;  ///< `type_table`

  [[nodiscard]] bool generates(std::uint8_t type) const {
    return (generate_word_parts && is_letter_part(type)) || (generate_number_parts && is_digit_part(type));
  }
  [[nodiscard]] bool catenates(std::uint8_t type) const {
    return (catenate_words && is_letter_part(type)) || (catenate_numbers && is_digit_part(type));
  }
};

/// Errors: `Invalid Mapping Rule`, and values that are none.
Result<WordDelimiterOptions> read_word_delimiter_options(const ComponentSettings& settings);

/// Walks over the parts of one word. Source: Lucene's WordDelimiterIterator.
class WordParts {
 public:
  WordParts(std::u16string_view text, const WordDelimiterOptions& options);
  /// The next part; false: there is none.
  bool next();
  [[nodiscard]] bool done() const { return done_; }
  [[nodiscard]] std::size_t begin() const { return begin_; }
  [[nodiscard]] std::size_t end() const { return end_; }
  [[nodiscard]] std::u16string_view part() const { return text_.substr(begin_, end_ - begin_); }
  /// Letters of any case are one.
  [[nodiscard]] std::uint8_t type() const;
  /// Whether the part is all but delimiters around it, and a possessive.
  [[nodiscard]] bool is_single() const;

 private:
  [[nodiscard]] std::uint8_t type_at(std::size_t at) const;
  [[nodiscard]] bool breaks(std::uint8_t before, std::uint8_t after) const;
  [[nodiscard]] bool possessive_ends_at(std::size_t at) const;

  std::u16string_view text_;
  const WordDelimiterOptions& options_;
  std::size_t first_ = 0;
  std::size_t last_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool done_ = false;
  bool final_possessive_ = false;
  bool skip_possessive_ = false;
};

}  // namespace sluice::stages
