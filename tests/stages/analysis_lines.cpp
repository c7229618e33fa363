// Answers bodies of _analyze, one a line; prints what Elasticsearch would answer, one a line: what the comparison with
// real nodes asks.
#include <iostream>
#include <string>

#include "stages/analysis/analyze_request.h"

namespace {

using namespace sluice;

constexpr std::size_t kMostTokens = 10'000;

Result<std::string> answer(const std::string& line) {
  const std::string padded = line + std::string(64, ' ');
  auto request = stages::parse_analyze_request(std::string_view(padded).substr(0, line.size()));
  if (!request) return std::unexpected(request.error());
  if (auto checked = stages::check_analyze_request(*request, false); !checked) return std::unexpected(checked.error());
  auto analyzer = stages::analyzer_of(*request, stages::Analysis::global());
  if (!analyzer) return std::unexpected(analyzer.error());
  return stages::analyze_texts(*request, **analyzer, kMostTokens);
}

}  // namespace

int main() {
  std::string line;
  while (std::getline(std::cin, line)) {
    if (line.empty()) continue;
    const auto answered = answer(line);
    std::cout << (answered ? *answered : answered.error().envelope()) << '\n';
  }
  return 0;
}
