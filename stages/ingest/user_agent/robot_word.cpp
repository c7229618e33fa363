#include "stages/ingest/user_agent/robot_word.h"

#include <algorithm>
#include <cctype>

#include "stages/ingest/user_agent/agent_row.h"

namespace sluice::ingest {

namespace {

constexpr std::string_view kWords[] = {"bot", "spider", "crawl"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool of_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.'; }

/// Where one of the words stands, from a place on.
std::size_t find_word(std::string_view text, std::size_t from) {
  const auto same = [](char a, char b) { return lower(a) == b; };
  std::size_t first = std::string_view::npos;
  for (const std::string_view word : kWords) {
    const std::string_view rest = text.substr(from);
    const auto found = std::ranges::search(rest, word, same);
    if (found.empty()) continue;
    first = std::min(first, from + static_cast<std::size_t>(found.begin() - rest.begin()));
  }
  return first;
}

/// A name with the word at `at` in it, where it stands for a program: no part of an address, no `Cubot`, whose phones
/// run Android.
std::optional<std::string_view> name_around(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && of_word(text[begin - 1])) --begin;
  std::size_t end = at;
  while (end < text.size() && of_word(text[end])) ++end;
  const std::string_view name = text.substr(begin, end - begin);
  if (begin > 0 && (text[begin - 1] == '/' || text[begin - 1] == '@')) return std::nullopt;
  if (end < text.size() && (text[end] == ':' || text[end] == '@')) return std::nullopt;
  if (name.size() >= 5 && lower(name[0]) == 'c' && lower(name[1]) == 'u' && lower(name[2]) == 'b') return std::nullopt;
  if (name.find('.') != std::string_view::npos && !name.ends_with("bot")) return std::nullopt;
  return name;
}

}  // namespace

bool sounds_like_robot(std::string_view text) { return find_word(text, 0) != std::string_view::npos; }

std::optional<NamedVersion> robot_word(std::string_view text) {
  for (std::size_t at = find_word(text, 0); at != std::string_view::npos; at = find_word(text, at + 1)) {
    const auto name = name_around(text, at);
    if (!name) continue;
    std::string_view rest = text.substr(static_cast<std::size_t>(name->data() - text.data()) + name->size());
    if (rest.starts_with('/') || rest.starts_with(' ') || rest.starts_with('-')) rest.remove_prefix(1);
    if (rest.starts_with('v')) rest.remove_prefix(1);
    return NamedVersion{std::string(*name), version_at(rest, 3)};
  }
  return std::nullopt;
}

}  // namespace sluice::ingest
