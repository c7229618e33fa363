#include "stages/analysis/analyzer.h"

namespace sluice::stages {

Status Analyzer::analyze(std::string_view text, std::vector<Token>& tokens) const {
  TextPlace place;
  return analyze(text, tokens, place);
}

Status Analyzer::visit_terms(std::string_view text, const TermVisitor& visitor, TextPlace& place) const {
  std::vector<Token> tokens;
  Status done = analyze(text, tokens, place);
  for (const Token& token : tokens) visitor(token.text, token.position);
  return done;
}

}  // namespace sluice::stages
