#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"

struct pcre2_real_code_16;

namespace sluice::stages {

/// Where a match and its groups are, UTF-16 units; kNone for a group that took no part.
struct PatternMatch {
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  struct Span {
    std::size_t begin = kNone;
    std::size_t end = kNone;
  };
  std::vector<Span> groups;  ///< the first is all of it
};

/// A pattern of java.util.regex, on PCRE2. Immutable; any thread. Matching takes a bounded number of steps.
class Pattern {
 public:
  /// `flags` are names with `|` between them: `CASE_INSENSITIVE|COMMENTS`. Errors: pattern_syntax_exception, 400, and
  /// illegal_argument_exception for flags that are none.
  static Result<Pattern> compile(std::string_view pattern, std::string_view flags = {});

  /// The next match from `from` on. Errors: illegal_argument_exception, it takes too many steps.
  [[nodiscard]] Result<std::optional<PatternMatch>> find(std::u16string_view text, std::size_t from) const;
  /// Whether all of the text matches.
  [[nodiscard]] Result<bool> matches(std::u16string_view text) const;
  [[nodiscard]] std::uint32_t groups() const { return groups_; }

 private:
  [[nodiscard]] Result<std::optional<PatternMatch>> match(std::u16string_view text, std::size_t from,
                                                          std::uint32_t options) const;
  std::string pattern_;
  std::shared_ptr<pcre2_real_code_16> code_;
  std::uint32_t groups_ = 0;
};

/// A pattern that finds the longest match, as an automaton does; it has no groups. In PCRE2's own dialect.
class LongestPattern {
 public:
  /// Errors: illegal_argument_exception.
  static Result<LongestPattern> compile(std::u16string_view pattern);
  /// What is matched: a text without halves of pairs, and how many units may still be looked at.
  class Subject {
   public:
    explicit Subject(std::u16string_view text);

   private:
    friend class LongestPattern;
    std::u16string text_;
    std::size_t budget_;
  };
  /// The length of the longest match that begins at `at`; nothing: none does. Errors: the budget is spent.
  [[nodiscard]] Result<std::optional<std::size_t>> match_at(Subject& subject, std::size_t at) const;

 private:
  std::shared_ptr<pcre2_real_code_16> code_;
};

/// A replacement of java.util.regex: `$1`, `${name}` is refused, `\` takes the next character as it is. Errors:
/// illegal_argument_exception, `Illegal group reference`, index_out_of_bounds_exception `No group 2`.
class Replacement {
 public:
  static Result<Replacement> parse(std::string_view text);
  /// Errors: there is no such group.
  Status append(std::u16string& out, std::u16string_view text, const PatternMatch& match) const;

 private:
  struct Part {
    std::u16string text;
    int group = -1;
  };
  std::vector<Part> parts_;
};

/// Replaces all matches. `edited` is called for each with where it was, how long, and how long what stands there now
/// is.
Result<std::u16string> replace_all(const Pattern& pattern, const Replacement& replacement, std::u16string_view text,
                                   bool all = true);

}  // namespace sluice::stages
