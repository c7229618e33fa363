#include <algorithm>

#include "stages/analysis/token_filter/make.h"
#include "stages/analysis/token_filter/word_parts.h"

namespace sluice::stages {

namespace {

/// A part, or several joined, and the positions it spans within its word.
struct Piece {
  std::u16string text;
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Parts that are joined while more of their kind follow.
struct Joined {
  std::u16string text;
  std::uint8_t type = 0;
  std::size_t count = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint32_t first = 0;

  void add(const WordParts& parts, std::uint32_t position) {
    if (count == 0) {
      type = parts.type();
      begin = parts.begin();
      first = position;
    }
    text += parts.part();
    ++count;
    end = parts.end();
  }
  void clear() { *this = Joined(); }
};

/// The pieces of one word. Source: Lucene's WordDelimiterGraphFilter.
class Pieces {
 public:
  Pieces(const std::u16string& word, const WordDelimiterOptions& options) : word_(word), options_(options) {}

  std::vector<Piece> make(WordParts& parts) {
    if (!parts.done() && parts.is_single()) {
      pieces_.push_back({std::u16string(parts.part()), 0, 1, parts.begin(), parts.end()});
      position_ = 1;
    } else {
      while (!parts.done()) {
        add(parts);
        parts.next();
      }
      finish();
    }
    if (options_.preserve_original) {
      position_ = std::max(position_, 1U);
      pieces_.insert(pieces_.begin(), {word_, 0, position_, 0, word_.size()});
    }
    std::ranges::stable_sort(pieces_, [](const Piece& one, const Piece& other) {
      if (one.first != other.first) return one.first < other.first;
      if (one.last != other.last) return one.last > other.last;
      return one.begin != other.begin ? one.begin < other.begin : one.end > other.end;
    });
    return std::move(pieces_);
  }

 private:
  void add(const WordParts& parts) {
    const std::uint8_t type = parts.type();
    if (run_.count > 0 && (run_.type & type) == 0) flush();
    if (options_.catenates(type)) run_.add(parts, position_);
    if (options_.catenate_all) all_.add(parts, position_);
    if (options_.generates(type)) {
      pieces_.push_back({std::u16string(parts.part()), position_, position_ + 1, parts.begin(), parts.end()});
      ++position_;
    }
  }

  void flush() {
    if (position_ == run_.first) ++position_;
    last_count_ = run_.count;
    if (run_.count != 1 || !options_.generates(run_.type)) write(run_);
    run_.clear();
  }

  void finish() {
    if (run_.count > 0) flush();
    if (all_.count == 0 || all_.count <= last_count_) return;
    if (position_ == all_.first) ++position_;
    write(all_);
  }

  void write(const Joined& joined) {
    pieces_.push_back({joined.text, joined.first, position_, joined.begin, joined.end});
  }

  const std::u16string& word_;
  const WordDelimiterOptions& options_;
  std::vector<Piece> pieces_;
  Joined run_;
  Joined all_;
  std::size_t last_count_ = 0;
  std::uint32_t position_ = 0;
};

class WordDelimiterGraph final : public TokenFilter {
 public:
  explicit WordDelimiterGraph(WordDelimiterOptions options) : options_(std::move(options)) {}

  [[nodiscard]] bool knows_keywords() const override { return true; }
  Status apply(TokenStream& stream) const override {
    std::vector<Term> made;
    std::uint32_t waiting = 0;
    std::uint32_t last_start = 0;
    for (Term& term : stream.terms) {
      waiting += term.increment;
      WordParts parts(term.text, options_);
      parts.next();
      const bool whole = !parts.done() && parts.begin() == 0 && parts.end() == term.text.size();
      if (whole || (options_.ignore_keywords && term.keyword) || options_.protected_words.contains(term.text)) {
        term.increment = std::exchange(waiting, 0);
        made.push_back(std::move(term));
        continue;
      }
      if (parts.done() && !options_.preserve_original) continue;
      if (auto added = add_pieces(term, parts, stream, {waiting, last_start}, made); !added) return added;
    }
    stream.terms = std::move(made);
    return {};
  }

 private:
  /// What goes from word to word: positions that wait for a term, and the start that offsets don't go behind.
  struct Carried {
    std::uint32_t& waiting;
    std::uint32_t& last_start;
  };

  Status add_pieces(const Term& term, WordParts& parts, TokenStream& stream, Carried carried,
                    std::vector<Term>& made) const {
    const bool exact = options_.adjust_offsets && term.end - term.start == term.text.size();
    std::uint32_t position = 0;
    for (Piece& piece : Pieces(term.text, options_).make(parts)) {
      if (auto taken = take_from_budget(stream, piece.text.size()); !taken) return taken;
      Term part = term;
      part.text = std::move(piece.text);
      if (exact) {
        part.start = std::max(term.start + static_cast<std::uint32_t>(piece.begin), carried.last_start);
        part.end = std::max(term.start + static_cast<std::uint32_t>(piece.end), part.start);
        carried.last_start = part.start;
      }
      part.increment = std::exchange(carried.waiting, 0) + piece.first - position;
      part.length = static_cast<std::uint16_t>(piece.last - piece.first);
      position = piece.first;
      made.push_back(std::move(part));
    }
    return {};
  }

  WordDelimiterOptions options_;
};

}  // namespace

Result<TokenFilterPtr> make_word_delimiter_graph(const ComponentContext& context) {
  auto options = read_word_delimiter_options(context.settings);
  if (!options) return std::unexpected(options.error());
  return std::make_shared<const WordDelimiterGraph>(std::move(*options));
}

}  // namespace sluice::stages
