#include "stages/analysis/java_character.h"
#include "stages/analysis/stem/stem.h"

namespace sluice::stages {

namespace {

using namespace stemming;  // NOLINT(google-build-using-namespace): this file's own words

bool doubled(const Word& word) { return word.back() == back(word, 2) && is_java_letter(word.back()); }

void normalize(Word& word) {
  if (word.size() > 4) {
    map_units(word, u"àáâôèéêùûîç", u"aaaoeeeuuic");
    Word once(1, word.front());
    for (std::size_t i = 1; i < word.size(); ++i) {
      if (word[i] != once.back() || !is_java_letter(word[i])) once += word[i];
    }
    word = std::move(once);
  }
  cut_any(word, 4, {u"ie"});
  if (word.size() <= 4) return;
  if (word.back() == u'r') cut(word, 1);
  if (word.back() == u'e') cut(word, 1);
  if (word.back() == u'e') cut(word, 1);
  if (doubled(word)) cut(word, 1);
}

void plurals(Word& word) {
  if (word.size() > 5 && word.back() == u'x') {
    if (back(word, 3) == u'a' && back(word, 2) == u'u' && back(word, 4) != u'e') back(word, 2) = u'l';
    cut(word, 1);
  }
  cut_unit(word, 3, u"x");
  cut_unit(word, 3, u"s");
}

/// Endings of nouns of people and acts; whether one was there.
bool agents(Word& word) {
  if (replace_any(word, 9, {u"issement"}, u"ir") || replace_any(word, 8, {u"issant"}, u"ir")) return true;
  if (word.size() > 6 && ends(word, u"ement")) {
    cut(word, 4);
    replace_any(word, 3, {u"ive"}, u"if");
    return true;
  }
  if (replace_any(word, 11, {u"ficatrice"}, u"fier") || replace_any(word, 10, {u"ficateur"}, u"fier")) return true;
  if (replace_any(word, 9, {u"catrice"}, u"quer") || replace_any(word, 8, {u"cateur"}, u"quer")) return true;
  if (replace_any(word, 8, {u"atrice"}, u"er") || replace_any(word, 7, {u"ateur"}, u"er")) return true;
  replace_any(word, 6, {u"trice"}, u"teur");
  if (cut_any(word, 5, {u"ième"})) return true;
  if (replace_any(word, 7, {u"teuse"}, u"ter") || replace_any(word, 6, {u"teur"}, u"ter")) return true;
  if (replace_any(word, 5, {u"euse"}, u"eu")) return true;
  if (replace_any(word, 8, {u"ère"}, u"er") || replace_any(word, 7, {u"ive"}, u"if")) return true;
  return replace_any(word, 4, {u"folle"}, u"fou") || replace_any(word, 4, {u"molle"}, u"mou");
}

void qualities(Word& word) {
  if (replace_any(word, 9, {u"nnelle"}, u"n") || replace_any(word, 9, {u"nnel"}, u"n")) return;
  replace_any(word, 4, {u"ète"}, u"et");
  cut_any(word, 8, {u"ique"});
  if (replace_any(word, 8, {u"esse"}, u"e") || replace_any(word, 7, {u"inage"}, u"in")) return;
  if (word.size() > 9 && ends(word, u"isation")) {
    cut(word, 7);
    replace_any(word, 5, {u"ual"}, u"uel");
    return;
  }
  if (cut_any(word, 9, {u"isateur"})) return;
  cut_any(word, 8, {u"ation", u"ition"});
}

}  // namespace

/// Source: J. Savoy's light stemmer for French.
void stem_light_french(std::u16string& word) {
  plurals(word);
  if (!agents(word)) qualities(word);
  normalize(word);
}

/// Source: J. Savoy's minimal stemmer for French.
void stem_minimal_french(std::u16string& word) {
  if (word.size() < 6) return;
  if (word.back() == u'x') {
    if (back(word, 3) == u'a' && back(word, 2) == u'u') back(word, 2) = u'l';
    cut(word, 1);
    return;
  }
  for (const char16_t each : std::u16string_view(u"sreé")) {
    if (word.back() == each) cut(word, 1);
  }
  if (doubled(word)) cut(word, 1);
}

}  // namespace sluice::stages
