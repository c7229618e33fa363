#include "stages/query/token_graph.h"

#include <algorithm>

namespace sluice::stages {

namespace {

std::uint32_t end_of_token(const Token& token) { return token.position + token.position_length; }

void walk(const std::vector<Token>& tokens, std::uint32_t at, std::uint32_t end, std::vector<Token>& path,
          std::vector<std::vector<Token>>& paths) {
  if (paths.size() > kMostPaths) return;
  if (at >= end) {
    paths.push_back(path);
    return;
  }
  bool any = false;
  for (const Token& token : tokens) {
    if (token.position != at) continue;
    any = true;
    path.push_back(token);
    path.back().position = path.size() == 1 ? 0 : path[path.size() - 2].position + 1;
    walk(tokens, end_of_token(token), end, path, paths);
    path.pop_back();
  }
  // A hole, where a word was taken out.
  if (!any) walk(tokens, at + 1, end, path, paths);
}

}  // namespace

bool is_graph(const std::vector<Token>& tokens) {
  return std::ranges::any_of(tokens, [](const Token& token) { return token.position_length > 1; });
}

std::vector<std::vector<Token>> sections_of(const std::vector<Token>& tokens) {
  std::vector<std::vector<Token>> sections;
  std::uint32_t end = 0;
  for (const Token& token : tokens) {
    if (sections.empty() || token.position >= end) sections.emplace_back();
    sections.back().push_back(token);
    end = std::max(end, end_of_token(token));
  }
  return sections;
}

std::vector<std::vector<Token>> paths_through(const std::vector<Token>& tokens) {
  std::vector<std::vector<Token>> paths;
  if (tokens.empty()) return paths;
  std::uint32_t end = 0;
  for (const Token& token : tokens) end = std::max(end, end_of_token(token));
  std::vector<Token> path;
  walk(tokens, tokens.front().position, end, path, paths);
  return paths;
}

}  // namespace sluice::stages
