#pragma once

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
};

/// Char filters, a tokenizer, and token filters, one after the other.
AnalyzerPtr make_chain_analyzer(std::string name, AnalyzerParts parts,
                                std::uint32_t position_increment_gap = Analyzer::kDefaultGap);

/// The terms of a text behind all parts; what `synonym` reads its rules with. Errors: of Analyzer::analyze().
Status run_parts(const AnalyzerParts& parts, std::string_view text, TokenStream& stream);

}  // namespace sluice::stages
