#include "stages/analysis/stem/stem.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sluice::stages {

namespace {

constexpr auto kStemmers = std::to_array<std::pair<std::string_view, Stem>>({
#define STEMMER(name, stem) {name, stem},
#include "stages/analysis/stemmers.def"
#undef STEMMER
});

}  // namespace

Stem stemmer_named(std::string_view name) {
  const auto* const found = std::ranges::find(kStemmers, name, &std::pair<std::string_view, Stem>::first);
  return found == kStemmers.end() ? nullptr : found->second;
}

namespace stemming {

bool ends_any(const Word& word, std::size_t least, Endings endings) {
  return word.size() > least &&
         std::ranges::any_of(endings, [&](std::u16string_view each) { return ends(word, each); });
}

bool replace_any(Word& word, std::size_t least, Endings endings, std::u16string_view instead) {
  if (word.size() <= least) return false;
  const auto* const found = std::ranges::find_if(endings, [&](std::u16string_view each) { return ends(word, each); });
  if (found == endings.end()) return false;
  cut(word, found->size());
  word += instead;
  return true;
}

bool cut_any(Word& word, std::size_t least, Endings endings) { return replace_any(word, least, endings, {}); }

bool cut_unit(Word& word, std::size_t least, std::u16string_view units) {
  if (word.size() <= least || word.empty() || units.find(word.back()) == std::u16string_view::npos) return false;
  word.pop_back();
  return true;
}

void map_units(Word& word, std::u16string_view from, std::u16string_view to) {
  for (char16_t& unit : word) {
    const std::size_t at = from.find(unit);
    if (at != std::u16string_view::npos) unit = to[at];
  }
}

}  // namespace stemming

}  // namespace sluice::stages
