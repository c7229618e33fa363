#include "tests/stages/ingest/case_file.h"

#include <fstream>
#include <string_view>

namespace sluice::tests {

namespace {

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    switch (text[++i]) {
      case 'n':
        out += '\n';
        break;
      case 't':
        out += '\t';
        break;
      case 'x':
        out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
        i += 2;
        break;
      default:
        out += text[i];
    }
  }
  return out;
}

CaseLine read_line(std::string_view text, std::size_t number) {
  const std::size_t space = text.find(' ');
  CaseLine line{number, std::string(text.substr(0, space)), {}};
  if (space == std::string_view::npos) return line;
  std::string_view rest = text.substr(space + 1);
  for (;;) {
    const std::size_t tab = rest.find('\t');
    line.values.push_back(unescaped(rest.substr(0, tab)));
    if (tab == std::string_view::npos) return line;
    rest.remove_prefix(tab + 1);
  }
}

}  // namespace

std::vector<std::vector<CaseLine>> read_cases(const std::string& name) {
  std::ifstream file(SLUICE_INGEST_CASES "/" + name);
  std::vector<std::vector<CaseLine>> blocks(1);
  std::string text;
  for (std::size_t number = 1; std::getline(file, text); ++number) {
    if (text.starts_with('#')) continue;
    if (!text.empty()) {
      blocks.back().push_back(read_line(text, number));
    } else if (!blocks.back().empty()) {
      blocks.emplace_back();
    }
  }
  if (blocks.back().empty()) blocks.pop_back();
  return blocks;
}

}  // namespace sluice::tests
