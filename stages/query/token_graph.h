#pragma once

#include <vector>

#include "stages/analysis/analyzer.h"

namespace sluice::stages {

/// Tokens of which some span several positions, as synonyms of several words do: a graph, whose nodes are positions.

/// Whether any does.
bool is_graph(const std::vector<Token>& tokens);
/// The parts between the positions that every way leads through: words that stand alone, and what has side paths.
std::vector<std::vector<Token>> sections_of(const std::vector<Token>& tokens);
/// Every way from the first position behind the last one, at most a thousand of them; positions count along the way.
/// Source: Lucene's GraphTokenStreamFiniteStrings.
std::vector<std::vector<Token>> paths_through(const std::vector<Token>& tokens);

}  // namespace sluice::stages
