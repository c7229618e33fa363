#include <algorithm>
#include <optional>

#include "stages/ingest/grok/regex/parser.h"

namespace sluice::ingest::regex {

namespace {

constexpr std::string_view kLookBehind = "invalid pattern in look-behind";
constexpr std::string_view kAbsent = "what (?~..) keeps out has to have one length here";
constexpr std::string_view kEndless = "never ending recursion";

using Length = std::optional<std::uint64_t>;

bool is_plain_group(const Node& node) {
  return node.kind == NodeKind::kGroup || (node.kind == NodeKind::kSequence && node.children.size() == 1);
}

/// Whether Joni takes a node inside a look-behind at all.
bool fits_look_behind(const Node& node, bool negative, const Tree& tree) {
  switch (node.kind) {
    case NodeKind::kAtomic:
    case NodeKind::kLineBreak:
    case NodeKind::kGrapheme:
    case NodeKind::kBackReference:
    case NodeKind::kCondition:
    case NodeKind::kKeep:
    case NodeKind::kAbsent:
      return false;
    case NodeKind::kCapture:
      if (negative && tree.captures(node.group)) return false;
      break;
    case NodeKind::kLook:
      if (!node.flag || (node.negative && !negative)) return false;
      break;
    case NodeKind::kRepeat:
      if (node.greed == Greed::kPossessive) return false;
      break;
    default:
      break;
  }
  return std::ranges::all_of(node.children,
                             [&](const NodePtr& child) { return fits_look_behind(*child, negative, tree); });
}

/// Alternatives may differ in length where there is nothing around them.
bool has_length_each(const Node& node) {
  if (is_plain_group(node)) return has_length_each(*node.children.front());
  if (node.kind != NodeKind::kAlternation) return fixed_length(node).has_value();
  return std::ranges::all_of(node.children, [](const NodePtr& child) { return fixed_length(*child).has_value(); });
}

std::string_view length_problem(const Node& node, const Tree& tree) {
  if (node.kind == NodeKind::kLook && node.flag) {
    const Node& body = *node.children.front();
    if (!fits_look_behind(body, node.negative, tree) || !has_length_each(body)) return kLookBehind;
  }
  if (node.kind == NodeKind::kAbsent && !fixed_length(*node.children.front())) return kAbsent;
  for (const NodePtr& child : node.children) {
    if (const auto problem = length_problem(*child, tree); !problem.empty()) return problem;
  }
  return {};
}

/// Whether groups can be matched without calling themselves again for ever.
class Recursion {
 public:
  explicit Recursion(const Tree& tree) : bodies_(tree.names.size() + 1) {
    bodies_[0] = tree.root.get();
    find_bodies(*tree.root);
  }

  [[nodiscard]] bool endless() {
    if (!calls_) return false;
    for (std::uint32_t group = 0; group < bodies_.size(); ++group) {
      if (bodies_[group] == nullptr) continue;
      target_ = group;
      visited_.assign(bodies_.size(), false);
      if (always_calls(*bodies_[group])) return true;
      visited_.assign(bodies_.size(), false);
      if (starts_with_call(*bodies_[group]) == Start::kCall) return true;
    }
    return false;
  }

 private:
  void find_bodies(const Node& node) {
    if (node.kind == NodeKind::kCapture) bodies_[node.group] = node.children.front().get();
    if (node.kind == NodeKind::kCall) calls_ = true;
    for (const NodePtr& child : node.children) find_bodies(*child);
  }

  /// Whether no way through the node gets around a call of the target.
  bool always_calls(const Node& node) {
    switch (node.kind) {
      case NodeKind::kCall: {
        const std::uint32_t group = node.groups.front();
        if (group == target_) return true;
        if (visited_[group]) return false;
        visited_[group] = true;
        return bodies_[group] != nullptr && always_calls(*bodies_[group]);
      }
      case NodeKind::kAlternation:
        return std::ranges::all_of(node.children, [&](const NodePtr& child) { return always_calls(*child); });
      case NodeKind::kRepeat:
        return node.minimum > 0 && always_calls(*node.children.front());
      case NodeKind::kCondition:
        return false;
      default:
        return std::ranges::any_of(node.children, [&](const NodePtr& child) { return always_calls(*child); });
    }
  }

  enum class Start : std::uint8_t { kCharacter, kEmpty, kCall };

  /// Whether the target may be called before a character was taken.
  Start starts_with_call(const Node& node) {
    switch (node.kind) {
      case NodeKind::kLiteral:
      case NodeKind::kAny:
      case NodeKind::kSet:
      case NodeKind::kLineBreak:
      case NodeKind::kGrapheme:
        return Start::kCharacter;
      case NodeKind::kCall: {
        const std::uint32_t group = node.groups.front();
        if (group == target_) return Start::kCall;
        if (visited_[group] || bodies_[group] == nullptr) return Start::kEmpty;
        visited_[group] = true;
        return starts_with_call(*bodies_[group]);
      }
      case NodeKind::kAlternation:
      case NodeKind::kCondition: {
        Start all = node.kind == NodeKind::kAlternation ? Start::kCharacter : Start::kEmpty;
        for (const NodePtr& child : node.children) {
          const Start start = starts_with_call(*child);
          if (start == Start::kCall) return start;
          if (start == Start::kEmpty) all = start;
        }
        return all;
      }
      default:
        for (const NodePtr& child : node.children) {
          const Start start = starts_with_call(*child);
          if (start == Start::kCall) return start;
          if (start == Start::kCharacter && node.kind != NodeKind::kLook &&
              (node.kind != NodeKind::kRepeat || node.minimum > 0)) {
            return start;
          }
        }
        return Start::kEmpty;
    }
  }

  std::vector<const Node*> bodies_;
  std::vector<bool> visited_;
  std::uint32_t target_ = 0;
  bool calls_ = false;
};

}  // namespace

std::optional<std::uint64_t> fixed_length(const Node& node) {
  switch (node.kind) {
    case NodeKind::kLiteral:
    case NodeKind::kAny:
    case NodeKind::kSet:
      return 1;
    case NodeKind::kEmpty:
    case NodeKind::kAnchor:
    case NodeKind::kLook:
      return 0;
    case NodeKind::kRepeat: {
      const Length once = fixed_length(*node.children.front());
      if (!once || node.minimum != node.maximum) return std::nullopt;
      return *once * node.minimum;
    }
    case NodeKind::kAlternation: {
      const Length first = fixed_length(*node.children.front());
      for (const NodePtr& child : node.children) {
        if (!first || fixed_length(*child) != first) return std::nullopt;
      }
      return first;
    }
    case NodeKind::kSequence:
    case NodeKind::kGroup:
    case NodeKind::kOption:
    case NodeKind::kCapture: {
      std::uint64_t all = 0;
      for (const NodePtr& child : node.children) {
        const Length length = fixed_length(*child);
        if (!length) return std::nullopt;
        all += *length;
      }
      return all;
    }
    default:
      return std::nullopt;
  }
}

std::string problem_of(const Tree& tree) {
  if (const auto problem = length_problem(*tree.root, tree); !problem.empty()) return std::string(problem);
  if (Recursion(tree).endless()) return std::string(kEndless);
  return {};
}

}  // namespace sluice::ingest::regex
