#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "stages/source_filter/verdict.h"

namespace sluice::stages {

/// Elasticsearch's filter for field lists with a wildcard among the excludes: it works on the whole dotted path as
/// text, so that `*` also stands for dots. An object or array that the includes name stays, even if nothing is left in
/// it; within arrays, what is left empty goes. Immutable; any number of threads. Source: XContentMapValues.filter,
/// tried out on 9.4.3.
class FieldTextFilter {
 public:
  FieldTextFilter(const std::vector<std::string>& includes, const std::vector<std::string>& excludes);

  /// A set of places in all patterns, a bit each; none: nothing can match any more. Short lists of patterns fit
  /// `first`.
  struct Places {
    std::uint64_t first = 0;
    std::vector<std::uint64_t> many;
    [[nodiscard]] bool none() const;
  };
  struct State {
    Places includes;
    Places excludes;
    bool all_included = false;  ///< every field below is
    bool accepted = false;      ///< the key itself is included
  };

  [[nodiscard]] State root() const;
  Verdict decide(const State& parent, std::string_view key, State& child) const;
  bool enter_object(State& state) const;
  static bool keeps_scalar(const State& state) { return state.accepted; }
  static bool keeps_empty(const State& state, bool member, bool /*had_content*/) { return member && state.accepted; }

 private:
  /// Patterns, each followed by two places: the end, and what is below the end.
  class Patterns {
   public:
    explicit Patterns(const std::vector<std::string>& patterns);
    [[nodiscard]] const Places& start() const { return start_; }
    [[nodiscard]] Places step(const Places& places, std::string_view text) const;
    [[nodiscard]] bool accepts(const Places& places) const;

   private:
    using Words = std::vector<std::uint64_t>;
    [[nodiscard]] const std::uint64_t* words(const Places& places) const {
      return count_ == 1 ? &places.first : places.many.data();
    }
    [[nodiscard]] Places empty() const;
    void step_one(const std::uint64_t* from, std::uint64_t* to, char c) const;
    /// Adds the places behind stars, which take no letter to get to.
    void pass_stars(std::uint64_t* words) const;

    std::size_t count_;           ///< words of a set
    std::vector<Words> letters_;  ///< by byte: places that take it and move on
    Words stars_;
    Words stay_;  ///< places that take any byte and stay: stars, and what is below an end
    Words accepting_;
    Places start_;
  };

  bool everything_;
  Patterns includes_;
  Patterns excludes_;
};

}  // namespace sluice::stages
