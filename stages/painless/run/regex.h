#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stages/painless/run/object.h"

struct pcre2_real_code_8;
struct pcre2_real_match_data_8;

/// java.util.regex on PCRE2.
namespace sluice::painless {

class Heap;

/// java.util.regex.Pattern: compiled once, matched by any machine.
struct Pattern final : Object {
  std::string pattern;
  std::int32_t flags = 0;  ///< java.util.regex.Pattern's
  std::shared_ptr<pcre2_real_code_8> code;
  std::uint32_t groups = 0;

  explicit Pattern(const Class* pattern_class) : Object(pattern_class) {}
  Value to_string(Machine& machine) override;
};

/// Why a pattern is none.
struct RegexProblem {
  std::size_t index = 0;    ///< into the pattern
  std::string description;  ///< `Unclosed group`
  std::string message;      ///< PatternSyntaxException.getMessage()
};

/// Nothing: the pattern is fine. `flags` are letters behind a literal: `cilmsUux`.
std::optional<RegexProblem> regex_problem(std::string_view pattern, std::string_view flags);

/// A pattern that regex_problem() has nothing against.
Pattern* make_pattern(Heap& heap, std::string_view pattern, std::string_view flags);

/// The number of a group with a name; -1: none.
int group_of_name(const Pattern& pattern, std::string_view name);

/// Where a match and its groups are, bytes; kNone for a group that took no part.
struct RegexMatch {
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::vector<std::size_t> offsets;  ///< begin and end of each group
};

enum class RegexMode : std::uint8_t { kFind, kLookingAt, kWhole };

/// Matches `text` from byte `from` on. Nothing: no match, or `machine.failed()`: the limit of
/// `script.painless.regex.limit-factor` was reached.
std::optional<RegexMatch> regex_match(Machine& machine, const Pattern& pattern, std::string_view text, std::size_t from,
                                      RegexMode mode);

}  // namespace sluice::painless
