#include "stages/analysis/stem/stem.h"

namespace sluice::stages {

namespace {

using namespace stemming;  // NOLINT(google-build-using-namespace): this file's own words

bool takes_st(char16_t unit) { return std::u16string_view(u"bdfghklmnt").find(unit) != std::u16string_view::npos; }

void first_step(Word& word) {
  if (cut_any(word, 5, {u"ern"})) return;
  if (cut_any(word, 4, {u"em", u"en", u"er", u"es"})) return;
  if (cut_any(word, 3, {u"e"})) return;
  if (word.size() > 3 && word.back() == u's' && takes_st(back(word, 2))) cut(word, 1);
}

void second_step(Word& word) {
  if (cut_any(word, 5, {u"est"})) return;
  if (cut_any(word, 4, {u"er", u"en"})) return;
  if (word.size() > 4 && ends(word, u"st") && takes_st(back(word, 3))) cut(word, 2);
}

}  // namespace

/// Source: J. Savoy's light stemmer for German.
void stem_light_german(std::u16string& word) {
  map_units(word, u"äàáâöòóôïìíîüùúû", u"aaaaooooiiiiuuuu");
  first_step(word);
  second_step(word);
}

/// Source: J. Savoy's minimal stemmer for German.
void stem_minimal_german(std::u16string& word) {
  if (word.size() < 5) return;
  map_units(word, u"äöü", u"aou");
  if (cut_any(word, 6, {u"nen"})) return;
  if (cut_any(word, 5, {u"en", u"se", u"es", u"er"})) return;
  cut_unit(word, 4, u"nesr");
}

}  // namespace sluice::stages
