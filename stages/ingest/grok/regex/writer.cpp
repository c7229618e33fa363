#include "stages/ingest/grok/regex/writer.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "stages/ingest/grok/regex/parser.h"

namespace sluice::ingest::regex {

namespace {

/// `\b` between characters that are words in Unicode.
constexpr std::string_view kWord = R"([\p{Alphabetic}\p{M}\p{Nd}\p{Pc}])";
/// What is shorter than this is not worth a call.
constexpr std::size_t kWorthSharing = 96;

bool is_atom(NodeKind kind) {
  switch (kind) {
    case NodeKind::kLiteral:
    case NodeKind::kAny:
    case NodeKind::kSet:
    case NodeKind::kGroup:
    case NodeKind::kOption:
    case NodeKind::kCapture:
    case NodeKind::kAtomic:
    case NodeKind::kLook:
      return true;
    default:
      return false;
  }
}

bool is_empty(const Node& node) {
  return node.kind == NodeKind::kEmpty || (node.kind == NodeKind::kSequence && node.children.empty());
}

void write_utf8(std::string& out, char32_t code) {
  const auto byte = [&](char32_t value) { out += static_cast<char>(static_cast<unsigned char>(value)); };
  if (code < 0x800) {
    byte(0xc0U | (code >> 6U));
  } else if (code < 0x10000) {
    byte(0xe0U | (code >> 12U));
    byte(0x80U | ((code >> 6U) & 0x3fU));
  } else {
    byte(0xf0U | (code >> 18U));
    byte(0x80U | ((code >> 12U) & 0x3fU));
    byte(0x80U | ((code >> 6U) & 0x3fU));
  }
  byte(0x80U | (code & 0x3fU));
}

class Writer {
 public:
  Writer(const Tree& tree, Alphabet alphabet, bool share) : tree_(tree), alphabet_(alphabet), share_(share) {
    numbers_.resize(tree.names.size() + 1);
    for (std::uint32_t group = 1; group <= tree.names.size(); ++group) {
      if (!tree.captures(group)) continue;
      written_.groups.push_back(group);
      numbers_[group] = static_cast<std::uint32_t>(written_.groups.size());
    }
  }

  Written take() {
    std::string all = text(*tree_.root);
    if (!shared_.empty()) {
      // Behind all that captures, so that no number changes.
      all = (tree_.root->kind == NodeKind::kAlternation ? "(?:" + all + ")" : all) + "(?(DEFINE)";
      for (const std::string& body : shared_) all += "(" + body + ")";
      all += ")";
    }
    written_.text = std::move(all);
    return std::move(written_);
  }

 private:
  std::string text(const Node& node) {
    switch (node.kind) {
      case NodeKind::kEmpty:
        return {};
      case NodeKind::kLiteral:
        return literal(node.code);
      case NodeKind::kAny:
        return node.flag ? "(?s:.)" : ".";
      case NodeKind::kSet:
        return write_set(*node.set, alphabet_);
      case NodeKind::kSequence:
        return sequence(node);
      case NodeKind::kAlternation:
        return alternatives(node);
      case NodeKind::kGroup:
        return group(node);
      case NodeKind::kCapture:
        return (numbers_[node.group] != 0 ? "(" : "(?:") + text(*node.children[0]) + ")";
      case NodeKind::kAtomic:
        return "(?>" + text(*node.children[0]) + ")";
      case NodeKind::kOption:
        return (node.flag ? "(?i:" : "(?-i:") + text(*node.children[0]) + ")";
      case NodeKind::kLook:
        return look(node);
      case NodeKind::kRepeat:
        return repeat(node);
      case NodeKind::kAnchor:
        return anchor(node);
      case NodeKind::kBackReference:
        return back_reference(node);
      case NodeKind::kCall:
        return node.groups[0] == 0 ? "(?R)" : "(?" + std::to_string(numbers_[node.groups[0]]) + ")";
      case NodeKind::kCondition:
        return condition(node);
      case NodeKind::kAbsent:
        return absent(*node.children[0]);
      case NodeKind::kKeep:
        return "\\K";
      case NodeKind::kLineBreak:
        return alphabet_ == Alphabet::kAscii ? "(?>\\r\\n|[\\n-\\r])" : R"x((?>\r\n|[\n-\r\x{85}\x{2028}\x{2029}]))x";
      case NodeKind::kGrapheme:
        return alphabet_ == Alphabet::kAscii ? "(?>\\r\\n|(?s:.))" : "\\X";
    }
    return {};
  }

  [[nodiscard]] std::string literal(char32_t code) const {
    std::string out;
    if (code >= 0x80) {
      if (alphabet_ == Alphabet::kAscii || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return "(?!)";
      write_utf8(out, code);
      return out;
    }
    const bool word = (code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z');
    if (code < 0x20 || code == 0x7f) {
      constexpr std::string_view kDigits = "0123456789abcdef";
      return std::string("\\x") + kDigits[code >> 4U] + kDigits[code & 0xfU];
    }
    if (!word) out += '\\';
    out += static_cast<char>(code);
    return out;
  }

  std::string sequence(const Node& node) {
    std::string all;
    for (const NodePtr& child : node.children) {
      // A group whose alternatives are one is none.
      const Node* inner = child.get();
      while (inner->kind == NodeKind::kGroup && inner->children[0]->kind == NodeKind::kSequence && !share_) {
        inner = inner->children[0].get();
        if (inner->children.size() == 1 && inner->children[0]->kind == NodeKind::kGroup)
          inner = inner->children[0].get();
      }
      all += inner->kind == NodeKind::kAlternation ? option_or_group(*inner) : text(*inner);
    }
    return all;
  }

  std::string alternatives(const Node& node) {
    std::string all;
    for (std::size_t i = 0; i < node.children.size(); ++i) all += (i == 0 ? "" : "|") + text(*node.children[i]);
    return all;
  }

  /// Alternatives in a group; one or nothing as an option, for which PCRE2 has faster code.
  std::string option_or_group(const Node& alternation) {
    const auto& ways = alternation.children;
    if (ways.size() == 2 && !is_empty(*ways[0]) && is_empty(*ways[1])) return "(?:" + text(*ways[0]) + ")?";
    return "(?:" + alternatives(alternation) + ")";
  }

  /// Up to where it begins, and as much more as does not end it.
  std::string absent(const Node& node) {
    const std::string kept_out = text(node);
    const std::uint64_t length = fixed_length(node).value_or(1);
    if (length == 0) return "(?!)";
    std::string out = "(?:(?!" + kept_out + ")(?s:.))*";
    if (length > 1) out += "(?:(?=" + kept_out + ")(?s:.){0," + std::to_string(length - 1) + "})?";
    return "(?:" + out + ")";
  }

  std::string look(const Node& node) {
    const Node* body = node.children[0].get();
    // Alternatives of a look-behind may differ in length only where no group is around them.
    while (node.flag &&
           (body->kind == NodeKind::kGroup || (body->kind == NodeKind::kSequence && body->children.size() == 1))) {
      body = body->children[0].get();
    }
    return std::string("(?") + (node.flag ? "<" : "") + (node.negative ? "!" : "=") + text(*body) + ")";
  }

  std::string group(const Node& node) {
    std::string body = text(*node.children[0]);
    if (!share_ || body.size() < kWorthSharing || refers(node)) return "(?:" + body + ")";
    const auto [at, added] = numbers_of_shared_.try_emplace(body, shared_.size());
    if (added) shared_.push_back(std::move(body));
    return "(?" + std::to_string(written_.groups.size() + 1 + at->second) + ")";
  }

  /// Whether the node captures, or depends on what was captured.
  bool refers(const Node& node) const {
    switch (node.kind) {
      case NodeKind::kCapture:
        if (numbers_[node.group] != 0) return true;
        break;
      case NodeKind::kBackReference:
      case NodeKind::kCall:
      case NodeKind::kCondition:
      case NodeKind::kKeep:
        return true;
      default:
        break;
    }
    return std::ranges::any_of(node.children, [&](const NodePtr& child) { return refers(*child); });
  }

  std::string repeat(const Node& node) {
    const Node& child = *node.children[0];
    std::string out = text(child);
    if (!is_atom(child.kind) || child.kind == NodeKind::kLook || out.starts_with("(?!)")) out = "(?:" + out + ")";
    if (node.minimum == 0 && node.maximum == Node::kUnbounded) {
      out += '*';
    } else if (node.minimum == 1 && node.maximum == Node::kUnbounded) {
      out += '+';
    } else if (node.minimum == 0 && node.maximum == 1) {
      out += '?';
    } else {
      out += "{" + std::to_string(node.minimum);
      if (node.maximum == Node::kUnbounded) {
        out += ",";
      } else if (node.maximum != node.minimum) {
        out += "," + std::to_string(node.maximum);
      }
      out += "}";
    }
    if (node.greed == Greed::kLazy) out += '?';
    if (node.greed == Greed::kPossessive) out += '+';
    return out;
  }

  [[nodiscard]] std::string anchor(const Node& node) const {
    const bool boundary = node.code == 'b' || node.code == 'B';
    if (node.code == 'G') return "\\A";  // where the search began: at the text's begin, always
    if (!boundary)
      return (node.code == '^' || node.code == '$' ? "" : "\\") + std::string(1, static_cast<char>(node.code));
    if (alphabet_ == Alphabet::kAscii) return "\\" + std::string(1, static_cast<char>(node.code));
    const std::string word(node.flag ? "[0-9A-Z_a-z]" : kWord);
    const std::string yes = "(?=" + word + ")";
    const std::string no = "(?!" + word + ")";
    return "(?:(?<=" + word + ")" + (node.code == 'b' ? no : yes) + "|(?<!" + word + ")" +
           (node.code == 'b' ? yes : no) + ")";
  }

  std::string back_reference(const Node& node) const {
    std::string all;
    for (auto group = node.groups.rbegin(); group != node.groups.rend(); ++group) {
      if (!all.empty()) all += '|';
      all += "\\g{" + std::to_string(numbers_[*group]) + "}";
    }
    return "(?:" + all + ")";
  }

  std::string condition(const Node& node) {
    std::string out = "(?(" + std::to_string(numbers_[node.groups.back()]) + ")" + text(*node.children[0]);
    if (node.children.size() > 1) out += "|" + text(*node.children[1]);
    return out + ")";
  }

  const Tree& tree_;
  Alphabet alphabet_;
  bool share_;
  std::vector<std::uint32_t> numbers_;  ///< PCRE2's number of each of the tree's groups; 0: it captures nothing
  std::vector<std::string> shared_;
  std::unordered_map<std::string, std::size_t> numbers_of_shared_;
  Written written_;
};

}  // namespace

Written write(const Tree& tree, Alphabet alphabet, bool share) { return Writer(tree, alphabet, share).take(); }

}  // namespace sluice::ingest::regex
