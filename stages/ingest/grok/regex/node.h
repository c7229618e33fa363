#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

/// Regular expressions in the syntax of Ruby, which is the one that Elasticsearch's grok takes (it runs them on Joni,
/// the Java sister of Oniguruma): what the parser makes of them.
namespace sluice::ingest::regex {

/// A set of characters: `[...]`, `\w`, `\p{Alpha}`, `[[:alpha:]]`.
struct CharacterSet {
  /// What is written between brackets: in Unicode, and what is left of it in ASCII.
  struct Property {
    std::string unicode;
    std::string ascii;
  };
  bool negated = false;
  std::vector<std::pair<char32_t, char32_t>> ranges;
  std::vector<Property> properties;
  std::vector<CharacterSet> parts;    ///< a character of one of them is in the set too
  std::vector<CharacterSet> factors;  ///< and it has to be in each of these (`&&`)
};

enum class NodeKind : std::uint8_t {
  kEmpty,
  kLiteral,      ///< code
  kAny,          ///< `.`; `flag`: a line's end too
  kSet,          ///< set
  kSequence,     ///< children
  kAlternation,  ///< children
  kGroup,        ///< `(?:..)`
  kCapture,      ///< group: its number, from 1
  kAtomic,
  kOption,         ///< `(?i:..)`; flag: on or off
  kLook,           ///< flag: behind; negative
  kRepeat,         ///< minimum, maximum, greed
  kAnchor,         ///< code: `^ $ A Z z G b B`; flag: `\b` in ASCII only
  kBackReference,  ///< groups
  kCall,           ///< groups: the one that is called; 0: all
  kCondition,      ///< groups; children: yes and no
  kAbsent,         ///< `(?~..)`: as much as does not contain it
  kKeep,
  kLineBreak,
  kGrapheme,
};

enum class Greed : std::uint8_t { kGreedy, kLazy, kPossessive };

struct Node {
  static constexpr std::uint32_t kUnbounded = 0xffffffffU;
  NodeKind kind = NodeKind::kEmpty;
  bool flag = false;
  bool negative = false;
  Greed greed = Greed::kGreedy;
  char32_t code = 0;
  std::uint32_t group = 0;
  std::uint32_t minimum = 0;
  std::uint32_t maximum = 0;
  std::vector<std::uint32_t> groups;
  std::vector<std::unique_ptr<Node>> children;
  std::unique_ptr<CharacterSet> set;

  explicit Node(NodeKind its_kind) : kind(its_kind) {}
};

using NodePtr = std::unique_ptr<Node>;

/// A parsed expression. Groups without a name capture nothing where there is one with a name.
struct Tree {
  NodePtr root;
  std::vector<std::string> names;  ///< of the groups, in order; empty: it has none
  bool named = false;              ///< one group has a name

  [[nodiscard]] bool captures(std::uint32_t group) const { return !named || !names[group - 1].empty(); }
};

}  // namespace sluice::ingest::regex
