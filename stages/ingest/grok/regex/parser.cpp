#include "stages/ingest/grok/regex/parser.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "stages/ingest/grok/regex/cursor.h"
#include "stages/ingest/grok/regex/escape.h"
#include "stages/ingest/grok/regex/references.h"

namespace sluice::ingest::regex {

namespace {

constexpr int kDeepest = 250;  // PCRE2's limit too
constexpr std::uint32_t kMostRepeats = 100'000;

struct Options {
  bool any_line = false;  ///< m: `.` takes a line's end
  bool extended = false;  ///< x
  bool ignore_case = false;
  bool unicode = false;  ///< u
  bool ascii = false;    ///< a
};

NodePtr make(NodeKind kind) { return std::make_unique<Node>(kind); }

NodePtr make(NodeKind kind, NodePtr child) {
  NodePtr node = make(kind);
  node->children.push_back(std::move(child));
  return node;
}

class Parser {
 public:
  explicit Parser(std::string_view pattern) : cursor_(pattern) {}

  std::expected<Tree, std::string> parse() {
    tree_.root = alternation({});
    if (!cursor_.failed() && !cursor_.at_end()) cursor_.fail("unmatched close parenthesis");
    if (!cursor_.failed()) references_.resolve();
    if (cursor_.failed()) return std::unexpected(cursor_.error());
    return std::move(tree_);
  }

 private:
  NodePtr alternation(Options options) {
    if (++depth_ > kDeepest) cursor_.fail("too deep nest level");
    NodePtr first = sequence(options);
    if (cursor_.peek() == '|' && !cursor_.failed()) {
      first = make(NodeKind::kAlternation, std::move(first));
      while (!cursor_.failed() && !cursor_.at_end() && cursor_.take('|')) first->children.push_back(sequence(options));
    }
    --depth_;
    return first;
  }

  NodePtr sequence(Options& options) {
    NodePtr all = make(NodeKind::kSequence);
    while (!cursor_.failed() && !cursor_.at_end() && cursor_.peek() != '|' && cursor_.peek() != ')') {
      if (skip_comment() || (options.extended && skip_extended())) continue;
      NodePtr atom = this->atom(options);
      if (cursor_.failed()) break;
      all->children.push_back(repeated(std::move(atom), options));
    }
    return all;
  }

  bool skip_comment() {
    if (!cursor_.starts_with("(?#")) return false;
    const std::size_t end = cursor_.rest().find(')');
    if (end == std::string_view::npos) cursor_.fail("end pattern in group");
    cursor_.skip(end == std::string_view::npos ? cursor_.rest().size() : end + 1);
    return true;
  }

  bool skip_extended() {
    const char byte = cursor_.peek();
    if (byte == ' ' || (byte >= '\t' && byte <= '\r')) {
      cursor_.skip(1);
      return true;
    }
    if (byte != '#') return false;
    const std::size_t end = cursor_.rest().find('\n');
    cursor_.skip(end == std::string_view::npos ? cursor_.rest().size() : end);
    return true;
  }

  NodePtr atom(Options& options) {
    switch (cursor_.peek()) {
      case '(':
        cursor_.skip(1);
        return cursor_.take('?') ? special_group(options) : capture({}, options);
      case '[': {
        cursor_.skip(1);
        NodePtr set = make(NodeKind::kSet);
        set->set = std::make_unique<CharacterSet>(parse_set(cursor_, options.unicode, options.ascii));
        return set;
      }
      case '.': {
        cursor_.skip(1);
        NodePtr any = make(NodeKind::kAny);
        any->flag = options.any_line;
        return any;
      }
      case '^':
      case '$':
        return anchor(cursor_.next(), options);
      case '\\':
        cursor_.skip(1);
        return escape(options);
      case '*':
      case '+':
      case '?':
        cursor_.fail("target of repeat operator is not specified");
        return nullptr;
      case '{':
        if (Node none(NodeKind::kRepeat); interval(none)) cursor_.fail("target of repeat operator is not specified");
        break;
      default:
        break;
    }
    return cursor_.failed() ? nullptr : literal(cursor_.next());
  }

  static NodePtr literal(char32_t code) {
    NodePtr node = make(NodeKind::kLiteral);
    node->code = code;
    return node;
  }

  static NodePtr anchor(char32_t code, const Options& options) {
    NodePtr node = make(NodeKind::kAnchor);
    node->code = code;
    node->flag = options.ascii;
    return node;
  }

  NodePtr escape(const Options& options) {
    if (auto set = escaped_set(cursor_, options.unicode)) {
      NodePtr node = make(NodeKind::kSet);
      node->set = std::make_unique<CharacterSet>(*std::move(set));
      return node;
    }
    switch (cursor_.peek()) {
      case 'A':
      case 'Z':
      case 'z':
      case 'G':
      case 'b':
      case 'B':
        return anchor(cursor_.next(), options);
      case 'K':
        cursor_.skip(1);
        return make(NodeKind::kKeep);
      case 'R':
        cursor_.skip(1);
        return make(NodeKind::kLineBreak);
      case 'X':
        cursor_.skip(1);
        return make(NodeKind::kGrapheme);
      case 'k':
      case 'g':
        if (cursor_.peek(1) == '<' || cursor_.peek(1) == '\'') return references_.named();
        break;
      default:
        if (cursor_.peek() >= '1' && cursor_.peek() <= '9') return references_.numbered();
    }
    return literal(escaped_character(cursor_));
  }

  NodePtr capture(std::string name, const Options& options) {
    NodePtr node = make(NodeKind::kCapture);
    if (!name.empty()) tree_.named = true;
    tree_.names.push_back(std::move(name));
    node->group = static_cast<std::uint32_t>(tree_.names.size());
    node->children.push_back(closed(options));
    return node;
  }

  /// What is left of a group, and its parenthesis.
  NodePtr closed(const Options& options) {
    NodePtr inside = alternation(options);
    if (!cursor_.failed() && !cursor_.take(')')) cursor_.fail("end pattern with unmatched parenthesis");
    return inside;
  }

  NodePtr look(bool behind, bool negative, const Options& options) {
    NodePtr node = make(NodeKind::kLook);
    node->flag = behind;
    node->negative = negative;
    node->children.push_back(closed(options));
    return node;
  }

  /// Behind `(?`.
  NodePtr special_group(Options& options) {
    if (cursor_.at_end()) {
      cursor_.fail("end pattern in group");
      return nullptr;
    }
    const char kind = cursor_.peek();
    cursor_.skip(1);
    switch (kind) {
      case ':':
        return make(NodeKind::kGroup, closed(options));
      case '>':
        return make(NodeKind::kAtomic, closed(options));
      case '=':
      case '!':
        return look(false, kind == '!', options);
      case '<':
        if (cursor_.take('=')) return look(true, false, options);
        if (cursor_.take('!')) return look(true, true, options);
        return named_capture('>', options);
      case '\'':
        return named_capture('\'', options);
      case '(':
        return condition(options);
      case '~':
        return make(NodeKind::kAbsent, closed(options));
      default:
        return option_group(kind, options);
    }
  }

  NodePtr named_capture(char close, const Options& options) {
    std::string name = references_.group_name(close);
    if (!cursor_.failed() && ((name[0] >= '0' && name[0] <= '9') || name[0] == '-')) {
      cursor_.fail("invalid group name <" + name + ">");
    }
    if (cursor_.failed()) return nullptr;
    return capture(std::move(name), options);
  }

  NodePtr condition(const Options& options) {
    NodePtr node = make(NodeKind::kCondition);
    if (cursor_.peek() == '<' || cursor_.peek() == '\'') {
      const char close = cursor_.peek() == '<' ? '>' : '\'';
      cursor_.skip(1);
      references_.refer(*node, close, false);
    } else if (!references_.refer_to_number(*node)) {
      cursor_.fail("invalid conditional pattern");
    }
    if (!cursor_.failed() && !cursor_.take(')')) cursor_.fail("invalid conditional pattern");
    if (cursor_.failed()) return nullptr;
    NodePtr branches = closed(options);
    if (branches->kind != NodeKind::kAlternation) {
      node->children.push_back(std::move(branches));
    } else if (branches->children.size() > 2) {
      cursor_.fail("invalid conditional pattern");
    } else {
      node->children = std::move(branches->children);
    }
    return node;
  }

  /// `(?im-x)` for what is left of the group, alternatives and all, or `(?im-x:..)`.
  NodePtr option_group(char letter, Options& options) {
    Options inside = options;
    bool first = true;
    for (bool on = true;; letter = cursor_.peek(), cursor_.skip(1)) {
      if ((letter == ')' && !first) || letter == ':') break;
      first = false;
      if (!set_option(letter, on, inside)) {
        cursor_.fail("undefined group option");
        return nullptr;
      }
      if (cursor_.at_end()) {
        cursor_.fail("end pattern in group");
        return nullptr;
      }
    }
    NodePtr body = letter == ':' ? closed(inside) : alternation(inside);
    NodePtr node = make(NodeKind::kGroup);
    if (inside.ignore_case != options.ignore_case) {
      node->kind = NodeKind::kOption;
      node->flag = inside.ignore_case;
    }
    node->children.push_back(std::move(body));
    if (letter == ')' && !cursor_.failed()) follows_options_ = true;
    return node;
  }

  static bool set_option(char letter, bool& on, Options& options) {
    switch (letter) {
      case '-':
        on = false;
        return true;
      case 'i':
        options.ignore_case = on;
        return true;
      case 'm':
        options.any_line = on;
        return true;
      case 'x':
        options.extended = on;
        return true;
      case 'a':
      case 'd':
      case 'u':
        options.ascii = letter == 'a';
        options.unicode = letter == 'u';
        return on;
      default:
        return false;
    }
  }

  /// The atom with the operators behind it.
  NodePtr repeated(NodePtr atom, const Options& options) {
    if (std::exchange(follows_options_, false)) return atom;  // it goes up to the end of the group
    while (!cursor_.failed()) {
      while (skip_comment() || (options.extended && skip_extended())) {
      }
      NodePtr repeat = make(NodeKind::kRepeat);
      const char byte = cursor_.peek();
      if (byte == '*' || byte == '+' || byte == '?') {
        cursor_.skip(1);
        repeat->minimum = byte == '+' ? 1 : 0;
        repeat->maximum = byte == '?' ? 1 : Node::kUnbounded;
        if (cursor_.take('?')) {
          repeat->greed = Greed::kLazy;
        } else if (cursor_.take('+')) {
          repeat->greed = Greed::kPossessive;
        }
      } else if (byte != '{' || !interval(*repeat)) {
        break;
      }
      repeat->children.push_back(std::move(atom));
      atom = std::move(repeat);
      if (atom->minimum == atom->maximum && atom->greed == Greed::kLazy && byte == '{') {
        // `{n}?` is not lazy, it is optional.
        atom->greed = Greed::kGreedy;
        atom = make(NodeKind::kRepeat, std::move(atom));
        atom->maximum = 1;
      }
    }
    return atom;
  }

  /// `{2}`, `{2,}`, `{,2}`, `{1,2}`; false: it is none, and the brace stands for itself.
  bool interval(Node& repeat) {
    std::size_t at = 1;
    const auto number = [&](std::uint32_t none) {
      std::uint32_t value = none;
      while (cursor_.peek(at) >= '0' && cursor_.peek(at) <= '9') {
        value = (value == none ? 0 : value) * 10 + static_cast<std::uint32_t>(cursor_.peek(at++) - '0');
        value = std::min(value, kMostRepeats + 1);
      }
      return value;
    };
    constexpr std::uint32_t kNone = Node::kUnbounded;
    const std::uint32_t low = number(kNone);
    std::uint32_t high = low;
    if (cursor_.peek(at) == ',') {
      ++at;
      high = number(kNone);
      if (low == kNone && high == kNone) return false;
    } else if (low == kNone) {
      return false;
    }
    if (cursor_.peek(at) != '}') return false;
    if ((low != kNone && low > kMostRepeats) || (high != kNone && high > kMostRepeats)) {
      cursor_.fail("too big number for repeat range");
    }
    repeat.minimum = low == kNone ? 0 : low;
    repeat.maximum = high;
    if (high != kNone && high < repeat.minimum) cursor_.fail("upper is smaller than lower in repeat range");
    cursor_.skip(at + 1);
    if (cursor_.take('?')) repeat.greed = Greed::kLazy;
    return true;
  }

  Cursor cursor_;
  Tree tree_;
  References references_{cursor_, tree_};
  int depth_ = 0;
  bool follows_options_ = false;
};

}  // namespace

std::expected<Tree, std::string> parse(std::string_view pattern) { return Parser(pattern).parse(); }

}  // namespace sluice::ingest::regex
