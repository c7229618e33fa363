#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "pipeline/base/error.h"
#include "stages/query/word_test.h"

namespace sluice::stages {

/// Where something stands in a text: from the position `start` to `end`.
struct TextInterval {
  std::int32_t start = 0;
  std::int32_t end = 0;
  std::int32_t gaps = 0;   ///< positions between its parts
  std::int32_t width = 0;  ///< what it takes away from the gaps of what it is a part of
};
using TextIntervals = std::vector<TextInterval>;

/// What an interval of a text is made of.
enum class IntervalKind : std::uint8_t {
  kWords,        ///< each of some words
  kAny,          ///< one of its inputs
  kBlock,        ///< all of them, one right behind the other
  kOrdered,      ///< all of them, one behind the other
  kUnordered,    ///< all of them
  kRepeated,     ///< `first` of the same input
  kExtended,     ///< `first` positions more before it, `second` behind it
  kMaxGaps,      ///< with `first` gaps at most
  kBefore,       ///< the position before it
  kBehind,       ///< the position behind it
  kInField,      ///< as it is, told from the same in another field
  kContaining,   ///< the first input where it contains the second one
  kContainedBy,  ///< and so on
  kOverlapping,  ///< likewise
  kNotContaining,
  kNotContainedBy,
  kNotOverlapping,
};

struct IntervalNode {
  IntervalKind kind = IntervalKind::kAny;
  std::vector<std::uint32_t> inputs = {};
  std::int32_t first = 0;
  std::int32_t second = 0;
  std::int32_t extent = 0;  ///< positions that it takes at least
};

/// What intervals are looked for: nodes, each behind its inputs. Immutable; any thread.
struct IntervalPlan {
  std::vector<IntervalNode> nodes;
  std::vector<WordTest> words;  ///< of kWords, by `first`

  /// The intervals of the last node in a document, in their order. Source: Lucene's iterators of minimal intervals,
  /// step by step, each run to its end.
  [[nodiscard]] const TextIntervals& find(DocumentFields& document) const;
};

/// Makes a plan. The same thing is one node, however often it is asked for; alternatives are pulled up to where gaps
/// inside of them don't count. Source: Lucene's Intervals and Disjunctions.
class IntervalBuilder {
 public:
  using Id = std::uint32_t;
  using Ids = std::vector<Id>;

  explicit IntervalBuilder(std::size_t most_alternatives) : most_(most_alternatives) {}

  Id words(WordTest test);
  Id none() { return any({}); }
  Id any(const Ids& sources);
  Id block(const Ids& sources);
  Id ordered(const Ids& sources);
  Id unordered(const Ids& sources);
  Id extended(Id source, std::int32_t before, std::int32_t behind);
  Id max_gaps(Id source, std::int32_t gaps);
  Id in_field(Id source, std::int32_t field);
  /// One of kContaining to kNotOverlapping.
  Id filtered(IntervalKind kind, Id source, Id by);
  Id before(Id source, Id reference);
  Id after(Id source, Id reference);

  /// Whether there may be one more alternative than these; otherwise finish() refuses.
  [[nodiscard]] bool takes_one_more(const Ids& alternatives) {
    too_many_ = too_many_ || alternatives.size() >= most_;
    return !too_many_;
  }
  [[nodiscard]] bool refused() const { return too_many_; }

  /// Errors: `Too many disjunctions to expand`, illegal_argument_exception.
  Result<IntervalPlan> finish(Id root) &&;

 private:
  using Key = std::tuple<IntervalKind, Ids, std::int32_t, std::int32_t>;

  Id add(IntervalKind kind, Ids inputs, std::int32_t first = 0, std::int32_t second = 0);
  [[nodiscard]] std::int32_t extent_of(const IntervalNode& node) const;
  /// The alternatives that a node is.
  Ids alternatives(Id source);
  /// The same, with those of one position taken together again.
  Ids split(Id source);
  Id block_of(const Ids& sources);
  Id repeated(Id source, std::size_t times);
  template <typename Make>
  Ids pull_up(Id source, Make&& make);
  template <typename Make>
  Ids pull_up_all(const Ids& sources, Make&& make);

  std::size_t most_;
  bool too_many_ = false;
  std::vector<IntervalNode> nodes_;
  std::map<Key, Id> known_;
  std::vector<WordTest> words_;
  std::map<std::string, std::int32_t> known_words_;
};

}  // namespace sluice::stages
