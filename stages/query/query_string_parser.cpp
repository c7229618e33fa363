#include "stages/query/query_string_parser.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <set>
#include <vector>

#include "stages/painless/run/unicode.h"
#include "stages/query/bool.h"
#include "stages/query/query_string_lexer.h"

namespace sluice::stages {

namespace {

enum class Occur : std::uint8_t { kMust, kShould, kMustNot };

struct Clause {
  QueryPtr query;
  Occur occur;
};

Error parse_error(std::string reason) {
  return Error(ErrorKind::kBadRequest, 400, "parse_exception", std::move(reason));
}

Result<QueryPtr> boolean_of(const std::vector<Clause>& clauses) {
  if (clauses.empty()) return QueryPtr();
  BoolClauses all;
  for (const Clause& clause : clauses) {
    (clause.occur == Occur::kMust     ? all.must
     : clause.occur == Occur::kShould ? all.should
                                      : all.must_not)
        .push_back(clause.query);
  }
  all.least = all.must.empty() && !all.should.empty() ? 1 : 0;
  return bool_query(std::move(all));
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// Takes the escapes out of a text.
Result<std::string> unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    if (++i == text.size()) return std::unexpected(parse_error("Term can not end with escape character."));
    if (text[i] != 'u') {
      out += text[i];
      continue;
    }
    std::uint32_t unit = 0;
    for (std::size_t digit = 0; digit < 4; ++digit) {
      if (++i >= text.size()) return std::unexpected(parse_error("Truncated Unicode escape sequence."));
      const int value = hex_value(text[i]);
      if (value < 0) {
        return std::unexpected(parse_error(std::string("Non-hex character in Unicode escape sequence: ") + text[i]));
      }
      unit = unit * 16 + static_cast<std::uint32_t>(value);
    }
    painless::append_unit(out, static_cast<char16_t>(unit));
  }
  return out;
}

class Parser {
 public:
  Parser(std::string_view text, std::vector<QueryStringToken> tokens, bool all, QueryStringPieces& pieces)
      : text_(text), tokens_(std::move(tokens)), all_(all), pieces_(pieces) {}

  Result<QueryPtr> parse() {
    auto query = read_query(nullptr);
    if (!query) return query;
    if (token() != QueryToken::kEnd) return std::unexpected(unexpected_token(Place::kBehind));
    return query;
  }

  /// Whether what went wrong is not the syntax: a piece can't be looked for.
  [[nodiscard]] bool failed_in_piece() const { return in_piece_; }

 private:
  static constexpr std::size_t kMaxDepth = 500;
  /// Where in the grammar something else was met: decides what Lucene says it was waiting for.
  enum class Place : std::uint8_t { kStart, kBehindOperator, kBehindModifier, kBehindField, kBehind };

  [[nodiscard]] QueryToken token(std::size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)].kind;
  }
  const QueryStringToken& take() { return tokens_[at_++]; }
  bool match(QueryToken kind) {
    if (token() != kind) return false;
    ++at_;
    return true;
  }

  [[nodiscard]] Error expecting(const std::vector<QueryToken>& kinds) const {
    const QueryStringToken& met = tokens_[at_];
    std::string reason = "Encountered \"";
    if (met.kind == QueryToken::kEnd) {
      reason += "<EOF>";
    } else {
      reason += " " + std::string(token_image(met.kind)) + " \"";
      for (const char c : met.text) reason += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
      reason += " \"";
    }
    reason += "\" at line 1, column " + std::to_string(painless::utf16_length(text_.substr(0, met.at)));
    reason += kinds.size() == 1 ? ".\nWas expecting:\n    " : ".\nWas expecting one of:\n    ";
    for (const QueryToken kind : kinds) {
      reason += std::string(token_image(kind)) + (kind == QueryToken::kEnd ? " \n    " : " ...\n    ");
    }
    return parse_error(std::move(reason));
  }

  [[nodiscard]] Error unexpected_token(Place place) const {
    using enum QueryToken;
    std::vector<QueryToken> kinds;
    const auto add = [&kinds](std::initializer_list<QueryToken> more) {
      kinds.insert(kinds.end(), more.begin(), more.end());
    };
    if (place == Place::kBehind && depth_ <= 1) add({kEnd});
    if (place == Place::kBehind) add({kAnd, kOr});
    if (place != Place::kBehindModifier && place != Place::kBehindField) add({kNot, kPlus, kMinus});
    add({kBareOperator, kOpen});
    if (place == Place::kBehind && depth_ > 1) add({kClose});
    add({kStar});
    if (place == Place::kBehind && may_boost_) add({kBoost});
    add({kQuoted, kTerm});
    if (place == Place::kBehind && may_slop_) add({kFuzzySlop});
    add({kPrefixTerm, kWildTerm, kRegexp, kRangeOpen, kRangeOpenExclusive, kNumber});
    if (place == Place::kStart) add({kTerm});
    if (place == Place::kBehindOperator || place == Place::kBehindModifier) add({kTerm, kStar});
    return expecting(kinds);
  }

  /// Words that follow each other are one text, where the last one has nothing behind it that is about it alone.
  [[nodiscard]] bool more_words(std::size_t ahead) const {
    static const std::set<QueryToken> not_behind = {QueryToken::kColon, QueryToken::kStar, QueryToken::kFuzzySlop,
                                                    QueryToken::kBoost, QueryToken::kAnd,  QueryToken::kOr};
    return token(ahead) == QueryToken::kTerm && !not_behind.contains(token(ahead + 1));
  }

  Result<QueryPtr> piece(Result<QueryPtr> query) {
    in_piece_ = !query && !query.error().reason.starts_with("'*' or '?' not allowed");
    return query;
  }

  /// The query, where it is one clause as it is.
  Result<QueryPtr> read_words(const std::string* field, std::vector<Clause>& clauses) {
    std::string raw(take().text);
    while (more_words(0)) raw += " " + std::string(take().text);
    may_boost_ = may_slop_ = false;
    auto text = unescaped(raw);
    if (!text) return std::unexpected(text.error());
    auto query = piece(pieces_.words(field, *text));
    if (!query) return std::unexpected(query.error());
    if (*query == nullptr) return QueryPtr();
    const Occur occur = all_ ? Occur::kMust : Occur::kShould;
    const BoolClauses* const inner = (*query)->bool_clauses();
    if (inner == nullptr) {
      clauses.push_back({*query, occur});
      return query;
    }
    for (const QueryPtr& one : inner->must) clauses.push_back({one, Occur::kMust});
    for (const QueryPtr& one : inner->should) clauses.push_back({one, Occur::kShould});
    return QueryPtr();
  }

  void add(std::vector<Clause>& clauses, QueryToken conjunction, QueryToken modifier, QueryPtr query) const {
    const bool behind = !clauses.empty() && clauses.back().occur != Occur::kMustNot;
    if (behind && conjunction == QueryToken::kAnd) clauses.back().occur = Occur::kMust;
    if (behind && all_ && conjunction == QueryToken::kOr) clauses.back().occur = Occur::kShould;
    if (query == nullptr) return;
    const bool prohibited = modifier == QueryToken::kMinus || modifier == QueryToken::kNot;
    const bool required =
        all_ ? conjunction != QueryToken::kOr : modifier == QueryToken::kPlus || conjunction == QueryToken::kAnd;
    clauses.push_back({std::move(query), prohibited ? Occur::kMustNot : required ? Occur::kMust : Occur::kShould});
  }

  QueryToken read_modifier() {
    const bool any = token() == QueryToken::kPlus || token() == QueryToken::kMinus || token() == QueryToken::kNot;
    return any ? take().kind : QueryToken::kEnd;
  }

  /// Whether a clause can begin with the token.
  [[nodiscard]] bool begins_clause() const {
    using enum QueryToken;
    static const std::set<QueryToken> begins = {kBareOperator, kOpen,     kStar,   kQuoted,    kTerm,
                                                kPrefixTerm,   kWildTerm, kRegexp, kRangeOpen, kRangeOpenExclusive,
                                                kNumber};
    return begins.contains(token());
  }

  [[nodiscard]] bool begins_more() const {
    return begins_clause() || token() == QueryToken::kAnd || token() == QueryToken::kOr ||
           token() == QueryToken::kNot || token() == QueryToken::kPlus || token() == QueryToken::kMinus;
  }

  Result<QueryPtr> read_query(const std::string* field) {
    if (++depth_ > kMaxDepth) return std::unexpected(parse_error("the query is nested too deeply"));
    std::vector<Clause> clauses;
    QueryPtr single;
    if (token() == QueryToken::kTerm && more_words(1)) {
      auto words = read_words(field, clauses);
      if (!words) return words;
      single = std::move(*words);
    } else {
      const QueryToken modifier = read_modifier();
      auto query = read_clause(field, modifier == QueryToken::kEnd ? Place::kStart : Place::kBehindModifier);
      if (!query) return query;
      if (modifier == QueryToken::kEnd) single = *query;
      add(clauses, QueryToken::kEnd, modifier, std::move(*query));
    }
    while (begins_more()) {
      if (token() == QueryToken::kTerm && more_words(1)) {
        if (auto read = read_words(field, clauses); !read) return std::unexpected(read.error());
        continue;
      }
      const bool joined = token() == QueryToken::kAnd || token() == QueryToken::kOr;
      const QueryToken conjunction = joined ? take().kind : QueryToken::kEnd;
      const QueryToken modifier = read_modifier();
      auto query = read_clause(field, modifier == QueryToken::kEnd ? Place::kBehindOperator : Place::kBehindModifier);
      if (!query) return query;
      add(clauses, conjunction, modifier, std::move(*query));
    }
    --depth_;
    if (clauses.size() == 1 && single != nullptr) return single;
    return boolean_of(clauses);
  }

  Result<QueryPtr> read_clause(const std::string* field, Place place) {
    std::string own;
    if (token(1) == QueryToken::kColon && (token() == QueryToken::kTerm || token() == QueryToken::kStar)) {
      auto name = unescaped(take().text);
      if (!name) return std::unexpected(name.error());
      own = std::move(*name);
      field = &own;
      ++at_;
      place = Place::kBehindField;
    }
    if (!begins_clause()) return std::unexpected(unexpected_token(place));
    Result<QueryPtr> query;
    std::optional<float> boost;
    if (match(QueryToken::kOpen)) {
      query = read_query(field);
      if (!query) return query;
      if (token() != QueryToken::kClose) {
        ++depth_;
        return std::unexpected(unexpected_token(Place::kBehind));
      }
      ++at_;
      may_boost_ = true;
      may_slop_ = false;
      if (auto read = read_boost(boost); !read) return std::unexpected(read.error());
    } else {
      query = read_term(field, boost);
    }
    if (!query || *query == nullptr || !boost) return query;
    return with_boost(std::move(*query), *boost);
  }

  Status read_boost(std::optional<float>& boost) {
    if (!match(QueryToken::kBoost)) return {};
    if (token() != QueryToken::kNumber) return std::unexpected(expecting({QueryToken::kNumber}));
    const std::string_view text = take().text;
    float value = 1;
    std::from_chars(text.data(), text.data() + text.size(), value);
    boost = value;
    may_boost_ = false;
    return {};
  }

  /// `^2`, `~1`, or both in either order.
  Status read_suffixes(std::optional<float>& boost, std::optional<std::string>& slop) {
    may_boost_ = may_slop_ = true;
    const auto read_slop = [&] {
      if (token() != QueryToken::kFuzzySlop) return;
      slop = std::string(take().text.substr(1));
      may_slop_ = false;
    };
    read_slop();
    const bool slop_first = slop.has_value();
    if (auto read = read_boost(boost); !read) return read;
    if (boost && !slop_first) read_slop();
    if (boost && slop) may_boost_ = may_slop_ = false;
    return {};
  }

  Result<QueryPtr> read_term(const std::string* field, std::optional<float>& boost) {
    if (token() == QueryToken::kRangeOpen || token() == QueryToken::kRangeOpenExclusive) {
      return read_range(field, boost);
    }
    const QueryStringToken term = take();
    std::optional<std::string> slop;
    if (auto read = read_suffixes(boost, slop); !read) return std::unexpected(read.error());
    if (term.kind == QueryToken::kQuoted) {
      auto text = unescaped(term.text.substr(1, term.text.size() - 2));
      if (!text) return std::unexpected(text.error());
      float moves = 0;
      const bool number = slop && std::from_chars(slop->data(), slop->data() + slop->size(), moves).ec == std::errc();
      return piece(pieces_.phrase(field, *text, number ? std::optional(moves) : std::nullopt));
    }
    std::string_view raw = term.text;
    if (term.kind == QueryToken::kBareOperator) raw = raw.substr(0, 1);
    auto text = unescaped(raw);
    if (!text) return std::unexpected(text.error());
    switch (term.kind) {
      case QueryToken::kStar:
      case QueryToken::kWildTerm:
        return piece(pieces_.wildcard(field, std::string(raw)));
      case QueryToken::kPrefixTerm: {
        auto begin = unescaped(raw.substr(0, raw.size() - 1));
        if (!begin) return std::unexpected(begin.error());
        return piece(pieces_.prefix(field, *begin));
      }
      case QueryToken::kRegexp:
        return piece(pieces_.regexp(field, std::string(raw.substr(1, raw.size() - 2))));
      default:
        return piece(slop ? pieces_.fuzzy(field, *text, *slop) : pieces_.words(field, *text));
    }
  }

  Result<QueryStringPieces::End> read_range_end() {
    using enum QueryToken;
    if (token() != kRangeTo && token() != kRangeQuoted && token() != kRangeTerm) {
      return std::unexpected(expecting({kRangeTo, kRangeQuoted, kRangeTerm}));
    }
    const QueryStringToken& term = take();
    if (term.kind == kRangeTerm && term.text == "*") return QueryStringPieces::End{};
    auto text = unescaped(term.kind == kRangeQuoted ? term.text.substr(1, term.text.size() - 2) : term.text);
    if (!text) return std::unexpected(text.error());
    return QueryStringPieces::End{std::move(*text), true};
  }

  Result<QueryPtr> read_range(const std::string* field, std::optional<float>& boost) {
    using enum QueryToken;
    const bool inclusive = take().kind == kRangeOpen;
    auto low = read_range_end();
    if (!low) return std::unexpected(low.error());
    low->inclusive = inclusive;
    if (!match(kRangeTo)) return std::unexpected(expecting({kRangeTo}));
    auto high = read_range_end();
    if (!high) return std::unexpected(high.error());
    if (token() != kRangeClose && token() != kRangeCloseExclusive) {
      return std::unexpected(expecting({kRangeClose, kRangeCloseExclusive}));
    }
    high->inclusive = take().kind == kRangeClose;
    may_boost_ = true;
    may_slop_ = false;
    if (auto read = read_boost(boost); !read) return std::unexpected(read.error());
    return piece(pieces_.range(field, *low, *high));
  }

  std::string_view text_;
  std::vector<QueryStringToken> tokens_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  bool all_;
  bool in_piece_ = false;
  bool may_boost_ = false;  ///< `^` could have come here
  bool may_slop_ = false;   ///< `~` could have
  QueryStringPieces& pieces_;
};

}  // namespace

Result<QueryPtr> parse_query_string(std::string_view text, bool all, QueryStringPieces& pieces) {
  const auto cannot = [&](Error cause) {
    return std::unexpected(
        parse_error("Cannot parse '" + std::string(text) + "': " + cause.reason).wrapping(std::move(cause)));
  };
  auto tokens = split_query_string(text);
  if (!tokens) return cannot(std::move(tokens.error()));
  Parser parser(text, std::move(*tokens), all, pieces);
  auto query = parser.parse();
  if (!query && !parser.failed_in_piece()) return cannot(std::move(query.error()));
  return query;
}

std::string escape_query_string(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\+-!():^[]\"{}~*?|&/").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace sluice::stages
