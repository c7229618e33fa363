#pragma once

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

  /// Places in all patterns at once, ascending; none: nothing can match any more.
  using Places = std::vector<std::uint32_t>;
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
    [[nodiscard]] Places start() const { return start_; }
    [[nodiscard]] Places step(const Places& places, std::string_view text) const;
    [[nodiscard]] bool accepts(const Places& places) const;

   private:
    enum class Kind : std::uint8_t { kLetter, kStar, kEnd, kBelow };
    struct Place {
      Kind kind;
      char letter;
    };
    void add(Places& places, std::uint32_t place) const;
    std::vector<Place> places_;
    Places start_;
  };

  bool everything_;
  Patterns includes_;
  Patterns excludes_;
};

}  // namespace sluice::stages
