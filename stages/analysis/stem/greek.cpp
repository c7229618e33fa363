#include <algorithm>
#include <array>
#include <utility>

#include "stages/analysis/stem/snowball.h"
#include "stages/analysis/stem/stem.h"

namespace sluice::stages {

namespace {

using namespace stemming;  // NOLINT(google-build-using-namespace): this file's own words

/// Endings that steps of Snowball's stemmer look for which Lucene's older one has not; longer ones first.
constexpr auto kLaterEndings = std::to_array<std::u16string_view>(
    {u"ωθηκαμε", u"ωθηκατε", u"ωθηκανε", u"ωθηκεσ", u"ωθηκαν", u"ιζουμε", u"ιζουνε", u"ισουμε", u"ισουνε", u"ιστουσ",
     u"ισμουσ",  u"ωθηκα",   u"ωθηκε",   u"ιζαμε",  u"ιζατε",  u"ιζανε",  u"ιζεισ",  u"ιζετε",  u"ιζουν",  u"ισαμε",
     u"ισατε",   u"ισανε",   u"ισεισ",   u"ισετε",  u"ισουν",  u"ιστοσ",  u"ιστου",  u"ιστοι",  u"ιστων",  u"ιστησ",
     u"ιστεσ",   u"ισμοι",   u"ισμοσ",   u"ισμου",  u"ισμων",  u"ιτσασ",  u"ιτσεσ",  u"ιτσων",  u"ιδιων",  u"ισκοσ",
     u"ισκου",   u"ιζεσ",    u"ιζαν",    u"ιζει",   u"ισεσ",   u"ισαν",   u"ισει",   u"ιστο",   u"ιστε",   u"ιστη",
     u"ιστα",    u"ισμο",    u"ιτσα",    u"ιδιο",   u"ιδια",   u"ισκο",   u"ισκε",   u"ακια",   u"ιζα",    u"ιζε",
     u"ιζω",     u"ισα",     u"ισε",     u"ισω",    u"ακι"});

bool is_vowel(char16_t unit) { return std::u16string_view(u"αεηιουω").find(unit) != std::u16string_view::npos; }

/// Endings that Lucene's stemmer cuts by itself; whether one was there.
bool cut_own(Word& word) {
  if (replace_any(word, 3, {u"ματοσ", u"ματων", u"ματα"}, u"μα")) return true;
  const std::size_t size = ends(word, u"ουσεσ") ? 2 : ends(word, u"ουσα") || ends(word, u"ουσε") ? 1 : 0;
  const std::size_t before = size + 4;
  if (size == 0 || word.size() < before || !is_vowel(back(word, before))) return false;
  cut(word, size);
  return true;
}

}  // namespace

/// Source: G. Ntais, Development of a stemmer for the Greek language, 2006, as Lucene has it: Snowball's with a
/// character hidden from the steps that were added later. Words without accents and with one sigma.
void stem_greek(std::u16string& word) {
  constexpr char16_t kHidden = u'ξ';
  if (word.size() < 4 || cut_own(word)) return;
  const auto* const ending =
      std::ranges::find_if(kLaterEndings, [&](std::u16string_view each) { return ends(word, each); });
  if (ending == kLaterEndings.end()) return snowball_stem("greek", word);
  const std::size_t at = word.size() - ending->size();
  const char16_t shown = std::exchange(word[at], kHidden);
  snowball_stem("greek", word);
  if (word.size() > at && word[at] == kHidden) word[at] = shown;
}

}  // namespace sluice::stages
