#include "stages/analysis/ngram.h"

#include <algorithm>

#include "stages/analysis/java_character.h"
#include "stages/analysis/token_filter/make.h"

namespace sluice::stages {

namespace {

/// Grams of each term. Source: Lucene's NGramTokenFilter and EdgeNGramTokenFilter.
class NgramFilter final : public TokenFilter {
 public:
  NgramFilter(NgramSizes sizes, bool edges, bool preserve) : sizes_(sizes), edges_(edges), preserve_(preserve) {}

  Status apply(TokenStream& stream) const override {
    std::vector<Term> grams;
    std::uint32_t skipped = 0;
    for (const Term& term : stream.terms) {
      skipped += term.increment;
      if (auto made = add_grams(term, grams, stream, skipped); !made) return made;
    }
    stream.terms = std::move(grams);
    stream.end_increment += skipped;
    return {};
  }

 private:
  Status add_grams(const Term& term, std::vector<Term>& grams, TokenStream& stream, std::uint32_t& skipped) const {
    std::vector<std::size_t> bounds{0};
    for (std::size_t at = 0; at < term.text.size();) {
      at += point_size(point_at(term.text, at));
      bounds.push_back(at);
    }
    const std::size_t count = bounds.size() - 1;
    const auto add = [&](std::size_t begin, std::size_t end) -> Status {
      if (auto taken = take_from_budget(stream, end - begin); !taken) return taken;
      Term gram = term;
      gram.text = term.text.substr(begin, end - begin);
      gram.increment = std::exchange(skipped, 0);
      grams.push_back(std::move(gram));
      return {};
    };
    if (preserve_ && count < sizes_.least) {
      if (auto added = add(0, term.text.size()); !added) return added;
    }
    for (std::size_t first = 0; first < (edges_ ? std::min<std::size_t>(count, 1) : count); ++first) {
      for (std::size_t size = sizes_.least; size <= sizes_.most && first + size <= count; ++size) {
        if (auto added = add(bounds[first], bounds[first + size]); !added) return added;
      }
    }
    if (preserve_ && count > sizes_.most) return add(0, term.text.size());
    return {};
  }

  NgramSizes sizes_;
  bool edges_;
  bool preserve_;
};

Result<TokenFilterPtr> make_grams(const ComponentContext& context, bool edges) {
  auto sizes = read_ngram_sizes(context, edges, 2);
  if (!sizes) return std::unexpected(sizes.error());
  auto preserve = context.settings.flag("preserve_original", false);
  if (!preserve) return std::unexpected(preserve.error());
  if (sizes->least < 1) return std::unexpected(illegal_argument("minGram must be greater than zero"));
  if (sizes->least > sizes->most) {
    return std::unexpected(illegal_argument("minGram must not be greater than maxGram"));
  }
  return std::make_shared<const NgramFilter>(*sizes, edges, *preserve);
}

/// `side: back`: grams of the end. Source: Elasticsearch's EdgeNGramTokenFilterFactory, which turns the term around
/// before and after.
class FromBehind final : public TokenFilter {
 public:
  FromBehind(TokenFilterPtr reverse, TokenFilterPtr grams) : reverse_(std::move(reverse)), grams_(std::move(grams)) {}
  Status apply(TokenStream& stream) const override {
    for (const TokenFilterPtr& each : {reverse_, grams_, reverse_}) {
      if (auto applied = each->apply(stream); !applied) return applied;
    }
    return {};
  }

 private:
  TokenFilterPtr reverse_;
  TokenFilterPtr grams_;
};

}  // namespace

Result<TokenFilterPtr> make_ngram_filter(const ComponentContext& context) { return make_grams(context, false); }

Result<TokenFilterPtr> make_edge_ngram_filter(const ComponentContext& context) {
  const std::string side = context.settings.text_or("side", "front");
  auto grams = make_grams(context, true);
  if (!grams) return grams;
  if (side == "front") return grams;
  if (side != "back") return std::unexpected(illegal_argument("invalid side: " + side));
  auto reverse = make_reverse(context);
  if (!reverse) return reverse;
  return std::make_shared<const FromBehind>(*reverse, *grams);
}

}  // namespace sluice::stages
