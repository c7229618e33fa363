#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "stages/query/regex_parser.h"

namespace sluice::stages {

/// A regular expression in Lucene's syntax as a table of states: a text takes one step for each character, whatever the
/// expression. Immutable.
class RegexMachine {
 public:
  /// Elasticsearch's max_determinized_states.
  static constexpr std::uint32_t kDefaultEffort = 10'000;

  /// Errors: of parse_regex(); too_complex_to_determinize_exception for one that takes more than about `effort` states.
  static Result<RegexMachine> compile(std::string_view text, const RegexFlags& flags, bool fold,
                                      std::uint32_t effort = kDefaultEffort);
  /// Whether the whole text is one of the expression's.
  [[nodiscard]] bool matches(std::string_view text) const;

 private:
  static constexpr std::uint32_t kDead = 0;

  [[nodiscard]] std::uint32_t class_of(char32_t character) const;

  std::array<std::uint32_t, 128> ascii_{};  ///< classes
  std::vector<char32_t> begins_;            ///< of classes of characters
  std::vector<std::uint32_t> next_;         ///< state times class
  std::vector<bool> accepts_;               ///< by state; 0 is where nothing leads out
  std::uint32_t start_ = kDead;
};

}  // namespace sluice::stages
