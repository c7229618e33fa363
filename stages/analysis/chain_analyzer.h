#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "stages/analysis/analyzer.h"
#include "stages/analysis/component.h"

namespace sluice::stages {

/// What an analyzer is made of. Without a tokenizer the text is one term: a normalizer.
struct AnalyzerParts {
  std::vector<CharFilterPtr> char_filters = {};
  TokenizerPtr tokenizer = {};
  std::vector<TokenFilterPtr> filters = {};
  /// What normalize() does where it isn't what the filters say: `fingerprint` leaves such terms alone.
  bool normalizes = true;
  /// Whether people put it together: `explain` then shows its parts by their names.
  bool custom = false;
  std::vector<std::string> char_filter_names = {};
  std::string tokenizer_name = "keyword";
  std::vector<std::string> filter_names = {};
};

/// Sees the terms behind the tokenizer, and behind each filter. An error ends it.
using PartObserver = std::function<Status(const TokenStream&)>;
/// Sees the text behind each char filter.
using TextObserver = std::function<void(std::size_t filter, std::u16string_view text)>;

/// Char filters, a tokenizer, and token filters, one after the other.
AnalyzerPtr make_chain_analyzer(std::string name, AnalyzerParts parts,
                                std::uint32_t position_increment_gap = Analyzer::kDefaultGap);

/// The terms of a text behind all parts; what `synonym` reads its rules with. Errors: of Analyzer::analyze().
Status run_parts(const AnalyzerParts& parts, std::string_view text, TokenStream& stream,
                 const PartObserver& observer = {}, const TextObserver& text_observer = {});

}  // namespace sluice::stages
