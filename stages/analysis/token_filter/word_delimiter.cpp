#include <algorithm>

#include "stages/analysis/token_filter/make.h"
#include "stages/analysis/token_filter/word_parts.h"

namespace sluice::stages {

namespace {

/// Parts that are joined while more of their kind follow.
struct Joined {
  std::u16string text;
  std::uint8_t type = 0;
  std::size_t count = 0;
  std::size_t begin = 0;
  std::size_t end = 0;

  void add(const WordParts& parts) {
    if (count == 0) {
      type = parts.type();
      begin = parts.begin();
    }
    text += parts.part();
    ++count;
    end = parts.end();
  }
};

/// Splits the words of one text. Positions are those of the filter that came before graphs. Source: Lucene's
/// WordDelimiterFilter.
class Splitter {
 public:
  Splitter(TokenStream& stream, const WordDelimiterOptions& options) : stream_(stream), options_(options) {}

  Status run() {
    for (Term& term : stream_.terms) {
      if (auto done = split(term); !done) return done;
    }
    stream_.terms = std::move(made_);
    return {};
  }

 private:
  Status split(Term& term) {
    if (options_.ignore_keywords && term.keyword) {
      made_.push_back(std::move(term));
      return {};
    }
    waiting_ += term.increment;
    WordParts parts(term.text, options_);
    parts.next();
    const bool whole = !parts.done() && parts.begin() == 0 && parts.end() == term.text.size();
    if (whole || options_.protected_words.contains(term.text)) {
      emit_whole(term);
      return {};
    }
    if (parts.done() && !options_.preserve_original) {
      if (term.increment == 1 && !first_) --waiting_;
      return {};
    }
    any_ = false;
    behind_original_ = !options_.preserve_original;
    if (options_.preserve_original) emit_whole(term);
    if (auto taken = take_from_budget(stream_, term.text.size() * 3); !taken) return taken;
    exact_ = term.end - term.start == term.text.size();
    split_parts(term, parts);
    return {};
  }

  void emit_whole(const Term& term) {
    made_.push_back(term);
    made_.back().increment = std::exchange(waiting_, 0);
    first_ = false;
  }

  void split_parts(const Term& term, WordParts& parts) {
    Joined run;
    Joined all;
    std::size_t last_count = 0;
    std::vector<Term> buffer;
    const auto flush = [&] {
      last_count = run.count;
      if (run.count != 1 || !options_.generates(run.type)) buffer.push_back(joined(term, run));
      run = Joined();
    };
    while (!parts.done()) {
      if (parts.is_single()) {
        made_.push_back(part_of(term, parts, true));
        first_ = false;
        parts.next();
        continue;
      }
      const std::uint8_t type = parts.type();
      if (run.count > 0 && (run.type & type) == 0) {
        flush();
        any_ = false;
      }
      if (options_.catenates(type)) run.add(parts);
      if (options_.catenate_all) all.add(parts);
      if (options_.generates(type)) buffer.push_back(part_of(term, parts, false));
      parts.next();
    }
    if (run.count > 0) flush();
    if (all.count > last_count) buffer.push_back(joined(term, all));
    emit(buffer);
  }

  /// By where they begin, what takes a position of its own first.
  void emit(std::vector<Term>& buffer) {
    std::ranges::stable_sort(buffer, [](const Term& one, const Term& other) {
      return one.start != other.start ? one.start < other.start : one.increment > other.increment;
    });
    for (Term& term : buffer) {
      if (first_ && term.increment == 0) term.increment = 1;
      first_ = false;
      made_.push_back(std::move(term));
    }
  }

  std::uint32_t position(bool inject) {
    const std::uint32_t waiting = waiting_;
    if (any_) {
      waiting_ = 0;
      return inject ? 0 : std::max(1U, waiting);
    }
    any_ = true;
    if (!behind_original_) {
      behind_original_ = true;
      return 0;
    }
    waiting_ = 0;
    return std::max(1U, waiting);
  }

  Term part_of(const Term& term, const WordParts& parts, bool single) {
    Term made = term;
    made.text = parts.part();
    const auto begin = static_cast<std::uint32_t>(term.start + parts.begin());
    if (exact_) {
      made.start = begin;
      made.end = static_cast<std::uint32_t>(term.start + parts.end());
    } else if (single && begin <= term.end) {
      made.start = begin;
    }
    made.increment = position(false);
    return made;
  }

  Term joined(const Term& term, const Joined& run) {
    Term made = term;
    made.text = run.text;
    if (exact_) {
      made.start = static_cast<std::uint32_t>(term.start + run.begin);
      made.end = static_cast<std::uint32_t>(term.start + run.end);
    }
    made.increment = position(true);
    waiting_ = 0;
    return made;
  }

  TokenStream& stream_;
  const WordDelimiterOptions& options_;
  std::vector<Term> made_;
  std::uint32_t waiting_ = 0;
  bool first_ = true;
  bool any_ = false;
  bool behind_original_ = true;
  bool exact_ = true;
};

class WordDelimiter final : public TokenFilter {
 public:
  explicit WordDelimiter(WordDelimiterOptions options) : options_(std::move(options)) {}
  Status apply(TokenStream& stream) const override { return Splitter(stream, options_).run(); }

 private:
  WordDelimiterOptions options_;
};

}  // namespace

Result<TokenFilterPtr> make_word_delimiter(const ComponentContext& context) {
  auto options = read_word_delimiter_options(context.settings);
  if (!options) return std::unexpected(options.error());
  return std::make_shared<const WordDelimiter>(std::move(*options));
}

}  // namespace sluice::stages
