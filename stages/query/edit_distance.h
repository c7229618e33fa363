#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/base/error.h"

namespace sluice::stages {

/// How far a term may be from the one that is looked for.
struct Fuzziness {
  bool automatic = true;
  std::uint32_t low = 3;   ///< automatic: terms of so many characters may have one edit,
  std::uint32_t high = 6;  ///< of so many two
  std::uint32_t edits = 0;

  /// `0`, `1`, `2`, `AUTO`, `AUTO:3,6`. Errors: illegal_argument_exception and parse_exception as Elasticsearch's.
  static Result<Fuzziness> parse(std::string_view text);
  [[nodiscard]] std::uint32_t edits_for(std::string_view term) const;
};

/// Terms within some edits of another one: characters that are inserted, deleted, replaced or, where that is allowed,
/// swapped with their neighbour. Immutable. Source: Lucene's FuzzyTermsEnum.
class EditDistance {
 public:
  EditDistance(std::string_view term, std::uint32_t most, std::uint32_t prefix, bool transpositions);

  /// Edits between the two; nothing: more than allowed, or another prefix.
  [[nodiscard]] std::optional<std::uint32_t> to(std::string_view other) const;
  /// 1 for the term itself, less for others, also less than 0; nothing: it is none of them. What Lucene ranks terms by.
  [[nodiscard]] std::optional<float> similarity(std::string_view other) const;

 private:
  [[nodiscard]] std::optional<std::uint32_t> distance(const char32_t* other, std::size_t size) const;

  std::u32string term_;
  std::string text_;
  std::uint32_t most_;
  std::uint32_t prefix_;
  bool transpositions_;
};

}  // namespace sluice::stages
