#pragma once

#include <cstdint>
#include <forward_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"
#include "stages/painless/run/regex.h"

namespace sluice::ingest {

/// A java.util.regex.Pattern that processors match texts with. A pattern that is plain text is looked for as such.
/// Matching that takes too long is given up, which Java does not do: illegal_argument_exception, 400. Immutable; any
/// thread.
class JavaRegex {
 public:
  /// Matches nothing.
  JavaRegex() = default;
  /// Errors: pattern_syntax_exception, 400, with PatternSyntaxException's message.
  static Result<JavaRegex> compile(std::string_view pattern);

  [[nodiscard]] const std::string& pattern() const { return text_; }
  [[nodiscard]] std::uint32_t groups() const { return pattern_->groups; }
  /// The number of a group with a name; -1: none.
  [[nodiscard]] int group_of(std::string_view name) const { return painless::group_of_name(*pattern_, name); }

  /// Where matches are found, one after the other, as Matcher.find() does. The text outlives it.
  class Finder {
   public:
    Finder(const JavaRegex& regex, std::string_view text) : regex_(regex), text_(text) {}
    /// The next one; false: there are no more. Errors: it takes too long.
    Result<bool> next();
    [[nodiscard]] std::size_t begin() const { return begin_; }
    [[nodiscard]] std::size_t end() const { return end_; }
    /// Whether it is the empty match between the halves of a surrogate pair, in the middle of the character at begin().
    [[nodiscard]] bool inside_pair() const { return inside_pair_; }
    /// The text of a group, until anything else is matched; nothing: it took no part.
    [[nodiscard]] std::optional<std::string_view> group(std::uint32_t number) const;

   private:
    void found(std::size_t begin, std::size_t end);

    const JavaRegex& regex_;
    std::string_view text_;
    std::size_t from_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::uint64_t steps_ = 0;
    std::int64_t started_ = 0;
    const std::size_t* groups_ = nullptr;
    bool inside_pair_ = false;
    bool pair_is_next_ = false;
  };

  /// What a text was split into. It can be used again.
  struct Split {
    std::vector<std::string_view> parts;
    std::forward_list<std::string> halves;  ///< the parts with half a character in them
  };
  /// String.split(): the parts between matches. `limit`: so many at most; 0: any, without the empty ones at the end;
  /// -1: any. Parts are of `text`, or of `made.halves`. Errors: it takes too long.
  Status split(std::string_view text, int limit, Split& made) const;

 private:
  std::string text_;
  std::shared_ptr<const painless::Pattern> pattern_;
  std::optional<std::string> literal_;   ///< what it looks for, where it is plain text
  bool finds_nothing_anywhere_ = false;  ///< it matches the empty text wherever that is
};

}  // namespace sluice::ingest
