#include "stages/query/query_string_lexer.h"

#include <algorithm>
#include <array>

#include "stages/painless/run/unicode.h"

namespace sluice::stages {

namespace {

constexpr auto kImages = std::to_array<std::string_view>(
    {"<EOF>",        "<AND>",        "<OR>",       "<NOT>",          "\"+\"",       "\"-\"",    "<BAREOPER>",
     "\"(\"",        "\")\"",        "\":\"",      "\"*\"",          "\"^\"",       "<QUOTED>", "<TERM>",
     "<FUZZY_SLOP>", "<PREFIXTERM>", "<WILDTERM>", "<REGEXPTERM>",   "\"[\"",       "\"{\"",    "<NUMBER>",
     "\"TO\"",       "\"]\"",        "\"}\"",      "<RANGE_QUOTED>", "<RANGE_GOOP>"});

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Each rule gives the length of what it matches at a place, 0 for nothing.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Result<std::vector<QueryStringToken>> split() {
    while (at_ < text_.size()) {
      const std::size_t space = space_at(at_);
      if (space != 0 && state_ != State::kBoost) {
        at_ += space;
        continue;
      }
      const Match match = state_ == State::kBoost ? in_boost() : state_ == State::kRange ? in_range() : plain();
      if (match.length == 0) return std::unexpected(lexical_error());
      tokens_.push_back({match.kind, text_.substr(at_, match.length), at_});
      at_ += match.length;
      state_ = next_state(match.kind);
    }
    if (state_ == State::kBoost && !tokens_.empty()) state_ = State::kPlain;
    tokens_.push_back({QueryToken::kEnd, {}, text_.size()});
    return std::move(tokens_);
  }

 private:
  enum class State : std::uint8_t { kPlain, kBoost, kRange };
  struct Match {
    QueryToken kind = QueryToken::kEnd;
    std::size_t length = 0;
  };

  [[nodiscard]] State next_state(QueryToken kind) const {
    switch (kind) {
      case QueryToken::kBoost:
        return State::kBoost;
      case QueryToken::kRangeOpen:
      case QueryToken::kRangeOpenExclusive:
        return State::kRange;
      case QueryToken::kNumber:
      case QueryToken::kRangeClose:
      case QueryToken::kRangeCloseExclusive:
        return State::kPlain;
      default:
        return state_;
    }
  }

  [[nodiscard]] char peek(std::size_t at) const { return at < text_.size() ? text_[at] : '\0'; }

  /// White space counts with the ideographic space.
  [[nodiscard]] std::size_t space_at(std::size_t at) const {
    const char c = peek(at);
    if (at < text_.size() && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) return 1;
    return text_.substr(at).starts_with("\xE3\x80\x80") ? 3 : 0;
  }

  [[nodiscard]] std::size_t character(std::size_t at) const {
    std::size_t end = at;
    painless::next_code_point(text_, end);
    return end - at;
  }

  [[nodiscard]] std::size_t escaped(std::size_t at) const {
    return peek(at) == '\\' && at + 1 < text_.size() ? 1 + character(at + 1) : 0;
  }

  /// The first character of a term.
  [[nodiscard]] std::size_t start(std::size_t at) const {
    if (at >= text_.size()) return 0;
    if (text_[at] == '\\') return escaped(at);
    if (space_at(at) != 0 || std::string_view("+-!():^[]\"{}~*?/").find(text_[at]) != std::string_view::npos) return 0;
    return character(at);
  }

  [[nodiscard]] std::size_t inner(std::size_t at) const { return peek(at) == '+' || peek(at) == '-' ? 1 : start(at); }

  template <typename Rule>
  [[nodiscard]] std::size_t many(std::size_t at, Rule&& rule) const {
    std::size_t length = 0;
    while (const std::size_t one = rule(at + length)) length += one;
    return length;
  }

  [[nodiscard]] std::size_t term(std::size_t at) const {
    const std::size_t first = start(at);
    return first == 0 ? 0 : first + many(at + first, [this](std::size_t i) { return inner(i); });
  }

  [[nodiscard]] std::size_t wild(std::size_t at) const {
    const auto sign = [this](std::size_t i) { return peek(i) == '*' || peek(i) == '?' ? std::size_t{1} : 0; };
    const std::size_t first = std::max(start(at), sign(at));
    return first == 0 ? 0 : first + many(at + first, [&](std::size_t i) { return std::max(inner(i), sign(i)); });
  }

  [[nodiscard]] std::size_t quoted(std::size_t at, char quote, bool escapes) const {
    if (peek(at) != quote) return 0;
    for (std::size_t i = at + 1; i < text_.size(); ++i) {
      if (text_[i] == '\\' && (escapes || peek(i + 1) == quote)) {
        ++i;
      } else if (text_[i] == quote) {
        return i + 1 - at;
      }
    }
    return 0;
  }

  [[nodiscard]] Match plain() const {
    Match best;
    const auto offer = [&best](QueryToken kind, std::size_t length) {
      if (length > best.length) best = {kind, length};
    };
    const std::string_view rest = text_.substr(at_);
    const auto word = [&](std::string_view text) { return rest.starts_with(text) ? text.size() : 0; };
    offer(QueryToken::kAnd, std::max(word("AND"), word("&&")));
    offer(QueryToken::kOr, std::max(word("OR"), word("||")));
    offer(QueryToken::kNot, std::max(word("NOT"), word("!")));
    offer(QueryToken::kPlus, word("+"));
    offer(QueryToken::kMinus, word("-"));
    const bool sign = peek(at_) == '+' || peek(at_) == '-' || peek(at_) == '!';
    if (const std::size_t space = space_at(at_ + 1); sign && space != 0) offer(QueryToken::kBareOperator, 1 + space);
    offer(QueryToken::kOpen, word("("));
    offer(QueryToken::kClose, word(")"));
    offer(QueryToken::kColon, word(":"));
    offer(QueryToken::kStar, word("*"));
    offer(QueryToken::kBoost, word("^"));
    offer(QueryToken::kQuoted, quoted(at_, '"', true));
    const std::size_t length = term(at_);
    offer(QueryToken::kTerm, length);
    if (peek(at_) == '~') {
      offer(QueryToken::kFuzzySlop, 1 + many(at_ + 1, [this](std::size_t i) { return inner(i); }));
    }
    if (length != 0 && peek(at_ + length) == '*') offer(QueryToken::kPrefixTerm, length + 1);
    offer(QueryToken::kWildTerm, wild(at_));
    offer(QueryToken::kRegexp, quoted(at_, '/', false));
    offer(QueryToken::kRangeOpen, word("["));
    offer(QueryToken::kRangeOpenExclusive, word("{"));
    return best;
  }

  [[nodiscard]] Match in_boost() const {
    const auto digit = [this](std::size_t i) { return is_digit(peek(i)) ? std::size_t{1} : 0; };
    std::size_t length = many(at_, digit);
    if (length != 0 && peek(at_ + length) == '.') {
      const std::size_t more = many(at_ + length + 1, digit);
      if (more != 0) length += 1 + more;
    }
    return {QueryToken::kNumber, length};
  }

  [[nodiscard]] Match in_range() const {
    if (peek(at_) == ']') return {QueryToken::kRangeClose, 1};
    if (peek(at_) == '}') return {QueryToken::kRangeCloseExclusive, 1};
    const std::size_t in_quotes = quoted(at_, '"', false);
    const std::size_t length = std::min(text_.find_first_of(" ]}", at_), text_.size()) - at_;
    if (in_quotes >= length && in_quotes > 2) return {QueryToken::kRangeQuoted, in_quotes};
    const bool to = text_.substr(at_, length) == "TO";
    return {to ? QueryToken::kRangeTo : QueryToken::kRangeTerm, length};
  }

  [[nodiscard]] Error lexical_error() const {
    const std::string_view rest = text_.substr(at_);
    const std::string column = std::to_string(painless::utf16_length(text_) + 1);
    std::string reason = "Lexical error at line 1, column " + column + ".  Encountered: <EOF>";
    if (state_ != State::kBoost) {
      if (rest != "\\") {
        std::string prefix;
        for (const char c : rest) prefix += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
        reason += " after prefix \"" + prefix + "\"";
      }
      reason += " (in lexical state 2)";
    }
    return Error(ErrorKind::kBadRequest, 400, "token_mgr_error", std::move(reason));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  State state_ = State::kPlain;
  std::vector<QueryStringToken> tokens_;
};

}  // namespace

std::string_view token_image(QueryToken kind) { return kImages[static_cast<std::size_t>(kind)]; }

Result<std::vector<QueryStringToken>> split_query_string(std::string_view text) { return Lexer(text).split(); }

}  // namespace sluice::stages
