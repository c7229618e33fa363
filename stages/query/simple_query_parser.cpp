#include <algorithm>
#include <array>
#include <cctype>

#include "pipeline/base/ascii_case.h"
#include "pipeline/base/parse_number.h"
#include "stages/query/bool.h"
#include "stages/query/simple_query_string.h"
#include "stages/query/text_search.h"

namespace sluice::stages {

namespace {

enum class Operation : std::uint8_t { kNone, kBoth, kEither };

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

class SimpleParser {
 public:
  SimpleParser(bool all, const SimpleSyntax& syntax, QueryStringPieces& pieces)
      : default_(all ? Operation::kBoth : Operation::kEither), syntax_(syntax), pieces_(pieces) {}

  Result<QueryPtr> parse(std::string_view text, std::size_t depth = 0) {
    State state{text};
    while (state.at < text.size()) {
      const char c = text[state.at];
      if (c == '-' && syntax_.negation) {
        state.negated = !state.negated;
        ++state.at;
        continue;
      }
      if (auto read = step(state, c, depth); !read) return std::unexpected(read.error());
      state.negated = false;
    }
    return tree_of(std::move(state));
  }

 private:
  static constexpr std::size_t kMaxDepth = 200;

  struct State {
    std::string_view text;
    std::size_t at = 0;
    bool negated = false;
    Operation now = Operation::kNone;
    Operation before = Operation::kNone;
    QueryPtr top = nullptr;                 ///< what was read, where it is one query
    std::vector<QueryPtr> clauses = {};     ///< or those that `before` joins
    std::vector<std::size_t> closing = {};  ///< see close_of(); empty: nobody asked yet
  };

  static QueryPtr tree_of(State state) {
    if (state.clauses.empty()) return state.top;
    return combined(std::move(state.clauses), state.before == Operation::kBoth);
  }

  Status step(State& state, char c, std::size_t depth) {
    const auto join = [&](Operation operation) {
      const bool any = state.top != nullptr || !state.clauses.empty();
      if (state.now == Operation::kNone && any) state.now = operation;
      ++state.at;
    };
    if (c == '(' && syntax_.precedence) return read_group(state, depth);
    if (c == '"' && syntax_.phrase) return read_phrase(state);
    if (c == '+' && syntax_.both) {
      join(Operation::kBoth);
    } else if (c == '|' && syntax_.either) {
      join(Operation::kEither);
    } else if ((c == ')' && syntax_.precedence) || (is_space(c) && syntax_.whitespace)) {
      ++state.at;
    } else {
      return read_word(state);
    }
    return {};
  }

  void add(State& state, QueryPtr query) const {
    if (query == nullptr) return;  // no words: the operator in front of it is for the next clause
    if (state.negated) {
      BoolClauses negated;
      negated.must_not.push_back(std::move(query));
      negated.should.push_back(everything());
      negated.least = 1;
      query = bool_query(std::move(negated));
    }
    if (state.top == nullptr && state.clauses.empty()) {
      state.top = std::move(query);
      state.now = Operation::kNone;
      return;
    }
    if (state.now == Operation::kNone) state.now = default_;
    if (state.before != state.now) {
      QueryPtr all = state.clauses.empty() ? std::move(state.top)
                                           : combined(std::move(state.clauses), state.before == Operation::kBoth);
      state.clauses.clear();
      state.clauses.push_back(std::move(all));
      state.top = nullptr;
    }
    state.clauses.push_back(std::move(query));
    state.before = state.now;
    state.now = Operation::kNone;
  }

  [[nodiscard]] bool is_escape(char c) const { return c == '\\' && syntax_.escape; }

  /// Where the bracket at `at` is closed; the text's end: nowhere. All are found at once, so that a text of many that
  /// are never closed is not read again for each.
  std::size_t close_of(State& state, std::size_t at) const {
    if (state.closing.empty()) {
      state.closing.assign(state.text.size(), state.text.size());
      std::vector<std::size_t> open;
      for (std::size_t i = 0; i < state.text.size(); ++i) {
        const char c = state.text[i];
        if (is_escape(c)) {
          ++i;
        } else if (c == '(') {
          open.push_back(i);
        } else if (c == ')' && !open.empty()) {
          state.closing[open.back()] = i;
          open.pop_back();
        }
      }
    }
    return state.closing[at];
  }

  Status read_group(State& state, std::size_t depth) {
    const std::size_t start = state.at + 1;
    state.at = close_of(state, state.at);
    if (state.at >= state.text.size() || depth > kMaxDepth) {
      state.at = start;  // it is never closed: not there
    } else if (state.at == start) {
      state.now = Operation::kNone;
      ++state.at;
    } else {
      auto inner = parse(state.text.substr(start, state.at - start), depth + 1);
      if (!inner) return std::unexpected(inner.error());
      add(state, std::move(*inner));
      ++state.at;
    }
    return {};
  }

  Status read_phrase(State& state) {
    const std::size_t start = ++state.at;
    std::string phrase;
    bool slop = false;
    const auto has = [&](std::size_t more) { return state.at + more < state.text.size(); };
    for (; has(0) && state.text[state.at] != '"'; ++state.at) {
      if (is_escape(state.text[state.at])) ++state.at;
      if (!has(0)) break;
      phrase += state.text[state.at];
    }
    if (!has(0)) {
      state.at = start;
      return {};
    }
    if (state.at == start) {
      state.now = Operation::kNone;
      ++state.at;
      return {};
    }
    if (has(1) && state.text[state.at + 1] == '~' && syntax_.near) {
      ++state.at;
      slop = has(1);
    }
    const float moves = slop ? static_cast<float>(read_number(state)) : 0;
    auto query = pieces_.phrase(nullptr, phrase, moves);
    if (!query) return std::unexpected(query.error());
    add(state, std::move(*query));
    ++state.at;
    return {};
  }

  [[nodiscard]] bool ends_word(char c) const {
    return (c == '"' && syntax_.phrase) || (c == '|' && syntax_.either) || (c == '+' && syntax_.both) ||
           ((c == '(' || c == ')') && syntax_.precedence) || (is_space(c) && syntax_.whitespace);
  }

  /// What stands behind `~`: nothing is 2, and what is no number is 0.
  static int distance(std::string_view text) {
    return text.empty() ? 2 : std::max(parse_number<int>(text).value_or(0), 0);
  }

  int read_number(State& state) const {
    const std::size_t start = ++state.at;
    while (state.at < state.text.size() && !ends_word(state.text[state.at])) ++state.at;
    return distance(state.text.substr(start, state.at - start));
  }

  Status read_word(State& state) {
    std::string word;
    bool prefix = false;
    bool fuzzy = false;
    for (; state.at < state.text.size(); ++state.at) {
      char c = state.text[state.at];
      if (is_escape(c)) {
        prefix = false;
        if (++state.at == state.text.size()) break;
        c = state.text[state.at];
      } else {
        if (ends_word(c)) break;
        fuzzy = !word.empty() && c == '~' && syntax_.fuzzy;
        if (fuzzy) break;
        prefix = !word.empty() && c == '*' && syntax_.prefix;
      }
      word += c;
    }
    if (word.empty()) return {};
    Result<QueryPtr> query;
    if (const int edits = fuzzy ? std::min(read_number(state), 2) : 0; edits != 0) {
      query = pieces_.fuzzy(nullptr, word, std::to_string(edits));
    } else if (prefix && !fuzzy) {
      query = pieces_.prefix(nullptr, word.substr(0, word.size() - 1));
    } else {
      query = pieces_.words(nullptr, word);
    }
    if (!query) return std::unexpected(query.error());
    add(state, std::move(*query));
    return {};
  }

  Operation default_;
  const SimpleSyntax& syntax_;
  QueryStringPieces& pieces_;
};

}  // namespace

Result<SimpleSyntax> SimpleSyntax::parse(std::string_view text) {
  struct Flag {
    std::string_view name;
    bool SimpleSyntax::* member;
  };
  static constexpr auto kFlags = std::to_array<Flag>({{"AND", &SimpleSyntax::both},
                                                      {"OR", &SimpleSyntax::either},
                                                      {"NOT", &SimpleSyntax::negation},
                                                      {"PREFIX", &SimpleSyntax::prefix},
                                                      {"PHRASE", &SimpleSyntax::phrase},
                                                      {"PRECEDENCE", &SimpleSyntax::precedence},
                                                      {"ESCAPE", &SimpleSyntax::escape},
                                                      {"WHITESPACE", &SimpleSyntax::whitespace},
                                                      {"FUZZY", &SimpleSyntax::fuzzy},
                                                      {"NEAR", &SimpleSyntax::near},
                                                      {"SLOP", &SimpleSyntax::near}});
  SimpleSyntax none;
  for (const Flag& flag : kFlags) none.*flag.member = false;
  if (text.empty()) return SimpleSyntax{};
  SimpleSyntax some = none;
  while (!text.empty()) {
    const std::size_t bar = std::min(text.find('|'), text.size());
    const std::string given(text.substr(0, bar));
    text.remove_prefix(std::min(bar + 1, text.size()));
    if (given.empty()) continue;
    const std::string name = ascii_upper_case(given);
    if (name == "ALL") return SimpleSyntax{};
    if (name == "NONE") return none;
    const auto flag = std::ranges::find(kFlags, name, &Flag::name);
    if (flag == kFlags.end()) {
      return std::unexpected(illegal_argument("Unknown simple_query_string flag [" + given + "]"));
    }
    some.*flag->member = true;
  }
  return some;
}

Result<QueryPtr> parse_simple_query_string(std::string_view text, bool all, const SimpleSyntax& syntax,
                                           QueryStringPieces& pieces) {
  return SimpleParser(all, syntax, pieces).parse(text);
}

}  // namespace sluice::stages
