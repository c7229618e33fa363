#include "stages/analysis/stem/stem.h"

namespace sluice::stages {

namespace {

using namespace stemming;  // NOLINT(google-build-using-namespace): this file's own words

bool is_vowel(char16_t unit) { return std::u16string_view(u"aeiouy").find(unit) != std::u16string_view::npos; }

void cut_particles(Word& word) {
  while (word.size() > 8 && cut_any(word, 8, {u"kin", u"ko"})) {
  }
  if (!cut_any(word, 11, {u"dellinen"})) cut_any(word, 11, {u"dellisuus"});
}

void cut_finnish_suffix(Word& word) {
  if (cut_any(word, 5, {u"lla", u"tse", u"sti", u"ni"})) return;
  if (word.size() > 5 && ends(word, u"aa")) cut(word, 1);
}

void cut_finnish_case(Word& word) {
  if (replace_any(word, 8, {u"nnen"}, u"s") || replace_any(word, 8, {u"ntena"}, u"s")) return;
  if (cut_any(word, 8, {u"tten", u"eiden"})) return;
  if (word.size() > 6) {
    if (ends_any(word, 6, {u"neen", u"niin", u"seen", u"teen", u"inen"})) return cut(word, 4);
    if (back(word, 3) == u'h' && is_vowel(back(word, 2)) && word.back() == u'n') return cut(word, 3);
    if (replace_any(word, 6, {u"den"}, u"s") || replace_any(word, 6, {u"ksen"}, u"s")) return;
    if (cut_any(word, 6, {u"ssa", u"sta", u"lla", u"lta", u"tta", u"ksi", u"lle"})) return;
  }
  if (cut_any(word, 5, {u"na", u"ne", u"nei"})) return;
  if (word.size() <= 4 || cut_any(word, 4, {u"ja", u"ta"}) || cut_unit(word, 4, u"a")) return;
  if (word.back() == u'n') cut(word, is_vowel(back(word, 2)) ? 2 : 1);
}

void normalize_finnish(Word& word) {
  replace_any(word, 5, {u"hde"}, u"ksi");
  if (cut_any(word, 4, {u"ei", u"at"})) return;
  cut_unit(word, 3, u"tsjeai");
}

void shorten_finnish(Word& word) {
  if (word.size() > 8) cut_unit(word, 8, u"eou");
  if (word.size() <= 4) return;
  cut_unit(word, 4, u"i");
  if (word.size() <= 4) return;
  Word once(1, word.front());
  for (std::size_t i = 1; i < word.size(); ++i) {
    const bool twice = word[i] == once.back() && std::u16string_view(u"kpt").find(word[i]) != std::u16string_view::npos;
    if (!twice) once += word[i];
  }
  word = std::move(once);
}

}  // namespace

/// Source: J. Savoy's light stemmer for Swedish.
void stem_light_swedish(std::u16string& word) {
  cut_unit(word, 4, u"s");
  if (cut_any(word, 7, {u"elser", u"heten"})) return;
  if (cut_any(word, 6, {u"arne", u"erna", u"ande", u"else", u"aste", u"orna", u"aren"})) return;
  if (cut_any(word, 5, {u"are", u"ast", u"het"})) return;
  if (cut_any(word, 4, {u"ar", u"er", u"or", u"en", u"at", u"te", u"et"})) return;
  cut_unit(word, 3, u"taen");
}

/// Source: Lucene's light stemmer for Bokmål.
void stem_light_norwegian(std::u16string& word) {
  cut_unit(word, 4, u"s");
  if (cut_any(word, 7, {u"heter", u"heten"})) return;
  if (cut_any(word, 5, {u"dom", u"het"})) return;
  if (cut_any(word, 7, {u"elser", u"elsen"})) return;
  if (cut_any(word, 6, {u"ende", u"else", u"este", u"eren"})) return;
  if (cut_any(word, 5, {u"ere", u"est", u"ene"})) return;
  if (cut_any(word, 4, {u"er", u"en", u"et", u"st", u"te"})) return;
  cut_unit(word, 3, u"aen");
}

/// The same for Nynorsk.
void stem_light_nynorsk(std::u16string& word) {
  cut_unit(word, 4, u"s");
  if (cut_any(word, 7, {u"heiter", u"leiken", u"leikar"})) return;
  if (cut_any(word, 7, {u"heita"})) return;
  if (cut_any(word, 6, {u"heit", u"semd", u"leik"})) return;
  if (cut_any(word, 5, {u"dom"})) return;
  if (cut_any(word, 7, {u"elser", u"elsen"})) return;
  if (cut_any(word, 6, {u"ande", u"else", u"aste", u"aren"})) return;
  if (cut_any(word, 5, {u"are", u"ast", u"ene", u"ane"})) return;
  if (cut_any(word, 4, {u"er", u"en", u"et", u"ar", u"te"})) return;
  cut_unit(word, 3, u"aen");
}

/// Source: Lucene's minimal stemmer for Bokmål.
void stem_minimal_norwegian(std::u16string& word) {
  cut_unit(word, 4, u"s");
  if (cut_any(word, 5, {u"ene"}) || cut_any(word, 4, {u"er", u"en", u"et"})) return;
  cut_unit(word, 3, u"ae");
}

void stem_minimal_nynorsk(std::u16string& word) {
  cut_unit(word, 4, u"s");
  if (cut_any(word, 5, {u"ene", u"ane"}) || cut_any(word, 4, {u"er", u"en", u"et", u"ar"})) return;
  cut_unit(word, 3, u"ae");
}

/// Source: J. Savoy's light stemmer for Finnish.
void stem_light_finnish(std::u16string& word) {
  if (word.size() < 4) return;
  map_units(word, u"äåö", u"aao");
  cut_particles(word);
  cut_finnish_suffix(word);
  cut_finnish_case(word);
  normalize_finnish(word);
  shorten_finnish(word);
}

}  // namespace sluice::stages
