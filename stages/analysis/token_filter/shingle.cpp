#include <algorithm>

#include "stages/analysis/java_character.h"
#include "stages/analysis/token_filter/make.h"

namespace sluice::stages {

namespace {

struct ShingleOptions {
  std::size_t least = 2;
  std::size_t most = 2;
  bool unigrams = true;
  bool unigrams_if_none = false;
  std::u16string separator;
  std::u16string filler;
};

struct Piece {
  const Term* term;
  std::u16string_view text;
  std::uint32_t start;
  std::uint32_t end;
  bool filler;
};

/// Neighbouring words as one term. Source: Lucene's ShingleFilter.
class Shingles final : public TokenFilter {
 public:
  explicit Shingles(ShingleOptions options) : options_(std::move(options)) {}

  Status apply(TokenStream& stream) const override {
    const std::vector<Piece> pieces = pieces_of(stream);
    std::vector<Term> made;
    bool any = false;
    for (std::size_t first = 0; first < pieces.size(); ++first) {
      bool here = false;
      if (options_.unigrams && !pieces[first].filler) {
        made.push_back(*pieces[first].term);
        made.back().increment = 1;
        here = true;
      }
      for (std::size_t size = options_.least; size <= options_.most && first + size <= pieces.size(); ++size) {
        if (all_fillers(pieces, first, size)) continue;
        Term shingle = joined(pieces, first, size);
        if (auto taken = take_from_budget(stream, shingle.text.size()); !taken) return taken;
        shingle.increment = here ? 0 : 1;
        made.push_back(std::move(shingle));
        here = true;
        any = true;
      }
    }
    if (!any && !options_.unigrams && options_.unigrams_if_none) {
      for (const Piece& piece : pieces) {
        if (piece.filler) continue;
        made.push_back(*piece.term);
        made.back().increment = 1;
      }
    }
    stream.terms = std::move(made);
    return {};
  }

 private:
  /// The words, with fillers in the holes.
  [[nodiscard]] std::vector<Piece> pieces_of(const TokenStream& stream) const {
    static const Term kFiller;
    std::vector<Piece> pieces;
    const auto fill = [&](std::uint32_t holes, std::uint32_t at) {
      for (std::size_t i = 0; i < std::min<std::size_t>(holes, options_.most - 1); ++i) {
        pieces.push_back({&kFiller, options_.filler, at, at, true});
      }
    };
    for (const Term& term : stream.terms) {
      if (term.increment > 1) fill(term.increment - 1, term.start);
      pieces.push_back({&term, term.text, term.start, term.end, false});
    }
    if (stream.end_increment > 0) fill(stream.end_increment, stream.end_offset);
    return pieces;
  }

  static bool all_fillers(const std::vector<Piece>& pieces, std::size_t first, std::size_t size) {
    return std::all_of(pieces.begin() + static_cast<std::ptrdiff_t>(first),
                       pieces.begin() + static_cast<std::ptrdiff_t>(first + size),
                       [](const Piece& piece) { return piece.filler; });
  }

  [[nodiscard]] Term joined(const std::vector<Piece>& pieces, std::size_t first, std::size_t size) const {
    Term shingle = *pieces[first].term;
    shingle.type = "shingle";
    shingle.text = pieces[first].text;
    for (std::size_t i = first + 1; i < first + size; ++i) {
      shingle.text += options_.separator;
      shingle.text += pieces[i].text;
    }
    shingle.start = pieces[first].start;
    shingle.end = pieces[first + size - 1].end;
    const std::size_t length = options_.unigrams ? size : size - options_.least + 1;
    shingle.length = static_cast<std::uint16_t>(length);
    return shingle;
  }

  ShingleOptions options_;
};

}  // namespace

Result<TokenFilterPtr> make_shingle(const ComponentContext& context) {
  const ComponentSettings& settings = context.settings;
  auto most = settings.integer("max_shingle_size", 2);
  auto least = settings.integer("min_shingle_size", 2);
  auto unigrams = settings.flag("output_unigrams", true);
  auto if_none = settings.flag("output_unigrams_if_no_shingles", false);
  if (!most || !least) return std::unexpected(!most ? most.error() : least.error());
  if (!unigrams || !if_none) return std::unexpected(!unigrams ? unigrams.error() : if_none.error());
  const std::int64_t difference = std::int64_t{*most} - *least + (*unigrams ? 1 : 0);
  if (difference > context.limits.max_shingle_diff) {
    return std::unexpected(illegal_argument(
        "In Shingle TokenFilter the difference between max_shingle_size and min_shingle_size (and +1 if outputting "
        "unigrams) must be less than or equal to: [" +
        std::to_string(context.limits.max_shingle_diff) + "] but was [" + std::to_string(difference) +
        "]. This limit can be set by changing the [index.max_shingle_diff] index level setting."));
  }
  if (*most < 2) return std::unexpected(illegal_argument("Max shingle size must be >= 2"));
  if (*least < 2) return std::unexpected(illegal_argument("Min shingle size must be >= 2"));
  if (*least > *most) return std::unexpected(illegal_argument("Min shingle size must be <= max shingle size"));
  return std::make_shared<const Shingles>(
      ShingleOptions{static_cast<std::size_t>(*least), static_cast<std::size_t>(*most), *unigrams, *if_none,
                     utf16(settings.text_or("token_separator", " ")), utf16(settings.text_or("filler_token", "_"))});
}

}  // namespace sluice::stages
