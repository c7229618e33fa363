#pragma once

#include <cstddef>
#include <vector>

#include "stages/analysis/analyzer.h"

namespace sluice::stages {

/// Tokens of which some span several positions, as synonyms of several words do: a graph, whose nodes are positions.

/// Whether any does.
bool is_graph(const std::vector<Token>& tokens);
/// The parts between the positions that every way leads through: words that stand alone, and what has side paths.
std::vector<std::vector<Token>> sections_of(const std::vector<Token>& tokens);
/// More ways through a graph than this are not looked at.
inline constexpr std::size_t kMostPaths = 1'000;
/// Every way from the first position behind the last one; one more than kMostPaths where there are more than these.
/// Positions count along the way. Source: Lucene's GraphTokenStreamFiniteStrings.
std::vector<std::vector<Token>> paths_through(const std::vector<Token>& tokens);

}  // namespace sluice::stages
