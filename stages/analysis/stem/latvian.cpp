#include <algorithm>
#include <array>

#include "stages/analysis/stem/stem.h"

namespace sluice::stages {

namespace {

using namespace stemming;  // NOLINT(google-build-using-namespace): this file's own words

struct Affix {
  std::u16string_view ending;
  std::ptrdiff_t vowels;  ///< so many the word has to have more than
  bool palatalizes = false;
};

constexpr auto kAffixes = std::to_array<Affix>({
    {u"ajiem", 3},    {u"ajai", 3},    {u"ajam", 2}, {u"ajām", 2},     {u"ajos", 2}, {u"ajās", 2}, {u"iem", 2, true},
    {u"ajā", 2},      {u"ais", 2},     {u"ai", 2},   {u"ei", 2},       {u"ām", 1},   {u"am", 1},   {u"ēm", 1},
    {u"īm", 1},       {u"im", 1},      {u"um", 1},   {u"us", 1, true}, {u"as", 1},   {u"ās", 1},   {u"es", 1},
    {u"os", 1, true}, {u"ij", 1},      {u"īs", 1},   {u"ēs", 1},       {u"is", 1},   {u"ie", 1},   {u"u", 1, true},
    {u"a", 1, true},  {u"i", 1, true}, {u"e", 1},    {u"ā", 1},        {u"ē", 1},    {u"ī", 1},    {u"ū", 1},
    {u"o", 1},        {u"s", 0},       {u"š", 0},
});

std::ptrdiff_t vowels_of(const Word& word) {
  return std::ranges::count_if(
      word, [](char16_t unit) { return std::u16string_view(u"aeiouāīēū").find(unit) != std::u16string_view::npos; });
}

/// Undoes what the ending that began with `cut_off` had made of the stem's last consonants.
void unpalatalize(Word& word, char16_t cut_off) {
  if (cut_off == u'u' && (replace_any(word, 1, {u"kš"}, u"kst") || replace_any(word, 1, {u"ņņ"}, u"nn"))) return;
  if (ends_any(word, 1, {u"pj", u"bj", u"mj", u"vj"})) return cut(word, 1);
  constexpr auto kPairs = std::to_array<std::pair<std::u16string_view, std::u16string_view>>({{u"šņ", u"sn"},
                                                                                              {u"žņ", u"zn"},
                                                                                              {u"šļ", u"sl"},
                                                                                              {u"žļ", u"zl"},
                                                                                              {u"ļņ", u"ln"},
                                                                                              {u"ļļ", u"ll"},
                                                                                              {u"č", u"c"},
                                                                                              {u"ļ", u"l"},
                                                                                              {u"ņ", u"n"}});
  for (const auto& [from, to] : kPairs) {
    if (replace_any(word, 0, {from}, to)) return;
  }
}

}  // namespace

/// Source: K. Kreslins, A stemming algorithm for Latvian, 1996, its light form.
void stem_latvian(std::u16string& word) {
  const std::ptrdiff_t vowels = vowels_of(word);
  for (const Affix& affix : kAffixes) {
    if (vowels <= affix.vowels || word.size() < affix.ending.size() + 3 || !ends(word, affix.ending)) continue;
    cut(word, affix.ending.size());
    if (affix.palatalizes) unpalatalize(word, affix.ending.front());
    return;
  }
}

}  // namespace sluice::stages
