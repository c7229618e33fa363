#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice::stages {

/// A pattern of `*` (any run of characters), `?` (one character) and `\` (the next one as it is), for whole texts.
/// Takes at most pattern times text steps. Immutable. Source: Lucene's WildcardQuery.
class WildcardPattern {
 public:
  /// `fold`: ASCII letters in any case.
  WildcardPattern(std::string_view pattern, bool fold);
  [[nodiscard]] bool matches(std::string_view text) const;

 private:
  enum class Kind : char { kByte, kOne, kRun };
  struct Part {
    Kind kind;
    char byte;
  };
  [[nodiscard]] bool is(char pattern, char text) const;

  std::vector<Part> parts_;
  bool fold_;
};

}  // namespace sluice::stages
