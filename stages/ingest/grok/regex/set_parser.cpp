#include <cstddef>
#include <utility>

#include "stages/ingest/grok/regex/escape.h"
#include "stages/ingest/grok/regex/property.h"

namespace sluice::ingest::regex {

namespace {

/// Whether `text` stands in `rest` before `stopper` does; a backslash takes the byte behind it out.
bool comes_before(std::string_view rest, std::string_view text, char stopper) {
  for (std::size_t i = 0; i < rest.size(); ++i) {
    if (rest[i] == '\\') {
      ++i;
    } else if (rest.substr(i).starts_with(text)) {
      return true;
    } else if (rest[i] == stopper) {
      return false;
    }
  }
  return false;
}

/// One `[...]`. The states and the errors are those of Joni's parser: a value may become the begin of a range.
class SetParser {
 public:
  SetParser(Cursor& cursor, bool unicode, bool ascii, int depth)
      : cursor_(cursor), unicode_(unicode), ascii_(ascii), depth_(depth) {}

  CharacterSet parse() {
    negated_ = cursor_.take('^');
    if (cursor_.peek() == ']') {
      if (cursor_.rest().substr(1).empty() || !comes_before(cursor_.rest().substr(1), "]", '\0')) {
        cursor_.fail("empty char-class");
        return {};
      }
      cursor_.skip(1);
      add_value(']');
    }
    while (!cursor_.failed() && !step()) {
    }
    flush();
    return finished();
  }

 private:
  enum class State : std::uint8_t { kStart, kValue, kSet, kRange, kComplete };

  /// Takes one thing; true: the set is closed.
  bool step() {
    if (cursor_.at_end()) {
      cursor_.fail("premature end of char-class");
      return true;
    }
    const char byte = cursor_.peek();
    if (byte == ']') {
      cursor_.skip(1);
      return true;
    }
    if (byte == '[') {
      open();
    } else if (byte == '-') {
      cursor_.skip(1);
      minus();
    } else if (cursor_.starts_with("&&")) {
      cursor_.skip(2);
      intersect();
    } else if (byte == '\\') {
      cursor_.skip(1);
      escape();
    } else {
      add_value(cursor_.next());
    }
    return false;
  }

  void open() {
    if (cursor_.peek(1) == ':' && comes_before(cursor_.rest().substr(2), ":]", ']')) {
      if (auto set = bracket_set(cursor_, ascii_)) {
        add_set(*std::move(set));
        return;
      }
      if (cursor_.failed()) return;
    }
    cursor_.skip(1);
    if (depth_ > 50) {
      cursor_.fail("too deep nest level");
      return;
    }
    // What came before may still become the begin of a range.
    set_.parts.push_back(SetParser(cursor_, unicode_, ascii_, depth_ + 1).parse());
  }

  void escape() {
    if (cursor_.at_end()) {
      cursor_.fail("end pattern at escape");
      return;
    }
    if (auto set = escaped_set(cursor_, unicode_)) {
      add_set(*std::move(set));
    } else if (cursor_.peek() == 'b') {
      cursor_.skip(1);
      add_value('\b');
    } else {
      add_value(escaped_character(cursor_));
    }
  }

  void minus() {
    const bool last = cursor_.peek() == ']' || cursor_.starts_with("&&");
    switch (state_) {
      case State::kStart:
        add_value('-');
        break;
      case State::kSet:
        if (last) {
          add_value('-');
        } else {
          cursor_.fail("unmatched range specifier in char-class");
        }
        break;
      case State::kValue:
        if (last) {
          add_value('-');
        } else {
          state_ = State::kRange;
        }
        break;
      case State::kRange:
      case State::kComplete:
        add_value('-');
        break;
    }
  }

  void add_value(char32_t code) {
    if (state_ == State::kRange) {
      if (code < value_) {
        cursor_.fail("empty range in char class");
        return;
      }
      set_.ranges.emplace_back(value_, code);
      state_ = State::kComplete;
      return;
    }
    flush();
    state_ = State::kValue;
    value_ = code;
  }

  void add_set(CharacterSet set) {
    if (state_ == State::kRange) {
      cursor_.fail("char-class value at end of range");
      return;
    }
    flush();
    state_ = State::kSet;
    set_.parts.push_back(std::move(set));
  }

  void flush() {
    if (state_ == State::kValue) set_.ranges.emplace_back(value_, value_);
  }

  void intersect() {
    flush();
    state_ = State::kStart;
    factors_.push_back(std::move(set_));
    set_ = {};
  }

  CharacterSet finished() {
    set_.factors = std::move(factors_);
    set_.negated = negated_;
    return std::move(set_);
  }

  Cursor& cursor_;
  bool unicode_;
  bool ascii_;
  int depth_;
  bool negated_ = false;
  State state_ = State::kStart;
  char32_t value_ = 0;
  CharacterSet set_;
  std::vector<CharacterSet> factors_;
};

}  // namespace

std::optional<CharacterSet> bracket_set(Cursor& cursor, bool ascii) {
  const bool negated = cursor.peek(2) == '^';
  const std::string_view rest = cursor.rest().substr(negated ? 3 : 2);
  const std::size_t end = rest.find(":]");
  if (end != std::string_view::npos) {
    if (const auto posix = posix_set(rest.substr(0, end), ascii)) {
      cursor.skip((negated ? 3 : 2) + end + 2);
      CharacterSet set = posix->to_set();
      set.negated = negated;
      return set;
    }
  }
  // Joni looks for the end in the next 20 characters.
  constexpr std::size_t kFarthest = 20;
  for (std::size_t i = 0; i < kFarthest && i + 1 < rest.size() && rest[i] != ']'; ++i) {
    if (rest[i] != ':') continue;
    if (rest[i + 1] == ']') cursor.fail("invalid POSIX bracket type");
    break;
  }
  return std::nullopt;
}

CharacterSet parse_set(Cursor& cursor, bool unicode, bool ascii) {
  return SetParser(cursor, unicode, ascii, 0).parse();
}

}  // namespace sluice::ingest::regex
