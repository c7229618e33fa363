#include "stages/analysis/chain_analyzer.h"

#include <algorithm>
#include <utility>

#include "stages/painless/run/unicode.h"

namespace sluice::stages {

namespace {

using painless::from_utf16;
using painless::to_utf16;

/// A text may become 64 times its size, and 16 Mi units in any case.
constexpr std::size_t kLeastBudget = std::size_t{16} << 20;
constexpr std::size_t kBudgetFactor = 64;

Status filter_text(const AnalyzerParts& parts, std::string_view text, FilteredText& filtered) {
  filtered.text = to_utf16(text);
  for (const CharFilterPtr& filter : parts.char_filters) {
    if (auto applied = filter->apply(filtered); !applied) return applied;
  }
  return {};
}

class ChainAnalyzer final : public Analyzer {
 public:
  ChainAnalyzer(std::string name, AnalyzerParts parts, std::uint32_t gap)
      : Analyzer(std::move(name), gap), parts_(std::move(parts)) {}

  Status analyze(std::string_view text, std::vector<Token>& tokens, TextPlace& place) const override {
    TokenStream stream;
    if (auto ran = run_parts(parts_, text, stream); !ran) return ran;
    tokens.reserve(tokens.size() + stream.terms.size());
    for (const Term& term : stream.terms) {
      if (term.increment > 0) place.position += static_cast<std::int32_t>(term.increment);
      tokens.push_back(Token{from_utf16(term.text), static_cast<std::uint32_t>(std::max(place.position, 0)),
                             place.offset + term.start, place.offset + term.end, term.length, term.type});
    }
    hand_on(stream, place);
    return {};
  }

  Status visit_terms(std::string_view text, const TermVisitor& visitor, TextPlace& place) const override {
    TokenStream stream;
    if (auto ran = run_parts(parts_, text, stream); !ran) return ran;
    for (const Term& term : stream.terms) {
      place.position += static_cast<std::int32_t>(term.increment);
      visitor(from_utf16(term.text), static_cast<std::uint32_t>(std::max(place.position, 0)));
    }
    hand_on(stream, place);
    return {};
  }

  Result<std::string> normalize(std::string_view text) const override {
    if (!parts_.normalizes) return std::string(text);
    FilteredText filtered;
    filtered.text = to_utf16(text);
    for (const CharFilterPtr& filter : parts_.char_filters) {
      if (!filter->normalizes()) continue;
      if (auto applied = filter->apply(filtered); !applied) return std::unexpected(applied.error());
    }
    for (const TokenFilterPtr& filter : parts_.filters) {
      if (filter->normalizes()) filter->normalize(filtered.text);
    }
    return from_utf16(filtered.text);
  }

 private:
  void hand_on(const TokenStream& stream, TextPlace& place) const {
    place.position += static_cast<std::int32_t>(stream.end_increment + position_increment_gap());
    place.offset += stream.end_offset + 1;
  }

  AnalyzerParts parts_;
};

}  // namespace

Status run_parts(const AnalyzerParts& parts, std::string_view text, TokenStream& stream) {
  FilteredText filtered;
  if (auto done = filter_text(parts, text, filtered); !done) return done;
  stream.budget = std::max(kLeastBudget, filtered.text.size() * kBudgetFactor);
  const auto size = static_cast<std::uint32_t>(filtered.text.size());
  stream.end_offset = size;
  if (parts.tokenizer != nullptr) {
    if (auto split = parts.tokenizer->tokenize(filtered.text, stream); !split) return split;
  } else if (size > 0) {
    stream.terms.push_back(Term{.text = filtered.text, .start = 0, .end = size});
  }
  if (!filtered.layers.empty()) {
    for (Term& term : stream.terms) {
      term.start = filtered.original(term.start);
      term.end = filtered.original(term.end);
    }
    stream.end_offset = filtered.original(stream.end_offset);
  }
  for (const TokenFilterPtr& filter : parts.filters) {
    if (auto applied = filter->apply(stream); !applied) return applied;
  }
  return {};
}

AnalyzerPtr make_chain_analyzer(std::string name, AnalyzerParts parts, std::uint32_t position_increment_gap) {
  return std::make_shared<const ChainAnalyzer>(std::move(name), std::move(parts), position_increment_gap);
}

}  // namespace sluice::stages
