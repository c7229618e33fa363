#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace sluice::tests {

/// A line `word a<TAB>b<TAB>c` of a file of cases, with its escapes resolved.
struct CaseLine {
  std::size_t number = 0;
  std::string word;
  std::vector<std::string> values;
};

/// The blocks of tests/cases/ingest/`name`: what stands between empty lines.
std::vector<std::vector<CaseLine>> read_cases(const std::string& name);

}  // namespace sluice::tests
