#include "stages/ingest/user_agent/robot_word.h"

#include <algorithm>
#include <cctype>

#include "pipeline/base/ascii_case.h"
#include "stages/ingest/user_agent/agent_row.h"

namespace sluice::ingest {

namespace {

constexpr std::string_view kWords[] = {"bot", "spider", "crawl"};

bool of_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.'; }

/// Where one of the words stands, from a place on. It looks no further than that, so all of a text's take one pass.
std::size_t find_word(std::string_view text, std::size_t from) {
  const auto same = [](char a, char b) { return ascii_lower(a) == b; };
  for (std::size_t at = from; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at);
    for (const std::string_view word : kWords) {
      if (rest.size() >= word.size() && std::ranges::equal(rest.substr(0, word.size()), word, same)) return at;
    }
  }
  return std::string_view::npos;
}

struct Name {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// The whole name that the word at `at` stands in.
Name name_around(std::string_view text, std::size_t at) {
  Name name{at, at};
  while (name.begin > 0 && of_word(text[name.begin - 1])) --name.begin;
  while (name.end < text.size() && of_word(text[name.end])) ++name.end;
  return name;
}

/// Whether a name stands for a program: no part of an address, no `Cubot`, whose phones run Android.
bool is_program(std::string_view text, const Name& place) {
  const std::string_view name = text.substr(place.begin, place.end - place.begin);
  if (place.begin > 0 && (text[place.begin - 1] == '/' || text[place.begin - 1] == '@')) return false;
  if (place.end < text.size() && (text[place.end] == ':' || text[place.end] == '@')) return false;
  if (name.size() >= 5 && ascii_lower(name[0]) == 'c' && ascii_lower(name[1]) == 'u' && ascii_lower(name[2]) == 'b')
    return false;
  return name.find('.') == std::string_view::npos || name.ends_with("bot");
}

}  // namespace

bool sounds_like_robot(std::string_view text) { return find_word(text, 0) != std::string_view::npos; }

std::optional<NamedVersion> robot_word(std::string_view text) {
  for (std::size_t at = find_word(text, 0); at != std::string_view::npos;) {
    const Name name = name_around(text, at);
    if (!is_program(text, name)) {
      at = find_word(text, name.end);
      continue;
    }
    std::string_view rest = text.substr(name.end);
    if (rest.starts_with('/') || rest.starts_with(' ') || rest.starts_with('-')) rest.remove_prefix(1);
    if (rest.starts_with('v')) rest.remove_prefix(1);
    return NamedVersion{std::string(text.substr(name.begin, name.end - name.begin)), version_at(rest, 3)};
  }
  return std::nullopt;
}

}  // namespace sluice::ingest
