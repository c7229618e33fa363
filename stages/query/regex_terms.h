#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::stages {

/// Regular expressions as terms, each there once, so that equal ones have the same number. What is left of one behind a
/// character (its derivative) is one again, which makes complement and intersection as easy as everything else. Source:
/// Brzozowski, Derivatives of Regular Expressions (1964). One thread.
class RegexTerms {
 public:
  using Id = std::uint32_t;
  using Range = std::pair<char32_t, char32_t>;  ///< both ends are in it
  static constexpr std::uint32_t kUnlimited = 0xFFFFFFFF;
  static constexpr char32_t kLast = 0x10FFFF;

  RegexTerms();
  [[nodiscard]] Id nothing() const { return nothing_; }        ///< no text
  [[nodiscard]] Id empty() const { return empty_; }            ///< the empty text
  [[nodiscard]] Id everything() const { return everything_; }  ///< any text
  Id characters(std::vector<Range> ranges);
  Id concatenation(Id first, Id second);
  Id either(Id first, Id second) { return many(Kind::kEither, first, second); }
  Id both(Id first, Id second) { return many(Kind::kBoth, first, second); }
  Id complement(Id term);
  Id repeated(Id term, std::uint32_t least, std::uint32_t most);

  [[nodiscard]] bool takes_empty(Id term) const { return nodes_[term].takes_empty; }
  /// What may follow `first` in texts of `term`.
  Id behind(Id term, char32_t first);
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  /// About how many states of an automaton without choices stand side by side in it.
  [[nodiscard]] std::size_t width(Id term) const { return nodes_[term].width; }
  /// Steps that were taken so far: what bounds the time.
  [[nodiscard]] std::size_t work() const { return work_; }
  /// Where classes of characters begin, ascending, the first at 0: within one, all have the same derivatives.
  [[nodiscard]] std::vector<char32_t> class_begins() const;

 private:
  enum class Kind : std::uint8_t {
    kNothing,
    kEmpty,
    kCharacters,
    kConcatenation,
    kEither,
    kBoth,
    kComplement,
    kRepeated
  };
  struct Node {
    Kind kind = Kind::kNothing;
    std::uint32_t least = 0;  ///< of repetitions; of characters: which ranges
    std::uint32_t most = 0;
    std::vector<Id> children = {};
    bool takes_empty = false;
    std::size_t width = 1;
  };
  using Key = std::pair<std::pair<Kind, std::pair<std::uint32_t, std::uint32_t>>, std::vector<Id>>;

  Id add(Node node);
  Id many(Kind kind, Id first, Id second) { return many(kind, std::vector<Id>{first, second}); }
  Id many(Kind kind, const std::vector<Id>& terms);
  Id derive(Id term, char32_t first);
  [[nodiscard]] bool contains(const std::vector<Range>& ranges, char32_t character) const;

  std::vector<Node> nodes_;
  std::vector<std::vector<Range>> ranges_;
  std::map<Key, Id> known_;
  std::map<std::pair<Id, char32_t>, Id> derived_;
  std::size_t work_ = 0;
  Id nothing_ = 0;
  Id empty_ = 0;
  Id everything_ = 0;
};

}  // namespace sluice::stages
