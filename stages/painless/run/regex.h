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
/// Likewise, one that no heap holds: for all machines. Any thread.
std::shared_ptr<const Pattern> shared_pattern(std::string_view pattern);

/// The number of a group with a name; -1: none.
int group_of_name(const Pattern& pattern, std::string_view name);

/// Where a match and its groups are, bytes; kNone for a group that took no part.
struct RegexMatch {
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::vector<std::size_t> offsets;  ///< begin and end of each group
};

enum class RegexMode : std::uint8_t { kFind, kLookingAt, kWhole };

enum class RegexOutcome : std::uint8_t { kMatch, kNoMatch, kTooLong };
/// Matches `text` from byte `from` on, in so many steps of PCRE2 at most. `offsets` becomes the begin and the end of
/// the match and of each group, as in RegexMatch, until this thread matches again. Any thread.
RegexOutcome regex_find(const Pattern& pattern, std::string_view text, std::size_t from, RegexMode mode,
                        std::uint32_t most_steps, const std::size_t*& offsets);

/// Matches `text` from byte `from` on. Nothing: no match, or `machine.failed()`: the limit of
/// `script.painless.regex.limit-factor` was reached.
std::optional<RegexMatch> regex_match(Machine& machine, const Pattern& pattern, std::string_view text, std::size_t from,
                                      RegexMode mode);

}  // namespace sluice::painless
